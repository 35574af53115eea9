"""Which open stories share the telling words of an article: an index by term, kept as they grow.

It only finds candidates, in a time that does not grow with the number of stories; whether an
article belongs to one of them is for ``groups`` to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from summarizer.groups import Group, Vector

_PROBES = 25
_CANDIDATES = 6
_POSTINGS = 40
"""The heaviest terms that are looked up, the stories that are returned, and how many of the
stories that last used a term are looked at."""


class Postings:
    """The open stories by their terms, those that used a term last at the end."""

    def __init__(self) -> None:
        self._stories: dict[str, dict[str, None]] = defaultdict(dict)
        self._terms: dict[str, set[str]] = {}

    def add(self, story: str, terms: Iterable[str]) -> None:
        """Make a story findable by terms, as the one that used them last."""
        known = self._terms.setdefault(story, set())
        for term in terms:
            known.add(term)
            users = self._stories[term]
            users.pop(story, None)
            users[story] = None

    def forget(self, story: str) -> None:
        """Let a story be found no more."""
        for term in self._terms.pop(story):
            del self._stories[term][story]
            if not self._stories[term]:
                del self._stories[term]

    def like(self, vector: Vector, groups: Mapping[str, Group]) -> list[str]:
        """Return the stories that share most with a vector, by its heaviest terms."""
        scores: dict[str, float] = defaultdict(float)
        for term in sorted(vector, key=lambda term: (-vector[term], term))[:_PROBES]:
            weight = vector[term]
            for name in islice(reversed(self._stories.get(term, {})), _POSTINGS):
                group = groups[name]
                scores[name] += weight * group.total.get(term, 0.0) / (group.mass or 1)
        return sorted(scores, key=lambda name: (-scores[name], name))[:_CANDIDATES]
