"""One finding a content: doubles joined, quotations made whole, what is said inside left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.attribution import spans
from summarizer.attribution.found import Found
from summarizer.attribution.quotes import Quote
from summarizer.model import Span


def settle(found: Sequence[Found], text: str, quoted: Sequence[Quote]) -> list[Found]:
    whole = [replace(f, content=_whole(f, text, quoted)) for f in found]
    whole = [f for f in whole if f.content]
    return [f for f in whole if not _inside(f, whole)]


def _whole(f: Found, text: str, quoted: Sequence[Quote]) -> tuple[Span, ...]:
    """Let a content end with the quotation that it began."""
    pieces = []
    for piece in f.content:
        start, end = piece.start, piece.end
        for quote in quoted:
            q = quote.span
            if q.end <= start or q.start >= end:
                continue
            hit = any(q.overlaps(c) for c in f.cue)
            if hit:
                continue
            if start < q.end and q.start < start and start - q.start <= 2:
                start = q.start
            if q.start < end and end < q.end and (q.start >= start - 2):
                end = q.end
        pieces.append(Span(start, end))
    return spans.trimmed(text, pieces)


def _inside(f: Found, all_found: Sequence[Found]) -> bool:
    cue = f.cue[0] if f.cue else f.content[0]
    for other in all_found:
        if other is f:
            continue
        if any(piece.contains(cue) for piece in other.content):
            # mutual containment: the larger one stays
            if any(piece.contains(other.cue[0]) for piece in f.content if other.cue):
                if _size(f) > _size(other):
                    continue
            return True
    return False


def _size(f: Found) -> int:
    return sum(p.end - p.start for p in f.content)
