"""Quotations: where quotation marks open and close, over sentences and paragraphs.

Only marks are read, so that quotations are the same however a text parses. Single marks are
quotations only where a text uses no double ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.model import Span

_MARK = re.compile(r"``|''|[\"“”„«»]")
_SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
LONGEST = 4000
"""Characters after which an open quotation is taken for a stray mark."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks.

    ``closed`` is false where the paragraph ends without a mark, as it does when the speaker
    goes on in the next paragraph.
    """

    span: Span
    closed: bool
    paragraph: Span


def find(text: str) -> tuple[Quote, ...]:
    """Return the outermost quotations in order."""
    found: list[Quote] = []
    marks = _MARK if len(_MARK.findall(text)) > 1 or "“" in text else _SINGLE
    for match in _PARAGRAPH.finditer(text):
        found.extend(_in_paragraph(text, Span(*match.span()), marks))
    return tuple(found)


def _in_paragraph(text: str, paragraph: Span, marks: re.Pattern[str]) -> list[Quote]:
    found: list[Quote] = []
    opened: int | None = None
    for match in marks.finditer(text, paragraph.start, paragraph.end):
        opens = _opens(text, match, paragraph, inside=opened is not None)
        if opened is None and opens:
            opened = match.start()
        elif opened is not None and not opens:
            found.append(Quote(Span(opened, match.end()), closed=True, paragraph=paragraph))
            opened = None
        elif opened is not None and match.group() in "“«„":
            found.append(
                Quote(
                    Span(opened, _stop(text, opened, match.start())),
                    closed=False,
                    paragraph=paragraph,
                )
            )
            opened = match.start()
    if opened is not None and paragraph.end - opened < LONGEST:
        whole = not text[paragraph.start : opened].strip()
        last = (
            paragraph.end
            if whole or _starts_sentence(text, opened)
            else _stop(text, opened, paragraph.end)
        )
        found.append(Quote(Span(opened, last), closed=False, paragraph=paragraph))
    return found


def _stop(text: str, opened: int, limit: int) -> int:
    """Return where a quotation that is never closed is taken to end: with its sentence."""
    stop = re.compile(r"[.!?](?=\s|$)").search(text, opened, limit)
    return stop.end() if stop else limit


def _starts_sentence(text: str, at: int) -> bool:
    return bool(re.search(r"[.!?:,][”\"’)]?\s*$", text[max(0, at - 6) : at]))


def _opens(text: str, match: re.Match[str], paragraph: Span, *, inside: bool) -> bool:
    """Tell whether a mark opens a quotation; straight marks by what stands around them."""
    mark = match.group()
    if mark in ("“", "«", "„", "``", "‘"):
        return True
    if mark in ("”", "»", "’"):
        # a curly mark turned the wrong way still opens at the start of a line
        return not inside and match.start() == paragraph.start
    before = text[match.start() - 1 : match.start()] if match.start() > paragraph.start else " "
    after = text[match.end() : match.end() + 1] or " "
    if before.isspace() or before in "(—–-[":
        return not after.isspace()
    if inside:
        return False
    return not after.isspace() and after not in ".,;:!?)"
