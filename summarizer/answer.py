"""A question and candidate passages -> an Answer: what stored articles say it, or none and why.

Candidates are found elsewhere (``bot.retrieve``); who else carries a claim is counted elsewhere
(``corroboration``). Here it is decided which candidates say what was asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from summarizer.agreement import Said, Verdict, judge, negated_before
from summarizer.citation import cite
from summarizer.model import (
    Analysis,
    Answer,
    Article,
    Attribution,
    Carrier,
    Claim,
    Corroboration,
    Entity,
    EntityKind,
    Finding,
    LineKind,
    Searched,
    Source,
    SourceKind,
    Span,
    Stance,
)
from summarizer.question import Asked, Query, read_question
from summarizer.terms import Bag, Term, TermKind, as_written, bag, read_terms


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: which of the analysis's sentences, and how well it was found.

    ``score`` is from 0 to 1 (found best); ``nearness`` is the cosine to the question by meaning,
    0 where that is not known.
    """

    article: Article
    analysis: Analysis
    sentence: int
    score: float = 0.0
    nearness: float = 0.0

    @property
    def span(self) -> Span:
        """The sentence's place in the article's text."""
        return self.analysis.sentences[self.sentence].span


@dataclass(frozen=True, slots=True)
class _Judged:
    candidate: Candidate
    claim: Claim | None
    said: Said
    verdict: Verdict


_FINDINGS, _NEAREST = 5, 3
_WORTH_SHOWING = 0.25
"""The least share of the question that a "nearest" passage holds."""

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
    matches = _distinct(judgement for judgement in judged if judgement.verdict.matches)
    others = _distinct(judgement for judgement in judged if not judgement.verdict.matches)
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


def chain_of(article: Article, claim: Claim | None) -> tuple[Source, ...]:
    """Return the sources of a claim, outermost first, beginning with the article's own outlet."""
    outlet = Source((), article.outlet, SourceKind.OUTLET)
    if claim is None:
        return (outlet,)
    source = claim.attribution.source
    return (outlet, *(claim.attribution.chain or ((source,) if source else ())))


def said_by(analysis: Analysis, source: Source) -> str:
    """Return every name and role by which the article knows a source, the fullest first."""
    names = [source.name, source.role]
    if source.entity is not None and source.entity < len(analysis.entities):
        entity = analysis.entities[source.entity]
        names += [entity.name, *entity.aliases, entity.description]
    return "; ".join(dict.fromkeys(name for name in names if name))


def _judged(query: Query, candidates: Iterable[Candidate]) -> list[_Judged]:
    if query.asked is Asked.SAYS:
        found = _said_by_source(query, candidates)
    else:
        known = {one.article.id: _Known(one.analysis) for one in _one_an_article(candidates)}
        found = [_best_reading(query, one, known[one.article.id]) for one in candidates]
    return sorted(found, key=_order)


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


def _best_reading(query: Query, candidate: Candidate, known: _Known) -> _Judged:
    """Judge a sentence by the claim in it that shares most with the question."""
    readings = [
        _reading(query, candidate, claim, known)
        for claim in _claims_of(candidate, query) or (None,)
    ]
    return max(readings, key=lambda one: (one.verdict.matches, one.verdict.disputes))


def _reading(query: Query, candidate: Candidate, claim: Claim | None, known: _Known) -> _Judged:
    said = _said(candidate, claim, known)
    return _Judged(candidate, claim, said, judge(query, said))


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


class _Known:
    """What an article's entities are called, read once an article."""

    def __init__(self, analysis: Analysis) -> None:
        self.terms = [_entity_terms(entity) for entity in analysis.entities]
        self.bag = bag(term for terms in self.terms for term in terms)
        self.kinds = tuple(
            (term, entity.kind)
            for entity, terms in zip(analysis.entities, self.terms, strict=True)
            for term in terms
        )


def _said(candidate: Candidate, claim: Claim | None, known: _Known) -> Said:
    """Put a sentence and one claim in it into the form that is compared."""
    article, analysis, span = candidate.article, candidate.analysis, candidate.span
    attribution = claim.attribution if claim else None
    content = _within(claim.content, span) if claim else ()
    names = tuple(said_by(analysis, source) for source in chain_of(article, claim)[:0:-1])
    inside = [
        number
        for number, entity in enumerate(analysis.entities)
        if any(mention.overlaps(span) for mention in entity.mentions)
    ]
    entities = [analysis.entities[number] for number in inside]
    return Said(
        span.of(article.text),
        tuple(Span(part.start - span.start, part.end - span.start) for part in content),
        names if claim else (article.outlet,),
        attribution.stance if attribution else None,
        negated=_not_said(article.text, attribution),
        own_voice=claim is None,
        outlet=article.outlet,
        nearness=candidate.nearness,
        bodies=_bodies(analysis, inside, attribution.source if attribution else None, known),
        named=tuple((term, e.kind) for e in entities for term in read_terms(e.name)[-1:]),
        elsewhere=known.kinds,
        same=bag(
            (
                *read_terms(article.outlet),
                *(term for number in inside for term in known.terms[number]),
                *(term for name in names for term in read_terms(name)),
            )
        ),
        near=_near(candidate),
        known=known.bag,
    )


def _not_said(text: str, attribution: Attribution | None) -> bool:
    """Tell whether the source is told not to have said it ("refrained from confirming")."""
    if attribution is None:
        return False
    if attribution.stance in {Stance.DENIES, Stance.DECLINES}:
        return attribution.negated
    return attribution.negated or any(negated_before(text, cue.start) for cue in attribution.cue)


_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|lawyers?|attorneys?|press officers?|for the (?:company|bank|firm|club))\b",
    re.IGNORECASE,
)


def _bodies(
    analysis: Analysis, inside: Sequence[int], source: Source | None, known: _Known
) -> tuple[Bag, ...]:
    """Return the organisations that a person may speak for: those of the sentence.

    Of the whole article where the source is somebody's spokesman or lawyer.
    """
    if source is None or source.kind is SourceKind.ORGANISATION:
        return ()
    spoken = _SPEAKS_FOR.search(said_by(analysis, source))
    return tuple(
        bag(known.terms[number])
        for number in (range(len(analysis.entities)) if spoken else inside)
        if analysis.entities[number].kind is EntityKind.ORGANISATION
    )


def _within(spans: Iterable[Span], outer: Span) -> tuple[Span, ...]:
    return tuple(
        Span(max(span.start, outer.start), min(span.end, outer.end))
        for span in spans
        if span.overlaps(outer)
    )


def _near(candidate: Candidate) -> Bag:
    """Return the terms of the title and of the two sentences before."""
    article, sentences = candidate.article, candidate.analysis.sentences
    before = sentences[max(0, candidate.sentence - 2) : candidate.sentence]
    texts = (
        article.title,
        article.outlet,
        *(sentence.span.of(article.text) for sentence in before),
    )
    return bag(term for text in texts for term in read_terms(text))


def _entity_terms(entity: Entity) -> tuple[Term, ...]:
    texts = (entity.name, *entity.aliases, entity.description)
    return tuple(
        replace(term, kind=TermKind.NAME, capital=True) if not term.number else term
        for text in texts
        for term in read_terms(text)
    )


def _said_by_source(query: Query, candidates: Iterable[Candidate]) -> list[_Judged]:
    """Return every claim of the source asked about in the candidates' articles."""
    found = []
    for candidate in _one_an_article(candidates):
        known = _Known(candidate.analysis)
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
    content = _within(claim.content, candidate.span) if claim else (candidate.span,)
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
