"""What an article says of what a channel follows: an entity, or words (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.briefing import passage
from summarizer.model import Analysis, Article, Claim, LineKind, Passage, Sentence
from summarizer.similarity import stem, words
from summarizer.standalone import fit


@dataclass(frozen=True, slots=True)
class Match:
    """A followed entity or words, and the sentence that says something of it."""

    followed: str
    passage: Passage


def match(follows: Sequence[str], article: Article, analysis: Analysis) -> Match | None:
    """Return the first of what is followed that an article says something of, with the sentence.

    A sentence that stands alone is taken before one that does not, a claim of the followed
    before one about it, an earlier one before a later one.
    """
    for followed in follows:
        if found := _sentences(followed, article, analysis):
            best = min(found, key=lambda one: _order(followed, one, article, analysis))
            return Match(followed, passage(article, analysis, best.span))
    return None


def _sentences(followed: str, article: Article, analysis: Analysis) -> list[Sentence]:
    """Return the body sentences that have all the words, or that mention the entity."""
    wanted = frozenset(stem(word) for word in words(followed))
    if not wanted:
        return []
    mentions = [
        span
        for entity in analysis.entities
        if followed.casefold() in {name.casefold() for name in (entity.name, *entity.aliases)}
        for span in entity.mentions
    ]
    return [
        sentence
        for sentence in analysis.sentences
        if sentence.kind is LineKind.BODY
        and (
            any(sentence.span.overlaps(span) for span in mentions)
            or wanted <= {stem(word) for word in words(sentence.span.of(article.text))}
        )
    ]


def _order(
    followed: str, sentence: Sentence, article: Article, analysis: Analysis
) -> tuple[bool, bool, int]:
    says = any(
        _is_source(followed, claim, analysis)
        and any(span.overlaps(sentence.span) for span in claim.content)
        for claim in analysis.claims
    )
    return not fit(sentence.span.of(article.text)), not says, sentence.span.start


def _is_source(followed: str, claim: Claim, analysis: Analysis) -> bool:
    """Tell whether a claim's source is the followed one, by any of its names in the article."""
    source = claim.attribution.source
    if source is None:
        return False
    names = [source.name]
    if source.entity is not None:
        entity = analysis.entities[source.entity]
        names += [entity.name, *entity.aliases]
    return followed.casefold() in {name.casefold() for name in names}
