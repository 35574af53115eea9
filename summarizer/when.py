"""Days in words: "Saturday", "on Oct. 8", "two days ago" read against the day of publication.

A day is given only where the words leave one reading; everything else ("last week", "the same
day", "in April") is kept as it stands. Weekdays in the past are the last one on or before the
anchor, so a paper of Sunday that says "Sunday" means today. It knows no clock: the anchor is an
argument, a calendar day in the article's own zone.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from summarizer.model import Span, When

HALF_YEAR_DAYS = 183

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|(?:a )?few)"
_PART = r"(?:\s+(?:morning|afternoon|evening|night))?"
_UNIT = r"(?:day|week|month|year|hour|minute|decade)"

_EXPRESSION = re.compile(
    r"\b(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?:{_WEEKDAY},?\s+(?:\(\s*)?)?(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?!\d|:|\.\d)(?:,?\s+(?P<year>(?:19|20)\d{2})\b)?"
    rf"|(?:{_WEEKDAY},?\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month2>{_MONTH})"
    r"(?![\w])(?:,?\s+(?P<year2>(?:19|20)\d{2})\b)?"
    rf"|(?:(?:(?:early|late|earlier)\s+)?(?:on\s+)?(?P<which>last|next|this past|this coming|this"
    rf"|the (?:previous|following|same)|a|every|each)\s+)?(?P<weekday>{_WEEKDAY}){_PART}(?!s\b)"
    rf"|(?P<ago>{_COUNT})\s+(?P<unit>{_UNIT})s?\s+ago"
    r"|(?P<near>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight"
    r"|last night|this (?:morning|afternoon|evening))"
    rf"|(?P<vague>(?:the\s+)?(?:same|previous|following|next)\s+(?:day|week|month|year)"
    rf"|(?:just|only|barely)?\s*{_COUNT}\s+{_UNIT}s?\s+(?:earlier|later|after|before|prior)"
    r"|(?:earlier\s+)?(?:(?:last|this|next|the past)\s+(?:week(?:end)?|month|year"
    r"|summer|autumn|fall|winter|spring))"
    rf"|(?:in|during|since)\s+(?:early\s+|late\s+|mid-)?(?:(?:{_MONTH})(?!\w)"
    r"(?:\s+(?:19|20)\d{2})?|(?:19|20)\d{2})(?!\s*\d))"
    r")",
    re.IGNORECASE,
)
_NEAR_DAYS = {
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
}


def resolve(words: str, anchor: date, *, past: bool = True) -> date | None:
    """Return the calendar day that ``words`` mean to a reader on the day ``anchor``.

    ``past`` tells that the words stand with something that has happened. None when the words
    name no day or more than one reading is left.
    """
    match = _EXPRESSION.search(words)
    return _day(match, anchor, past=past) if match else None


def find(
    text: str, within: Span, anchor: date | None = None, *, past: bool = True
) -> tuple[When, ...]:
    """Return the expressions of time in ``text[within]``, in order, with days where certain.

    Without an anchor only dates written in full have a day. Spans are half-open character
    offsets into ``text``. A capital is asked of days and months, so "may" and "sun" are words.
    """
    found = []
    for match in _EXPRESSION.finditer(text, within.start, within.end):
        if not _capitalised(match):
            continue
        span = Span(*match.span())
        while text[span.start].isspace():
            span = Span(span.start + 1, span.end)
        found.append(When(span.of(text), span, _day(match, anchor, past=past)))
    return tuple(found)


def _capitalised(match: re.Match[str]) -> bool:
    """Tell whether the names of days and months in the match begin with a capital."""
    names = [match[group] for group in ("month", "month2", "weekday") if match[group]]
    if not names and (vague := match["vague"]):
        names = re.findall(rf"(?<=\s){_MONTH}(?!\w)", vague, re.IGNORECASE)
    return all(name[0].isupper() for name in names)


def _day(match: re.Match[str], anchor: date | None, *, past: bool) -> date | None:
    """Read one match; None where the day is open."""
    if match["iso"]:
        return _parsed(match["iso"])
    if match["month"] or match["month2"]:
        return _dated(match, anchor, past=past)
    if anchor is None:
        return None
    if match["weekday"]:
        return _weekday(match["weekday"], (match["which"] or "").lower(), anchor, past=past)
    return _beside(match, anchor)


def _beside(match: re.Match[str], anchor: date) -> date | None:
    """Read "yesterday" and "three days ago"."""
    if match["near"]:
        return anchor + timedelta(days=_NEAR_DAYS.get(match["near"].lower(), 0))
    count = _number(match["ago"]) if match["ago"] and match["unit"].lower() == "day" else None
    return None if count is None else anchor - timedelta(days=count)


def _parsed(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _dated(match: re.Match[str], anchor: date | None, *, past: bool) -> date | None:
    """Read a month and a day; without a year the nearest to the anchor within half a year."""
    month = _MONTHS.index((match["month"] or match["month2"])[:3].lower()) + 1
    number = int(match["day"] or match["day2"])
    if year := match["year"] or match["year2"]:
        return _calendar(int(year), month, number)
    if anchor is None:
        return None
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    days = [day for year in years if (day := _calendar(year, month, number))]
    near = [day for day in days if abs((day - anchor).days) < HALF_YEAR_DAYS]
    if len(near) != 1 or (past and near[0] > anchor):
        return None
    return near[0]


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(name: str, which: str, anchor: date, *, past: bool) -> date | None:
    """Read the name of a day: the last one on or before the anchor, or the next one after."""
    if which.startswith(("the ", "next", "every", "each")) or which == "a":
        return None
    back = (anchor.weekday() - _WEEKDAYS.index(name.lower())) % 7
    if which in {"last", "this past"}:
        return anchor - timedelta(days=back or 7)
    if (past and which != "this coming") or back == 0:
        return anchor - timedelta(days=back)
    return anchor + timedelta(days=7 - back)


def _number(words: str) -> int | None:
    """Read a small count in figures or words; None of "several" and "a few"."""
    lowered = words.lower()
    if lowered.isdigit():
        return int(lowered)
    if lowered in {"a", "an"}:
        return 1
    return _NUMBERS.index(lowered) if lowered in _NUMBERS else None


def published_day(published: datetime | None, zone: str) -> date | None:
    """Return the day of publication in the article's own zone, else as the time was given."""
    if published is None:
        return None
    try:
        return published.astimezone(ZoneInfo(zone)).date() if zone else published.date()
    except (ZoneInfoNotFoundError, ValueError):
        return published.date()
