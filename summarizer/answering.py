"""Which statement a denial answers that has few words in common with it.

Who is accused answers by the motive ("denied that the timing was political"), and in other words
("denied taking money" against "had paid him 15,000 crowns"). News sets such an answer right behind
what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.bags import read_bag
from summarizer.doubts import Doubt
from summarizer.model import Dissent, Stance
from summarizer.terms import read_terms
from summarizer.told_before import Place, accuses, names_side
from summarizer.topic import has, is_deed, negative, telling

_NEAR = 2
"""Sentences between an answer and what it answers, at most, its own counted."""


_HE = re.compile(r"(?:that )?(?:he|she)\b", re.IGNORECASE)
"""Who denies something of himself answers those who name him."""


def answered(doubt: Doubt, places: Sequence[Place], at: int) -> Place | None:
    """Return the statement that a denial answers, made by another side just before; if any."""
    place = places[at]
    claim = place.claim
    if doubt.dissent is not Dissent.DENIES or doubt.back or claim is None:
        return None
    if claim.attribution.stance is not Stance.DENIES:
        return None
    if quoted := [one for one in places if _reports_what(one, place)]:
        return quoted[0]
    if doubt.inner:  # whose words the reports are that it denies is told
        return None
    before = [
        one
        for one in reversed(places[:at])
        if place.number - one.number <= _NEAR and not one.side & place.side and _stands(one)
    ]
    shared = (one for one in before if _shares(doubt, one, place))
    if found := next(shared, None):
        return found
    accusing = (one for one in before if accuses(one) and names_side(one.sentence, place))
    return next(accusing, None)


def _reports_what(one: Place, denial: Place) -> bool:
    """Tell whether a claim of the denial's own sentence is what it denies, told of another."""
    claim, denying = one.claim, denial.claim
    if claim is None or denying is None or one.number != denial.number or one is denial:
        return False
    if claim.attribution.stance is Stance.DENIES or one.side & denial.side:
        return False
    if any(mine.overlaps(cue) for mine in claim.content for cue in denying.attribution.cue):
        return False
    return any(mine.overlaps(other) for mine in claim.content for other in denying.content)


def _stands(place: Place) -> bool:
    """Tell whether a statement is one that may be denied, no question, demand or doubt."""
    claim = place.claim
    asks = claim is not None and claim.attribution.stance in {Stance.ASKS, Stance.DECLINES}
    return not asks and place.doubt is None


def _shares(doubt: Doubt, place: Place, denial: Place) -> bool:
    """Tell whether a statement has the act of a denial, and says no where it says no.

    Of one who denies it by name a thing in common is enough.
    """
    found = read_bag(place.words)
    said = [term for term in read_terms(doubt.words) if telling(term)]
    held = [term for term in said if has(term, found)]
    if not names_side(place.sentence, denial):
        act = said[:1] == held[:1] and all(map(is_deed, said[:1])) and not _HE.match(doubt.words)
        held = held if act and 2 * len(held) >= len(said) else []
    return bool(held) and negative(place.words) == negative(doubt.words)
