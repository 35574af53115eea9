"""Whether a passage says what was asked: numbers, names, negation and roles must agree.

A passage that shares most words with a question and says something else is the worst answer,
so each check can refuse, with its reason in words. What passes is weighed (``weighing``). Finding
passages is not done here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summarizer.counts import other_number
from summarizer.evidence import Evidence, gather
from summarizer.model import Stance
from summarizer.parties import only_described, other_name, other_part, other_source
from summarizer.polarity import opposite
from summarizer.question import Asked, Query
from summarizer.said import Said
from summarizer.terms import Bag, read_bag
from summarizer.weighing import ENOUGH, relevance, sureness

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
    doubtful: bool = False
    """Whether ``reason`` is told by names and their order alone, so that a reader may overrule it:
    aliases, descriptions and the passive make such reasons where there are none."""

    @property
    def matches(self) -> bool:
        """Tell whether the passage says it."""
        return not self.reason


def judge(query: Query, said: Said) -> Verdict:
    """Compare a question with one passage, as if it were the only one."""
    found = read_bag(said.sentence)
    evidence = gather(query, said, found)
    reason, disputes, doubtful = _contradiction(query, said, found, verbatim=_is_verbatim(evidence))
    verdict = Verdict(
        sureness(query, evidence, lead=_LEAD, clear=_CLEAR),
        reason,
        disputes,
        relevance(evidence),
        evidence,
        doubtful,
    )
    return verdict if reason or verdict.score >= ENOUGH else weakened(query, verdict)


def among(query: Query, verdict: Verdict, *, lead: float, clear: float) -> Verdict:
    """Judge a passage again, now beside others.

    ``lead`` is how much more relevant it is than the best passage that contradicts the question,
    ``clear`` than the next that does not.
    """
    if not query.terms:
        return verdict
    score = sureness(query, verdict.evidence, lead=lead, clear=clear)
    if _is_verbatim(verdict.evidence):  # it has the very words, whatever contradicts it elsewhere
        score = max(score, ENOUGH)
    judged = replace(verdict, score=score, reason="")
    return judged if score >= ENOUGH else weakened(query, judged)


def weakened(query: Query, verdict: Verdict) -> Verdict:
    """Return the verdict on a passage for which too little speaks."""
    if not query.terms:
        return verdict
    reason = PART if verdict.evidence.words >= _PART else OTHER
    return replace(verdict, reason=reason)


def _contradiction(
    query: Query, said: Said, found: Bag, *, verbatim: bool
) -> tuple[str, bool, bool]:
    """Return why the passage does not say it, whether it disputes it, and whether that is doubtful.

    Of a passage that has the very words only its polarity and its source are looked at.
    """
    reason = other_source(query, said, found)
    if query.asked is Asked.SAYS:
        return (reason, False, True) if reason else (_another_stance(query, said), False, False)
    if reason and only_described(query):
        reason = ""
    if not verbatim:
        if another := other_number(query, said, found):
            return another, False, False
        reason = reason or other_name(query, said, found) or other_part(query, said, found)
    unlike, disputes = _unlike(query, said, found)
    if reason:  # a denial stands, whoever is named
        return (unlike, False, False) if unlike else (reason, False, True)
    return unlike, disputes, False


def _is_verbatim(evidence: Evidence) -> bool:
    return evidence.run >= _VERBATIM and evidence.words >= _WHOLLY


def _another_stance(query: Query, said: Said) -> str:
    if query.stance in {None, said.stance}:
        return ""
    return f"{said.stance or 'reports'}, not {query.stance}"


def _unlike(query: Query, said: Said, found: Bag) -> tuple[str, bool]:
    """Return the reason where a claim is denied, declined, asked or told not to have been made."""
    denied = said.stance is Stance.DENIES
    negative = opposite(query, said, found) != denied and query.open_slot != "count"
    if query.stance is Stance.DENIES:
        return ("", False) if negative or denied else ("does not deny it", False)
    if said.stance is Stance.DECLINES and not _asks_of_declining(query):
        return "declines to confirm it", True
    if said.stance is Stance.ASKS and _WHETHER.search(said.sentence):
        return "only asks it", False
    if query.stance is Stance.CONFIRMS and said.stance in {Stance.REPORTED, Stance.ALLEGES}:
        return "does not confirm it", False
    if said.negated and not query.negated:
        return "is told not to have said it", True
    return ("denies it" if denied else "says the opposite", True) if negative else ("", False)


def _asks_of_declining(query: Query) -> bool:
    return query.stance is Stance.DECLINES or any(
        term.stem in _HOLDING_BACK for term in query.terms
    )
