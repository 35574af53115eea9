"""Whether a passage gives the numbers that a question asks of, for the same things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.bags import Bag, alike
from summarizer.contradiction import NONE, OF_WHAT_IS_LEFT_OUT, Contradiction
from summarizer.model import Stance
from summarizer.numbers import Number, NumberRole, agree, show
from summarizer.question import Query
from summarizer.said import Said
from summarizer.terms import Term, TermKind

_ALIKE = 0.85

_REACH = 3
"""Words on the right of a number among which what it counts begins."""

_OUT_OF = re.compile(r"\s+(?:out )?of\s+(?:[\w’']+\s+){0,2}")
_LOW = 3
"""Up to this value a number is often said in passing."""


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of the passage and what it may count there."""

    number: Number
    things: tuple[Term, ...]

    def counts(self, wanted: Sequence[Term]) -> bool:
        return any(alike(one, thing) >= _ALIKE for one in wanted for thing in self.things)


def other_number(query: Query, said: Said, found: Bag) -> Contradiction:
    """Refuse another number of the same kind, the same of other things, and none at all."""
    there = [
        _Count(term.number, _counted(said.sentence, term, found.terms))
        for term in found.terms
        if term.number
    ]
    for term in query.terms:
        asked = term.number
        if asked is None:
            continue
        rivals = [count for count in there if count.number.role is asked.role]
        agreeing = [count for count in rivals if agree(asked, count.number)]
        rivals = [count for count in rivals if count in agreeing or not _asked_too(query, count)]
        if agreeing and not _another_thing(query, term, agreeing, rivals):
            if other := _foreign_thing(query, term, agreeing, said, found):
                return Contradiction(other, OF_WHAT_IS_LEFT_OUT)
            continue
        if _by_the_way(query, term, rivals):
            continue
        if rivals:
            return Contradiction(_another_number(asked, _nearest(query, term, rivals)))
        if asked.role is NumberRole.QUANTITY and not _given_before(asked, said):
            missing = f"does not give the number {_shown(asked)}"
            return Contradiction(missing, OF_WHAT_IS_LEFT_OUT)
    return NONE


def _given_before(asked: Number, said: Said) -> bool:
    """Tell whether a source that denies or declines speaks of a number given just before.

    "Daram denied that the number was accurate" needs not give it again.
    """
    return said.stance in {Stance.DENIES, Stance.DECLINES} and any(
        term.number and agree(asked, term.number) for term in said.near.terms
    )


def _asked_too(query: Query, count: _Count) -> bool:
    return any(term.number and agree(term.number, count.number) for term in query.terms)


def _counted(text: str, term: Term, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return what a number may count: the content terms on its right, within three words.

    "212 of the 540 large hospitals" counts hospitals both times.
    """
    start = term.span.end
    for other in terms:
        if (
            other.number
            and other.span.start >= start
            and _OUT_OF.fullmatch(text, start, other.span.start)
        ):
            start = other.span.end
    return tuple(
        other
        for other in terms
        if other.span.start >= start
        and not other.number
        and len(text[start : other.span.start].split()) < _REACH
    )


def _by_the_way(query: Query, asked: Term, rivals: list[_Count]) -> bool:
    """Tell whether a low number is only said in passing ("from just two floors").

    Nothing that it counts is counted in the passage with another number.
    """
    number = asked.number
    if number is None or number.unit or number.value > _LOW:
        return False
    wanted = _counted(query.claim, asked, query.terms)
    return number.role is NumberRole.QUANTITY and not any(one.counts(wanted) for one in rivals)


def _another_thing(query: Query, asked: Term, agreeing: list[_Count], rivals: list[_Count]) -> bool:
    """Tell whether the number asked for counts another thing, and this thing has another number."""
    wanted = _counted(query.claim, asked, query.terms)
    if not wanted or any(count.counts(wanted) for count in agreeing):
        return False
    return any(count.counts(wanted) for count in rivals if count not in agreeing)


def _foreign_thing(
    query: Query, asked: Term, agreeing: list[_Count], said: Said, found: Bag
) -> str:
    """Refuse the same number of other things: 400 boats are not 400 cows."""
    wanted = _counted(query.claim, asked, query.terms)
    things = [count.things for count in agreeing]
    if not wanted or not all(these and _is_thing(these[0]) for these in (wanted, *things)):
        return ""
    things_asked = [one for one in wanted if _is_thing(one)]
    if any(bag.best(one) for bag in (found, said.same, said.near) for one in things_asked):
        return ""
    return f"counts something else: {things[0][0].text}, not {wanted[0].text}"


def _is_thing(term: Term) -> bool:
    return term.kind is TermKind.WORD and term.weight >= 1 and not term.acts


def _nearest(query: Query, asked: Term, rivals: list[_Count]) -> Number:
    wanted = _counted(query.claim, asked, query.terms)
    value = asked.number.value if asked.number else 0.0

    def distance(count: _Count) -> tuple[bool, float]:
        return (
            not count.counts(wanted),
            abs(count.number.value - value),
        )

    return min(rivals, key=distance).number


def _shown(number: Number) -> str:
    if number.role in {NumberRole.YEAR, NumberRole.DAY, NumberRole.ORDINAL, NumberRole.CLOCK}:
        return f"{number.value:g}"
    if number.unit == "%":
        return f"{number.value:g}%"
    return f"{number.unit}{show(number.value)}"


def _another_number(asked: Number, found: Number) -> str:
    word = {NumberRole.YEAR: "year", NumberRole.DAY: "day", NumberRole.CLOCK: "hour"}
    return f"another {word.get(asked.role, 'number')}: {_shown(found)}, not {_shown(asked)}"
