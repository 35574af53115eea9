"""News copy as people paste it: which lines are the story, and what the others are.

``lines`` labels each line of a plain-text drop, ``read_drop`` makes a ``Drop`` of it: title,
byline, times, body, captions. It reads text only; pages and feeds are read by the shell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from summarizer.captions import caption, is_caption, is_credit, quotes
from summarizer.dateline import Dateline, dateline
from summarizer.model import Caption, LineKind, Span
from summarizer.residue import ends_story, is_foreign, is_residue, script
from summarizer.stamps import Stamp, byline, clock_zone, is_stamp, stamps

Labelled = tuple[tuple[Span, LineKind], ...]

LONGEST_TITLE_WORDS = 35
HEADER_LINES = 12
CAPTION_WORDS = (5, 25)  # fewest and most above a credit line
HEADING_WORDS = 3
LIVE_HEADING_WORDS = 7
SENTENCE_WORDS = 8
SHORTEST_SENTENCE_WORDS = 5
LONG_LINE_WORDS = 20
WRAP_WIDTH = (45, 90)  # characters of a full line in text broken at a fixed width
WRAP_RAGGED = 16
MOST_AFTER_END = 0.1  # share of the sentences that may stand behind "Related articles"

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u2002\u2003\u2009\u200b\u3000\ufeff"
_ENDED = re.compile(r"[.!?…。！？」][\"'”’»)\]』）]*$|^[\"“‘«„»”].*[\"”’»“«]$")
_FULL_STOP = re.compile(r"[.。][\"”)]*$")
_NAMED = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]+ ){1,2}[A-ZÀ-Þ][\w.'’-]+, [A-ZÀ-Þ]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Drop:
    """What a plain-text drop holds. ``published`` and ``updated`` are aware or None.

    ``zone`` is the IANA zone in which they were printed, "" when the drop does not tell (they
    are then taken as UTC). ``dateline`` is cut from ``body``, whose first sentence reads alone.
    """

    title: str
    body: str
    outlet: str = ""
    byline: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    zone: str = ""
    dateline: str = ""
    captions: tuple[Caption, ...] = ()


def lines(text: str, *, title: str = "") -> Labelled:
    """Label every line of the text that is not blank, in order; spans leave out outer blanks.

    ``title`` is the headline where it is known from elsewhere; otherwise it is looked for.
    """
    spans = tuple(_trimmed(match) for match in _LINE.finditer(text) if match[0].strip(_BLANKS))
    told = [span.of(text) for span in spans]
    home = script(text)
    kinds = [_alone(line, home=home) for line in told]
    _mark_title(told, kinds, title)
    _mark_credited(told, kinds)
    _mark_headings(told, kinds, home)
    _mark_repeats(told, kinds)
    _mark_end(told, kinds)
    return tuple(zip(spans, kinds, strict=True))


def _trimmed(match: re.Match[str]) -> Span:
    line = match[0]
    lead = len(line) - len(line.lstrip(_BLANKS))
    return Span(match.start() + lead, match.start() + len(line.rstrip(_BLANKS)))


def _size(line: str) -> int:
    """Count words; two wide characters count as one, for scripts without spaces."""
    return max(len(line.split()), len(_WIDE.findall(line)) // 2)


def _alone(line: str, *, home: str) -> LineKind:
    """Label a line by its own words."""
    if byline(line):
        return LineKind.BYLINE
    if is_credit(line):
        return LineKind.CREDIT
    if is_stamp(line) or is_foreign(line, home) or is_residue(line):
        return LineKind.OTHER
    if is_caption(line):
        return LineKind.CAPTION
    return LineKind.BODY if _is_sentence(line) else LineKind.OTHER


def _is_sentence(line: str) -> bool:
    size = _size(line)
    ended = bool(_ENDED.search(line)) or (line.endswith((":", ";", ",")) and line[0].isalnum())
    return size >= LONG_LINE_WORDS or (size >= SHORTEST_SENTENCE_WORDS and ended)


def _mark_title(told: list[str], kinds: list[LineKind], title: str) -> None:
    """Mark the headline: the known one wherever it stands, else the first line if it is one."""
    known = " ".join(title.split()).casefold()
    same = [
        n for n, line in enumerate(told) if known and " ".join(line.split()).casefold() == known
    ]
    if not same and told and not known and _is_title(told, kinds):
        same = [0]
    for place in same:
        kinds[place] = LineKind.TITLE


def _is_title(told: list[str], kinds: list[LineKind]) -> bool:
    first = told[0]
    if _size(first) > LONGEST_TITLE_WORDS or len(told) < 2 or kinds[0] is LineKind.BYLINE:
        return False
    if dateline(first) or is_stamp(first) or is_credit(first):
        return False
    ended = bool(_FULL_STOP.search(first)) and not first.endswith("...")
    return not ended or kinds[1] is LineKind.BYLINE or is_stamp(told[1])


def _mark_credited(told: list[str], kinds: list[LineKind]) -> None:
    """Take a short line right above a credit for the caption that it belongs to."""
    for place in range(1, len(told) - 1):
        plain = kinds[place] in (LineKind.BODY, LineKind.OTHER)
        if (
            not plain
            or kinds[place + 1] is not LineKind.CREDIT
            or is_residue(told[place])
            or quotes(told[place])
        ):
            continue
        if CAPTION_WORDS[0] <= _size(told[place]) <= CAPTION_WORDS[1]:
            kinds[place] = LineKind.CAPTION


def _mark_headings(told: list[str], kinds: list[LineKind], home: str) -> None:
    """Take short lines between two sentences of the body for headings within it."""
    pictures = (LineKind.CAPTION, LineKind.CREDIT)
    rows = [place for place, kind in enumerate(kinds) if kind not in pictures]
    for before, place, after in zip(rows, rows[1:], rows[2:], strict=False):
        opens = kinds[after] is LineKind.BODY and _is_long(told[after])
        inside = kinds[before] is LineKind.BODY and _is_long(told[before])
        late = LineKind.BODY in kinds[:place] and _size(told[place]) >= LIVE_HEADING_WORDS
        if not opens or not (inside or late):
            continue
        if kinds[place] is LineKind.OTHER and _is_heading(told[place], home):
            kinds[place] = LineKind.BODY


def _is_long(line: str) -> bool:
    return _size(line) >= SENTENCE_WORDS


def _is_heading(line: str, home: str) -> bool:
    plain = not (is_residue(line) or is_stamp(line) or is_foreign(line, home))
    return plain and _size(line) >= HEADING_WORDS and not _NAMED.match(line)


def _mark_repeats(told: list[str], kinds: list[LineKind]) -> None:
    """Keep the first of lines that are printed twice; a page repeats pull quotes and teasers."""
    seen: set[str] = set()
    for place, line in enumerate(told):
        key = " ".join(line.split()).casefold()
        if key in seen and kinds[place] is LineKind.BODY:
            kinds[place] = LineKind.OTHER
        seen.add(key)


def _mark_end(told: list[str], kinds: list[LineKind]) -> None:
    """Drop what follows the end of the story, where most of its sentences stand before it."""
    body = [place for place, kind in enumerate(kinds) if kind is LineKind.BODY]
    for place, line in enumerate(told):
        behind = sum(1 for n in body if n > place)
        if ends_story(line) and body and behind <= MOST_AFTER_END * len(body):
            for rest in range(place, len(told)):
                if kinds[rest] is LineKind.BODY:
                    kinds[rest] = LineKind.OTHER
            return


def read_drop(text: str, *, title: str = "", outlet: str = "", zone: str = "") -> Drop:
    """Read a plain-text drop; ``title`` and ``outlet`` overrule what it says of itself.

    ``zone`` is the IANA zone of the outlet's clock: it overrules the dateline's place, which a
    reprint keeps, but not letters printed beside the clock time.

    A drop without a single body line has an empty ``body``: the caller decides what that means.
    """
    text = unwrapped(text)
    labelled = lines(text, title=title)
    body = [span.of(text) for span, kind in labelled if kind is LineKind.BODY]
    headline = next((span.of(text) for span, kind in labelled if kind is LineKind.TITLE), title)
    placed = dateline(body[0]) if body else None
    if placed:
        body[0] = body[0][placed.length :]
    names = next((byline(span.of(text)) for span, kind in labelled if kind is LineKind.BYLINE), "")
    local = zone or (placed.zone if placed else "")
    published, updated, known = _times(_header(text, labelled), local)
    return Drop(
        title=headline,
        body="\n\n".join(body),
        outlet=outlet or _outlet(names, placed),
        byline=names,
        published=published,
        updated=updated,
        zone=known,
        dateline=placed.text if placed else "",
        captions=_captions(text, labelled),
    )


def unwrapped(text: str) -> str:
    """Join lines that were broken at a fixed width (mail, terminals); other text stays as it is."""
    blocks = re.split(r"(\n[ \t]*\n)", text.replace("\r\n", "\n"))
    wrapped = [_is_wrapped(block) for block in blocks]
    if sum(wrapped) < 2:
        return text
    joined = (
        " ".join(block.split()) if broken else block
        for block, broken in zip(blocks, wrapped, strict=True)
    )
    return "".join(joined)


def _is_wrapped(block: str) -> bool:
    rows = block.strip().split("\n")
    widths = [len(row.rstrip()) for row in rows[:-1]]
    headed = any(byline(row) or is_stamp(row) for row in rows)
    within = (
        len(widths) > 1
        and not headed
        and min(widths) >= WRAP_WIDTH[0]
        and max(widths) <= WRAP_WIDTH[1]
    )
    broken = sum(1 for row in rows[:-1] if not _ENDED.search(row.rstrip()))
    return within and max(widths) - min(widths) <= WRAP_RAGGED and 2 * broken > len(widths)


def _header(text: str, labelled: Labelled) -> list[str]:
    """Return the lines beside the body that may hold its date: bylines and stamps, top first."""
    kinds = (LineKind.BYLINE, LineKind.OTHER)
    told = [span.of(text) for span, kind in labelled if kind in kinds]
    return [line for line in told if is_stamp(line) or byline(line)]


def _times(
    header: list[str],
    local: str,
) -> tuple[datetime | None, datetime | None, str]:
    """Return published, updated and the zone; a zone beside the clock overrules the local one."""
    found = [stamp for line in header for stamp in stamps(line)]
    zone = next((stamp.zone for stamp in found if stamp.zone), local)
    published = next((stamp for stamp in found if not stamp.updated), None)
    updated = next((stamp for stamp in found if stamp.updated), None)
    if published is None:
        published, updated = updated, None
    return _aware(published, zone), _aware(updated, zone), zone


def _aware(stamp: Stamp | None, zone: str) -> datetime | None:
    if stamp is None:
        return None
    return stamp.moment if stamp.moment.tzinfo else stamp.moment.replace(tzinfo=clock_zone(zone))


def _outlet(names: str, placed: Dateline | None) -> str:
    """Return the outlet that signs the dateline, else a byline that is no person's ("AJP")."""
    if placed and placed.agency:
        return placed.agency
    return names if names and names.isupper() and " " not in names else ""


def _captions(text: str, labelled: Labelled) -> tuple[Caption, ...]:
    """Return captions, each with the credit in its line or on the line behind it."""
    found: list[Caption] = []
    before = LineKind.OTHER
    for span, kind in labelled:
        line = span.of(text)
        if kind is LineKind.CAPTION:
            found.append(caption(line))
        elif kind is LineKind.CREDIT and before is LineKind.CAPTION and not found[-1].credit:
            found[-1] = Caption(found[-1].text, line)
        elif kind is LineKind.CREDIT:
            found.append(Caption("", line))
        before = kind
    return tuple(found)
