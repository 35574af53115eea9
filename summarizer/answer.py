"""A question and candidate passages -> an Answer: what stored articles say it, or none and why.

Candidates are found elsewhere (``bot.retrieve``); who else carries a claim is counted elsewhere
(``corroboration``). Here it is decided which candidates say what was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from summarizer.agreement import WEAK_REASONS, judge
from summarizer.citation import cite
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
from summarizer.passages import Candidate, Known, chain_of, said_by, said_in, within
from summarizer.question import Asked, Query, read_question
from summarizer.said import Said, Verdict
from summarizer.terms import Term, as_written, bag, read_bag, read_terms


@dataclass(frozen=True, slots=True)
class _Judged:
    candidate: Candidate
    claim: Claim | None
    said: Said
    verdict: Verdict


_FINDINGS, _NEAREST = 5, 3
_WORTH_SHOWING = 0.25
"""The least share of the question that a "nearest" passage holds."""

_LEAST_HELD = 0.2
"""A passage that holds less of the question by itself is not looked at with its context."""

_NEAR_MISS, _BEATEN_BY = 0.7, 0.1
"""A refused passage that holds so much of the question outweighs matches that hold less by this."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def answer(
    question: str | Query,
    candidates: Iterable[Candidate],
    *,
    searched: Searched | None = None,
    limit: int = _FINDINGS,
) -> Answer:
    """Return what the candidates say to the question, best first and newest among equals.

    With no finding, ``nearest`` holds passages that do not say it, each with the reason. A
    passage that denies what was asked is never support: it stands among the disputes of the
    findings, and among the nearest.
    """
    query = read_question(question) if isinstance(question, str) else question
    searched = searched or Searched()
    if query.empty:
        return Answer(query.text, searched=searched)
    pool = _body(candidates)
    query = _with_names_known(query, pool)
    judged = _judged(query, pool)
    others = _distinct(judgement for judgement in judged if not judgement.verdict.matches)
    matches = _distinct(judgement for judgement in judged if judgement.verdict.matches)
    if query.asked is not Asked.SAYS:  # what others say of the topic contradicts nobody
        matches = _convincing(matches, others)
    denials = [other for other in others if other.verdict.disputes]
    if query.polar and not matches:
        matches, denials = denials, []
    disputes = tuple(_carrier(denial) for denial in denials)
    return Answer(
        query.text,
        tuple(_with_disputes(_finding(match), disputes) for match in matches[:limit]),
        tuple(
            (_finding(other), other.verdict.reason)
            for other in others[:_NEAREST]
            if other.verdict.score >= _WORTH_SHOWING and other not in matches
        ),
        searched,
    )


def _judged(query: Query, candidates: Iterable[Candidate]) -> list[_Judged]:
    if query.asked is Asked.SAYS:
        found = _said_by_source(query, candidates)
    else:
        known = {one.article.id: Known(one.analysis) for one in _one_an_article(candidates)}
        found = [_best_reading(query, one, known[one.article.id]) for one in candidates]
    return sorted(found, key=_order)


def _convincing(matches: list[_Judged], others: list[_Judged]) -> list[_Judged]:
    """Drop matches when a passage much nearer to the question contradicts it.

    "The tower was shut on Monday" is no answer to a question that the minister's words on the
    shutting of the tower answer with another day.
    """
    contrary = max(
        (other.verdict.score for other in others if other.verdict.reason not in WEAK_REASONS),
        default=0.0,
    )
    if contrary < _NEAR_MISS:
        return matches
    return [match for match in matches if match.verdict.score >= contrary - _BEATEN_BY]


def _with_names_known(query: Query, candidates: Sequence[Candidate]) -> Query:
    """Tell names from words in a question by how the candidates write them.

    People type "did corisande sink" and headlines write "Ferry Sinks": neither tells.
    """
    capitals: Counter[str] = Counter()
    for candidate in candidates:
        for term in read_terms(candidate.span.of(candidate.article.text)):
            opening = term.text[0].isupper() and not term.capital
            if not (term.number or term.place or opening):
                capitals[term.stem] += 1 if term.capital else -1
    return replace(
        query,
        terms=tuple(as_written(term, capitals[term.stem]) for term in query.terms),
        source_terms=tuple(as_written(term, capitals[term.stem]) for term in query.source_terms),
    )


def _order(judged: _Judged) -> tuple[float, float, float]:
    published = judged.candidate.article.published or _EPOCH
    candidate = judged.candidate
    score = judged.verdict.score + 0.05 * _closeness(judged) + 0.05 * candidate.score
    score += 0.5 * candidate.nearness
    return (-round(score * 12), -published.timestamp(), -score)


def _closeness(judged: _Judged) -> float:
    """Return 1 for a passage as short as can be, less for one that says much else."""
    return min(1.0, 120 / max(1, len(judged.said.sentence)))


def _body(candidates: Iterable[Candidate]) -> list[Candidate]:
    kept: dict[tuple[str, int], Candidate] = {}
    for candidate in candidates:
        if candidate.analysis.sentences[candidate.sentence].kind is LineKind.BODY:
            kept.setdefault((candidate.article.id, candidate.sentence), candidate)
    return list(kept.values())


def _one_an_article(candidates: Iterable[Candidate]) -> list[Candidate]:
    return list({one.article.id: one for one in candidates}.values())


def _best_reading(query: Query, candidate: Candidate, known: Known) -> _Judged:
    """Judge a sentence by the claim in it that shares most with the question."""
    readings = [
        _reading(query, candidate, claim, known)
        for claim in _claims_of(candidate, query) or (None,)
    ]
    return max(readings, key=lambda one: (one.verdict.matches, one.verdict.disputes))


def _reading(query: Query, candidate: Candidate, claim: Claim | None, known: Known) -> _Judged:
    said = said_in(candidate, claim, known, around=_worth_a_look_around(query, candidate))
    return _Judged(candidate, claim, said, judge(query, said))


def _worth_a_look_around(query: Query, candidate: Candidate) -> bool:
    """Tell whether the sentence holds enough of the question for its context to matter."""
    if query.asked is Asked.SAYS:
        return True
    found = read_bag(candidate.span.of(candidate.article.text))
    held = sum(
        term.weight
        for term in query.terms
        if found.best(term) or any(_same_number(term, other) for other in found.terms)
    )
    return held >= _LEAST_HELD * sum(term.weight for term in query.terms)


def _claims_of(candidate: Candidate, query: Query) -> tuple[Claim, ...]:
    """Return the claims of the sentence that hold most of what the question shares with it.

    None of them when the question is about what the outlet says around the claims.
    """
    claims = [
        claim
        for claim in candidate.analysis.claims
        if any(span.overlaps(candidate.span) for span in claim.content)
    ]
    if not claims:
        return ()
    shared = _shared(query, candidate)
    weights = [(_weight_in(shared, claim), claim) for claim in claims]
    best = max(weight for weight, _ in weights)
    total = sum(term.weight for term in shared)
    if best < 0.4 * total:
        return ()
    return tuple(claim for weight, claim in weights if weight >= best - 0.3)


def _shared(query: Query, candidate: Candidate) -> list[Term]:
    """Return the sentence's terms that the question holds; spans point into the article."""
    offset = candidate.span.start
    asked = bag(query.terms)
    return [
        replace(term, span=Span(term.span.start + offset, term.span.end + offset))
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


def _said_by_source(query: Query, candidates: Iterable[Candidate]) -> list[_Judged]:
    """Return every claim of the source asked about in the candidates' articles."""
    found = []
    for candidate in _one_an_article(candidates):
        known = Known(candidate.analysis)
        for claim in candidate.analysis.claims:
            if query.stance not in {None, claim.attribution.stance}:
                continue
            place = replace(candidate, sentence=claim.sentence)
            if place.analysis.sentences[claim.sentence].kind is LineKind.BODY:
                found.append(_reading(query, place, claim, known))
    return found


def _distinct(judged: Iterable[_Judged]) -> list[_Judged]:
    """Keep one of passages with the same words (copies are counted as carriers elsewhere)."""
    kept: dict[str, _Judged] = {}
    for one in judged:
        kept.setdefault(" ".join(one.said.sentence.lower().split()), one)
    return list(kept.values())


def _finding(judged: _Judged) -> Finding:
    candidate, claim = judged.candidate, judged.claim
    content = within(claim.content, candidate.span) if claim else (candidate.span,)
    return Finding(
        cite(candidate.article, candidate.span),
        content,
        claim,
        chain_of(candidate.article, claim),
        score=judged.verdict.score,
    )


def _carrier(judged: _Judged) -> Carrier:
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
