"""Who said what: each content with its cue and the words that name its source.

Rules over the parse and the quotation marks, with lexicons of our own; no weights. It resolves
no names, kinds, chains or days: rooms that know the entities do.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.attribution import claims, direct, merge, nouns, phrases, quotes, sourceless, verbs
from summarizer.attribution.found import Found
from summarizer.model import Claim, Sentence
from summarizer.parse import Doc

__all__ = ["find", "findings"]


def find(doc: Doc, text: str, sentences: Sequence[Sentence]) -> tuple[Claim, ...]:
    """Return what the text attributes to anyone, in the order of the contents.

    ``doc`` is the parse of ``text`` with ``sentences``. A claim's source is None where nobody
    is named; otherwise its ``name`` is the words as they stand and its kind not yet decided.
    """
    quoted = quotes.find(text)
    found = findings(doc, text, sentences)
    return tuple(claims.build(each, doc, text, sentences, quoted) for each in found)


def findings(doc: Doc, text: str, sentences: Sequence[Sentence]) -> list[Found]:
    """Return the findings that ``find`` makes claims of, with the rule that made each."""
    if not sentences:
        return []
    quoted = quotes.find(text)
    found = list(direct.find(doc, text, sentences, quoted))
    found += phrases.find(doc, text, sentences, quoted)
    used = {each.anchor for each in found}
    found += [each for each in verbs.find(doc, text) if each.anchor not in used]
    used = {each.anchor for each in found}
    for room in (sourceless, nouns):
        found += [each for each in room.find(doc, text) if each.anchor not in used]
        used = {each.anchor for each in found}
    settled = merge.settle(found, text, quoted)
    return sorted(settled, key=lambda each: (each.content[0].start, each.cue))
