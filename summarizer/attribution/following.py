"""Quotations that stand free: whole sentences in marks with no verb of their own.

They go on with the speaker of the sentence before them, as a reader takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.attribution import cues, direct
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page

_SPEAKS = frozenset(
    {"direct", "that", "that-far", "inserted", "object-to", "prep:for", "small", "as"}
)


def find(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """Yield a finding for each free quotation after a sentence in which somebody speaks."""
    taken = sorted(piece for each in found for piece in each.content)
    covered = {
        quote.span for piece in taken for quote in page.quotes_within(piece.start, piece.end)
    }
    speakers = {
        page.index(page.words[each.anchor].idx): each
        for each in found
        if each.anchor >= 0 and each.rule in _SPEAKS and each.source and _says(page, each)
    }
    for quote in page.quoted:
        before = speakers.get(page.index(quote.span.start) - 1)
        if before is not None and quote.span not in covered and direct.free(page, quote):
            new = replace(before, content=(quote.span,), rule="following", direct=True)
            speakers[page.index(quote.span.end - 1)] = new
            yield new


def _says(page: Page, each: Found) -> bool:
    entry = cues.entry(page.words[each.anchor])
    return entry is not None and "quote" in entry.frames
