"""One finding a content: doubles joined, quotations made whole, what is said inside left out."""

from __future__ import annotations

import re

from collections.abc import Sequence
from dataclasses import replace

from summarizer.attribution import spans
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.attribution.quotes import Quote
from summarizer.model import Span


def settle(found: Sequence[Found], page: Page) -> list[Found]:
    whole = [replace(f, content=_whole(f, page.text, page.quoted)) for f in found]
    whole = [f for f in whole if f.content and not _spoken(f, page)]
    whole = [f for f in whole if not _slight(f, page)]
    return [f for f in whole if not _inside(f, whole)]


_WORD = re.compile(r"\w+")
_CLAUSES = frozenset(
    {"direct", "that", "that-far", "that-passive", "inserted", "as-said", "signed", "turn"}
)


def _slight(f: Found, page: Page) -> bool:
    """Tell whether a finding is worth nothing to a reader.

    A purpose ("met to discuss it"), what "you" may want, one or two words without quotation
    marks.
    """
    if f.rule in _CLAUSES:
        return False
    words = sum(len(_WORD.findall(page.text, p.start, p.end)) for p in f.content)
    if words < 2 and not any(mark in p.of(page.text) for p in f.content for mark in "\"“'‘"):
        return True
    if f.anchor < 0:
        return False
    cue = page.doc[f.anchor]
    purpose = cue.dep_ in {"advcl", "acl", "relcl"} and cue.tag_ == "VB"
    return purpose or (len(f.source) == 1 and f.source[0].of(page.text).lower() == "you")


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


def _spoken(f: Found, page: Page) -> bool:
    """Tell whether the cue is itself quoted: what a speaker says that others say is left out."""
    return f.anchor >= 0 and page.quote_at(page.doc[f.anchor].idx) is not None
