"""Text -> terms: the words that carry content, with what else would say the same.

A term knows the concepts it stands for (a stem, a group of synonyms, a country, a value). Two
texts are compared term by term; whether one *says* the other is for ``agreement``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from summarizer.model import Span
from summarizer.numbers import Number, agree, read_numbers
from summarizer.placenames import place_at, places_by_first_word
from summarizer.spelling import initial, spelt_alike
from summarizer.wordbook import TOKEN, Word, known_word


class TermKind(StrEnum):
    """What a term is. Names and numbers must agree; words are weighed."""

    WORD = "word"
    NAME = "name"
    NUMBER = "number"


class Term(NamedTuple):
    """One content term. ``span`` points into the text it was read from.

    ``stem`` is its own concept, ``senses`` are the groups it belongs to (places, synonyms),
    ``heads`` the kinds of things that it names as a whole, ``kinds`` those that it is one of.
    ``capital`` tells that it is written as a name where that means something. ``place`` is the
    country that it stands for, or empty. ``rarity`` is how much more it tells than other terms
    of the same kind, by how few of the passages compared have it;
    ``heard`` tells whether any of them has. ``acts`` are the groups of verbs that it belongs to.

    A tuple, for hundreds are made a question: that takes a third of the time.
    """

    text: str
    span: Span
    stem: str
    senses: frozenset[str] = frozenset()
    kind: TermKind = TermKind.WORD
    weight: float = 1.0
    number: Number | None = None
    capital: bool = False
    place: str = ""
    rarity: float = 1.0
    heard: bool = True
    heads: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()


_NAME, _NUMBER, _BIG_NUMBER = 1.6, 1.2, 1.8

_TELLING_NUMBER = 100
"""From this value on the same number is seldom told of two things."""
_SYNONYM = 0.85
"""What a synonym counts for beside the word itself."""

_NEARLY = 0.8
"""What a word of a group of no part of speech counts for: enough for a question, not for two
articles to say the same."""

_NAMED = 0.9
"""What a name spelt otherwise counts for, or the people of a country beside it."""

_KIND = 0.6
"""What the name of a kind counts for beside one of it ("vehicle", "lorry"), either way."""

_OWNED = re.compile(r"['’]s\b")


@lru_cache(maxsize=4096)
def read_terms(text: str) -> tuple[Term, ...]:
    """Return the content terms of ``text`` in order; stop-words are left out."""
    tokens = list(TOKEN.finditer(text))
    terms: list[Term] = []
    if numbers := read_numbers(text):
        counted = {place for one in numbers for place in range(one.span.start, one.span.end)}
        tokens = [match for match in tokens if match.start() not in counted]
        terms = [_number_term(text, number) for number in numbers]
    places, past = places_by_first_word(), 0
    for at, match in enumerate(tokens):
        if at < past:
            continue
        word = match.group().lower()
        if word in places:
            count, country = place_at(text, tokens, at)
            if country:
                span = Span(match.start(), tokens[at + count - 1].end())
                terms.append(_place_term(text, span, country))
                past = at + count
                continue
        if (known := known_word(word)) and (term := _word_term(text, match, known)):
            terms.append(term)
    if numbers:
        terms.sort(key=_PLACE)
    return tuple(terms)


_PLACE = attrgetter("span.start", "span.end")


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


_JOINS = {"", "of", "for", "and", "the", "of the", "for the"}
"""What stands between the words of one name."""


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


def initials(words: Sequence[Term], text: str) -> frozenset[str]:
    """Return the first letters of names that follow each other in ``text``.

    Of "Ansel Bank" "AB"; of "Prime Minister Anna Voss" also "PM".
    """
    runs, last = [""], -9
    for word in words:
        if word.text[0].isupper() and text[last : word.span.start].strip() in _JOINS:
            runs[-1] += word.text[0]
        else:
            runs.append(word.text[0] if word.text[0].isupper() else "")
        last = word.span.end
    return frozenset(
        run[start:end]
        for run in runs
        for start in range(len(run) - 1)
        for end in range(start + 2, len(run) + 1)
    )


def as_written(term: Term, capitals: int) -> Term:
    """Return a term as a name or a word, by how often others write it with a capital.

    ``capitals`` is positive where most do; at 0 the term stays as it was read.
    """
    if term.number or term.place or not capitals:
        return term
    if capitals > 0 and term.weight >= 1:
        return term._replace(kind=TermKind.NAME, weight=_NAME, capital=True)
    if capitals < 0 and term.kind is TermKind.NAME:
        return term._replace(kind=TermKind.WORD, weight=1.0, capital=False)
    return term


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


def _place_term(text: str, span: Span, country: str) -> Term:
    sense = f"place:{country}"
    return Term(
        span.of(text),
        span,
        sense,
        frozenset({sense}),
        TermKind.NAME,
        _NAME,
        capital=True,
        place=country,
    )


def _number_term(text: str, number: Number) -> Term:
    return Term(
        number.span.of(text),
        number.span,
        f"number:{number.value:g}{number.unit}",
        kind=TermKind.NUMBER,
        weight=_NUMBER if number.value < _TELLING_NUMBER else _BIG_NUMBER,
        number=number,
    )


def _word_term(text: str, match: re.Match[str], known: Word) -> Term | None:
    """Read a word of which that much is known; None for what is left of an "'s"."""
    written, start = match.group(), match.start()
    span = Span(start, match.end())
    if len(written) == 1 and _after_apostrophe(text, span):
        return None
    capital = written[0].isupper() and (
        not _opens_sentence(text, start)
        or written.isupper()
        or (len(text) > span.end + 2 and bool(_OWNED.match(text, span.end)))
    )
    kind, weight = TermKind.WORD, known.weight
    if capital and weight == 1.0:
        kind, weight = TermKind.NAME, _NAME
    return Term(
        written,
        span,
        known.root,
        known.senses,
        kind,
        weight,
        capital=capital,
        heads=known.heads,
        kinds=known.kinds,
        acts=known.acts,
    )


def _after_apostrophe(text: str, span: Span) -> bool:
    return bool(_OWNED.match(text, span.start - 1))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘([#*")
    return not before or before[-1] in ".!?:\n—"
