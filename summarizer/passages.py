"""A sentence of an article, with the claim in it, put into the form in which it is compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.bags import NOTHING, Bag, bag, joined, read_bag
from summarizer.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    Entity,
    EntityKind,
    LineKind,
    Source,
    SourceKind,
    Span,
    Stance,
)
from summarizer.polarity import negated_before
from summarizer.said import Said
from summarizer.terms import Term, TermKind, read_terms


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


def first_body(analysis: Analysis) -> int:
    """Return the number of the first sentence of the body, 0 where there is none."""
    kinds = [sentence.kind for sentence in analysis.sentences]
    return kinds.index(LineKind.BODY) if LineKind.BODY in kinds else 0


def chain_of(article: Article, claim: Claim | None) -> tuple[Source, ...]:
    """Return the sources of a claim, outermost first, beginning with the article's own outlet."""
    outlet = Source((), article.outlet, SourceKind.OUTLET)
    return (outlet, *(sources_of(claim) if claim else ()))


def sources_of(claim: Claim) -> tuple[Source, ...]:
    """Return the sources that a claim names, outermost first; none where nobody is named."""
    source = claim.attribution.source
    return claim.attribution.chain or ((source,) if source else ())


def claims_in(analysis: Analysis, span: Span) -> tuple[Claim, ...]:
    """Return the claims of which the content touches ``span``."""
    return tuple(
        claim
        for claim in analysis.claims
        if any(content.overlaps(span) for content in claim.content)
    )


def said_by(analysis: Analysis, source: Source) -> str:
    """Return every name and role by which the article knows a source, the fullest first."""
    names = [source.name, source.role]
    if source.entity is not None and source.entity < len(analysis.entities):
        entity = analysis.entities[source.entity]
        names += [entity.name, *entity.aliases, entity.description]
    return "; ".join(dict.fromkeys(name for name in names if name))


class Known:
    """What an article's entities are called, read once an article."""

    def __init__(self, analysis: Analysis) -> None:
        self.terms = [_entity_terms(entity) for entity in analysis.entities]
        self.bag = bag(term for terms in self.terms for term in terms)
        self.kinds = tuple(
            (term, entity.kind)
            for entity, terms in zip(analysis.entities, self.terms, strict=True)
            for term in terms
        )


def said_in(
    candidate: Candidate,
    claim: Claim | None,
    known: Known,
    *,
    read: Callable[[str], Bag] = read_bag,
    affinity: float = 0.0,
) -> Said:
    """Put a sentence and one claim in it into the form that is compared.

    ``read`` reads the title and the sentences around it, which cost the most; it may leave out
    texts that have nothing of what they are looked at for.
    """
    article, analysis, span = candidate.article, candidate.analysis, candidate.span
    attribution = claim.attribution if claim else None
    content = within(claim.content, span) if claim else ()
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
        affinity=affinity,
        found=candidate.score,
        opening=candidate.sentence == first_body(analysis),
        bodies=_bodies(analysis, inside, attribution.source if attribution else None, known),
        named=tuple((term, e.kind) for e in entities for term in read_terms(e.name)[-1:]),
        elsewhere=known.kinds,
        same=bag(
            (
                *read_terms(article.outlet)[-1:],
                *(term for number in inside for term in known.terms[number]),
                *(term for name in names for term in read_terms(name)),
            )
        ),
        near=_near(candidate, read),
        before=_beside_it(candidate, -1, read),
        after=_beside_it(candidate, 1, read),
        known=known.bag,
    )


_CUE_REACH = 16
"""Characters before a verb of speech in which a "not" is its own, not another word's."""


def _not_said(text: str, attribution: Attribution | None) -> bool:
    """Tell whether the source is told not to have said it ("refrained from confirming")."""
    if attribution is None:
        return False
    if attribution.stance in {Stance.DENIES, Stance.DECLINES}:
        return attribution.negated
    return attribution.negated or any(
        negated_before(text, cue.start, reach=_CUE_REACH) for cue in attribution.cue
    )


_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|lawyers?|attorneys?|press officers?|for the (?:company|bank|firm|club))\b",
    re.IGNORECASE,
)


_BESIDE = 8
"""Characters between a person and the body that the person may speak for."""


def _bodies(
    analysis: Analysis, inside: Sequence[int], source: Source | None, known: Known
) -> tuple[Bag, ...]:
    """Return the organisations that a person may speak for: those of the sentence.

    Of the whole article where the source is somebody's spokesman or lawyer.
    """
    if source is None or source.kind is SourceKind.ORGANISATION:
        return ()
    spoken = _SPEAKS_FOR.search(said_by(analysis, source))
    named = _bodies_named(analysis, source) if spoken else ()
    if named:
        return tuple(bag(known.terms[number]) for number in named)
    return tuple(
        bag(known.terms[number])
        for number in (range(len(analysis.entities)) if spoken else inside)
        if analysis.entities[number].kind is EntityKind.ORGANISATION
        and (spoken or _beside(analysis.entities[number], source))
    )


def _bodies_named(analysis: Analysis, source: Source) -> tuple[int, ...]:
    """Return the organisations that a role names ("a spokeswoman for the company")."""
    role = f" {said_by(analysis, source).lower()} "
    return tuple(
        number
        for number, entity in enumerate(analysis.entities)
        if entity.kind is EntityKind.ORGANISATION
        and any(f" {name.lower()} " in f"{role} " for name in (entity.name, *entity.aliases))
    )


def _beside(entity: Entity, source: Source) -> bool:
    """Tell whether an organisation is named in or next to the words that name the source."""
    return any(
        mention.start - span.end <= _BESIDE and span.start - mention.end <= _BESIDE
        for mention in entity.mentions
        for span in source.spans
    )


def within(spans: Iterable[Span], outer: Span) -> tuple[Span, ...]:
    """Return the spans as far as they lie in ``outer``."""
    return tuple(
        Span(max(span.start, outer.start), min(span.end, outer.end))
        for span in spans
        if span.overlaps(outer)
    )


def _near(candidate: Candidate, read: Callable[[str], Bag]) -> Bag:
    """Return the terms of the title and of the two sentences before."""
    article, sentences = candidate.article, candidate.analysis.sentences
    before = sentences[max(0, candidate.sentence - 2) : candidate.sentence]
    texts = (article.title, *(sentence.span.of(article.text) for sentence in before))
    outlet = bag(read_terms(article.outlet)[-1:])
    return joined([outlet, *filter(_has_terms, map(read, texts))])


def _has_terms(found: Bag) -> bool:
    return bool(found.terms)


def _beside_it(candidate: Candidate, step: int, read: Callable[[str], Bag]) -> Bag:
    """Return the terms of the sentence before (-1) or after (1)."""
    at, sentences = candidate.sentence + step, candidate.analysis.sentences
    if not 0 <= at < len(sentences):
        return NOTHING
    return read(sentences[at].span.of(candidate.article.text))


def _entity_terms(entity: Entity) -> tuple[Term, ...]:
    texts = (entity.name, *entity.aliases, entity.description)
    return tuple(term for text in texts for term in _name_terms(text))


@lru_cache(maxsize=8192)
def _name_terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a name or description, each read as a name."""
    return tuple(
        term if term.number else term._replace(kind=TermKind.NAME, capital=True)
        for term in read_terms(text)
    )
