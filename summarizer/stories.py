"""Stories: which articles tell of one event, decided as they come.

An article joins the open story that it is most like, or opens one. Ids never change: when two
stories turn out to be one event, the younger points at the older (``Story.into``); when one
falls apart, the larger part keeps the id. What a story says is the business of ``briefing``.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from summarizer.likeness import Likeness, Rarity, features, likeness
from summarizer.model import Article, Story
from summarizer.similarity import unit

JOIN = 0.2
"""How alike an article and a story must be (measured on ECB+ and Multi-News)."""

_OPEN = timedelta(days=14)
"""A story that nothing has joined for so long is closed; what comes later is another."""

_PROBES = 40
_CANDIDATES = 25
_KEPT_TERMS = 150


@dataclass(slots=True)
class _Group:
    """An open story: its articles and the sums of their vectors."""

    id: str
    title: str
    articles: list[str]
    words: dict[str, float] = field(default_factory=dict)
    names: dict[str, float] = field(default_factory=dict)
    first: str = ""
    last: str = ""

    def likeness(self) -> Likeness:
        return Likeness(unit(self.words), unit(self.names))

    def story(self) -> Story:
        return Story(
            self.id,
            self.title,
            tuple(self.articles),
            datetime.fromisoformat(self.first) if self.first else None,
            datetime.fromisoformat(self.last) if self.last else None,
        )


class Clusterer:
    """Open stories and word counts; the same articles in the same order make the same stories."""

    def __init__(self) -> None:
        self._rarity = Rarity()
        self._groups: dict[str, _Group] = {}
        self._index: dict[str, dict[str, None]] = defaultdict(dict)
        self._changed: dict[str, Story] = {}

    def add(self, article: Article, *, now: datetime) -> str:
        """Place an article and return its story's id; ``now`` stands in for a missing date."""
        when = article.published or now
        counts = features(article.title, article.text)
        self._rarity.count(counts)
        mine = self._rarity.weigh(counts)
        best, score = self._nearest(mine)
        group = self._groups[best] if score >= JOIN else self._opened(article)
        self._join(group, article, mine, when)
        return group.id

    def changed(self) -> tuple[Story, ...]:
        """Return the stories that changed since this was last asked."""
        found = tuple(self._changed.values())
        self._changed = {}
        return found

    def _nearest(self, mine: Likeness) -> tuple[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for term, weight in sorted(mine.words.items(), key=lambda pair: -pair[1])[:_PROBES]:
            for story in self._index.get(term, ()):
                scores[story] += weight * self._groups[story].words.get(term, 0)
        near = sorted(scores, key=lambda story: -scores[story])[:_CANDIDATES]
        found = [(likeness(mine, self._groups[story].likeness()), story) for story in near]
        score, story = max(found, default=(0.0, ""))
        return story, score

    def _opened(self, article: Article) -> _Group:
        name = hashlib.sha256(article.id.encode()).hexdigest()
        length = next(n for n in range(6, 64) if name[:n] not in self._groups)
        group = _Group(name[:length], article.title, [])
        self._groups[group.id] = group
        return group

    def _join(self, group: _Group, article: Article, mine: Likeness, when: datetime) -> None:
        group.articles.append(article.id)
        for total, vector in ((group.words, mine.words), (group.names, mine.names)):
            for term, weight in vector.items():
                total[term] = total.get(term, 0.0) + weight
        for term in mine.words:
            self._index[term][group.id] = None
        stamp = when.isoformat()
        group.first = min(group.first or stamp, stamp)
        group.last = max(group.last, stamp)
        self._changed[group.id] = group.story()

    def to_bytes(self) -> bytes:
        """Return the state as JSON, to be kept beside the stories."""
        groups = [
            [g.id, g.title, g.articles, g.words, g.names, g.first, g.last]
            for g in self._groups.values()
        ]
        counts = [self._rarity.documents, self._rarity.words, self._rarity.names]
        return json.dumps({"version": 1, "groups": groups, "counts": counts}).encode()

    @classmethod
    def from_bytes(cls, state: bytes) -> Clusterer:
        """Return the clusterer that ``to_bytes`` described; a fresh one for an empty state."""
        made = cls()
        if not state:
            return made
        kept = json.loads(state)
        documents, words, names = kept["counts"]
        made._rarity.documents = documents
        made._rarity.words.update(words)
        made._rarity.names.update(names)
        for values in kept["groups"]:
            group = _Group(*values)
            made._groups[group.id] = group
            for term in group.words:
                made._index[term][group.id] = None
        return made


def cluster(articles: Iterable[Article], *, now: datetime) -> tuple[Story, ...]:
    """Group articles into stories, oldest story first; ``now`` stands in for missing dates."""
    clusterer = Clusterer()
    for article in articles:
        clusterer.add(article, now=now)
    return clusterer.changed()
