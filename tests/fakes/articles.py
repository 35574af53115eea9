"""Articles as they came, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.model import Carriage, Item, Landing, Reading, Stored, Version
from bot.store.identity import alike, canonical, filled, same_text, shared_part, storable, wording
from fakes.shelves import Kept, Shelves
from summarizer.model import Article
from summarizer.origins import COPIED
from summarizer.similarity import shingles


class Articles(Shelves):
    """The questions about articles and about pages that gave none."""

    def add(self, item: Item, *, seen: datetime) -> Stored:
        article = storable(item.article)
        address = canonical(article.url)
        marks = [("id", article.id), *([("address", address)] if address else [])]
        known, own = self._known(item, marks, address)
        if not known and (item.feed, article.id) in self.passed:
            return Stored(Landing.SAME, article.id)
        kept = self.kept.get(known)
        guid = ("guid", f"{item.feed} {item.guid}")
        if kept and same_text(kept.article.text, article.text):
            if own:
                fuller = filled(filled(kept.article, article), kept.article)
                self.kept[known] = replace(kept, article=fuller)
            stored = Stored(Landing.SAME, known)
        elif kept and not self._may_tell(item, known):
            return Stored(Landing.SAME, known)
        elif kept and own and (address or alike(kept.article, article)):
            stored = self._edited(kept, article, seen)
        else:
            if kept and own:
                article = replace(article, id=f"{article.id[:8]}{wording(article)[:8]}")
            stored = self._first(article, seen)
            for place, carriage in list(self.carried.items()):
                if kept and place[2] == address and carriage.article_id == known:
                    del self.carried[place]
        for mark in [*marks, ("id", stored.article_id), *([guid] if item.guid else [])]:
            self.landed[mark] = stored.article_id
        place = (stored.article_id, article.outlet, address, item.feed)
        carriage = Carriage(stored.article_id, article.outlet, article.url, item.feed, seen)
        self.carried.setdefault(place, carriage)
        return stored

    def _edited(self, kept: Kept, article: Article, seen: datetime) -> Stored:
        older = kept.article
        earlier = self.older[older.id]
        if older.text not in [one.text for one in earlier]:
            number = len(earlier) + 1
            earlier.append(Version(older.id, number, older.title, older.text, kept.changed))
        self.kept[older.id] = replace(kept, article=filled(article, older), changed=seen)
        self.analyses.pop(older.id, None)
        return Stored(Landing.UPDATED, older.id)

    def _known(self, item: Item, marks: list[tuple[str, str]], address: str) -> tuple[str, bool]:
        """Return where the item landed before, and whether it is that article itself."""
        known = next((self.landed[mark] for mark in marks if mark in self.landed), "")
        if kept := self.kept.get(known):
            same = address and address == canonical(kept.article.url)
            return known, bool(same or item.article.id == kept.article.id)
        by_guid = self.landed.get(("guid", f"{item.feed} {item.guid}")) if item.guid else None
        if by_guid and alike(self.kept[by_guid].article, item.article):
            return by_guid, True
        return known, False

    def _first(self, article: Article, seen: datetime) -> Stored:
        words = wording(article)
        for kept in self.kept.values():
            if words and wording(kept.article) == words:
                return Stored(Landing.CARRIED, kept.article.id)
        self.kept[article.id] = Kept(article, seen, seen)
        return Stored(Landing.NEW, article.id)

    def article(self, article_id: str) -> Article | None:
        return next(iter(self.articles([article_id])), None)

    def article_by_url(self, url: str) -> Article | None:
        return self.article(self.landed.get(("address", canonical(url)), ""))

    def articles(self, ids: Sequence[str]) -> list[Article]:
        shown = [one for one in ids if one in self.kept and self._shows(one)]
        return [self._as_carried(self.kept[one].article) for one in shown]

    def _as_carried(self, article: Article) -> Article:
        carriages = self.carriages(article.id)
        if self.eyes is None or canonical(article.url) in [canonical(one.url) for one in carriages]:
            return article
        return replace(article, outlet=carriages[0].outlet, url=carriages[0].url)

    def published_between(self, since: datetime, until: datetime) -> list[Article]:
        kept = [one for one in self.kept.values() if since <= one.moment < until]
        ids = [one.article.id for one in sorted(kept, key=lambda one: one.moment)]
        return self.articles(ids)

    def newest(self) -> datetime | None:
        shown = [kept for one, kept in self.kept.items() if self._shows(one)]
        dated = [kept.moment for kept in shown if kept.article.published is not None]
        return max(dated or [kept.moment for kept in shown], default=None)

    def carriages(self, article_id: str) -> list[Carriage]:
        found = [
            one
            for one in self.carried.values()
            if one.article_id == article_id
            and (self.eyes is None or self._read_by(one.feed) & self.eyes)
        ]
        return sorted(found, key=lambda one: (one.seen, one.outlet))

    def carriages_of(self, ids: Sequence[str]) -> dict[str, list[Carriage]]:
        return {one: found for one in ids if (found := self.carriages(one))}

    def versions(self, article_id: str) -> list[Version]:
        return list(self.older[article_id])

    def copies(self, article_id: str) -> list[str]:
        """Compare the article with every other one."""
        runs = shingles(self.kept[article_id].article.text)
        return [
            one
            for one, kept in self.kept.items()
            if one != article_id
            and self._shows(one)
            and shared_part(runs, shingles(kept.article.text)) >= COPIED
        ]

    # Readings

    def note_reading(self, reading: Reading) -> None:
        self.readings[canonical(reading.url)] = reading

    def forget_reading(self, url: str) -> None:
        self.readings.pop(canonical(url), None)

    def reading(self, url: str) -> Reading | None:
        return self.readings.get(canonical(url))

    def pass_over(self, item: Item, *, seen: datetime) -> None:
        self.passed[item.feed, item.article.id] = canonical(item.article.url)

    def passed_over(self, url: str) -> str:
        places = self.passed.items()
        feeds = [feed for (feed, _), one in places if one == canonical(url)]
        shown = (one for one in feeds if self.eyes is None or self._read_by(one) & self.eyes)
        return next(shown, "")
