"""What an article looks like to the story clusterer: weighted words, and names and numbers.

Two vectors an article, because look-alike events share their words ("quake", "charged",
"checked into rehab") and differ in their names and numbers. Weights are tf-idf with document
counts that grow as articles come; nothing here decides which story an article belongs to.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from summarizer.similarity import dot, stem, stopwords, unit
from summarizer.text import tokens

_LEADING_CHARACTERS = 2400
"""How much of an article is looked at: about 400 words, in which news says what happened."""

NAMES_SHARE = 0.3
"""The weight of names and numbers beside that of all words (measured on ECB+)."""

_REMEMBERED = 20_000
"""Document counts are halved at so many documents, so that they follow the news."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two vectors: stems of all content words, and names and numbers. Length 1, or longer sums."""

    words: dict[str, float]
    names: dict[str, float]


@dataclass(frozen=True, slots=True)
class Features:
    """Counts of an article's content words, and of its names and numbers."""

    words: Counter[str]
    names: Counter[str]


@dataclass(slots=True)
class Rarity:
    """How many documents hold each word and each name, counted as they come."""

    documents: int = 0
    words: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)

    def count(self, features: Features) -> None:
        """Count one more document, halving all counts when there are many."""
        self.documents += 1
        self.words.update(features.words.keys())
        self.names.update(features.names.keys())
        if self.documents >= _REMEMBERED:
            self.documents //= 2
            self.words = Counter({term: n // 2 for term, n in self.words.items() if n > 1})
            self.names = Counter({term: n // 2 for term, n in self.names.items() if n > 1})

    def weigh(self, features: Features) -> Likeness:
        """Return the two tf-idf vectors of a document, each of length 1."""
        return Likeness(
            unit(_weighed(features.words, self.words, self.documents)),
            unit(_weighed(features.names, self.names, self.documents)),
        )


def features(title: str, text: str) -> Features:
    """Count the content words of a title and the head of a text, and its names and numbers.

    A name is a word that is capitalised and never stands in lower case in the same text.
    """
    head = f"{title}\n{text[:_LEADING_CHARACTERS]}"
    found = [span.of(head).replace("’", "'") for span in tokens(head)]
    common = {word for word in found if word[:1].islower()}
    dull = stopwords()
    counted, named = Counter[str](), Counter[str]()
    for word in found:
        lower = word.lower()
        if lower in dull:
            continue
        term = stem(lower)
        counted[term] += 1
        if any(character.isdigit() for character in word) or (
            word[:1].isupper() and lower not in common
        ):
            named[term] += 1
    return Features(counted, named)


def likeness(one: Likeness, other: Likeness) -> float:
    """Return how alike two articles or stories are, from 0 to 1, if the vectors have length 1."""
    return (1 - NAMES_SHARE) * dot(one.words, other.words) + NAMES_SHARE * dot(
        one.names, other.names
    )


def _weighed(counts: Counter[str], seen: Counter[str], documents: int) -> dict[str, float]:
    return {
        term: (1 + math.log(n)) * math.log((2 + documents) / (1 + seen[term]))
        for term, n in counts.items()
    }
