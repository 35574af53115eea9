"""What an article looks like to the story clusterer: weighted words, and names and numbers.

Look-alike events share their words ("quake", "charged", "checked into rehab") and differ in
their names and numbers, so these are counted once more with a weight of their own. Weights are
tf-idf with document counts that grow as articles come, from a start that knows everyday words of
news (``lexicon/news_words.txt``): of the first twenty articles five may hold the name that tells
what they are about, and only two "minister". Which story an article belongs to is decided in
``stories``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from summarizer.lexicon import rows
from summarizer.similarity import stem, stopwords
from summarizer.text import tokens

_LEADING_CHARACTERS = 1600
"""How much of an article is looked at: about 270 words, in which news says what happened."""

NAMES_SHARE = 0.15
"""The share of names and numbers in a vector's squared length; all words make the rest."""

NAME_MARK = "="
"""Stands before a name or number where it is counted as such, beside its count as a word."""

_COPIED = 0.5
"""Copies share more than this of all their words. Reprints of the demo's two wire reports share
0.57 to 0.83, and no other two of its articles more than 0.35."""

_FOREKNOWN = 100
"""So many articles are taken to have been seen before the first one, with everyday words only."""

_REMEMBERED = 20_000
"""Document counts are halved at so many documents, so that they follow the news."""

Counts = Mapping[str, int]


@dataclass(slots=True)
class Rarity:
    """How many documents hold each word and each marked name, counted as they come."""

    documents: int = 0
    holding: Counter[str] = field(default_factory=Counter)

    def count(self, features: Counts) -> None:
        """Count one more document, halving all counts when there are many."""
        self.documents += 1
        self.holding.update(features.keys())
        if self.documents >= _REMEMBERED:
            self.documents //= 2
            self.holding = Counter({term: n // 2 for term, n in self.holding.items() if n > 1})

    def weigh(self, features: Counts) -> dict[str, float]:
        """Return the tf-idf vector of a document, of length 1, names weighing ``NAMES_SHARE``."""
        everyday = _everyday()
        seen = 2 + _FOREKNOWN + self.documents
        weights = {
            term: (1 + math.log(n))
            * math.log(seen / (1 + self.holding[term] + everyday.get(term, 0.0)))
            for term, n in features.items()
        }
        named = {term for term in weights if term.startswith(NAME_MARK)}
        squares = [0.0, 0.0]
        for term, weight in weights.items():
            squares[term in named] += weight * weight
        shares = (1 - NAMES_SHARE, NAMES_SHARE)
        scales = [math.sqrt(s / q) if q else 0.0 for s, q in zip(shares, squares, strict=True)]
        return {term: weight * scales[term in named] for term, weight in weights.items()}


def copied(one: Counts, other: Counts) -> bool:
    """Tell whether two articles have mostly the same words: one text, cut or touched up."""
    shared = len(one.keys() & other.keys())
    return shared > _COPIED * (len(one) + len(other) - shared)


@cache
def _everyday() -> Mapping[str, float]:
    """Return how many of the foreknown articles hold the stem of each everyday word."""
    found: dict[str, float] = {}
    for word, of_hundred in rows("news_words"):
        holding = _FOREKNOWN * int(of_hundred) / 100
        found[stem(word)] = max(holding, found.get(stem(word), 0.0))
    return found


def features(title: str, text: str) -> Counter[str]:
    """Count the stems of the content words of a title and the head of a text.

    A name or number is counted once more with its mark. A name is a word that is capitalised
    and never stands in lower case in the same text.
    """
    head = f"{title}\n{text[:_LEADING_CHARACTERS]}"
    found = [span.of(head).replace("’", "'") for span in tokens(head)]
    common = {word for word in found if word[:1].islower()}
    dull = stopwords()
    counted = Counter[str]()
    for word in found:
        lower = word.lower()
        if lower in dull:
            continue
        term = stem(lower)
        counted[term] += 1
        if any(character.isdigit() for character in word) or (
            word[:1].isupper() and lower not in common
        ):
            counted[NAME_MARK + term] += 1
    return counted
