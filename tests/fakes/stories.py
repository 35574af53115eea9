"""Stories, and words that are remembered by name, in memory."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime

from fakes.shelves import Kept, Shelves
from summarizer.model import ENGLISH, Article, Story


class Stories(Shelves):
    """The questions about stories, and the notebook."""

    def placing(self, language: str = ENGLISH) -> AbstractContextManager[None]:
        return nullcontext()

    def save_stories(
        self, stories: Iterable[Story], *, state: bytes = b"", language: str = ENGLISH
    ) -> None:
        for story in stories:
            for one, other in self.told.items():
                left = tuple(part for part in other.articles if part not in story.articles)
                self.told[one] = replace(other, articles=left)
            if story.articles:
                self.told[story.id] = story
            else:
                self.told.pop(story.id, None)
                self.merged[story.id] = story.into
        self.state[language] = state or self.state.get(language, b"")

    def stories_state(self, language: str = ENGLISH) -> bytes:
        return self.state.get(language, b"")

    def story(self, story_id: str) -> Story | None:
        while story_id in self.merged and story_id not in self.told:
            story_id = self.merged[story_id]
        found = self.told.get(story_id)
        return self._ours(found) if found else None

    def _ours(self, story: Story) -> Story | None:
        ours = [one for one in story.articles if one not in self.kept or self._shows(one)]
        if len(ours) == len(story.articles):
            return story
        if not ours:
            return None
        kept = sorted((self.kept[one] for one in ours), key=lambda one: one.moment)
        title, first, last = kept[0].article.title, kept[0].moment, kept[-1].moment
        return replace(story, title=title, articles=tuple(ours), first=first, last=last)

    def story_of(self, article_id: str) -> Story | None:
        found = next((one for one in self.told.values() if article_id in one.articles), None)
        return self._ours(found) if found else None

    def stories_of(self, ids: Sequence[str]) -> dict[str, Story]:
        return {one: story for one in ids if (story := self.story_of(one))}

    def unplaced(self, language: str = ENGLISH, *, limit: int | None = None) -> list[Article]:
        return [one for one in self._unplaced() if one.language == language][:limit]

    def unplaced_languages(self) -> list[str]:
        return sorted({one.language for one in self._unplaced()})

    def _unplaced(self) -> list[Article]:
        placed = {one for story in self.told.values() for one in story.articles}
        return [
            k.article for one, k in self.kept.items() if one in self.analyses and one not in placed
        ]

    def stories_titled(self, words: str, *, limit: int = 25) -> list[Story]:
        titled = [one for one in self.told.values() if words.casefold() in one.title.casefold()]
        ours = [found for one in titled if (found := self._ours(one))]
        found = [one for one in ours if words.casefold() in one.title.casefold()]
        newest = sorted(found, key=lambda one: one.last or datetime.min.replace(tzinfo=UTC))
        return newest[::-1][:limit]

    def stories_between(self, since: datetime, until: datetime) -> list[Story]:
        return self._having(lambda kept: since <= kept.moment < until)

    def stories_arrived(
        self, since: datetime, until: datetime, *, printed_since: datetime
    ) -> list[Story]:
        return self._having(
            lambda kept: since <= kept.seen < until and kept.moment >= printed_since
        )

    def _having(self, wanted: Callable[[Kept], bool]) -> list[Story]:
        found = []
        for told in self.told.values():
            story = self._ours(told)
            if story is None:
                continue
            held = [self.kept[one] for one in story.articles if one in self.kept]
            within = [kept.moment for kept in held if wanted(kept)]
            if within:
                found.append((max(within), story))
        return [story for _, story in sorted(found, key=lambda pair: pair[0], reverse=True)]

    # Notebook

    def remember(self, name: str, words: str) -> None:
        self.notes[name] = words

    def remembered(self, name: str) -> str:
        return self.notes.get(name, "")
