"""Whether a passage is about those whom a question names: who says it, who does it, to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.bags import Bag, alike, bag, read_bag
from summarizer.contradiction import (
    NONE,
    OF_NAMES,
    OF_PARTS,
    OF_WHAT_IS_LEFT_OUT,
    Contradiction,
)
from summarizer.model import EntityKind
from summarizer.question import Asked, Query
from summarizer.roles import (
    actors,
    deeds,
    leading_preposition,
    other_doer,
    same_deed,
    seen_from_the_other_end,
    swapped,
)
from summarizer.said import Said
from summarizer.terms import Term, TermKind, initials

_LEFT = re.compile(r"(\bformer\b[^;]*?)\sof\s[^;]*", re.IGNORECASE)
"""What somebody was once of: "two former officials of the Service" do not speak for it."""


def other_source(query: Query, said: Said, found: Bag) -> str:
    """Refuse a passage that somebody else is said to say."""
    if not query.source_terms:
        return ""
    wanted = [term for term in query.source_terms if term.weight > 0.5] or [*query.source_terms]
    speakers = [read_bag(_LEFT.sub(r"\1", name)) for name in (*said.sources, said.outlet)]
    speakers += said.bodies
    if opening := _opening(said, found):
        speakers += [bag((*one.terms, *opening)) for one in speakers[:-1]]
    speakers.append(bag(_outside_content(said, found)))
    if any(_enough_of_name(wanted, _held_of(wanted, named)) for named in speakers):
        return ""
    if _in_office(wanted, speakers[0], said) or _described(wanted, query.source, speakers[0], said):
        return ""
    return _no_such_source(query, said, wanted)


def only_described(query: Query) -> bool:
    """Tell whether who says it is told in the asker's own words ("the saline maker").

    Articles may call them anything else: that they don't is no contradiction. Names are, and
    bodies and offices that the news calls by one word ("the police", "the union").
    """
    return not any(
        term.kind is TermKind.NAME or term.stem in actors() for term in query.source_terms
    )


def _no_such_source(query: Query, said: Said, wanted: Sequence[Term]) -> str:
    """Return why a passage that none of its speakers says is no answer."""
    found = read_bag(said.sentence)
    if said.own_voice:
        if query.asked is Asked.CLAIM and _enough_of_name(wanted, _held_of(wanted, found)):
            return ""
        return f"does not say that {query.source} said it"
    if not said.sources:
        return f"names nobody who says it, not {query.source}"
    return f"another source: {said.sources[0].split(';')[0]}, not {query.source}"


def _opening(said: Said, found: Bag) -> list[Term]:
    """Return the terms of "In Bridel," before the first comma: where the speaker is at home."""
    at_home = not said.own_voice and said.sentence.startswith("In ")
    end = max(said.sentence.find(","), 0) if at_home else 0
    return [term for term in found.terms if term.span.end <= end]


def _outside_content(said: Said, found: Bag) -> list[Term]:
    """Return the terms of a sentence that are not what is said: who says it is among them."""
    if said.own_voice or not said.content:
        return []
    left = _LEFT.search(said.sentence)
    end = left.end(1) if left else len(said.sentence)
    return [
        term
        for term in found.terms
        if term.span.end <= end and not any(span.overlaps(term.span) for span in said.content)
    ]


def _in_office(wanted: Sequence[Term], speaker: Bag, said: Said) -> bool:
    """Tell whether a speaker who is only called "the governor" may be "governor Callan"."""
    if any(term.kind is TermKind.NAME for term in speaker.terms):
        return False
    names = [term for term in wanted if term.kind is TermKind.NAME]
    office = [term for term in wanted if term not in names]
    return (
        bool(names and office)
        and all(speaker.best(term) >= _ALIKE for term in office)
        and any(said.known.best(term) >= _ALIKE for term in names)
    )


def _described(wanted: Sequence[Term], source: str, speaker: Bag, said: Said) -> bool:
    """Tell whether a speaker bears the office asked about, of something that the article names.

    "The dam company's boss" is the chief executive in an article about the dam of a company, "the
    MSIB chief" its head in one that names the board. Places and people are not told apart so.
    """
    owned = f"{wanted[0].text}'s " in source.replace("’", "'") and _is_person(wanted[0], said)
    names = wanted[1:] if owned else wanted  # "Lim's church" is of somebody whom it names
    if len(wanted) < 2 or any(_is_name_of_no_body(term, said) for term in names):
        return False
    *others, office = wanted
    return speaker.best(office) >= _ALIKE and all(
        max(bag.best(term) for bag in (speaker, said.near, said.known)) >= _ALIKE for term in others
    )


def _is_person(term: Term, said: Said) -> bool:
    """Tell whether the article knows a name as a person's alone: a country's is in offices too."""
    known = (*said.elsewhere, *said.named)
    return {kind for other, kind in known if alike(term, other) >= _ALIKE} == {EntityKind.PERSON}


def _is_name_of_no_body(term: Term, said: Said) -> bool:
    body = term.text.isupper() and _of_the_article(term, said)
    return term.kind is TermKind.NAME and not body


_ALIKE = 0.8


def _held_of(wanted: Sequence[Term], others: Bag) -> list[Term]:
    return [term for term in wanted if others.best(term) >= _ALIKE]


def _enough_of_name(wanted: Sequence[Term], held: Sequence[Term]) -> bool:
    """Tell whether enough words of a name agree; the last word of a person's name must."""
    if not held:
        return False
    names = [term for term in wanted if term.kind is TermKind.NAME and not term.place]
    if names and not any(term in held for term in names):
        return False
    office = [term for term in wanted if term.stem in actors() and term not in names]
    if office and not names and not any(term in held for term in office):
        return False  # "harbour officials" are not the harbour director
    places = [term for term in wanted if term.place]
    if places and len(wanted) > len(places) and all(term in places for term in held):
        return False
    return 2 * len(held) >= len(wanted) or (wanted[-1] in names and wanted[-1] in held)


_KINDS = {EntityKind.PLACE: "place", EntityKind.PERSON: "person"}


def other_name(query: Query, said: Said, found: Bag) -> Contradiction:
    """Refuse a passage about somebody or somewhere else, and one that does not name them."""
    for term in query.terms:
        if term.kind is not TermKind.NAME or found.best(term) or said.same.best(term):
            continue
        if term.text.isupper() and term.text in initials(found.terms, said.sentence):
            continue
        if calendar := _calendar(term):
            other = next((one for one in found.terms if _calendar(one) == calendar), None)
            if other and not any(alike(asked, other) for asked in query.terms):
                return _another(f"{calendar}: {other.text}", term)
            continue
        rival = _rival(term, query, said, found) or _other_end(term, query, said, found)
        if rival:
            return _another(rival, term)
        if not (said.near.best(term) or _of_the_article(term, said)):
            return _unnamed(term, said)
    return NONE


def _unnamed(term: Term, said: Said) -> Contradiction:
    """Refuse a passage without a name; hardly where its article has the name elsewhere."""
    firm = OF_WHAT_IS_LEFT_OUT if said.known.best(term) else OF_NAMES
    return Contradiction(f"does not name {term.text}", firm)


def _another(rival: str, term: Term) -> Contradiction:
    return Contradiction(f"another {rival}, not {term.text}", OF_PARTS)


_DAYS = frozenset(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
_CALENDAR = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|"
    r"mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?",
    re.IGNORECASE,
)


def _calendar(term: Term) -> str:
    """Return "day" or "month" for the name of one, else nothing."""
    if not term.capital or not _CALENDAR.fullmatch(term.text):
        return ""
    return "day" if term.text[:3].lower() in _DAYS else "month"


def _of_the_article(term: Term, said: Said) -> bool:
    """Tell whether a body that the article names need not be named again."""
    return any(
        kind is EntityKind.ORGANISATION and alike(term, other) for other, kind in said.elsewhere
    )


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
            if kind in kinds and kind in _KINDS and unasked(other) and not _speaks(other, said)
        ),
        "",
    )


_ENDS = frozenset(["from", "to", "near", "at", "with", "against", "into", "towards", "over"])
_PLACED = frozenset(["in", "on"])


def _other_end(term: Term, query: Query, said: Said, found: Bag) -> str:
    """Return the name that stands at the same end of the deed: "from Velden", not "from Orm"."""
    leads = leading_preposition(query.claim, term)
    if leads not in _ENDS | _PLACED or not any(t.acts and found.best(t) for t in query.terms):
        return ""
    places = [other for other, kind in said.named if kind is EntityKind.PLACE]
    for other in found.terms:
        if other.kind is not TermKind.NAME or any(alike(asked, other) for asked in query.terms):
            continue
        if leads in _PLACED and not any(alike(place, other) for place in places):
            continue
        if leading_preposition(said.sentence, other) == leads and not _calendar(other):
            return f"{'place' if leads in _PLACED else 'party'}: {other.text}"
    return ""


def _speaks(name: Term, said: Said) -> bool:
    """Tell whether a name is that of who says it: he is not in the place of whom it is about."""
    return not said.own_voice and any(read_bag(source).best(name) for source in said.sources)


def _goes_by_another_name(parts: tuple[Term, Term], query: Query, said: Said, found: Bag) -> bool:
    """Tell whether the doer in the sentence may be the one asked about, named otherwise."""
    wanted, actual = parts
    if wanted.text.isupper() and wanted.text in initials(found.terms, said.sentence):
        return True
    asked = any(alike(term, actual) >= 0.85 for term in query.terms)
    return not asked and bool(said.same.best(wanted)) and not found.best(wanted)


def other_part(query: Query, said: Said, found: Bag) -> str:
    """Refuse the same deed with its parts turned round, or done by another."""
    there = deeds(said.sentence, found.terms)
    for asked in deeds(query.claim, query.terms):
        told = [deed for deed in there if same_deed(asked, deed)]
        told += [turn for deed in there if (turn := seen_from_the_other_end(deed, asked))]
        turned = [pair for deed in told if (pair := swapped(asked, deed))]
        if told and len(turned) == len(told):
            return f"roles swapped: {turned[0][1].text}, not {turned[0][0].text}"
        others = [pair for deed in told if (pair := other_doer(asked, deed))]
        if others and _goes_by_another_name(others[0], query, said, found):
            continue  # the sentence calls the doer by another of its names
        if told and len(others) == len(told):
            asker, actual = others[0]
            if actual.acts and not actual.capital:
                return f"another doer, not {asker.text}"
            kind = "country" if asker.place and actual.place else "doer"
            return f"another {kind}: {actual.text}, not {asker.text}"
    return ""
