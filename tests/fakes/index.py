"""Analyses, and search over what they cut, in memory."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import StoreError
from bot.model import Channel, EntityCount, Hit
from bot.store.identity import fold
from fakes.shelves import Kept, Shelves
from summarizer.model import Analysis, Article, LineKind, Searched, Sentence


def stem(word: str) -> str:
    """Cut common endings: enough for tests."""
    bare = fold(word)
    for ending in ("ing", "ed", "es", "s"):
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            return bare.removesuffix(ending)
    return bare


class Index(Shelves):
    """The questions about what is derived from articles."""

    def unanalysed(self, version: int) -> list[Article]:
        return [
            kept.article
            for one, kept in self.kept.items()
            if one not in self.analyses or self.analyses[one].version < version
        ]

    def save_analysis(
        self, article_id: str, analysis: Analysis, *, of_text: str | None = None
    ) -> None:
        article = self.article(article_id)
        if article is None:
            raise StoreError(f"no article {article_id}")
        older = self.analyses.get(article_id)
        if of_text in {None, article.text} and (not older or older.version <= analysis.version):
            self.analyses[article_id] = analysis

    def analysis(self, article_id: str) -> Analysis | None:
        return self.analyses.get(article_id) if self._shows(article_id) else None

    def analyses_of(self, ids: Sequence[str]) -> dict[str, Analysis]:
        return {one: analysis for one in ids if (analysis := self.analysis(one))}

    def analysed(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        names: Sequence[str] = (),
    ) -> Iterator[tuple[Article, Analysis]]:
        named = {hit.article_id for name in names for hit in self.mentions(name)}
        for kept in sorted(self.kept.values(), key=lambda one: one.moment):
            analysis = self.analyses.get(kept.article.id)
            early = since is not None and kept.moment < since
            late = until is not None and kept.moment >= until
            unnamed = bool(names) and kept.article.id not in named
            if analysis is None or early or late or unnamed or not self._shows(kept.article.id):
                continue
            yield kept.article, analysis

    def _body(self) -> Iterable[tuple[Kept, int, Sentence]]:
        for one, analysis in self.analyses.items():
            if not self._shows(one):
                continue
            for index, sentence in enumerate(analysis.sentences):
                if sentence.kind is LineKind.BODY:
                    yield self.kept[one], index, sentence

    def search(
        self, words: Sequence[str], *, since: datetime | None = None, limit: int = 50
    ) -> list[Hit]:
        wanted = {stem(part) for word in words for part in re.findall(r"\w+", word)}
        hits = []
        for kept, index, sentence in self._body():
            if since is None or kept.moment >= since:
                parts = re.findall(r"\w+", sentence.span.of(kept.article.text))
                same = wanted & {stem(part) for part in parts}
                if same:
                    score = len(same) + 1 / (1 + len(parts))
                    hits.append(Hit(kept.article.id, index, sentence.span, score))
        return sorted(hits, key=lambda hit: -hit.score)[: max(limit, 0)]

    def _mentions(self) -> Iterable[tuple[str, str, tuple[str, ...], Kept, Hit]]:
        for kept, index, sentence in self._body():
            for entity in self.analyses[kept.article.id].entities:
                if any(sentence.span.overlaps(mention) for mention in entity.mentions):
                    hit = Hit(kept.article.id, index, sentence.span, 0.0)
                    yield entity.name, str(entity.kind), entity.aliases, kept, hit

    def entities(self, prefix: str, *, limit: int = 25) -> list[EntityCount]:
        wanted = fold(prefix)
        counts: Counter[str] = Counter()
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        names: dict[str, str] = {}
        for name, kind, aliases, _, _ in self._mentions():
            folded = [fold(one) for one in (name, *aliases)]
            starts = [one[word.start() :] for one in folded for word in re.finditer(r"\w+", one)]
            if not wanted or any(start.startswith(wanted) for start in starts):
                counts[folded[0]] += 1
                kinds[folded[0]][kind] += 1
                names.setdefault(folded[0], name)
        return [
            EntityCount(names[one], kinds[one].most_common(1)[0][0], count)
            for one, count in counts.most_common(limit)
        ]

    def named(self, names: Sequence[str]) -> set[str]:
        return {name for name in names if self.mentions(name, limit=1)}

    def mentions(self, name: str, *, limit: int = 500) -> list[Hit]:
        found = {
            (hit.article_id, hit.sentence): (kept.moment, hit)
            for full, _, aliases, kept, hit in self._mentions()
            if fold(name) in map(fold, (full, *aliases))
        }
        newest = sorted(found.values(), key=lambda pair: pair[0], reverse=True)
        return [hit for _, hit in newest[:limit]]

    def mention_days(
        self, name: str, *, zone: str = "UTC", most: int | None = None
    ) -> dict[date, int]:
        days = Counter(
            self.kept[hit.article_id].moment.astimezone(ZoneInfo(zone)).date()
            for hit in self.mentions(name)
        )
        last = max(days, default=None)
        return {
            day: count
            for day, count in sorted(days.items())
            if most is None or day > last - timedelta(days=most)
        }

    def mention_counts(self, name: str) -> tuple[int, int]:
        hits = self.mentions(name)
        return len(hits), len({hit.article_id for hit in hits})

    def searched(self) -> Searched:
        urls = {
            url: feed.title or url
            for (url, channel), feed in sorted(self.polled.items())
            if self.eyes is None or Channel(channel).workspace in self.eyes
        }
        down = [
            (title, state.last_success)
            for url, title in urls.items()
            if (state := self.states.get(url)) and state.down
        ]
        names, since = tuple(name for name, _ in down), tuple(at for _, at in down)
        moments = [kept.moment for one, kept in self.kept.items() if self._shows(one)]
        return Searched(len(moments), len(urls), min(moments, default=None), names, since)
