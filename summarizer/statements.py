"""All that an article states, in order, with who states it and what it doubts; read once.

Many claims of a story are compared with the same articles: what is read here is kept for the last
ones.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.doubts import doubt_in
from summarizer.model import Analysis, Article, Claim, LineKind
from summarizer.passages import within
from summarizer.sides import places_in, side
from summarizer.told_before import Place

_KEPT_ARTICLES = 256


class _Read:
    """An article and its analysis: the same ones where they are the same objects."""

    __slots__ = ("analysis", "article")

    def __init__(self, article: Article, analysis: Analysis) -> None:
        self.article = article
        self.analysis = analysis

    def __hash__(self) -> int:
        return id(self.analysis)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Read):
            return NotImplemented
        return self.article is other.article and self.analysis is other.analysis


def statements(article: Article, analysis: Analysis) -> tuple[Place, ...]:
    """Return all that an article states, in order: each claim, and sentences without one.

    A sentence that goes on with a quotation is its speaker's.
    """
    return _kept(_Read(article, analysis))


@lru_cache(maxsize=_KEPT_ARTICLES)
def _kept(read: _Read) -> tuple[Place, ...]:
    article, analysis = read.article, read.analysis
    found, named = [], places_in(analysis)
    made, going_on = _claims_by_sentence(analysis)
    for number, sentence in enumerate(analysis.sentences):
        if sentence.kind is not LineKind.BODY:
            continue
        words = sentence.span.of(article.text)
        for claim in made.get(number) or (going_on.get(number),):
            pieces = () if claim is None else claim.content
            if claim is not None and claim.sentence != number:
                pieces = within(claim.content, sentence.span)
            content = " ".join(p.of(article.text) for p in pieces) if claim else words
            cue = () if claim is None else claim.attribution.cue
            told = " ".join(piece.of(article.text) for piece in cue)
            found.append(
                Place(
                    article.id,
                    number,
                    sentence.paragraph,
                    sentence.span,
                    words,
                    content,
                    claim,
                    side(claim, article, analysis, named),
                    article.published,
                    told,
                    doubt_in(words, claim, content, told),
                )
            )
    return tuple(found)


def _claims_by_sentence(analysis: Analysis) -> tuple[dict[int, list[Claim]], dict[int, Claim]]:
    """Return the claims that each sentence makes, and the one that each goes on with."""
    made: dict[int, list[Claim]] = {}
    going_on: dict[int, Claim] = {}
    for claim in analysis.claims:
        made.setdefault(claim.sentence, []).append(claim)
        end = max((piece.end for piece in claim.content), default=0)
        for number in range(claim.sentence + 1, len(analysis.sentences)):
            if analysis.sentences[number].span.start >= end:
                break
            going_on[number] = claim
    return made, going_on
