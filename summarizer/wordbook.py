"""What is known of a single word: its stem, its weight, and the groups of words it belongs to."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from summarizer.lexicon import rows, words
from summarizer.similarity import stem

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
_LIGHT = 0.35
"""The weight of a word that says little ("people", "new"), beside 1."""


@lru_cache(maxsize=100_000)
def known_word(written: str) -> tuple[str, float, frozenset[str]] | None:
    """Return stem, weight and senses of a lower-case word; None for a stop-word."""
    word = written.replace("’", "'")
    if word in words("stopwords"):
        return None
    root = stem(word)
    weight = _LIGHT if word in words("light_words") else 1.0
    return root, weight, _synonyms().get(root, frozenset())


@lru_cache(maxsize=16_384)
def concepts_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems and senses of all words of ``text``, and its capitals in lower case.

    No term of ``read_terms`` has another stem or sense, places and numbers apart; this is ten
    times as fast.
    """
    concepts, initials = set[str](), set[str]()
    for written in TOKEN.findall(text):
        if written[0].isupper():
            initials.add(written[0].lower())
        known = known_word(written.lower())
        if known is not None:
            concepts.add(known[0])
            concepts |= known[2]
    return frozenset(concepts), frozenset(initials)


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for kind, members in rows("synonyms"):
        names = members.split()
        for name in names:
            groups.setdefault(stem(name), set()).add(f"{kind}:{names[0]}")
    return {word: frozenset(found) for word, found in groups.items()}
