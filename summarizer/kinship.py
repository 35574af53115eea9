"""Which open stories turned out to be one event: as alike as their own articles are.

It only finds the pairs; merging them is for ``stories``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from summarizer.groups import JOIN, Group
from summarizer.postings import Postings

LONGEST_DAYS = 28.0
"""A story that began so long ago takes nothing more: a war or a trial goes on in another story."""

_MERGE = 0.8
"""The share of what the stricter of two stories demands that makes them one event."""

_MERGE_YOUNG = 0.1
_YOUNG_ARTICLES = 60
"""While few articles are known the words of a great story look common and its articles less alike:
the share is lower by a tenth at first, by a fourth of that after 83 articles."""


def share_asked(articles: int) -> float:
    """Return the share of a story's demand that makes two one event, after so many articles."""
    return _MERGE - _MERGE_YOUNG * math.exp(-articles / _YOUNG_ARTICLES)


def kin(
    names: Iterable[str], groups: Mapping[str, Group], postings: Postings, *, share: float
) -> set[tuple[float, str, str]]:
    """Return (excess of likeness, elder, younger) of the pairs that are one event.

    Each of the named stories is compared with the open ones that share most of its words.
    """
    found = set()
    for name in names:
        group = groups[name]
        middle = {term: weight / group.mass for term, weight in group.total.items()}
        for near in postings.like(middle, groups):
            other = groups[near]
            asked = share * (max(group.demand(), other.demand()) + JOIN)
            excess = group.kinship(other) - asked
            if near != name and excess >= 0 and _within(group, other):
                elder, younger = sorted((group, other), key=lambda one: (one.first, one.id))
                found.add((excess, elder.id, younger.id))
    return found


def _within(one: Group, other: Group) -> bool:
    """Tell whether two stories together are no longer than a story may be."""
    return max(one.last, other.last) - min(one.first, other.first) <= LONGEST_DAYS
