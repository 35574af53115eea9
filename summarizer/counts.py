"""Whether a passage gives the numbers that a question asks of, for the same things."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.model import Stance
from summarizer.numbers import Number, NumberRole, agree, show
from summarizer.question import Query
from summarizer.said import Said
from summarizer.terms import Bag, Term, TermKind, alike


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of the passage and what it counts there."""

    number: Number
    thing: Term | None

    def counts(self, wanted: Term) -> bool:
        return self.thing is not None and alike(wanted, self.thing) >= 0.85


def other_number(query: Query, said: Said, found: Bag) -> str:
    """Refuse another number of the same kind."""
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
                return other
            continue
        if rivals:
            return _another_number(asked, _nearest(query, term, rivals))
        if asked.role is NumberRole.QUANTITY and not _given_before(asked, said):
            return f"does not give the number {_shown(asked)}"
    return ""


def _given_before(asked: Number, said: Said) -> bool:
    """Tell whether a source that denies or declines speaks of a number given just before.

    "Daram denied that the number was accurate" needs not give it again.
    """
    return said.stance in {Stance.DENIES, Stance.DECLINES} and any(
        term.number and agree(asked, term.number) for term in said.near.terms
    )


def _asked_too(query: Query, count: _Count) -> bool:
    return any(term.number and agree(term.number, count.number) for term in query.terms)


def _counted(text: str, term: Term, terms: tuple[Term, ...]) -> Term | None:
    """Return what a number counts: the next content term on its right, within a few words."""
    for other in terms:
        if other.span.start >= term.span.end and not other.number:
            near = len(text[term.span.end : other.span.start].split()) <= 3
            return other if near else None
    return None


def _another_thing(query: Query, asked: Term, agreeing: list[_Count], rivals: list[_Count]) -> bool:
    """Tell whether the number asked for counts another thing, and this thing has another number."""
    wanted = _counted(query.claim, asked, query.terms)
    if wanted is None or any(count.counts(wanted) for count in agreeing):
        return False
    return any(count.counts(wanted) for count in rivals if count not in agreeing)


def _foreign_thing(
    query: Query, asked: Term, agreeing: list[_Count], said: Said, found: Bag
) -> str:
    """Refuse the same number of other things: 400 boats are not 400 cows."""
    wanted = _counted(query.claim, asked, query.terms)
    things = [count.thing for count in agreeing]
    if wanted is None or not all(thing and _is_thing(thing) for thing in (wanted, *things)):
        return ""
    if any(bag.best(wanted) for bag in (found, said.same, said.near)):
        return ""
    return f"counts something else: {things[0].text if things[0] else ''}, not {wanted.text}"


def _is_thing(term: Term) -> bool:
    return term.kind is TermKind.WORD and term.weight >= 1 and not term.acts


def _nearest(query: Query, asked: Term, rivals: list[_Count]) -> Number:
    wanted = _counted(query.claim, asked, query.terms)
    value = asked.number.value if asked.number else 0.0

    def distance(count: _Count) -> tuple[bool, float]:
        return (
            not (wanted is not None and count.counts(wanted)),
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
