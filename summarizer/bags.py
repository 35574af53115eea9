"""How far terms stand for each other: one for one, and one for any of a text's.

Two texts are compared term by term; whether one *says* the other is for ``agreement``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.numbers import agree
from summarizer.spelling import initial, spelt_alike
from summarizer.terms import Term, TermKind, read_terms

_SYNONYM = 0.85
"""What a synonym counts for beside the word itself."""

_NEARLY = 0.8
"""What a word of a group of no part of speech counts for: enough for a question, not for two
articles to say the same."""

_NAMED = 0.9
"""What a name spelt otherwise counts for, or the people of a country beside it."""

_KIND = 0.6
"""What the name of a kind counts for beside one of it ("vehicle", "lorry"), either way."""


def alike(asked: Term, found: Term) -> float:
    """Tell from 0 to 1 how far ``found`` stands for ``asked``; numbers are compared elsewhere."""
    if asked.number or found.number:
        return 0.0
    if asked.place and found.place:
        return float(asked.place == found.place)
    if asked.stem == found.stem:
        return 1.0
    if shared := asked.senses & found.senses:
        return _shared(shared)
    if _people_of(asked, found) or _spelt_alike(asked, found):
        return _NAMED
    return _KIND if asked.heads & found.kinds or asked.kinds & found.heads else 0.0


def _shared(senses: frozenset[str]) -> float:
    return _NEARLY if all(sense.startswith("word:") for sense in senses) else _SYNONYM


@dataclass(frozen=True, slots=True)
class Bag:
    """Terms to be compared with: ``best`` is the most that any of them is ``alike``.

    ``names`` are by their first letter: only names with the same one can be alike.
    """

    terms: tuple[Term, ...]
    stems: frozenset[str]
    senses: frozenset[str]
    heads: frozenset[str]
    kinds: frozenset[str]
    places: frozenset[str]
    names: Mapping[str, tuple[Term, ...]]

    def best(self, asked: Term) -> float:
        """Return from 0 to 1 how far any of the terms stands for ``asked``."""
        if asked.number:
            return 0.0
        if asked.place:
            return float(asked.place in self.places)
        if asked.stem in self.stems:
            return 1.0
        if shared := asked.senses & self.senses:
            return _shared(shared)
        if self._names_alike(asked):
            return _NAMED
        akin = not (asked.heads.isdisjoint(self.kinds) and asked.kinds.isdisjoint(self.heads))
        return _KIND if akin else 0.0

    def _names_alike(self, asked: Term) -> bool:
        names = self.names.get(initial(asked.text), ())
        return any(_people_of(asked, name) or _spelt_alike(asked, name) for name in names)


_NO_CONCEPTS: frozenset[str] = frozenset()


def bag(terms: Iterable[Term]) -> Bag:
    """Put terms into a bag."""
    kept = tuple(terms)
    words = [term for term in kept if term.number is None]
    names: dict[str, dict[str, Term]] = {}
    for term in words:
        if term.capital and not term.place:
            names.setdefault(initial(term.text), {})[term.text] = term
    return Bag(
        kept,
        frozenset([term.stem for term in words]),
        _NO_CONCEPTS.union(*[term.senses for term in words]),
        _NO_CONCEPTS.union(*[term.heads for term in words]),
        _NO_CONCEPTS.union(*[term.kinds for term in words]),
        frozenset([term.place for term in words if term.place]),
        {letter: tuple(those.values()) for letter, those in names.items()},
    )


@lru_cache(maxsize=64)
def bag_of(terms: tuple[Term, ...]) -> Bag:
    """Put the terms of a question into a bag, once for all passages it is compared with."""
    return bag(terms)


NOTHING = bag(())
"""A bag without terms."""


def joined(bags: Sequence[Bag]) -> Bag:
    """Put all that several bags hold into one, as ``bag`` of all their terms would."""
    names: dict[str, tuple[Term, ...]] = {}
    for one in bags:
        for letter, those in one.names.items():
            names[letter] = names.get(letter, ()) + those
    return Bag(
        tuple(term for one in bags for term in one.terms),
        frozenset().union(*(one.stems for one in bags)),
        frozenset().union(*(one.senses for one in bags)),
        frozenset().union(*(one.heads for one in bags)),
        frozenset().union(*(one.kinds for one in bags)),
        frozenset().union(*(one.places for one in bags)),
        names,
    )


@lru_cache(maxsize=4096)
def read_bag(text: str) -> Bag:
    """Return the terms of ``text`` in a bag."""
    return bag(read_terms(text))


def holds(found: Bag, asked: Term) -> float:
    """Return from 0 to 1 how far a bag has a term, a number of the same value included."""
    if asked.number is None:
        return found.best(asked)
    number = asked.number
    return float(any(other.number and agree(number, other.number) for other in found.terms))


_DEMONYM = re.compile(r"(?:a|i|e|ia)?ns?|i|ese|ish|ites?|ers?")


def _people_of(asked: Term, found: Term) -> bool:
    """Tell whether one name is the other with the ending of a people ("Tarsk", "Tarskan")."""
    return found.capital and _is_people_of(asked.text, found.text)


@lru_cache(maxsize=65_536)
def _is_people_of(one: str, other: str) -> bool:
    short, long = sorted((one.lower(), other.lower()), key=len)
    if short[:1] != long[:1]:
        return False
    if len(short) < 4:
        return False
    root = short.rstrip("aeioy") if len(short) > 5 else short
    return long.startswith(root) and bool(_DEMONYM.fullmatch(long[len(root) :]))


def _spelt_alike(asked: Term, found: Term) -> bool:
    if not (found.capital and (asked.capital or asked.kind is TermKind.WORD)):
        return False
    if asked.place or found.place:
        return False
    if not asked.capital and (len(asked.text) < 6 or asked.weight < 1):
        return False
    return _is_spelt_alike(asked.text, found.text)


@lru_cache(maxsize=65_536)
def _is_spelt_alike(one: str, other: str) -> bool:
    return spelt_alike(one.lower(), other.lower())


def may_be_one_name(one: str, other: str) -> bool:
    """Tell whether two words may be one name, spelt otherwise or as that of a people."""
    return _is_people_of(one, other) or _is_spelt_alike(one, other)
