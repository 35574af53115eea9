"""The best passages read again by a model that sees question and sentence together.

Shared words, names and numbers find and order the passages; whether "the boss of the ferry firm
blames the port" is what a sentence says takes reading both at once. The model is not part of the
core: it comes through the door ``Reader`` (``bot.cross_encoder``), or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from summarizer.judged import Judged
from summarizer.model import Analysis, Entity, LineKind, Span
from summarizer.passages import Candidate, claims_in, sources_of
from summarizer.weighing import relevance

MOST_READ = 10
"""Passages that are read again: 95% of the right ones are among the ten most relevant."""

_UNREAD = 1.0
"""How much less than the worst of those read the others are taken to support."""


class Passage(NamedTuple):
    """A sentence with what a reader needs to understand it; empty where there is none."""

    title: str
    before: str
    sentence: str
    known: str = ""
    """Who says it and what it names, as the rest of the article tells: names, roles."""


class Reading(NamedTuple):
    """What a reader holds of a passage, each as log-odds."""

    supports: float
    """That the sentence answers the question, or says the claim."""
    related: float
    """That it is about the very thing asked, whether or not it agrees."""


Reader = Callable[[str, Sequence[Passage]], Sequence[Reading]]
"""A question and passages -> a reading of each; the same whatever else is read with it."""


def reread(question: str, judged: Sequence[Judged], reader: Reader) -> list[Judged]:
    """Return the passages with what a reader holds of the most relevant among their evidence.

    ``judged`` come most relevant first; relevance is told anew for all of them.
    """
    best = judged[:MOST_READ]
    readings = list(reader(question, [passage_of(one.candidate) for one in best]))
    if not readings:
        return list(judged)
    unread = Reading(*(min(column) - _UNREAD for column in zip(*readings, strict=True)))
    readings += [unread] * (len(judged) - len(best))
    return [_with(one, reading) for one, reading in zip(judged, readings, strict=True)]


def passage_of(candidate: Candidate) -> Passage:
    """Return a candidate's sentence with the title and the body sentence before it."""
    article, sentences = candidate.article, candidate.analysis.sentences
    earlier = [
        sentence
        for sentence in sentences[max(0, candidate.sentence - 3) : candidate.sentence]
        if sentence.kind is LineKind.BODY
    ]
    return Passage(
        article.title,
        earlier[-1].span.of(article.text) if earlier else "",
        candidate.span.of(article.text),
        known_of(article.text, candidate.analysis, candidate.span),
    )


def known_of(text: str, analysis: Analysis, span: Span) -> str:
    """Return what the article elsewhere calls those who say something here, and those named here.

    Names, roles and descriptions that the words of ``span`` do not have themselves, who says it
    first: of "She would not go, she said" it is "Mirela Kovarin, head of the directorate".
    """
    here = " ".join(span.of(text).split()).lower()
    found: dict[str, None] = {}
    for names in (*_sources(analysis, span), *_named(analysis, span)):
        told: list[str] = []
        for name in names:
            seen = (here, *(one.lower() for one in told))
            if name and not any(name.lower() in one for one in seen):
                told.append(name)
        if told:
            found.setdefault(", ".join(told))
    return "; ".join(found)


def _sources(analysis: Analysis, span: Span) -> Iterator[tuple[str, ...]]:
    for claim in claims_in(analysis, span):
        for source in reversed(sources_of(claim)):
            known = () if source.entity is None else _called(analysis.entities[source.entity])
            yield (source.name, source.role, *known)


def _named(analysis: Analysis, span: Span) -> Iterator[tuple[str, ...]]:
    for entity in analysis.entities:
        if any(mention.overlaps(span) for mention in entity.mentions):
            yield _called(entity)


def _called(entity: Entity) -> tuple[str, ...]:
    return (entity.name, entity.description, *entity.aliases)


def _with(judged: Judged, reading: Reading) -> Judged:
    evidence = judged.verdict.evidence._replace(**reading._asdict())
    verdict = replace(judged.verdict, evidence=evidence, relevance=relevance(evidence))
    return replace(judged, verdict=verdict)
