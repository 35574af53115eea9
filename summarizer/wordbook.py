"""What is known of a single word: its stem, its weight, and the groups of words it belongs to."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from summarizer.lexicon import rows, words
from summarizer.similarity import stem
from summarizer.spelling import initial

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
_LIGHT = 0.35
"""The weight of a word that says little ("people", "new"), beside 1."""


class Word(NamedTuple):
    """What is known of a word: its stem and weight, and the groups it belongs to.

    ``senses`` are groups of words that say the same, ``acts`` those of verbs among them; ``heads``
    the kinds of things that it names as a whole ("vehicle"), ``kinds`` those that it is one of
    ("lorry" is a vehicle).
    """

    root: str
    weight: float
    senses: frozenset[str]
    heads: frozenset[str]
    kinds: frozenset[str]
    acts: frozenset[str]

    @property
    def concepts(self) -> frozenset[str]:
        """Everything by which another word may be found to mean the same or a kind of it."""
        return self.senses | self.heads | self.kinds | {self.root}


_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=100_000)
def known_word(written: str) -> Word | None:
    """Return what is known of a lower-case word; None for a stop-word."""
    word = written.replace("’", "'")
    if word in words("stopwords"):
        return None
    root = stem(word)
    weight = _LIGHT if word in words("light_words") else 1.0
    every = _synonyms(), *_kinds()
    senses, heads, kinds = (groups.get(root, _NONE) for groups in every)
    acts = frozenset(sense for sense in senses if sense.startswith("verb:"))
    return Word(root, weight, senses, heads, kinds, acts)


@lru_cache(maxsize=16_384)
def concepts_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the concepts of all words of ``text``, and the initials of its names in lower case.

    No term of ``read_terms`` has another one, places and numbers apart; this is ten times as
    fast.
    """
    words = TOKEN.findall(text)
    concepts = frozenset[str]().union(*map(_concepts, map(str.lower, words)))
    return concepts, frozenset(initial(word) for word in words if word[0].isupper())


@lru_cache(maxsize=100_000)
def _concepts(written: str) -> frozenset[str]:
    """Return the concepts of a lower-case word; none of a stop-word's."""
    known = known_word(written)
    return known.concepts if known else _NONE


@cache
def _kinds() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return (stem -> the kinds that it names, stem -> the kinds that it is one of)."""
    heads: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for named, members in rows("kinds"):
        names = named.split()
        for words_of, group in ((names, heads), (members.split(), kinds)):
            for name in words_of:
                group.setdefault(stem(name), set()).add(f"kind:{names[0]}")
    return (
        {word: frozenset(found) for word, found in heads.items()},
        {word: frozenset(found) for word, found in kinds.items()},
    )


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for kind, members in rows("synonyms"):
        names = members.split()
        for name in names:
            groups.setdefault(stem(name), set()).add(f"{kind}:{names[0]}")
    return {word: frozenset(found) for word, found in groups.items()}
