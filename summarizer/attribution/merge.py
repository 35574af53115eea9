"""Which findings stand: quotations made whole, doubles and trifles left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from summarizer import lexicon
from summarizer.attribution import cues, spans
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import Span, Stance
from summarizer.parse import Token

_WORD = re.compile(r"\w+")

_NAMES_ITSELF = re.compile(r"(?:itself|himself|herself|themselves) (?:the )?[\"“A-Z]")
"""What is called so is no claim: "calling itself Grey Heron"."""

_CLAUSES = frozenset(
    {
        *("direct", "following", "signed", "turn"),
        *("that", "that-far", "that-passive", "inserted", "as-said", "closing", "refusal"),
        *("hearsay", "denied"),
    }
)
"""Rules whose contents are whole clauses or quotations and never trifles."""

_REPORTS = frozenset(
    {"that", "that-far", "direct", "inserted", "as", "small", "according", "closing"}
)
"""Rules whose findings are speech, and stand inside another's speech."""

_ANSWERED = frozenset({"object", "object-to", "hearer-to", "prep:for", "to", "ing"})
_TURNED = frozenset({Stance.DENIES, Stance.CONFIRMS, Stance.DECLINES, Stance.ASKS})
"""Rules and stances of answers and demands, which stand inside another's speech too."""

_LED = frozenset({"direct", "that", "that-far", "hearer-to", "prep:about"})
"""Rules whose verb may be led by another: "declined to say whether"."""


_ANSWERS = frozenset({Stance.DENIES, Stance.CONFIRMS})
"""Stances of which the content may be a bare "it" or "that": what was said before."""

_BACK = frozenset({"it", "that", "this", "him", "her", "them", "everything"})


def settle(found: Sequence[Found], page: Page) -> list[Found]:
    """Return the findings that stand, each with its quotations whole."""
    whole = [replace(each, content=_whole(each, page)) for each in found]
    whole = [each for each in whole if each.content and not _spoken(each, page)]
    whole = [each for each in _led(whole, page) if not _slight(each, page)]
    nearby = _by_sentence(whole, page)
    return [each for each in whole if not _inside(each, nearby, page)]


def _whole(found: Found, page: Page) -> tuple[Span, ...]:
    """Let a content begin and end with the quotations that it touches."""
    pieces = []
    for piece in found.content:
        start, end = piece.start, piece.end
        for quote in page.quotes_within(start, end):
            span = quote.span
            if any(span.overlaps(cue) for cue in found.cue):
                continue
            if start - 2 <= span.start <= start:
                start = span.start
            if end < span.end and span.start >= start - 2:
                end = span.end
        pieces.append(Span(start, end))
    return spans.trimmed(page.text, pieces)


def _spoken(found: Found, page: Page) -> bool:
    """Tell whether the cue is itself quoted: what a speaker says that others say is left out."""
    return found.anchor >= 0 and page.quote_at(page.words[found.anchor].idx) is not None


def _led(found: Sequence[Found], page: Page) -> list[Found]:
    """Join a verb with the infinitive of speech that it leads to: "declined to say whether"."""
    inner = {
        page.words[each.anchor].head.i: each
        for each in found
        if each.anchor >= 0 and each.rule in _LED and page.words[each.anchor].dep_ == "xcomp"
    }
    leads = {each.anchor for each in found if each.rule == "to" and each.anchor in inner}
    dropped = {id(inner[anchor]) for anchor in leads}
    return [
        _joined(each, inner[each.anchor]) if each.rule == "to" and each.anchor in leads else each
        for each in found
        if id(each) not in dropped
    ]


def _joined(leading: Found, said: Found) -> Found:
    cue = (Span(leading.cue[0].start, max(leading.cue[-1].end, said.cue[-1].end)),)
    stance = leading.stance if leading.stance is Stance.DECLINES else said.stance
    return replace(said, cue=cue, source=leading.source, stance=stance, anchor=leading.anchor)


def _slight(found: Found, page: Page) -> bool:
    """Tell whether a finding is worth nothing to a reader.

    One word without quotation marks, a purpose ("met to discuss it"), what "you" may want.
    """
    if found.rule in _CLAUSES:
        return False
    words = sum(len(_WORD.findall(page.text, p.start, p.end)) for p in found.content)
    if found.stance in _ANSWERS and _points_back(found, page):
        return False
    asked = found.stance is Stance.ASKS and found.rule in {"prep:for", "object"}
    quoted = any(mark in p.of(page.text) for p in found.content for mark in "\"“'‘")
    few = words < 2 and not (quoted or asked)
    if few or _NAMES_ITSELF.match(found.content[0].of(page.text)):
        return True
    if found.anchor < 0:
        return False
    cue = page.words[found.anchor]
    if found.source and found.source[0].of(page.text).lower().startswith("whose "):
        return not found.rule.startswith("that")
    purpose = cue.dep_ in {"advcl", "acl", "relcl"} and cue.tag_ == "VB"
    return purpose or (len(found.source) == 1 and found.source[0].of(page.text).lower() == "you")


def _points_back(found: Found, page: Page) -> bool:
    """Tell whether a content is a pronoun: "denied it", "would not confirm that"."""
    words = " ".join(piece.of(page.text) for piece in found.content)
    return words.lower().strip(" .:;,") in _BACK


def _by_sentence(found: Sequence[Found], page: Page) -> dict[int, list[Found]]:
    """Return the findings by the indexes of the sentences that their contents touch."""
    nearby: dict[int, list[Found]] = defaultdict(list)
    for each in found:
        touched = {
            index
            for piece in each.content
            for index in range(page.index(piece.start), page.index(piece.end) + 1)
        }
        for index in touched:
            nearby[index].append(each)
    return nearby


def _inside(found: Found, nearby: dict[int, list[Found]], page: Page) -> bool:
    """Tell whether a finding lies in what another one says and adds no source to it.

    Speech inside speech is a source within a source and stands; "he" inside "he said he
    plans to" is none.
    """
    cue = found.cue[0]
    for other in nearby.get(page.index(cue.start), ()):
        if other is found or not any(piece.contains(cue) for piece in other.content):
            continue
        mutual = any(piece.contains(other.cue[0]) for piece in found.content)
        if mutual and _size(found) > _size(other):
            continue
        if not _chained(found, other, page):
            return True
    return False


def _chained(found: Found, outer: Found, page: Page) -> bool:
    """Tell whether speech inside another's indirect speech has a source that is named anew."""
    if not found.source or (outer.direct and not _aloud(found, outer, page)):
        return False
    if found.rule not in _REPORTS and not (found.rule in _ANSWERED and found.stance in _TURNED):
        return False
    if found.anchor >= 0 and _bare(page.words[found.anchor]):
        return False
    words = found.source[0].of(page.text).lower()
    relative = words.rsplit(" ", 1)[-1] in {"who", "which", "that"}
    if relative and found.rule not in _REPORTS:
        return False
    return words not in lexicon.words("pronouns")


def _bare(cue: Token) -> bool:
    """Tell whether a cue is an infinitive without a subject of its own."""
    return cue.tag_ == "VB" and all(child.dep_ != "nsubj" for child in cue.children)


def _aloud(found: Found, outer: Found, page: Page) -> bool:
    """Tell whether somebody speaks, not only thinks, in what "according to" passes on."""
    if outer.rule != "according" or found.anchor < 0 or found.rule not in _CLAUSES | _ANSWERED:
        return False
    cue = page.words[found.anchor]
    entry = cues.entry(cue)
    return cues.finite(cue) and entry is not None and {"that", "quote"} <= entry.frames


def _size(found: Found) -> int:
    return sum(piece.end - piece.start for piece in found.content)
