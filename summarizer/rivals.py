"""Another number for the same thing: "8,000 troops" beside "nearer 5,000", told as such.

Only numbers that count the same things in the same deed are set against each other; what grows
from day to day, lengths and times are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from summarizer.bags import Bag, read_bag
from summarizer.lexicon import rows
from summarizer.numbers import Number, NumberRole, agree, read_numbers
from summarizer.similarity import stem
from summarizer.terms import Term, TermKind, read_terms
from summarizer.topic import (
    CLAUSES,
    MOST,
    SAME_DAY,
    Topic,
    has,
    head_of,
    is_deed,
    telling,
    turned,
)
from summarizer.wordbook import concepts_in

_TALLY = frozenset(
    stem(word)
    for word in ("dead", "died", "killed", "missing", "injured", "infected", "cases", "deaths")
)

_MEASURED = {stem(word): kind for word, kind in rows("measures")}

_INSTEAD = re.compile(r"\b(?:than|instead of|rather than|not)\b", re.IGNORECASE)

_NUMBER_OF = re.compile(r"\b(?:number|total|toll) of\b", re.IGNORECASE)

_PUT_AT = re.compile(
    r"(?:\b(?:puts?|putting|sets?|setting|plac(?:es|ed)|estimat(?:es|ed))\s+|^(?!that\b))"
    r"(?:the|its|their|that)\s+"
    r"(?P<thing>(?!number\b|total\b|toll\b)[\w\s-]{3,40}?)\s+at\s+(?P<rest>.+)",
    re.IGNORECASE,
)
"""How a number is given for what was named before."""

_PART = re.compile(r"\b(?:another|other|first|last|all|these|those)\s+$", re.IGNORECASE)
_PART_AFTER = re.compile(
    r"\s+(?:other|more|additional|further|new|of (?:the|them|those|these|its|his|her|their))\b",
    re.IGNORECASE,
)
"""Words beside a number that counts some of the things, or more of them."""

_APART = re.compile(
    r"\b(?:another|remaining|the rest|each|compared (?:with|to)|(?:thus|so) far|to date"
    r"|earlier this|last (?:year|month|week)|one of (?:the|its|their))\b",
    re.IGNORECASE,
)
"""Words by which a sentence tells of several countings, or of one at another time."""

_LIST = 2
"""A sentence with more quantities than this counts many things."""

_COUNTED = 10
"""Numbers below this are said of too many things to be set against each other by a noun alone."""

_FACTOR = 5
"""Two numbers further apart than this do not count the same."""


def other_number(matter: Topic, words: str, published: datetime | None) -> str:
    """Return the number as it stands that ``words`` give in place of the claim's, else nothing."""
    told = concepts_in(words)[0]
    counts = [one for one in _counts(matter.head) if not told.isdisjoint(_same_things(one[1]))]
    pointed = any(" at " in one and _PUT_AT.search(one) for one in (words, matter.head))
    if not (counts or pointed) or not read_numbers(words) or _grown(matter, published):
        return ""
    if any(_APART.search(one) or _many(one) for one in (words, matter.head)):
        return ""
    for clause in CLAUSES.split(words):
        if pointed and (put := _put_at(matter, clause)):
            return put.text
        for number, thing in counts:
            rival = _rival(matter, number, thing, clause)
            if rival and not turned(matter, clause):  # ten survived, four died
                return rival.text
    return ""


@lru_cache(maxsize=64)
def _counts(head: str) -> tuple[tuple[Number, Term], ...]:
    """Return the numbers of a claim's head that may have rivals, with what each counts."""
    terms = read_terms(head)
    counted = ((term.number, _counted(head, term, terms)) for term in terms if term.number)
    return tuple((number, thing) for number, thing in counted if thing and not _measured(thing))


def _put_at(matter: Topic, clause: str) -> Term | None:
    """Return the other number of "puts the saving at 1.3 million", from either side.

    The noun stands for the deed that the other side tells: saving for "will save 2.2 million".
    """
    told, meant = _PUT_AT.search(clause), _PUT_AT.search(matter.head)
    if told is None and meant is None:
        return None
    found = [t for t in read_terms(told["rest"] if told else clause) if t.number]
    asked = [t for t in (read_terms(meant["rest"]) if meant else matter.terms) if t.number]
    if not found or not asked or (told and meant):
        return None
    thing = told["thing"] if told else meant["thing"] if meant else ""
    bag = matter.around if told else read_bag(head_of(clause))
    named = [term for term in read_terms(thing) if telling(term)]
    if not named or not all(has(term, bag) for term in named):
        return None
    one, other = asked[0].number, found[0].number
    fits = one and other and _comparable(one, other) and not agree(one, other)
    return found[0] if fits and _great_enough(one, other) else None


def _great_enough(*numbers: Number | None) -> bool:
    return all(number is not None and number.value >= _COUNTED for number in numbers)


def _rival(matter: Topic, number: Number, thing: Term, clause: str) -> Term | None:
    """Return another number in ``clause`` that counts what the claim's number counts."""
    if not any(_comparable(number, other) for other in read_numbers(clause)):
        return None  # most clauses need no further look
    found = read_terms(clause)
    given = any(term.number and agree(number, term.number) for term in found)
    if given and not _INSTEAD.search(clause):
        return None
    for term in found:
        other = term.number
        if other is None or not _comparable(number, other):
            continue
        if any(known.number and agree(known.number, other) for known in matter.around.terms):
            continue
        counted = _counted(clause, term, found)
        if counted is None or not _same_thing(thing, counted):
            continue
        if _counts_alike(matter, clause, counted):
            return term
    return None


def _mostly(terms: Sequence[Term], found: Bag) -> bool:
    """Tell whether most of some words are held."""
    held = [term for term in terms if has(term, found)]
    return len(held) >= MOST * len(terms)


def _many(words: str) -> bool:
    """Tell whether words count so many things that a number may belong to any of them."""
    counts = [one for one in read_numbers(words) if one.role is NumberRole.QUANTITY]
    return len(counts) > _LIST


def _same_things(thing: Term) -> frozenset[str]:
    """Return what a word must have some of to name the same thing; see ``_same_thing``."""
    return thing.senses | {thing.stem}


def _counts_alike(matter: Topic, clause: str, counted: Term) -> bool:
    """Tell whether a clause counts in the same deed: by its verb, or as "the number of troops"."""
    head = head_of(clause)
    others = [one for one in read_terms(head) if one.number is None and one.weight >= 1]
    shared = [one for one in others if one.stem != counted.stem and has(one, matter.around)]
    deed = any(is_deed(one) for one in shared)
    named = _NUMBER_OF.search(clause) is not None and not _money(counted)
    found = read_bag(head)
    deed = deed and _mostly(matter.acts, found) and _mostly(others, matter.around)
    named = named and (len(shared) > 1 or any(one.capital for one in shared))
    return named or (deed and (len(shared) > 1 or not _money(counted)))


def _same_thing(one: Term, other: Term) -> bool:
    """Tell whether two counted things are the same, or the same kind ("troops", "soldiers")."""
    shared = one.senses & other.senses
    return one.stem == other.stem or any(not sense.startswith("verb:") for sense in shared)


def _comparable(asked: Number, other: Number) -> bool:
    """Tell whether a number may stand for the same quantity, and is not merely a bound of it."""
    if not asked.role is other.role is NumberRole.QUANTITY or other.unit != asked.unit:
        return False
    low, high = sorted((asked.value, other.value))
    if low <= 0 or high > _FACTOR * low:
        return False
    within = {">": asked.value > other.value, "<": asked.value < other.value}
    return not within.get(other.bound, False)


def _measured(thing: Term) -> bool:
    return _MEASURED.get(thing.stem) == "measure"


def _money(thing: Term) -> bool:
    return _MEASURED.get(thing.stem) == "money"


def _counted(text: str, number: Term, terms: tuple[Term, ...]) -> Term | None:
    """Return what a number counts: in "the number of troops may be 5,000" the troops."""
    if named := re.search(r"\bnumber of\s+", text, re.IGNORECASE):
        after = [t for t in terms if t.span.start >= named.end() and telling(t)]
        return after[0] if after else None
    if _PART.search(text[: number.span.start]) or _PART_AFTER.match(text[number.span.end :]):
        return None
    for other in terms:
        if other.span.start >= number.span.end and not other.number and other.kind is TermKind.WORD:
            near = len(text[number.span.end : other.span.start].split()) <= 3
            return other if near else None
    return None


def _grown(matter: Topic, published: datetime | None) -> bool:
    """Tell whether numbers of another day may differ because they grew: the dead, the cases."""
    if not any(term.stem in _TALLY for term in matter.terms):
        return False
    if published is None or matter.published is None:
        return True
    return abs(published - matter.published) > SAME_DAY
