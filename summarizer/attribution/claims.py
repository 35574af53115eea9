"""Findings made claims: kind of quotation, stance as negated, hedges, the first sentence."""

from __future__ import annotations

import re

from summarizer import lexicon
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import (
    Attribution,
    Claim,
    Quotation,
    Source,
    SourceKind,
    Span,
    Stance,
)
from summarizer.parse import Token

_WORD = re.compile(r"\w+")

_REFUSAL = re.compile(
    r"[\"“‘']?(?:that )?(?:I|we|he|she|it|they)(?:[ ](?:was|were|is|are|am) (?:not able|unable) to"
    r"|[ ](?:cannot|can not|can['’]t|could not|couldn['’]t|would not|wouldn['’]t|will not|won['’]t"
    r"|did not|do not|does not))(?: yet| independently| immediately| publicly)*"
    r" (?:verify|confirm|comment|corroborate|discuss|elaborate|disclose|say (?:wh\w+|how|if))\b"
    r"|[\"“‘']?no comment\b",
    re.IGNORECASE,
)
"""A speaker who says of himself that he will not or cannot confirm."""


def build(found: Found, page: Page) -> Claim:
    """Turn a finding into a claim; its source is named by its own words."""
    first = min(span.start for span in found.content)
    cue = page.doc[found.anchor] if found.anchor >= 0 else None
    negated = cue is not None and _negated(cue)
    stance = _refusal(found, page) or _stance(found.stance, cue, negated=negated)
    attribution = Attribution(
        cue=found.cue,
        stance=stance,
        quotation=_quotation(found.content, page),
        source=_source(found.source, page.text),
        negated=found.negated or (negated and stance is not Stance.DECLINES),
        hedges=_hedges(found, page),
    )
    return Claim(content=found.content, attribution=attribution, sentence=page.index(first))


def _refusal(found: Found, page: Page) -> Stance | None:
    """Return the stance of a content that is itself a refusal: "he cannot verify the reports"."""
    if found.stance is not Stance.SAYS or not found.content:
        return None
    opening = found.content[0].of(page.text)
    return Stance.DECLINES if _REFUSAL.match(opening) else None


def _source(spans: tuple[Span, ...], text: str) -> Source | None:
    if not spans:
        return None
    words = " ".join(" ".join(span.of(text) for span in spans).split())
    return Source(spans=spans, name=words, kind=SourceKind.UNNAMED)


def _quotation(content: tuple[Span, ...], page: Page) -> Quotation:
    """Tell how much of the content stands in quotation marks, by its words."""
    words = [m.start() for span in content for m in _WORD.finditer(page.text, span.start, span.end)]
    if not words:
        return Quotation.INDIRECT
    inside = sum(page.quote_at(word) is not None for word in words)
    if inside == len(words):
        return Quotation.DIRECT
    return Quotation.MIXED if inside else Quotation.INDIRECT


def _negated(cue: Token) -> bool:
    """Tell whether the cue itself is negated: "did not say", "never confirmed"."""
    return any(
        child.dep_ == "neg" or child.lower_ in {"not", "never", "n't", "n’t"}
        for child in (*cue.children, *(c for c in cue.head.children if cue.dep_ == "xcomp"))
        if child.i < cue.i
    )


def _stance(stance: Stance, cue: Token | None, *, negated: bool) -> Stance:
    """Return the stance; a refusal to confirm or to say is a stance of its own."""
    if cue is None:
        return stance
    refusing = cue.dep_ == "xcomp" and cue.head.lemma_.lower() in {"decline", "refuse"}
    if cue.dep_ == "pcomp" and cue.head.lower_ == "from":
        refusing = cue.head.head.lemma_.lower() in {"refrain", "abstain", "desist"}
    answers = stance in {Stance.CONFIRMS, Stance.DENIES}
    if refusing or _neither(cue) or (negated and (answers or _unwilling(cue))):
        return Stance.DECLINES
    return stance


def _neither(cue: Token) -> bool:
    """Tell "neither confirmed nor denied", whichever of the two verbs is the cue."""
    if cue.lemma_.lower() not in {"confirm", "deny"}:
        return False
    before = {token.lower_ for token in cue.doc[max(0, cue.i - 6) : cue.i]}
    after = {token.lower_ for token in cue.doc[cue.i + 1 : cue.i + 3]}
    return "neither" in before or ("nor" in before | after and "not" in before)


def _unwilling(cue: Token) -> bool:
    """Tell a refusal to speak from what was merely left unsaid: "would not say whether"."""
    lemma = cue.lemma_.lower()
    modal = any(child.lower_ in _MODALS for child in cue.children if child.i < cue.i)
    return lemma in _ANSWERING or (modal and lemma in _SPEAKING)


_MODALS = frozenset({"would", "will", "wo", "could", "can", "ca"})
_SPEAKING = frozenset(
    ["say", "tell", "discuss", "disclose", "reveal", "give", "name", "identify", "release"]
)
_ANSWERING = frozenset({"comment", "respond", "reply", "elaborate", "answer", "return"})


def _hedges(found: Found, page: Page) -> tuple[Span, ...]:
    """Return the words in the content that weaken it, as they stand."""
    weak = lexicon.words("hedges")
    return tuple(
        Span(token.idx, token.idx + len(token))
        for piece in found.content
        for token in page.tokens(piece.start, piece.end)
        if token.lower_ in weak or (token.pos_ == "VERB" and token.lemma_.lower() in weak)
    )
