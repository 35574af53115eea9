"""A question and candidate passages -> an Answer: what stored articles say it, or none and why.

Candidates are found elsewhere (``bot.retrieve``); who else carries a claim is counted elsewhere
(``corroboration``). Here it is decided which candidates say what was asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer.agreement import OTHER, PART, among, judge
from summarizer.bags import bag_of
from summarizer.citation import cite
from summarizer.judged import Judged, distinct, newest_of_equals, order
from summarizer.model import (
    Answer,
    Carrier,
    Claim,
    Corroboration,
    Finding,
    LineKind,
    Searched,
    Span,
    Stance,
)
from summarizer.passages import Candidate, chain_of, claims_in, said_by, within
from summarizer.pool import Looked, Pool, affinities, most_promising, read_into, worth_judging
from summarizer.question import Asked, Query, read_question
from summarizer.rereading import Reader, reread
from summarizer.terms import Term, read_terms
from summarizer.weighing import SURE

_FINDINGS, _NEAREST = 5, 3
_WORTH_SHOWING = 0.25
"""The least share of the question that a "nearest" passage holds."""

_SHARE, _SHARE_SOUGHT = 0.3, 0.15
"""The share of what a sentence has of the question that a claim in it holds to be meant, and the
same where it is asked who says so."""

_FAR_BEHIND = 3.0
"""A passage so much less relevant than the best is no further finding."""


def answer(
    question: str | Query,
    candidates: Iterable[Candidate],
    *,
    searched: Searched | None = None,
    reader: Reader | None = None,
    looked: Looked | None = None,
) -> Answer:
    """Return what the candidates say to the question, best first and newest among equals.

    With no finding, ``nearest`` holds passages that do not say it, each with the reason. A
    passage that denies what was asked is never support, but it answers yes or no; else it stands
    among the disputes of the findings, and among the nearest. Where there is a ``reader`` it reads
    the most relevant passages again. ``looked`` is given where the same question is asked of
    several sets of candidates, such as a story's first: what was read of one is not read twice.
    """
    query = read_question(question) if isinstance(question, str) else question
    searched = searched or Searched()
    if query.empty:
        return Answer(query.text, searched=searched)
    query, judged = compared(query, candidates, reader, looked)
    matches, others = parted(query, judged)
    matches = _weighed(query, matches, others)
    kept = [match for match in matches if match.verdict.matches and _near(match, matches)][
        :_FINDINGS
    ]
    others = sorted([*(m for m in matches if not m.verdict.matches), *others], key=order)
    about = [one for one in others if _about(one)]
    disputes = tuple(_carrier(one) for one in about if kept and one.verdict.disputes)
    return Answer(
        query.text,
        tuple(_with_disputes(_found(query, match), disputes) for match in kept),
        tuple((_finding(one), one.verdict.reason) for one in about[:_NEAREST]),
        searched,
        sure=not kept or kept[0].verdict.score >= SURE,
    )


def parted(query: Query, judged: Iterable[Judged]) -> tuple[list[Judged], list[Judged]]:
    """Part the passages that nothing contradicts from the others, each text once.

    To a question of yes or no a denial is an answer, as is a source that will not confirm it.
    """
    free: list[Judged] = []
    others: list[Judged] = []
    for one in distinct(judged):
        reason = one.verdict.reason
        answers = (query.polar and one.verdict.disputes) or _overruled(one)
        (free if answers or reason in {"", PART, OTHER} else others).append(one)
    return free, others


def _overruled(judged: Judged) -> bool:
    """Tell whether a reader is so sure of a passage that what contradicts it falls."""
    held = judged.verdict.evidence.supports  # 0 where nobody has read it
    return held != 0 and held >= judged.verdict.firm


def _weighed(query: Query, matches: list[Judged], others: list[Judged]) -> list[Judged]:
    """Judge the passages again beside each other.

    "The tower was shut on Monday" is no answer to a question that the minister's words on the
    shutting of the tower answer with another day: a passage that contradicts the question and is
    more relevant weighs against those that do not.
    """
    contrary = max((one.verdict.relevance for one in others), default=-math.inf)
    weighed = []
    for at, match in enumerate(matches):
        mine = match.verdict.relevance
        below = matches[at + 1].verdict.relevance if at + 1 < len(matches) else -math.inf
        verdict = among(query, match.verdict, lead=mine - contrary, clear=max(0.0, mine - below))
        weighed.append(replace(match, verdict=verdict))
    return weighed


def compared(
    query: Query,
    candidates: Iterable[Candidate],
    reader: Reader | None = None,
    looked: Looked | None = None,
) -> tuple[Query, list[Judged]]:
    """Return the question as read among the passages, and each of them judged, best first."""
    pool = Pool(_body(candidates), looked or Looked(query))
    query = read_into(query, pool)
    affinity = affinities(query, pool)
    worth = most_promising(query, pool, worth_judging(query, pool), affinity)
    judged = [_best_reading(query, one, pool.looked, affinity[one.article.id]) for one in worth]
    judged.sort(key=order)
    if reader is not None and query.terms:
        return query, read_again(query, judged, reader)
    return query, newest_of_equals(judged)


def read_again(query: Query, judged: Iterable[Judged], reader: Reader) -> list[Judged]:
    """Return judged passages as a reader orders them, best first and newest among equals."""
    again = reread(query.text, sorted(judged, key=order), reader)
    return newest_of_equals(sorted(again, key=order))


def _near(match: Judged, matches: Sequence[Judged]) -> bool:
    """Tell whether a match is not far behind the best one."""
    return match.verdict.relevance >= matches[0].verdict.relevance - _FAR_BEHIND


def _about(judged: Judged) -> bool:
    """Tell whether a passage is worth showing as near: it holds some of the question."""
    return judged.verdict.evidence.words >= _WORTH_SHOWING


def _body(candidates: Iterable[Candidate]) -> list[Candidate]:
    kept: dict[tuple[str, int], Candidate] = {}
    for candidate in candidates:
        if candidate.analysis.sentences[candidate.sentence].kind is LineKind.BODY:
            kept.setdefault((candidate.article.id, candidate.sentence), candidate)
    return list(kept.values())


def _best_reading(query: Query, candidate: Candidate, looked: Looked, affinity: float) -> Judged:
    """Judge a sentence by the claim in it that shares most with the question."""
    readings = []
    for claim in _claims_of(candidate, query) or (None,):
        said = looked.said(candidate, claim, affinity=affinity)
        readings.append(Judged(candidate, claim, said, judge(query, said)))
    return max(readings, key=_preferred)


def _preferred(reading: Judged) -> tuple[bool, bool, float]:
    verdict = reading.verdict
    free = verdict.reason in {"", PART, OTHER}
    return free, verdict.disputes, verdict.relevance


def _claims_of(candidate: Candidate, query: Query) -> tuple[Claim, ...]:
    """Return the claims of the sentence that hold most of what the question shares with it.

    None of them when the question is about what the outlet says around the claims. All where
    what somebody says is asked.
    """
    claims = claims_in(candidate.analysis, candidate.span)
    if not claims or query.asked is Asked.SAYS:
        return claims
    shared = _shared(query, candidate)
    weights = [(_weight_in(shared, claim), claim) for claim in claims]
    best = max(weight for weight, _ in weights)
    total = sum(term.weight for term in shared)
    if best < (_SHARE_SOUGHT if query.open_slot == "who" else _SHARE) * total:
        return ()
    return tuple(claim for weight, claim in weights if weight >= best - 0.3)


def _shared(query: Query, candidate: Candidate) -> list[Term]:
    """Return the sentence's terms that the question holds; spans point into the article."""
    offset = candidate.span.start
    asked = bag_of(query.terms)
    return [
        term._replace(span=Span(term.span.start + offset, term.span.end + offset))
        for term in read_terms(candidate.span.of(candidate.article.text))
        if asked.best(term) or any(_same_number(other, term) for other in query.terms)
    ]


def _same_number(asked: Term, found: Term) -> bool:
    return bool(asked.number and found.number and asked.number.value == found.number.value)


def _weight_in(terms: Sequence[Term], claim: Claim) -> float:
    """Return the weight of the terms in a claim's content, those in its cue and source half."""
    edges = (*claim.attribution.cue, *_source_spans(claim))
    total = 0.0
    for term in terms:
        if any(span.overlaps(term.span) for span in claim.content):
            total += term.weight
        elif any(span.overlaps(term.span) for span in edges):
            total += 0.6 * term.weight
    return total


def _source_spans(claim: Claim) -> tuple[Span, ...]:
    source = claim.attribution.source
    return source.spans if source else ()


def _found(query: Query, judged: Judged) -> Finding:
    """Return a finding that answers, with a no where it is one."""
    denies = query.polar and not _overruled(judged)
    return replace(_finding(judged), denial=judged.verdict.denial if denies else "")


def _finding(judged: Judged) -> Finding:
    candidate, claim = judged.candidate, judged.claim
    content = within(claim.content, candidate.span) if claim else (candidate.span,)
    return Finding(
        cite(candidate.article, candidate.span),
        content,
        claim,
        chain_of(candidate.article, claim),
        score=judged.verdict.score,
    )


def _carrier(judged: Judged) -> Carrier:
    found = _finding(judged)
    source = found.claim.attribution.source if found.claim else None
    return Carrier(
        found.citation, found.claim, source.name if source else found.citation.article.outlet
    )


def _with_disputes(finding: Finding, disputes: tuple[Carrier, ...]) -> Finding:
    if not disputes:
        return finding
    return replace(finding, corroboration=Corroboration(disputes=disputes))


__all__ = ["Answer", "Candidate", "Stance", "answer", "chain_of", "said_by"]
