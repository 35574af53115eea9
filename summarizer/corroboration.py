"""Corroboration: which articles carry a claim, from how many origins, and who disputes it.

Carrying is decided by ``slots``, folding by ``origins``. No verdict of true or false is given:
where sources differ, both passages are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from summarizer.citation import cite
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
from summarizer.slots import Comparison, Verdict, compare

_Compared = tuple[Comparison, Span, Claim | None]
"""What a statement makes of the content, its sentence, and the claim in it."""

_NO_OWNERS: Mapping[str, str] = MappingProxyType({})
_NO_CARRIAGES: Mapping[str, Sequence[tuple[str, str]]] = MappingProxyType({})

_DOUBTS = re.compile(
    r"\b(?:(?:can|could)(?:not|n['’]t| not) (?:be )?(?:independently )?(?:verif|confirm)\w+"
    r"|declin\w+ to (?:confirm|comment)|refrain\w* from (?:confirm|comment)\w+"
    r"|(?:would|did) not (?:confirm|say whether|comment)|no (?:evidence|proof|sign)\b"
    r"|den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|disput(?:es|ed)|unconfirmed|unverified"
    r"|untrue|fabricat\w+|false|baseless|groundless)\b",
    re.IGNORECASE,
)
_POINTING_BACK = re.compile(
    r"\b(?:the|these|those|such|its|their) (?:\w+ )?(?:reports?|claims?|allegations?|accounts?"
    r"|figures?|statements?|accusations?|numbers?)\b",
    re.IGNORECASE,
)
_ABOUT = 0.5
"""How much of the content a doubting sentence and the one before it must share."""


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
    disputes: list[tuple[Article, Span, Claim | None]] = []
    for article, analysis in candidates:
        body = [s for s in analysis.sentences if s.kind is LineKind.BODY]
        compared = [
            (compare(content, words), span, claim)
            for words, span, claim in _statements(article, analysis, body)
        ]
        if article.id != own.id and (carried := _carrying(compared)):
            carriers.append((article, *carried))
        disputes += [
            (article, span, claim)
            for span, claim in _disputing(content, compared, article, analysis, body)
            if article.id != own.id or not span.overlaps(finding.citation.span)
        ]
    return Corroboration(
        _carriers(carriers, carriages, owners), _carriers(disputes, carriages, owners)
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


def _carrying(compared: Sequence[_Compared]) -> tuple[Span, Claim | None] | None:
    """Return the sentence that says the content best, with its claim."""
    best: tuple[float, Span, Claim | None] | None = None
    for found, span, claim in compared:
        if claim is not None and _doubting(claim):
            continue
        if found.verdict is Verdict.SAYS and (best is None or found.covered > best[0]):
            best = (found.covered, span, claim)
    return best[1:] if best else None


def _disputing(
    content: str,
    compared: Sequence[_Compared],
    article: Article,
    analysis: Analysis,
    body: Sequence[Sentence],
) -> list[tuple[Span, Claim | None]]:
    """Return the sentences that contradict ``content`` or would not confirm it, best first."""
    found: dict[Span, Claim | None] = {}
    for comparison, span, claim in compared:
        verdict = comparison.verdict
        denied = claim is not None and _doubting(claim)
        if (verdict is Verdict.OPPOSES and not denied) or (verdict is Verdict.SAYS and denied):
            found.setdefault(span, claim)
    before = ""
    for sentence in body:
        words = sentence.span.of(article.text)
        if _about(content, words, before):
            found.setdefault(sentence.span, _claim_at(analysis, sentence.span))
        before = words
    return sorted(found.items(), key=lambda pair: pair[0])[:3]


def _about(content: str, words: str, before: str) -> bool:
    """Tell whether what a sentence doubts is ``content``: what stands after the doubting words.

    "The reports" and the like are read with the sentence before.
    """
    doubt = _DOUBTS.search(words)
    if doubt is None:
        return False
    doubted = words[doubt.end() :]
    if compare(content, doubted).covered >= _ABOUT:
        return True
    pointing = _POINTING_BACK.search(doubted) is not None
    return pointing and compare(content, f"{before} {words}").covered >= _ABOUT


def _claim_at(analysis: Analysis, span: Span) -> Claim | None:
    """Return the first doubting claim that touches ``span``, else the first claim."""
    touching = [c for c in analysis.claims if any(part.overlaps(span) for part in c.content)]
    doubting = [claim for claim in touching if _doubting(claim)]
    return next(iter([*doubting, *touching]), None)


def _doubting(claim: Claim) -> bool:
    return claim.attribution.negated or claim.attribution.stance in {
        Stance.DENIES,
        Stance.DECLINES,
    }
