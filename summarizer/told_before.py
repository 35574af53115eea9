"""What words that point back mean: "denied it", "the Kessarian figure", "any such meeting"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summarizer.bags import read_bag
from summarizer.doubts import Doubt, numeric
from summarizer.model import Claim, Span, Stance
from summarizer.similarity import stem
from summarizer.terms import Term, read_terms

_ROOT = 5
"""Letters that the name of a country shares with that of its people."""

NEAR, FAR = 4, 10
"""Statements back that a pronoun reaches, and a noun with a name or "such" beside it."""


_CONTINUES = re.compile(r"(?:one|another|(?:people|officials|sources?|two))(?: of them)?$")
"""One of those who were named just before, or they again."""


@dataclass(frozen=True, slots=True)
class Place:
    """A statement where it stands: its article's id, sentence and paragraph, and who makes it.

    ``sentence`` are the whole sentence's words, ``words`` those of ``claim``'s content.
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


def antecedents(doubt: Doubt, places: Sequence[Place], at: int) -> list[Place]:
    """Return the statements that a doubt may point back at: one side's last ones, nearest first.

    Those before them that have the doubt's own noun ("the memorandum") are among them.
    """
    names = [term for term in read_terms(doubt.of) if term.capital]
    reach = FAR if names or "such" in doubt.of.lower() else NEAR
    before = [place for place in reversed(places[:at]) if _another(place, places[at])]
    nearest = next((p for p in before[:reach] if _fits(doubt, p, names)), None)
    if nearest is None:
        return []
    kept = [p for p in before[:reach] if p is nearest or _goes_on(p, nearest)]
    if _CONTINUES.match(min(nearest.side, default="")):
        after = before.index(nearest) + 1
        kept += before[after : after + 1]
    return kept + [p for p in before[:FAR] if p not in kept and _named(doubt.noun, p)]


def _another(place: Place, doubting: Place) -> bool:
    """Tell whether a statement is of another side, and no question or demand.

    What an outlet doubts itself may be its own report of others.
    """
    asks = place.claim is not None and place.claim.attribution.stance is Stance.ASKS
    return not asks and (doubting.claim is None or not place.side & doubting.side)


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


def _goes_on(place: Place, nearest: Place) -> bool:
    """Tell whether an earlier statement is of the same speaker, or of the same sentence."""
    return bool(place.side & nearest.side) or place.number == nearest.number
