"""Spans of words and phrases: from tokens of the parse to trimmed character offsets."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.model import Span
from summarizer.parse import Token

_EDGE_LEFT = " \t\r\n\xa0,;:.)]}—–-"
_EDGE_RIGHT = " \t\r\n\xa0,;:([{—–-"


def end_of(token: Token) -> int:
    """Return the offset behind the token's last character."""
    return int(token.idx) + len(token)


def of_tokens(first: Token, last: Token) -> Span:
    """Return the span from the first token to the last, without white space (or a dateline)."""
    while first.is_space and first.i < last.i:
        first = first.nbor()
    while last.is_space and last.i > first.i:
        last = last.nbor(-1)
    return Span(first.idx, end_of(last))


def sentence(token: Token) -> Span:
    """Return the span of the token's sentence, without white space (or a dateline)."""
    whole = token.sent
    return of_tokens(whole[0], whole[-1])


def subtree(token: Token) -> Span:
    """Return the span of the token and all that depends on it."""
    return of_tokens(token.left_edge, token.right_edge)


def trim(text: str, span: Span) -> Span | None:
    """Cut white space and commas from both ends; None when nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE_LEFT:
        start += 1
    while end > start and text[end - 1] in _EDGE_RIGHT:
        end -= 1
    return Span(start, end) if any(char.isalnum() for char in text[start:end]) else None


def trimmed(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans trimmed, in order, overlapping ones joined."""
    kept = sorted(span for span in (trim(text, raw) for raw in spans) if span is not None)
    joined: list[Span] = []
    for span in kept:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def without(span: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """Return what is left of ``span`` when the holes are cut out of it."""
    rest = [span]
    for hole in holes:
        rest = [piece for part in rest for piece in _cut(part, hole)]
    return tuple(rest)


def _cut(span: Span, hole: Span) -> tuple[Span, ...]:
    if not span.overlaps(hole):
        return (span,)
    sides = (Span(span.start, hole.start), Span(hole.end, span.end))
    return tuple(side for side in sides if side.start < side.end)
