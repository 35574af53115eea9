"""Another number for the same thing: "8,000 troops" beside "nearer 5,000", told as such.

Only numbers that count the same things in the same deed are set against each other; what grows
from day to day, lengths and times are not.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from summarizer.lexicon import rows
from summarizer.numbers import Number, NumberRole, agree, read_numbers
from summarizer.similarity import stem
from summarizer.terms import Term, TermKind, read_bag, read_terms
from summarizer.topic import CLAUSES, Topic, has, head_of, is_deed, telling
from summarizer.wordbook import concepts_in

_TALLY = frozenset(
    stem(word)
    for word in ("dead", "died", "killed", "missing", "injured", "infected", "cases", "deaths")
)

_MEASURED = {stem(word): kind for word, kind in rows("measures")}

_INSTEAD = re.compile(r"\b(?:than|instead of|rather than|not)\b", re.IGNORECASE)

_NUMBER_OF = re.compile(r"\b(?:number|total|toll) of\b", re.IGNORECASE)

_FACTOR = 5
"""Two numbers further apart than this do not count the same."""

_SAME_DAY = timedelta(hours=14)


def other_number(matter: Topic, words: str, published: datetime | None) -> str:
    """Return the number as it stands that ``words`` give in place of the claim's, else nothing."""
    told = concepts_in(words)[0]
    counts = [one for one in _counts(matter.head) if not told.isdisjoint(_same_things(one[1]))]
    if not counts or not read_numbers(words) or _grown(matter, published):
        return ""
    for clause in CLAUSES.split(words):
        for number, thing in counts:
            if rival := _rival(matter, number, thing, clause):
                return rival.text
    return ""


@lru_cache(maxsize=64)
def _counts(head: str) -> tuple[tuple[Number, Term], ...]:
    """Return the numbers of a claim's head that may have rivals, with what each counts."""
    terms = read_terms(head)
    counted = ((term.number, _counted(head, term, terms)) for term in terms if term.number)
    return tuple((number, thing) for number, thing in counted if thing and not _measured(thing))


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
        if any(known.number and agree(known.number, other) for known in matter.terms):
            continue
        counted = _counted(clause, term, found)
        if counted is None or not _same_thing(thing, counted):
            continue
        if _counts_alike(matter, clause, counted):
            return term
    return None


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
    held = [one for one in matter.acts if has(one, read_bag(head))]
    deed = deed and 2 * len(held) > len(matter.acts)
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
    return abs(published - matter.published) > _SAME_DAY
