"""Who said what: each content with its cue and the words that name its source.

Rules over the parse and the quotation marks, with lexicons of our own; no weights. It resolves
no names, kinds, chains or days: rooms that know the entities do.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.attribution import (
    ascribed,
    claims,
    closing,
    direct,
    following,
    hearsay,
    layers,
    merge,
    nouns,
    phrases,
    raising,
    refusals,
    sourceless,
    verbs,
)
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import Claim, Sentence
from summarizer.parse import Doc

__all__ = ["Page", "find", "findings"]


def find(doc: Doc, text: str, sentences: Sequence[Sentence]) -> tuple[Claim, ...]:
    """Return what the text attributes to anyone, in the order of the contents.

    ``doc`` is the parse of ``text`` with ``sentences``. A claim's source is None where nobody
    is named; otherwise its ``name`` is the words as they stand and its kind not yet decided.
    """
    if not sentences:
        return ()
    page = Page(doc, text, sentences)
    return tuple(claims.build(each, page) for each in findings(page))


def findings(page: Page) -> list[Found]:
    """Return the findings that ``find`` makes claims of, with the rule that made each.

    Where two rules read the same cue, the earlier room's reading stands.
    """
    raising.mark(page)
    found: list[Found] = []
    used: set[int] = set()
    for room in (direct, phrases, ascribed, refusals, verbs, sourceless, hearsay, nouns):
        new = [each for each in room.find(page) if each.anchor < 0 or each.anchor not in used]
        found += new
        used |= {each.anchor for each in new}
    found = closing.find(page, found)
    found = hearsay.without_reports(layers.part(found, page), page)
    found += following.find(page, found)
    settled = [each for each in merge.settle(found, page) if not verbs.mere_evidence(each, page)]
    return sorted(settled, key=lambda each: (each.content[0].start, each.cue))
