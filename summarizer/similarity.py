"""How alike two texts are: terms, weighted vectors, shared runs of words.

Likeness is about words only. Whether two alike sentences say the same is decided by
``slots``: a role swap or a "not" leaves the vectors almost as they were.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources

import snowballstemmer

from summarizer.text import spelled

_SHINGLE_WORDS = 5

Shingles = frozenset[tuple[str, ...]]
"""The runs of words in a text."""


@cache
def stopwords() -> frozenset[str]:
    """Return the English words that say little of what a text is about."""
    listed = resources.files("summarizer").joinpath("lexicon/stopwords.txt")
    lines = listed.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class _Stemmers(threading.local):
    """A stemmer for each thread: it keeps the word that it is at in itself."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Snowball (English) stem of a lower-case word; words with digits stay."""
    plain = word.replace("’", "'")
    if len(plain) < 4 or not plain.isalpha():
        return plain
    found: str = _stemmers.english.stemWord(plain)
    return found


def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in lower case, digits and dots kept ("3.5%", "u.s.")."""
    return tuple([word.lower().replace("’", "'") for word in spelled(text)])


def terms(text: str) -> tuple[str, ...]:
    """Return the stems of the words of ``text`` that say what it is about, in reading order."""
    dull = stopwords()
    return tuple(stem(word) for word in words(text) if word not in dull)


def shingles(text: str) -> Shingles:
    """Return every run of five words in ``text``; texts of fewer words have one run or none."""
    run = words(text)
    if len(run) < _SHINGLE_WORDS:
        return frozenset((run,)) if run else frozenset()
    return frozenset(zip(*(run[offset:] for offset in range(_SHINGLE_WORDS)), strict=False))


def containment(part: Shingles, whole: Shingles) -> float:
    """Return which share of ``part``'s runs stands in ``whole``: 1.0 for a copied passage."""
    return len(part & whole) / len(part) if part else 0.0


def unit(weights: Mapping[str, float]) -> dict[str, float]:
    """Scale a vector to length 1; an empty one stays empty."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the inner product of two vectors: the cosine, when both have length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def rarity(documents: Sequence[Iterable[str]]) -> dict[str, float]:
    """Return the inverse document frequency of each term, ln((1+n)/(1+df))+1."""
    seen = Counter(term for document in documents for term in set(document))
    total = len(documents)
    return {term: math.log((1 + total) / (1 + count)) + 1 for term, count in seen.items()}
