"""Stories: which articles tell of one event, decided as they come.

An article joins the open story that it is most like, or opens one; a copy of an article goes
where that is. From time to time the newest articles are placed again, knowing what came after
them, and stories that turned out to be one event are merged. Ids never change: of two merged
stories the younger points at the older (``Story.into``); of a story that falls apart the part that
stays keeps the id. A story that nothing joins for two weeks is closed, and so is one that has run
for four: what is told then is another. What a story says is the business of ``roundup``.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from summarizer.groups import Group, Vector
from summarizer.kinship import LONGEST_DAYS, kin, share_asked
from summarizer.likeness import Counts, Rarity, copied, features
from summarizer.model import Article, Story
from summarizer.postings import Postings

_OPEN_DAYS = 14.0
"""A story that nothing has joined for so long is closed; what comes later is another."""

_COMPARED = 12
"""How many of a story's last articles one is compared with, to tell whether it is a copy."""

_SETTLE_EVERY = 250
_RECENT = 800
"""After so many articles the newest so many are placed again; older ones stay where they are."""

_PLACED_AGAIN = 2

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Recent:
    """An article that may still be placed again: its story, counts and day since 1970.

    ``copy_of`` is the id of the article that it copies, else empty.
    """

    story: str
    counts: Counts
    day: float
    placed: int = 0
    copy_of: str = ""


class Clusterer:
    """Open stories and word counts; the same articles in the same order make the same stories.

    The cost of an article does not grow with how many came before.
    """

    def __init__(self) -> None:
        self._rarity = Rarity()
        self._groups: dict[str, Group] = {}
        self._recent: dict[str, _Recent] = {}
        self._into: dict[str, str] = {}
        self._unsettled = 0
        self._postings = Postings()
        self._changed: dict[str, Story | None] = {}
        self._swept = 0.0

    def add(self, article: Article, *, now: datetime) -> str:
        """Place an article and return its story's id; ``now`` stands in for a missing date.

        An article that is placed already stays where it is. Both times must be aware.
        """
        if article.id in self._recent:
            return self._recent[article.id].story
        day = ((article.published or now) - _EPOCH) / timedelta(days=1)
        counts = features(article.title, article.text)
        vector = self._rarity.weigh(counts)
        if article.published:  # an undated file, read today, is no sign that old news is over
            self._close(day)
        story = self._nearest(vector, day) or self._opened(article.id, article.title)
        original = self._copied(story, counts)
        self._recent[article.id] = _Recent(story, counts, day, copy_of=original)
        if original:
            self._follow(story, article.id, day)
        else:
            self._rarity.count(counts)
            self._join(story, article.id, vector, day)
        while len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]
        self._unsettled += 1
        if self._unsettled >= _SETTLE_EVERY:
            self.settle()
        return self._recent[article.id].story

    def settle(self) -> None:
        """Place the newest articles again, now that more is known, and merge what is one event."""
        self._unsettled = 0
        vectors = {name: self._rarity.weigh(one.counts) for name, one in self._recent.items()}
        self._rebuild(vectors)
        for name, one in self._recent.items():
            if one.placed < _PLACED_AGAIN and not one.copy_of:
                one.placed += 1
                self._place_again(name, one, vectors[name])
        self._merge_all()

    def changed(self) -> tuple[Story, ...]:
        """Return the stories that changed since this was last asked, merged ones among them."""
        found = tuple(closed or self._story(name) for name, closed in self._changed.items())
        self._changed = {}
        return found

    def _story(self, name: str) -> Story:
        group = self._groups.get(name)
        if group is None:
            return Story(name, "", (), into=self._survivor(name))
        first, last = (_EPOCH + timedelta(days=day) for day in (group.first, group.last))
        return Story(name, group.title, tuple(group.articles), first, last)

    def _survivor(self, name: str) -> str:
        """Follow merges to the story that took this one in."""
        while name in self._into:
            name = self._into[name]
        return name

    def _nearest(self, vector: Vector, day: float, *, but: str = "") -> str:
        """Return the open story that an article fits best, empty when it fits none."""
        found = [
            (margin, name)
            for name in self._postings.like(vector, self._groups)
            if name != but
            and (margin := self._groups[name].margin(vector, day)) >= 0
            and self._open(self._groups[name], day)
        ]
        return max(found)[1] if found else ""

    def _open(self, group: Group, day: float) -> bool:
        return group.last >= day - _OPEN_DAYS and group.first >= day - LONGEST_DAYS

    def _copied(self, story: str, counts: Counts) -> str:
        """Return the article of a story of which these are the words again, empty when none."""
        for name in self._groups[story].articles[-_COMPARED:]:
            other = self._recent.get(name)
            if other is not None and copied(counts, other.counts):
                return other.copy_of or name
        return ""

    def _opened(self, article_id: str, title: str) -> str:
        digest = hashlib.sha256(article_id.encode()).hexdigest()
        taken = self._groups.keys() | self._into.keys()
        name = next(digest[:n] for n in range(6, 65) if digest[:n] not in taken)
        self._groups[name] = Group(name, title)
        return name

    def _join(self, story: str, name: str, vector: Vector, day: float) -> None:
        group = self._groups[story]
        group.join(name, vector, day)
        group.trim()
        self._postings.add(story, vector)
        self._changed[story] = None

    def _follow(self, story: str, name: str, day: float) -> None:
        """Put a copy where its original is."""
        self._groups[story].follow(name, day)
        self._recent[name].story = story
        self._changed[story] = None

    def _forget(self, story: str) -> None:
        del self._groups[story]
        self._postings.forget(story)

    def _close(self, day: float) -> None:
        """Close stories that nothing has joined for long; looked for once a day."""
        if day < self._swept + 1:
            return
        self._swept = day
        for name in [n for n, g in self._groups.items() if not self._open(g, day)]:
            if name in self._changed:
                self._changed[name] = self._story(name)
            self._forget(name)

    def _rebuild(self, vectors: Mapping[str, Vector]) -> None:
        """Add up anew, with today's weights, the stories of which all articles are recent."""
        for group in list(self._groups.values()):
            if all(name in self._recent for name in group.articles):
                self._groups[group.id] = self._added_up(group, vectors)

    def _added_up(self, group: Group, vectors: Mapping[str, Vector]) -> Group:
        fresh = Group(group.id, group.title)
        for name in sorted(group.articles, key=lambda name: self._recent[name].day):
            if not self._recent[name].copy_of:
                fresh.join(name, vectors[name], self._recent[name].day)
        fresh.articles, fresh.first, fresh.last = group.articles, group.first, group.last
        return fresh

    def _place_again(self, name: str, one: _Recent, vector: Vector) -> None:
        """Place an article, and its copies with it, as if it came now."""
        if one.story not in self._groups:
            return
        old = self._groups[one.story]
        copies = [c for c in old.articles if c in self._recent and self._recent[c].copy_of == name]
        old.leave(name, vector, one.day)
        old.articles = [left for left in old.articles if left not in copies]
        alone = not old.articles
        story = self._nearest(vector, one.day, but=old.id if alone else "")
        if alone and not story:
            story = old.id
            old.total, old.mass, old.own, old.square = {}, 0.0, 0.0, 0.0
        story = story or self._opened(name, old.title)
        self._join(story, name, vector, one.day)
        one.story = story
        for copy in copies:
            self._follow(story, copy, self._recent[copy].day)
        if story != old.id:
            self._left(old, into=story)

    def _left(self, old: Group, *, into: str) -> None:
        """Note that an article left a story; where it was the only one, its id leads to the new."""
        self._changed[old.id] = None
        if not old.articles:
            self._forget(old.id)
            self._into[old.id] = into

    def _merge_all(self) -> None:
        """Merge stories that are as alike as their own articles, the most alike first."""
        recent = dict.fromkeys(one.story for one in self._recent.values())
        for _ in range(5):
            names = [name for name in recent if name in self._groups]
            share = share_asked(self._rarity.documents)
            pairs = sorted(kin(names, self._groups, self._postings, share=share))
            touched: set[str] = set()
            for _, elder, younger in reversed(pairs):
                if not {elder, younger} & touched:
                    touched |= {elder, younger}
                    self._merge(elder, younger)
            if not touched:
                return

    def _merge(self, elder: str, younger: str) -> None:
        taken = self._groups[younger]
        self._groups[elder].absorb(taken)
        for name in taken.articles:
            if name in self._recent:
                self._recent[name].story = elder
        self._postings.add(elder, taken.total)
        self._forget(younger)
        self._into[younger] = elder
        self._changed |= {elder: None, younger: None}

    def to_bytes(self) -> bytes:
        """Return the state (compressed JSON), to be kept beside the stories."""
        state = {
            "version": 3,
            "documents": self._rarity.documents,
            "holding": self._rarity.holding,
            "groups": [_record(group) for group in self._groups.values()],
            "recent": {name: _record(one) for name, one in self._recent.items()},
            "into": self._into,
            "unsettled": self._unsettled,
            "swept": self._swept,
        }
        return zlib.compress(json.dumps(state).encode(), 1)

    @classmethod
    def from_bytes(cls, state: bytes) -> Clusterer:
        """Return the clusterer that ``to_bytes`` described; a fresh one for an empty state."""
        made = cls()
        if not state:
            return made
        kept = json.loads(zlib.decompress(state))
        made._rarity.documents = kept["documents"]
        made._rarity.holding.update(kept["holding"])
        made._groups = {group["id"]: Group(**group) for group in kept["groups"]}
        if kept["version"] < 3:  # copies were not told apart
            for group in made._groups.values():
                group.counted = len(group.articles)
        made._recent = {name: _Recent(**one) for name, one in kept["recent"].items()}
        made._into = kept["into"]
        made._unsettled, made._swept = kept["unsettled"], kept.get("swept", 0.0)
        for group in made._groups.values():
            made._postings.add(group.id, group.total)
        return made


def _record(value: Group | _Recent) -> dict[str, object]:
    """Return a value's fields; ``asdict`` would take a Counter's pairs for its members."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def cluster(articles: Iterable[Article], *, now: datetime) -> tuple[Story, ...]:
    """Group articles into stories, in the order of their first articles.

    ``now`` stands in for missing dates.
    """
    clusterer = Clusterer()
    for article in articles:
        clusterer.add(article, now=now)
    clusterer.settle()
    return tuple(story for story in clusterer.changed() if story.articles)
