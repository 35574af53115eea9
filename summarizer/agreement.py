"""Whether a passage says what was asked: numbers, names, negation and roles must agree.

A passage that shares most words with a question and says something else is the worst answer,
so each check can refuse, with its reason in words. What passes is weighed (``weighing``). Finding
passages is not done here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summarizer.bags import Bag, read_bag
from summarizer.contradiction import (
    NEVER,
    NONE,
    OF_NAMES,
    OF_PARTS,
    OF_WHAT_IS_LEFT_OUT,
    Contradiction,
)
from summarizer.counts import other_number
from summarizer.evidence import Evidence, gather
from summarizer.model import Stance
from summarizer.parties import only_described, other_name, other_part, other_source
from summarizer.polarity import opposite
from summarizer.question import Asked, Query
from summarizer.said import Said
from summarizer.weighing import ENOUGH, SURE, relevance, sureness

PART, OTHER = "says only part of it", "says something else"
"""Reasons that tell of too little evidence, not of something that disagrees."""

_PART = 0.4
"""A passage that holds this share of the question says a part of it."""

_VERBATIM, _WHOLLY = 0.75, 0.97
"""A run of the same words that is this share of the question, where the sentence holds all of it:
who does what is told by them."""

_LEAD, _CLEAR = 2.0, 1.0
"""How far ahead a passage is taken to be that nothing was compared with."""

_WHETHER = re.compile(r"\b(?:whether|if|why|who|when|how)\b", re.IGNORECASE)
_NOT_OF_POLARITY = {"count", "when"}
"""Open questions that "no warning" and "not before Saturday" answer."""

_HOLDING_BACK = frozenset(["declin", "refus", "cautious"])


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a passage stands to a question.

    ``reason`` says in words why it is not a match, empty when it is. ``disputes`` tells that
    it is about the very thing asked and denies it, or will not confirm it. ``score`` is from 0 to
    1 how sure the answer is; ``relevance`` orders the passages of one question.
    """

    score: float
    reason: str
    disputes: bool
    relevance: float
    evidence: Evidence
    firm: float = NEVER
    """How sure a reader must be that it says it (in log-odds) to overrule ``reason``."""
    denial: str = ""
    """The reason of a passage that disputes it, kept where that is an answer: a plain no."""

    @property
    def matches(self) -> bool:
        """Tell whether the passage says it."""
        return not self.reason


def judge(query: Query, said: Said) -> Verdict:
    """Compare a question with one passage, as if it were the only one."""
    found = read_bag(said.sentence)
    evidence = gather(query, said, found)
    against = _contradiction(query, said, found, verbatim=_is_verbatim(evidence))
    verdict = Verdict(
        sureness(query, evidence, lead=_LEAD, clear=_CLEAR),
        against.reason,
        against.disputes,
        relevance(evidence),
        evidence,
        against.firm,
        against.reason if against.disputes else "",
    )
    return verdict if verdict.reason or verdict.score >= ENOUGH else weakened(query, verdict)


def among(query: Query, verdict: Verdict, *, lead: float, clear: float) -> Verdict:
    """Judge a passage again, now beside others.

    ``lead`` is how much more relevant it is than the best passage that contradicts the question,
    ``clear`` than the next that does not.
    """
    if not query.terms:
        return verdict
    score = sureness(query, verdict.evidence, lead=lead, clear=clear)
    if _is_verbatim(verdict.evidence):  # it has the very words, whatever contradicts it elsewhere
        score = max(score, SURE)
    judged = replace(verdict, score=score, reason="")
    return judged if score >= ENOUGH else weakened(query, judged)


def weakened(query: Query, verdict: Verdict) -> Verdict:
    """Return the verdict on a passage for which too little speaks."""
    if not query.terms:
        return verdict
    reason = PART if verdict.evidence.words >= _PART else OTHER
    return replace(verdict, reason=reason)


def _contradiction(query: Query, said: Said, found: Bag, *, verbatim: bool) -> Contradiction:
    """Return why the passage does not say it.

    Of a passage that has the very words only its polarity and its source are looked at.
    """
    source = Contradiction(other_source(query, said, found), OF_NAMES)
    if query.asked is Asked.SAYS:
        return source if source.reason else Contradiction(_another_stance(query, said))
    who = NONE if only_described(query) else source
    if verbatim:
        return _firmest(_unlike(query, said, found), who)
    counted = other_number(query, said, found)
    if counted.reason and counted.firm == NEVER:
        return counted
    others = who if who.reason else _about_others(query, said, found)
    return _firmest(_unlike(query, said, found), others, counted)


def _firmest(*found: Contradiction) -> Contradiction:
    """Return the one that a reader overrules last.

    A denial of something else is no dispute; one that leaves something out is.
    """
    against = [one for one in found if one.reason]
    if not against:
        return NONE
    firmest = max(against, key=lambda one: one.firm)
    others = [one for one in against if one.firm > OF_WHAT_IS_LEFT_OUT]
    return firmest if len(others) <= 1 else firmest._replace(disputes=False)


def _about_others(query: Query, said: Said, found: Bag) -> Contradiction:
    name = other_name(query, said, found)
    if name.reason:
        return name
    part = other_part(query, said, found)
    return Contradiction(part, OF_PARTS) if part else NONE


def _is_verbatim(evidence: Evidence) -> bool:
    return evidence.run >= _VERBATIM and evidence.words >= _WHOLLY


def _another_stance(query: Query, said: Said) -> str:
    if query.stance in {None, said.stance}:
        return ""
    return f"{said.stance or 'reports'}, not {query.stance}"


def _unlike(query: Query, said: Said, found: Bag) -> Contradiction:
    """Return the reason where a claim is denied or its opposite said, or not made at all."""
    denied = said.stance is Stance.DENIES
    negative = opposite(query, said, found) != denied and query.open_slot not in _NOT_OF_POLARITY
    if query.stance is Stance.DENIES:
        lacks = Contradiction("does not deny it", OF_WHAT_IS_LEFT_OUT)
        return NONE if negative or denied else lacks
    if (held_back := _held_back(query, said)).reason:
        return held_back
    if negative and denied:
        return Contradiction("denies it", disputes=True)
    return Contradiction("says the opposite", OF_NAMES, disputes=True) if negative else NONE


def _held_back(query: Query, said: Said) -> Contradiction:
    """Return the reason where a claim is declined, asked or told not to have been made."""
    if said.stance is Stance.DECLINES and not _asks_of_declining(query):
        return Contradiction("declines to confirm it", disputes=True)
    if said.stance is Stance.ASKS and _WHETHER.search(said.sentence):
        return Contradiction("only asks it")
    if query.stance is Stance.CONFIRMS and said.stance in {Stance.REPORTED, Stance.ALLEGES}:
        return Contradiction("does not confirm it")
    if said.negated and not query.negated:
        return Contradiction("is told not to have said it", disputes=True)
    return NONE


def _asks_of_declining(query: Query) -> bool:
    return query.stance is Stance.DECLINES or any(
        term.stem in _HOLDING_BACK for term in query.terms
    )
