"""Our own rankers: what a news article is about, and where it says so.

Scores only; which of the sentences are fit to be shown is decided in ``briefing``. The few
constants were set by hand on news with reference summaries; none is learnt.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from summarizer.similarity import dot, rarity, terms, unit


def lead(sentences: Sequence[str]) -> list[float]:
    """Prefer what stands first: news puts the most important thing there."""
    return [1 / (1 + order) for order in range(len(sentences))]


def centroid(sentences: Sequence[str]) -> list[float]:
    """Score each sentence by its cosine with the article's mean tf-idf vector."""
    bags = [Counter(terms(sentence)) for sentence in sentences]
    rare = rarity(bags)
    vectors = [unit({term: n * rare[term] for term, n in bag.items()}) for bag in bags]
    middle: Counter[str] = Counter()
    for vector in vectors:
        for term, weight in vector.items():
            middle[term] += weight  # type: ignore[assignment]  # a Counter of floats
    return [dot(vector, unit(middle)) for vector in vectors]


def whosaid(sentences: Sequence[str]) -> list[float]:
    """Weigh the centroid with the position in the article."""
    return [score * (0.4 + math.exp(-order / 6)) for order, score in enumerate(centroid(sentences))]


def agreed(sentences: Sequence[str]) -> list[float]:
    """Return for each sentence of several articles how far the others say it too, from 0 to 1."""
    bags = [Counter(terms(sentence)) for sentence in sentences]
    rare = rarity(bags)
    vectors = [unit({term: n * rare[term] for term, n in bag.items()}) for bag in bags]
    middle = unit(_sum(vectors))
    return [dot(vector, middle) for vector in vectors]


def _sum(vectors: Sequence[dict[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return total
