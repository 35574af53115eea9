"""What words that point back mean: "denied it", "the Kessarian figure", "any such meeting"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summarizer.bags import read_bag
from summarizer.doubts import ACCUSATION, Doubt, numeric, of_saying
from summarizer.glance import words_in
from summarizer.model import Claim, Dissent, SourceKind, Span, Stance
from summarizer.similarity import stem
from summarizer.terms import Term, read_terms

_ROOT = 5
"""Letters that the name of a country shares with that of its people."""

NEAR, FAR = 4, 10
"""Statements back that a pronoun reaches, and a noun with a name or "such" beside it."""


_FEW = 2
"""At most so many words stand for a thing told before; more make a statement of their own."""

_ACCUSES = re.compile(
    r"\b(?:accus(?:e[sd]?|ing|ations?)|alleg\w+|charged|charges|suspect(?:s|ed)?|blam(?:e[sd]?|ing)"
    r"|indict\w+|prosecut\w+|complain\w*)\b",
    re.IGNORECASE,
)

_TELLS = re.compile(
    r"\b(?:said|says|told|wrote|claim(?:ed|s)|argu(?:ed|es)|attribut\w+|accus\w+|blam\w+"
    r"|alleg\w+|charged|point(?:ed|s) (?:the|a) finger)\b",
    re.IGNORECASE,
)

_SUCH_ONE = re.compile(r"\b(?:no|any) such\b", re.IGNORECASE)

_CONTINUES = re.compile(r"(?:one|another|(?:people|officials|sources?|two))(?: of them)?$")
"""One of those who were named just before, or they again."""


@dataclass(frozen=True, slots=True)
class Place:
    """A statement where it stands: its article's id, sentence and paragraph, and who makes it.

    ``sentence`` are the whole sentence's words, ``words`` and ``cue`` those of ``claim``.
    """

    article: str
    number: int
    paragraph: int
    span: Span
    sentence: str
    words: str
    claim: Claim | None
    side: frozenset[str]
    published: datetime | None
    cue: str = ""
    doubt: Doubt | None = None


def antecedents(doubt: Doubt, places: Sequence[Place], at: int) -> list[Place]:
    """Return the statements that a doubt may point back at: one side's last ones, nearest first.

    Those before them that have the doubt's own noun ("the memorandum") are among them.
    """
    names = [term for term in read_terms(doubt.of) if term.capital]
    before = [place for place in reversed(places[:at]) if _another(place, places[at])]
    if doubt.noun == ACCUSATION:
        return _accusing(before[:FAR], places[at])
    reach = FAR if names or "such" in doubt.of.lower() else NEAR
    fitting = [place for place in before[:reach] if _fits(doubt, place, names)]
    claim = places[at].claim
    if not doubt.noun and claim is not None and claim.attribution.stance is Stance.SAYS:
        fitting = [place for place in fitting if _said(place)]
    if of_saying(doubt.noun):  # "the claim" is rather what somebody said than what is told
        fitting = [place for place in fitting if _said(place)] or fitting
    elif "such" in doubt.of.lower() or _SUCH_ONE.search(doubt.words):
        fitting = [place for place in before[:FAR] if _named(doubt.noun, place)] or fitting
    if not fitting:
        return []
    nearest = fitting[0]
    kept = _speech(before[:reach], nearest, whole=bool(doubt.noun))
    if _CONTINUES.match(min(nearest.side, default="")):
        after = before.index(nearest) + 1
        kept += before[after : after + 1]
    of_noun = [p for p in before[:FAR] if p not in kept and _named(doubt.noun, p)]
    beside = [term for term in read_terms(doubt.words) if term.weight >= 1 and not term.number]
    if doubt.dissent is Dissent.UNCONFIRMED and len(beside) <= _FEW:  # "the audio statement"
        of_noun = [p for p in of_noun if all(read_bag(p.sentence).best(t) for t in beside)]
    return kept + [p for p in of_noun if p.claim is not None or not of_saying(doubt.noun)]


def _accusing(before: Sequence[Place], denier: Place) -> list[Place]:
    """Return what accuses one who denies it: of him by name, else the last accusation at all."""
    accusing = [place for place in before if accuses(place)]
    of_him = [place for place in before if names_side(place.words, denier)]
    found = [p for p in accusing if p in of_him] or accusing
    return [place for place in accusing if place.side & found[0].side] if found else []


def accuses(place: Place) -> bool:
    """Tell whether a statement accuses somebody."""
    claim = place.claim
    if claim is None:
        return bool(_ACCUSES.search(place.words))
    source = claim.attribution.source
    told = (place.words, place.cue, source.name if source else "")
    return claim.attribution.stance is Stance.ALLEGES or any(map(_ACCUSES.search, told))


def names_side(words: str, place: Place) -> bool:
    """Tell whether words name whoever makes a statement, or his people."""
    source = place.claim.attribution.source if place.claim else None
    if source is None:
        return False
    called = source.name
    if source.kind is SourceKind.UNNAMED and "'" not in called and "’" not in called:
        called = called[:1].lower() + called[1:]  # "Protesters" is no name
    sides = place.side if source.kind is not SourceKind.UNNAMED else ()
    named = [one for one in (*sides, *_capitals(called)) if " " not in one]
    roots = {one[:_ROOT] if len(one) > _ROOT else one for one in named}
    return any(word in roots or word[:_ROOT] in roots for word in words_in(words))


def _capitals(name: str) -> list[str]:
    return [
        word.lower().removesuffix("'s").removesuffix("’s")
        for word in name.split()
        if word[:1].isupper() and word not in {"The", "A", "An"}
    ]


def _said(place: Place) -> bool:
    """Tell whether a statement is somebody's, also where its outlet tells it in its own words."""
    return place.claim is not None or bool(_TELLS.search(place.sentence))


def _speech(before: Sequence[Place], nearest: Place, *, whole: bool) -> list[Place]:
    """Return a statement, those of its sentence, and its speaker's just before if ``whole``."""
    start = before.index(nearest)
    kept = [place for place in before[:start] if place.number == nearest.number]
    for place in before[start:]:
        same = (
            whole
            and nearest.claim is not None
            and place.claim is not None
            and place.side & nearest.side
        )
        if not (same or place.number == nearest.number):
            break
        kept.append(place)
    return kept


def _another(place: Place, doubting: Place) -> bool:
    """Tell whether a statement is of another side, and no question or demand.

    What an outlet doubts itself may be its own report of others.
    """
    asks = place.claim is not None and place.claim.attribution.stance is Stance.ASKS
    if place.number == doubting.number and _begins(place) > _begins(doubting):
        return False
    return not asks and (doubting.claim is None or not place.side & doubting.side)


def _begins(place: Place) -> int:
    """Return where what is said begins, or who says it where that stands before."""
    claim = place.claim
    spans = () if claim is None else (*claim.content, *claim.attribution.cue)
    return min((span.start for span in spans), default=place.span.start)


def _named(noun: str, place: Place) -> bool:
    return bool(noun) and stem(noun) in read_bag(place.sentence).stems


def _fits(doubt: Doubt, place: Place, names: Sequence[Term]) -> bool:
    """Tell whether a statement may be meant: a figure has a number, Kessary's is Kessary's."""
    if numeric(doubt.noun) and not any(term.number for term in read_terms(place.sentence)):
        return False
    found = read_bag(place.sentence)
    return all(found.best(name) or _of_side(name, place) for name in names)


def _of_side(name: Term, place: Place) -> bool:
    """Tell whether who makes a statement is of the people named: Kessary, the Kessarian figure."""
    root = name.text.lower()[:_ROOT]
    return len(root) == _ROOT and any(word.startswith(root) for word in place.side)
