"""Stories: which articles tell of one event, decided as they come.

An article joins the open story that it is most like, or opens one. From time to time the newest
articles are placed again, knowing what came after them, and stories that turned out to be one
event are merged. Ids never change: of two merged stories the younger points at the older
(``Story.into``); of a story that falls apart the part that stays keeps the id. What a story says
is the business of ``roundup``.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from itertools import islice

from summarizer.groups import JOIN, Group
from summarizer.likeness import Counts, Rarity, features
from summarizer.model import Article, Story

_OPEN_DAYS = 14.0
"""A story that nothing has joined for so long is closed; what comes later is another."""

_MERGE = 0.85
"""The share of what the stricter of two stories demands that makes them one event."""

_COPY = 0.7
"""Articles that are more like their story than this are not counted for the rarity of words: a
hundred prints of one wire report would make its words common and its misprints weighty."""

_SETTLE_EVERY = 250
_RECENT = 800
"""After so many articles the newest so many are placed again; older ones stay where they are."""

_PLACED_AGAIN = 2
_PROBES = 40
_CANDIDATES = 12
_POSTINGS = 60
"""How many of the stories that last used a term are looked at: keeps the cost flat."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Recent:
    """An article that may still be placed again: its story, counts and day since 1970."""

    story: str
    counts: Counts
    day: float
    placed: int = 0


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
        self._index: dict[str, dict[str, None]] = defaultdict(dict)
        self._listed: dict[str, set[str]] = {}
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
        self._close(day)
        story = self._nearest(vector, day) or self._opened(article.id, article.title)
        if self._groups[story].likeness(vector) < _COPY:
            self._rarity.count(counts)
        self._join(story, article.id, vector, day)
        self._recent[article.id] = _Recent(story, counts, day)
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
            if one.placed < _PLACED_AGAIN:
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

    def _nearest(self, vector: Mapping[str, float], day: float) -> str:
        """Return the open story that an article fits best, empty when it fits none."""
        found = [
            (margin, name)
            for name in self._like(vector)
            if (margin := self._groups[name].margin(vector, day)) >= 0
            and self._groups[name].last >= day - _OPEN_DAYS
        ]
        return max(found)[1] if found else ""

    def _like(self, vector: Mapping[str, float]) -> list[str]:
        """Return the open stories that share most with a vector, by its heaviest terms."""
        scores: dict[str, float] = defaultdict(float)
        for term in sorted(vector, key=lambda term: (-vector[term], term))[:_PROBES]:
            for name in islice(reversed(self._index.get(term, {})), _POSTINGS):
                group = self._groups[name]
                scores[name] += vector[term] * group.total.get(term, 0.0) / (group.mass or 1)
        return sorted(scores, key=lambda name: (-scores[name], name))[:_CANDIDATES]

    def _opened(self, article_id: str, title: str) -> str:
        digest = hashlib.sha256(article_id.encode()).hexdigest()
        taken = self._groups.keys() | self._into.keys()
        name = next(digest[:n] for n in range(6, 65) if digest[:n] not in taken)
        self._groups[name] = Group(name, title)
        return name

    def _join(self, story: str, name: str, vector: Mapping[str, float], day: float) -> None:
        group = self._groups[story]
        group.join(name, vector, day)
        group.trim()
        self._list(story, vector)
        self._changed[story] = None

    def _list(self, story: str, terms: Iterable[str]) -> None:
        """Make a story findable by terms."""
        listed = self._listed.setdefault(story, set())
        for term in terms:
            listed.add(term)
            posting = self._index[term]
            posting.pop(story, None)
            posting[story] = None

    def _forget(self, story: str) -> None:
        del self._groups[story]
        for term in self._listed.pop(story):
            del self._index[term][story]
            if not self._index[term]:
                del self._index[term]

    def _close(self, day: float) -> None:
        """Close stories that nothing has joined for long; looked for once a day."""
        if day < self._swept + 1:
            return
        self._swept = day
        for name in [n for n, g in self._groups.items() if g.last < day - _OPEN_DAYS]:
            if name in self._changed:
                self._changed[name] = self._story(name)
            self._forget(name)

    def _rebuild(self, vectors: Mapping[str, Mapping[str, float]]) -> None:
        """Add up anew, with today's weights, the stories of which all articles are recent."""
        for group in list(self._groups.values()):
            if not all(name in self._recent for name in group.articles):
                continue
            fresh = Group(group.id, group.title)
            for name in sorted(group.articles, key=lambda name: self._recent[name].day):
                fresh.join(name, vectors[name], self._recent[name].day)
            fresh.articles = group.articles
            self._groups[group.id] = fresh

    def _place_again(self, name: str, one: _Recent, vector: Mapping[str, float]) -> None:
        if one.story not in self._groups:
            return
        old = self._groups[one.story]
        old.leave(name, vector, one.day)
        story = self._nearest(vector, one.day) if old.articles else self._other(old, vector, one)
        if not story:
            story = self._opened(name, old.title) if old.articles else old.id
        self._join(story, name, vector, one.day)
        if story != old.id:
            self._changed[old.id] = None
            one.story = story
            if not old.articles:
                self._forget(old.id)
                self._into[old.id] = story

    def _other(self, old: Group, vector: Mapping[str, float], one: _Recent) -> str:
        """Return the story that the only article of ``old`` fits best, empty when none."""
        old.total, old.mass, old.own, old.square = {}, 0.0, 0.0, 0.0
        found = [
            (margin, name)
            for name in self._like(vector)
            if name != old.id and (margin := self._groups[name].margin(vector, one.day)) >= 0
        ]
        return max(found)[1] if found else ""

    def _merge_all(self) -> None:
        """Merge stories that are as alike as their own articles, the most alike first."""
        recent = dict.fromkeys(one.story for one in self._recent.values())
        for _ in range(5):
            pairs = sorted(self._kin(name for name in recent if name in self._groups))
            touched: set[str] = set()
            for _, elder, younger in reversed(pairs):
                if not {elder, younger} & touched:
                    touched |= {elder, younger}
                    self._merge(elder, younger)
            if not touched:
                return

    def _kin(self, names: Iterable[str]) -> set[tuple[float, str, str]]:
        """Return (excess of likeness, elder, younger) of the pairs that are one event."""
        found = set()
        for name in names:
            group = self._groups[name]
            for near in self._like({t: w / group.mass for t, w in group.total.items()}):
                other = self._groups[near]
                asked = _MERGE * (max(group.demand(), other.demand()) + JOIN)
                excess = group.kinship(other) - asked
                if near != name and excess >= 0:
                    elder, younger = sorted((group, other), key=lambda g: (g.first, g.id))
                    found.add((excess, elder.id, younger.id))
        return found

    def _merge(self, elder: str, younger: str) -> None:
        taken = self._groups[younger]
        self._groups[elder].absorb(taken)
        for name in taken.articles:
            if name in self._recent:
                self._recent[name].story = elder
        self._list(elder, taken.total)
        self._forget(younger)
        self._into[younger] = elder
        self._changed |= {elder: None, younger: None}

    def to_bytes(self) -> bytes:
        """Return the state (compressed JSON), to be kept beside the stories."""
        state = {
            "version": 2,
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
        made._recent = {name: _Recent(**one) for name, one in kept["recent"].items()}
        made._into = kept["into"]
        made._unsettled, made._swept = kept["unsettled"], kept.get("swept", 0.0)
        for group in made._groups.values():
            made._list(group.id, group.total)
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
