"""Quoted speech: whole quotations with the verb and the speaker that stand beside them.

A quotation belongs to the verb before or behind it in its sentence; one that stands free goes
on with the speaker of the one before it. Phrases in quotation marks inside a clause are left
to ``verbs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from summarizer.attribution import cues, spans, subjects, verbs
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.attribution.quotes import Quote
from summarizer.model import Span
from summarizer.parse import Token

_PAUSE = re.compile(r"[,.?!…—–-][\"”’')\]]*$")
_LEAD = re.compile(r"[,:]\s*$")
NEAR = 600
"""Characters on either side of a quotation in which its verb is looked for."""

_NOMINAL = frozenset({"ADJ", "ADP", "ADV", "DET", "NOUN", "NUM", "PART", "PRON", "PROPN"})
"""What may stand between a quotation and its verb when no subject was parsed."""

_Place = tuple[Token | None, Span]
"""The verb that a quotation belongs to, if any, and the content that it is part of."""


@dataclass(slots=True)
class _Speech:
    """A verb with the pieces of quotation that it attributes so far."""

    verb: Token
    pieces: list[Span] = field(default_factory=list)


def find(page: Page) -> Iterator[Found]:
    """Yield a finding for each verb that stands beside quoted speech."""
    for speech in _speeches(page):
        entry = cues.entry(speech.verb) or cues.SAYING
        content = spans.trimmed(page.text, speech.pieces)
        found = verbs.make(speech.verb, entry, content, "direct", page)
        told = speech.verb.tag_ == "VB" and not found.source
        if content and not told:
            yield found


def _speeches(page: Page) -> list[_Speech]:
    """Give each quotation to a verb; walk over them in order."""
    speeches: dict[int, _Speech] = {}
    current: _Speech | None = None
    waiting: list[Span] = []
    previous: Quote | None = None
    for quote in page.quoted:
        goes_on = previous is not None and _goes_on(page, previous, quote)
        if not goes_on:
            waiting = []
        verb, piece = _verb_for(page, quote, speeches)
        if verb is not None:
            current = speeches.setdefault(verb.i, _Speech(verb))
            current.pieces += [*waiting, piece]
            waiting = []
        elif free(page, quote):
            if current is not None and previous is not None and goes_on:
                current.pieces.append(quote.span)
            else:
                current = None
                waiting.append(quote.span)
        elif not goes_on:
            current = None
        previous = quote
    return list(speeches.values())


def _goes_on(page: Page, before: Quote, quote: Quote) -> bool:
    """Tell whether a quotation that stands free has the speaker of the one before."""
    gap = page.text[before.span.end : quote.span.start]
    if before.paragraph == quote.paragraph:
        first = page.sentence(before.span.end - 1)
        second = page.sentence(quote.span.start)
        return first.end >= second.start or not page.text[first.end : second.start].strip()
    return not before.closed and not gap.strip()


def free(page: Page, quote: Quote) -> bool:
    """Tell whether the quotation is one or more whole sentences."""
    sentence = page.sentence(quote.span.start)
    last = page.sentence(quote.span.end - 1)
    lead = page.text[sentence.start : quote.span.start].strip()
    tail = page.text[quote.span.end : last.end].strip(" .,;)")
    return not lead and not tail


def _verb_for(page: Page, quote: Quote, speeches: dict[int, _Speech]) -> _Place:
    """Return the verb that a quotation belongs to, and its content."""
    first = page.sentence(quote.span.start)
    lead = page.text[max(first.start, quote.span.start - NEAR) : quote.span.start]
    if not lead.strip():
        introduced = _introduced(page, first)
        return (introduced, quote.span) if introduced else _from_behind(page, quote, first)
    before = _before(page, first.start, quote.span.start)
    if before is None:
        return _from_behind(page, quote, first)
    clause = _clause_before(before, quote)
    if clause is not None:
        ends = lead.rstrip().endswith(":")
        return (before, Span(clause, quote.span.end)) if ends else (None, Span(0, 0))
    led = bool(_LEAD.search(lead[-4:]))
    words = quote.span.of(page.text)
    if before.i in speeches and (led or len(words.split()) > 3):
        return before, Span(_joined(page, before, quote), quote.span.end)
    near = spans.end_of(before) >= quote.span.start - 2 and not _titled(words)
    if led or (near and not _goes_past(page, quote)):
        behind = None if led else _from_behind(page, quote, first)[0]
        return (before, quote.span) if behind is None else (behind, quote.span)
    return _from_behind(page, quote, first)


def _from_behind(page: Page, quote: Quote, first: Span) -> _Place:
    """Return the verb behind a quotation that pauses or ends, and the whole content."""
    if not _PAUSE.search(page.text[quote.span.end - min(12, _length(quote)) : quote.span.end]):
        return None, quote.span
    behind = _behind(page, quote.span.end, page.sentence(quote.span.end - 1).end)
    if behind is None:
        return None, quote.span
    return behind, Span(_opening(page, first.start, quote), quote.span.end)


def _goes_past(page: Page, quote: Quote) -> bool:
    """Tell whether the clause runs on behind the quotation: a phrase of it is quoted."""
    if _PAUSE.search(page.text[quote.span.end - min(12, _length(quote)) : quote.span.end]):
        return False
    rest = page.text[quote.span.end : page.sentence(quote.span.end - 1).end]
    return rest.lstrip()[:1].isalnum()


def _length(quote: Quote) -> int:
    return quote.span.end - quote.span.start


def _titled(inner: str) -> bool:
    """Tell whether what is quoted is a title: every longer word with a capital."""
    words = re.findall(r"[^\W\d_]{4,}", inner)
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _introduced(page: Page, first: Span) -> Token | None:
    """Return the verb of the sentence before when that ends with a colon."""
    index = page.index(first.start) - 1
    if index < 0:
        return None
    lead = page.sentences[index].span
    if not lead.of(page.text).endswith(":"):
        return None
    return _before(page, lead.start, lead.end)


def _clause_before(verb: Token, quote: Quote) -> int | None:
    """Return where a clause of the verb begins that leads up to or into the quotation."""
    starts = [
        child.left_edge.idx
        for child in verb.children
        if child.dep_ in {"ccomp", "dobj", "xcomp"}
        and child.i > verb.i
        and (
            child.left_edge.idx < quote.span.start
            or (child.left_edge.idx <= quote.span.start + 2 and child.idx >= quote.span.end)
        )
        and not (child.dep_ == "dobj" and "hearer" in (cues.entry(verb) or cues.SAYING).frames)
    ]
    return min(starts, default=None)


def _opening(page: Page, start: int, quote: Quote) -> int:
    """Return where the content begins whose verb stands behind it: words before the mark count."""
    lead = page.text[max(start, quote.span.start - NEAR) : quote.span.start]
    if not lead.strip() or _LEAD.search(lead[-4:]):
        return quote.span.start
    for other in page.quotes_within(start, quote.span.start):
        return start if other.span.start >= start else quote.span.start
    return start


def _joined(page: Page, verb: Token, quote: Quote) -> int:
    """Return where a second piece begins: at the mark, or a word or two before it."""
    gap = page.text[spans.end_of(verb) : quote.span.start]
    comma = gap.rfind(",")
    words = gap[comma + 1 :].split()
    if comma >= 0 and 0 < len(words) <= 3:
        return spans.end_of(verb) + comma + 1
    return quote.span.start


def _speaks(token: Token) -> bool:
    if token.pos_ not in {"VERB", "AUX"} and token.tag_[:1] != "V":
        return False
    entry = cues.entry(token)
    return entry is not None and "quote" in entry.frames


def _behind(page: Page, start: int, end: int) -> Token | None:
    """Return the verb of speech whose subject, or which itself, follows the quotation."""
    stop = min([q.span.start for q in page.quotes_from(start)], default=end)
    tokens = [t for t in page.tokens(start, min(end, stop, start + NEAR)) if not t.is_space]
    words = [t for t in tokens if not t.is_punct]
    if not words:
        return None
    for token in tokens:
        participle = token.tag_ == "VBG" and all(c.dep_ != "aux" for c in token.children)
        if (participle and cues.quoted_as(token) is None) or not _speaks(token):
            continue
        if token.i - words[0].i <= 2:
            return token
        subject = subjects.of(token, page)
        if subject is not None and subject.i < token.i and subject.left_edge.i - words[0].i <= 2:
            return token
        if all(t.pos_ in _NOMINAL for t in words if t.i < token.i):
            return token
    return None


def _before(page: Page, start: int, end: int) -> Token | None:
    """Return the last verb of speech before the quotation in its sentence."""
    start = max(start, end - NEAR)
    for token in reversed(page.tokens(start, end)):
        if page.quote_at(token.idx) is not None:
            continue
        if _speaks(token) and token.dep_ != "amod":
            return token
    return None
