"""When a claim was said: the expression of time beside its cue, outside its content.

It looks after the cue ("said on Tuesday"), in the source ("a report on Saturday"), between the
two, and at the head of the sentence ("On Tuesday, the minister said"). A time inside the content
is what the claim is about, not when it was made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from summarizer.model import Claim, Sentence, Span, When
from summarizer.parse import Doc, Token
from summarizer.when import find

REACH_CHARACTERS = 90
"""How far behind a cue a time may stand: "said in a letter to the committee on Tuesday"."""

_BREAK = re.compile(r"[;:—]|,\s(?:and|but|who|which|as|after|while|when|where)\b|[.!?]\s")
_LEAD_IN = re.compile(
    r"^(?:meanwhile|but|and|earlier|separately|however|later)?,?\s*(?:on|in|early|late)?\s*$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:who|which|whose|that|where)\b")
_MARK = re.compile(r"\b(?:after|before|since|when|once|until)\s*$", re.IGNORECASE)


def date_claims(
    claims: Sequence[Claim],
    *,
    doc: Doc,
    text: str,
    sentences: Sequence[Sentence],
    anchor: date | None,
) -> tuple[Claim, ...]:
    """Return the claims, each with when it was said where the words beside the cue tell it.

    ``anchor`` is the day of publication in the article's own zone; without it only dates in
    full become days.
    """
    starts = [sentence.span.start for sentence in sentences]
    cached: dict[tuple[int, bool], tuple[When, ...]] = {}
    done = []
    for claim in claims:
        cue = claim.attribution.cue
        at = _index(starts, cue[0].start) if cue else -1
        if at < 0:
            done.append(claim)
            continue
        past = not _future(doc, cue[-1])
        if (at, past) not in cached:
            cached[at, past] = find(text, sentences[at].span, anchor, past=past)
        when = _beside(claim, cached[at, past], sentences[at].span, text)
        done.append(replace(claim, attribution=replace(claim.attribution, when=when)))
    return tuple(done)


def _index(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _future(doc: Doc, cue: Span) -> bool:
    """Tell whether the cue is yet to come: "will say on Monday"."""
    inner = doc.char_span(cue.start, cue.end, alignment_mode="expand")
    token: Token | None = inner.root if inner else None
    return token is not None and any(
        child.dep_ == "aux" and child.lower_ in {"will", "'ll", "shall"} for child in token.children
    )


def _beside(claim: Claim, times: Sequence[When], sentence: Span, text: str) -> When | None:
    """Return the time that belongs to the cue, the nearest of those that stand free."""
    source = claim.attribution.source
    frame = (*claim.attribution.cue, *(source.spans if source else ()))
    free = [
        time
        for time in times
        if time.span is not None and not any(piece.overlaps(time.span) for piece in claim.content)
    ]
    ranked = [
        (rank, time)
        for time in free
        if time.span is not None and (rank := _rank(time.span, frame, claim, sentence, text)) >= 0
    ]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rank(time: Span, frame: Sequence[Span], claim: Claim, sentence: Span, text: str) -> int:
    """Return how far from the cue a time stands in characters, -1 when it isn't the cue's."""
    holding = next((span for span in frame if span.contains(time)), None)
    if holding is not None:
        return -1 if _RELATIVE.search(text, holding.start, time.start) else 0
    edges = [*frame, *claim.content]
    behind = [span.end for span in frame if span.end <= time.start]
    if behind:
        between = text[max(behind) : time.start]
        apart = any(max(behind) <= piece.start < time.start for piece in claim.content)
        near = len(between) <= REACH_CHARACTERS and not _BREAK.search(between)
        return len(between) if near and not apart and not _MARK.search(between) else -1
    first = min(span.start for span in edges)
    if time.end > first:
        return -1
    lead = text[sentence.start : time.start]
    gap = text[time.end : first].strip(" ,")
    if _LEAD_IN.match(lead) and len(gap) <= 2:
        return first - time.start
    return first - time.start if not gap and _clause_begins(text, time) else -1


def _clause_begins(text: str, time: Span) -> bool:
    """Tell whether "a day after" leads straight into the source: "a day after the agency said"."""
    return time.of(text).lower().endswith(("after", "before"))
