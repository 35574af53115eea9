"""Whether a passage is about those whom a question names: who says it, who does it, to whom."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.model import EntityKind
from summarizer.question import Asked, Query
from summarizer.roles import deeds, other_doer, same_deed, swapped
from summarizer.said import Said
from summarizer.terms import Bag, Term, TermKind, alike, read_bag


def other_source(query: Query, said: Said, found: Bag) -> str:
    """Refuse a passage that somebody else is said to say."""
    if not query.source_terms:
        return ""
    wanted = [term for term in query.source_terms if term.weight > 0.5] or [*query.source_terms]
    speakers = [read_bag(name) for name in (*said.sources, said.outlet)]
    speakers += said.bodies
    if any(_enough_of_name(wanted, _held_of(wanted, named)) for named in speakers):
        return ""
    if said.own_voice:
        if query.asked is Asked.CLAIM and _enough_of_name(wanted, _held_of(wanted, found)):
            return ""
        return f"does not say that {query.source} said it"
    if not said.sources:
        return f"names nobody who says it, not {query.source}"
    return f"another source: {said.sources[0].split(';')[0]}, not {query.source}"


def _held_of(wanted: Sequence[Term], others: Bag) -> list[Term]:
    return [term for term in wanted if others.best(term) >= 0.85]


def _enough_of_name(wanted: Sequence[Term], held: Sequence[Term]) -> bool:
    """Tell whether enough words of a name agree; the last word of a person's name must."""
    if not held:
        return False
    names = [term for term in wanted if term.kind is TermKind.NAME and not term.place]
    if names and not any(term in held for term in names):
        return False
    places = [term for term in wanted if term.place]
    if places and len(wanted) > len(places) and all(term in places for term in held):
        return False
    return 2 * len(held) >= len(wanted) or (wanted[-1] in names and wanted[-1] in held)


_KINDS = {EntityKind.PLACE: "place", EntityKind.PERSON: "person"}


def other_name(query: Query, said: Said, found: Bag) -> str:
    """Refuse a passage about somebody or somewhere else."""
    for term in query.terms:
        if term.kind is not TermKind.NAME or found.best(term) or said.same.best(term):
            continue
        rival = _rival(term, query, said, found)
        if rival:
            return f"another {rival}, not {term.text}"
        if not said.near.best(term):
            return f"does not name {term.text}"
    return ""


def _rival(term: Term, query: Query, said: Said, found: Bag) -> str:
    """Return the name that stands where the asked one would: another country, another person."""
    asked = (*query.terms, *query.source_terms)

    def unasked(other: Term) -> bool:
        return not any(alike(known, other) for known in asked)

    if term.place:
        return next(
            (f"country: {other.text}" for other in found.terms if other.place and unasked(other)),
            "",
        )
    kinds = {kind for other, kind in said.elsewhere if alike(term, other)}
    return next(
        (
            f"{_KINDS[kind]}: {other.text}"
            for other, kind in said.named
            if kind in kinds and kind in _KINDS and unasked(other)
        ),
        "",
    )


def other_part(query: Query, said: Said, found: Bag) -> str:
    """Refuse the same deed with its parts turned round, or done by another."""
    there = deeds(said.sentence, found.terms)
    for asked in deeds(query.claim, query.terms):
        told = [deed for deed in there if same_deed(asked, deed)]
        turned = [pair for deed in told if (pair := swapped(asked, deed))]
        if told and len(turned) == len(told):
            return f"roles swapped: {turned[0][1].text}, not {turned[0][0].text}"
        others = [pair for deed in told if (pair := other_doer(asked, deed))]
        if others and said.same.best(others[0][0]) and not found.best(others[0][0]):
            continue  # the sentence calls the doer by another of its names
        if told and len(others) == len(told):
            asker, actual = others[0]
            if actual.acts and not actual.capital:
                return f"another doer, not {asker.text}"
            kind = "country" if asker.place and actual.place else "doer"
            return f"another {kind}: {actual.text}, not {asker.text}"
    return ""
