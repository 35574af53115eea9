"""Corroboration: which articles carry a claim, from how many origins, and who disputes it.

Carrying is decided by ``slots`` and ``topic``, folding by ``origins``, disputing by
``disputes``. No verdict of true or false is given: where sources differ, both are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from summarizer.citation import cite
from summarizer.disputes import Dispute, disputes
from summarizer.model import (
    Analysis,
    Article,
    Carrier,
    Claim,
    Corroboration,
    Finding,
    LineKind,
    Sentence,
    Span,
    Stance,
)
from summarizer.origins import Carriage, fold
from summarizer.slots import Verdict, compare
from summarizer.topic import Topic, agrees, topic

_NO_OWNERS: Mapping[str, str] = MappingProxyType({})
_NO_CARRIAGES: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({})


def corroborate(
    finding: Finding,
    candidates: Sequence[tuple[Article, Analysis]],
    *,
    carriages: Mapping[str, Sequence[tuple[str, str]]] = _NO_CARRIAGES,
    owners: Mapping[str, str] = _NO_OWNERS,
) -> Corroboration:
    """Tell who carries and who disputes a finding among ``candidates`` (its own article or not).

    ``carriages`` maps an article's id to the other (outlet, address) pairs that printed the same
    text. ``owners`` maps outlets to their owners where the user knows better than our table.
    """
    own = finding.citation.article
    content = " ".join(span.of(own.text) for span in finding.content) or finding.citation.quote
    carriers = [(finding.citation.article, finding.citation.span, finding.claim)]
    matter, doubt = topic(finding), _doubt(finding.claim)
    for article, analysis in candidates:
        if article.id == own.id:
            continue
        if carried := _carrying(content, matter, article, analysis, doubt=doubt):
            carriers.append((article, *carried))
    said = frozenset((article.id, span) for article, span, _ in carriers)
    return Corroboration(
        _carriers(carriers, carriages, owners),
        tuple(_disputing(one) for one in disputes(finding, candidates, said)),
    )


def _disputing(dispute: Dispute) -> Carrier:
    source = dispute.claim.attribution.source if dispute.claim else None
    return Carrier(
        cite(dispute.article, dispute.span),
        dispute.claim,
        source.name if source else dispute.article.outlet,
        dispute.dissent,
        dispute.number,
    )


def _carriers(
    found: Sequence[tuple[Article, Span, Claim | None]],
    carriages: Mapping[str, Sequence[tuple[str, str]]],
    owners: Mapping[str, str],
) -> tuple[Carrier, ...]:
    """Make carriers of passages, one for each outlet that printed it, folded to origins."""
    spread = [
        (printed, span, claim)
        for article, span, claim in found
        for printed in _printed(article, carriages.get(article.id, ()))
    ]
    origins = fold(
        [Carriage(article, span.of(article.text), claim) for article, span, claim in spread], owners
    )
    return tuple(
        Carrier(cite(article, span), claim, origin)
        for (article, span, claim), origin in zip(spread, origins, strict=True)
    )


def _printed(article: Article, others: Sequence[tuple[str, str]]) -> Iterator[Article]:
    """Yield the article as each outlet printed it, its own outlet first."""
    yield article
    for outlet, url in others:
        if outlet != article.outlet:
            yield replace(article, outlet=outlet, url=url)


def _statements(
    article: Article, analysis: Analysis, body: Sequence[Sentence]
) -> Iterator[tuple[str, Span, Claim | None]]:
    """Yield (words, the sentence's span, claim) of all that an article states.

    Claims come with their contents; sentences without a claim are the outlet's own voice.
    """
    by_sentence = {sentence.span: sentence for sentence in body}
    claimed = set()
    for claim in analysis.claims:
        sentence = analysis.sentences[claim.sentence]
        if sentence.span in by_sentence:
            claimed.add(sentence.span)
            words = " ".join(span.of(article.text) for span in claim.content)
            yield words, sentence.span, claim
    for sentence in body:
        if sentence.span not in claimed:
            yield sentence.span.of(article.text), sentence.span, None


def _carrying(
    content: str,
    matter: Topic,
    article: Article,
    analysis: Analysis,
    *,
    doubt: tuple[bool, Stance | None],
) -> tuple[Span, Claim | None] | None:
    """Return the sentence that says the content best, with its claim.

    Who denies something is carried by those who deny it, and by none who say it.
    """
    body = [s for s in analysis.sentences if s.kind is LineKind.BODY]
    best: tuple[float, Span, Claim | None] | None = None
    denied = doubt[1] is Stance.DENIES
    for words, span, claim in _statements(article, analysis, body):
        if _doubt(claim) != doubt:
            continue
        found = compare(content, words)
        if found.verdict is not Verdict.SAYS or not agrees(matter, words, denied=denied):
            continue
        if best is None or found.covered > best[0]:
            best = (found.covered, span, claim)
    return best[1:] if best else None


def _doubt(claim: Claim | None) -> tuple[bool, Stance | None]:
    """Return how a claim doubts its content: negated or not, denied, not confirmed or neither."""
    if claim is None:
        return False, None
    stance = claim.attribution.stance
    doubting = stance in {Stance.DENIES, Stance.DECLINES}
    return claim.attribution.negated, stance if doubting else None
