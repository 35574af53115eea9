"""Our own rankers: what a news article is about, and where it says so.

Scores only; which of the sentences are fit to be shown is decided in ``briefing``. The constants
were set by hand, on a wide plateau, on news with reference summaries; none of them is learnt.
All of it takes time linear in the words of the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from summarizer.similarity import dot, rarity, terms, unit

Vector = Mapping[str, float]
Scores = NDArray[np.float64]

_DAMPING = 0.85
_ROUNDS = 30
"""Rounds of the power method: at 0.85 the last one moves no score by more than a hundredth."""

_FADE_SENTENCES = 5.0
_FLOOR = 0.6
"""Position: 0.6 + exp(-n/5) for sentence n. The first counts for 1.6, those far down for 0.6."""

_LONG_WORDS = 20
_LENGTH_FADE = 0.03
"""From 20 words on, each word takes 3 % of the score: of two that say it, the shorter is shown."""

_SHORT_WORDS = 8
_SHORT = 0.3

_NUMBER = 0.15
_NAME = 0.025
_MOST_NAMES = 4
_QUOTED = 0.1
_SELF = 0.15
_QUESTION = 0.5
"""What a number and each name add, and what a quotation, a "we" and a question take."""

_MANY_FLOOR = 1.5
_MANY_FADE_SENTENCES = 6.0
_AGREEMENT = 4.0
"""The same for several articles, where what all say counts for more than where it stands."""

_MOSTLY_QUOTED = 0.6
"""What a sentence that is mostly a quotation is worth in a brief text: what happened goes first."""

_QUOTED_WORDS = re.compile(r"\"[^\"]*\"|“[^”]*”")
_DIGIT = re.compile(r"\d")
_QUOTE = re.compile(r"[\"“”]")
_PERSON = re.compile(r"\b(?:I|we|you|my|our|your|me|us)\b", re.IGNORECASE)
_ASKING = re.compile(r"\?[\"”’')]*$")
_CAPITAL = re.compile(r"\b[A-Z]\w+")
_LOWER = re.compile(r"\b[a-z]\w+")


def vectors(sentences: Sequence[str]) -> tuple[Vector, ...]:
    """Return each sentence's tf-idf vector of length 1, rarity counted within the text."""
    return _vectors(tuple(sentences))


@lru_cache(maxsize=4)
def _vectors(sentences: tuple[str, ...]) -> tuple[Vector, ...]:
    """Keep the last few texts: their vectors rank the sentences, then tell them apart."""
    bags = [Counter(terms(sentence)) for sentence in sentences]
    rare = rarity(bags)
    return tuple(unit({term: n * rare[term] for term, n in bag.items()}) for bag in bags)


def lead(sentences: Sequence[str]) -> list[float]:
    """Prefer what stands first: news puts the most important thing there."""
    return [1 / (1 + order) for order in range(len(sentences))]


def centroid(sentences: Sequence[str]) -> list[float]:
    """Score each sentence by its cosine with the sum of all sentence vectors."""
    return _central(vectors(sentences))


def whosaid(sentences: Sequence[str]) -> list[float]:
    """Score by centrality (centroid and a weighted LexRank), position, and what is in it.

    LexRank is Erkan and Radev's (2004) with cosines as weights and damping. What is in it:
    names and numbers count for a sentence; length, questions, quotations and "we" against it.
    """
    found = vectors(sentences)
    central = [
        (near + linked) / 2
        for near, linked in zip(_scaled(_central(found)), _scaled(_linked(found)), strict=True)
    ]
    names = _names(sentences)
    return [
        central[order] * _position(order) * _length(sentence) * _matter(sentence, names)
        for order, sentence in enumerate(sentences)
    ]


def among_many(
    sentences: Sequence[str], places: Sequence[tuple[int, int]], *, brief: bool
) -> list[float]:
    """Score sentences of several articles; ``places`` are (article, order in it) of each.

    Central to all the articles together, early in its own, and said by the others too: what
    each other article has that is most like it, on average. A ``brief`` text of a few sentences
    keeps to what stands first; a longer one may take what is told further down.
    """
    floor = _FLOOR if brief else _MANY_FLOOR
    found = vectors(sentences)
    central = zip(_scaled(_central(found)), _scaled(_linked(found)), strict=True)
    agreement = _agreement(found, [article for article, _ in places])
    scores = [
        (near + linked)
        / 2
        * (floor + math.exp(-order / _MANY_FADE_SENTENCES))
        * (1 + _AGREEMENT * said)
        for (near, linked), said, (_, order) in zip(central, agreement, places, strict=True)
    ]
    if not brief:
        return scores
    return [
        score * (_MOSTLY_QUOTED if _spoken(sentence) > 0.5 else 1.0)
        for score, sentence in zip(scores, sentences, strict=True)
    ]


def _spoken(sentence: str) -> float:
    """Return the share of a sentence that stands in quotation marks."""
    return sum(len(quoted) for quoted in _QUOTED_WORDS.findall(sentence)) / max(1, len(sentence))


def _agreement(found: Sequence[Vector], articles: Sequence[int]) -> list[float]:
    """Return for each sentence the mean over the other articles of their likest sentence."""
    others = sorted(set(articles))
    if len(others) < 2:
        return [0.0] * len(found)
    columns: dict[str, int] = {}
    for vector in found:
        for term in vector:
            columns.setdefault(term, len(columns))
    matrix = np.zeros((len(found), len(columns)), np.float32)
    for row, vector in enumerate(found):
        for term, weight in vector.items():
            matrix[row, columns[term]] = weight
    owner = np.array(articles)
    total = np.zeros(len(found))
    for article in others:
        likest = (matrix @ matrix[owner == article].T).max(axis=1)
        total += np.where(owner == article, 0.0, likest)
    return [float(score) for score in total / (len(others) - 1)]


def _central(found: Sequence[Vector]) -> list[float]:
    middle = unit(_total(found, [1.0] * len(found)))
    return [dot(vector, middle) for vector in found]


def _linked(found: Sequence[Vector]) -> list[float]:
    """Return the LexRank of each sentence without building the matrix of all pairs.

    The similarity matrix is V times V transposed, less the diagonal, so each round is two
    passes over the terms.
    """
    count = len(found)
    columns: dict[str, int] = {}
    entries = [
        (row, columns.setdefault(term, len(columns)), weight)
        for row, vector in enumerate(found)
        for term, weight in vector.items()
    ]
    if not entries:
        return [1.0] * count
    rows, terms_of, weights = (np.array(part) for part in zip(*entries, strict=True))
    own = np.bincount(rows, weights**2, count)

    def spread(scores: Scores) -> Scores:
        totals = np.bincount(terms_of, weights * scores[rows], len(columns))
        return np.maximum(np.bincount(rows, weights * totals[terms_of], count) - own * scores, 0)

    degrees = np.maximum(spread(np.ones(count)), 1e-9)
    scores = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        scores = (1 - _DAMPING) / count + _DAMPING * spread(scores / degrees)
    return [float(score) for score in scores]


def _total(found: Sequence[Vector], weights: Sequence[float]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector, weight in zip(found, weights, strict=True):
        for term, value in vector.items():
            total[term] = total.get(term, 0.0) + weight * value
    return total


def _scaled(scores: Sequence[float]) -> list[float]:
    """Divide by the greatest score, so that it becomes 1."""
    top = max(scores, default=0.0)
    return [score / top for score in scores] if top else list(scores)


def _position(order: int) -> float:
    return _FLOOR + math.exp(-order / _FADE_SENTENCES)


def _length(sentence: str) -> float:
    count = len(sentence.split())
    if count < _SHORT_WORDS:
        return _SHORT
    return math.exp(-_LENGTH_FADE * max(0, count - _LONG_WORDS))


def _names(sentences: Sequence[str]) -> frozenset[str]:
    """Return the capitalised words that never stand in lower case in the text."""
    lower = {word for sentence in sentences for word in _LOWER.findall(sentence)}
    capital = {word for sentence in sentences for word in _CAPITAL.findall(sentence)}
    return frozenset(word for word in capital if word.lower() not in lower)


def _matter(sentence: str, names: frozenset[str]) -> float:
    """Return the factor for what is in a sentence."""
    named = sum(word in names for word in _CAPITAL.findall(sentence))
    factor = 1 + _NAME * min(named, _MOST_NAMES)
    factor *= 1 + _NUMBER * bool(_DIGIT.search(sentence))
    factor *= 1 - _QUOTED * bool(_QUOTE.search(sentence))
    factor *= 1 - _SELF * bool(_PERSON.search(sentence))
    return factor * (1 - _QUESTION * bool(_ASKING.search(sentence)))
