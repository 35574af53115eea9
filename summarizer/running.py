"""Quotations that run on: each sentence that is quoted on with no new cue is a claim of its own.

In '"Spring is late," she said. "The river is not."' two things are said, and somebody may ask for
either. The source, its chain and the day are those of the claim that it runs on from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.model import Claim, Quotation, Sentence, Span, Stance

_QUOTES = "\"“'‘"


def parted(claims: Sequence[Claim], text: str, sentences: Sequence[Sentence]) -> tuple[Claim, ...]:
    """Return the claims, those that run on in pieces; such a piece has no cue and says."""
    starts = [sentence.span.start for sentence in sentences]

    def number(place: int) -> int:
        return max(0, bisect_right(starts, place) - 1)

    def pieces(claim: Claim) -> Iterator[Claim]:
        source = claim.attribution.source
        frame = (*claim.attribution.cue, *(source.spans if source else ()))
        if not frame or len(claim.content) < 2:
            yield claim
            return
        end = max(number(span.start) for span in frame)
        on = [p for p in claim.content if number(p.start) > end and _quoted(p, text)]
        own = tuple(piece for piece in claim.content if piece not in on)
        if not own:
            yield claim
            return
        yield replace(claim, content=own)
        for piece in on:
            attribution = replace(
                claim.attribution,
                cue=(),
                stance=Stance.SAYS,
                quotation=Quotation.DIRECT,
                negated=False,
                hedges=tuple(h for h in claim.attribution.hedges if piece.contains(h)),
            )
            yield Claim((piece,), attribution, number(piece.start))

    return tuple(part for claim in claims for part in pieces(claim))


def _quoted(piece: Span, text: str) -> bool:
    return text[piece.start] in _QUOTES
