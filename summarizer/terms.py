"""Text -> terms: the words that carry content, with what else would say the same.

A term knows the concepts it stands for (a stem, a group of synonyms, a country, a value). How far
one stands for another is for ``bags``; whether a text *says* another for ``agreement``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from summarizer.model import Span
from summarizer.numbers import Number, read_numbers
from summarizer.placenames import place_at, places_by_first_word
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


_JOINS = {"", "of", "for", "and", "the", "of the", "for the"}
"""What stands between the words of one name."""


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
