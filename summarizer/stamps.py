"""Dates, clock times and bylines as outlets print them above a story.

It reads what stands in a line, and never guesses a date from words ("Tuesday") or a zone from
a language. A date of digits alone that could be read two ways (4/5/2024) is left unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from summarizer.lexicon import rows

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month{n}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year{n}>(?:19|20)\d\d)"
_DAY = r"(?P<day{n}>[0-3]?\d)(?:st|nd|rd|th)?"
_SHAPES = (
    rf"{_MONTH} {_DAY},? {_YEAR}",
    rf"{_DAY} {_MONTH},? {_YEAR}",
    (
        rf"{_YEAR}(?:[-./]|\. |年 ?|년 ?)(?P<digits{{n}}>[01]?\d)"
        rf"(?:[-./]|\. |月 ?|월 ?){_DAY}(?:日|일)?"
    ),
    rf"{_DAY}[./-](?P<digits{{n}}>[01]?\d)[./-]{_YEAR}",
)
_DATE = "|".join(f"(?:{shape.replace('{n}', str(n))})" for n, shape in enumerate(_SHAPES))
_CLOCK = (
    r"(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"(?:\s?\(?(?P<zone>Z\b|UTC|[A-Z]{2,4}\b|[+-]\d\d:?\d\d)\)?)?"
)
_STAMP = re.compile(
    rf"(?<![\d.])(?:{_DATE})(?:,?\s*(?:at|T|\||-|–|·)?\s*{_CLOCK})?(?!\d)",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(rf"{_CLOCK},?\s(?:on\s)?(?:\w+day,?\s)?$", re.IGNORECASE)
_UPDATED = re.compile(
    r"(?:updated?|modified|revised|edited|aktualisiert|수정|更新)\W{0,4}(?:on|at)?\W*(?:\w+day,?\s)?$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:(?:first |last )?(?:posted|published|updated|modified|created|issued|issue date|date)"
    r"|publiziert|veröffentlicht|aktualisiert|입력|수정|등록|승인)(?: (?:on|at))?\s*[:\s]",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", re.IGNORECASE)
_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
_BYLINE = re.compile(
    rf"^(?:By|BY|Words by|Text by|Reporting by|Written by):?\s+"
    rf"(?P<names>{_NAME}(?:,?\s(?:and\s|&\s|de\s|van\s|von\s|der\s|al-|bin\s|of\s|in\s)?{_NAME}"
    rf"|,\s(?:the\s)?{_NAME}){{0,12}})",
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed date. ``moment`` is naive when no zone stood beside it; ``clock`` tells if timed.

    ``span`` is where it stands in the line; ``updated`` whether it tells of a later change.
    """

    moment: datetime
    zone: str
    clock: bool
    updated: bool
    start: int
    end: int


def stamps(line: str) -> tuple[Stamp, ...]:
    """Return the full dates of a line, left to right, with the clock times beside them."""
    found = (_stamp(line, match) for match in _STAMP.finditer(line))
    return tuple(stamp for stamp in found if stamp)


def _stamp(line: str, match: re.Match[str]) -> Stamp | None:
    day = _day(match)
    if day is None:
        return None
    before, clock = line[: match.start()], match
    if match["hour"] is None:
        early = _CLOCK_FIRST.search(before)
        clock = early or match
        before = before[: early.start()] if early else before
    hour = _hour(clock)
    if hour is not None:
        day = day.replace(hour=hour, minute=int(clock["minute"]))
    zone = zone_of_letters(clock["zone"] or "") if hour is not None else ""
    moment = day.replace(tzinfo=clock_zone(zone)) if zone else day
    updated = bool(_UPDATED.search(before))
    return Stamp(moment, zone, hour is not None, updated, match.start(), match.end())


def _day(match: re.Match[str]) -> datetime | None:
    parts = {
        key[:-1]: value for key, value in match.groupdict().items() if value and key[-1] in "0123"
    }
    ambiguous = match["day3"] and int(match["day3"]) <= 12 and match["day3"] != match["digits3"]
    if ambiguous and "." not in match[0]:
        return None
    month = (
        _MONTHS.index(parts["month"][:3].casefold()) + 1
        if "month" in parts
        else int(parts["digits"])
    )
    try:
        return datetime(int(parts["year"]), month, int(parts["day"]))  # noqa: DTZ001 - the zone is told later
    except ValueError:
        return None


def _hour(match: re.Match[str]) -> int | None:
    if match["hour"] is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or "")[:1].casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour if hour < 24 else None


def zone_of_letters(letters: str) -> str:
    """Return the zone that letters after a clock time mean: IANA, ``+09:00``, "" if unknown."""
    if re.fullmatch(r"[+-]\d\d:?\d\d", letters):
        return f"{letters[:3]}:{letters[-2:]}"
    return next((zone for name, zone in rows("clocks") if name == letters.upper()), "")


def clock_zone(zone: str) -> tzinfo:
    """Return the clock of an IANA zone or an offset such as ``+09:00``; UTC for ""."""
    if not zone or zone == "UTC":
        return UTC
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))
    return ZoneInfo(zone)


def is_stamp(line: str) -> bool:
    """Tell whether the line holds dates and their labels and next to nothing else."""
    rest = line
    for stamp in reversed(stamps(line)):
        rest = rest[: stamp.start] + rest[stamp.end :]
    if rest == line:
        return bool(_LABEL.match(line)) and bool(re.search(r"\d", line)) and len(line.split()) < 14
    return len(_WEEKDAY.sub("", rest).split()) <= 6


def byline(line: str) -> str:
    """Return the names of a byline ("By Jane Doe and John Roe, Example Wire"), "" if none."""
    found = _BYLINE.match(line)
    if not found:
        return ""
    rest = line[found.end() :].strip(" |,·-–—")
    names = found["names"]
    label = re.search(r"\s(?:Posted|Published|Updated|First)$", names)
    names = names[: label.start()] if label else names
    short = len(line.split()) <= 25 and not rest.endswith((".", "!", "?"))
    told = not rest or bool(label) or bool(_LABEL.match(rest)) or bool(stamps(line))
    return names.strip(" ,") if short and (told or len(rest.split()) <= 4) else ""
