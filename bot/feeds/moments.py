"""Dates as feeds and pages write them, and when not to believe them (pure)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from summarizer.stamps import clock_zone, stamps

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing was printed on the web before; 1970 is a clock that was never set."""

MOST_AHEAD = timedelta(days=1)
"""A date further ahead than this is a lie; less is a clock that is off or an embargo."""

_MAIL = re.compile(r"(?:[A-Za-z]+,? +)?\d{1,2}[ -][A-Za-z]{3}")
_COUNT = re.compile(r"[1-4]\d{9}|[1-4]\d{12}", re.ASCII)
_CLOCK = re.compile(r"\d:\d\d")


def moment(text: str) -> datetime | None:
    """Read a date in the forms of RSS, Atom and the web; a zone that is not told is UTC."""
    text = text.strip()
    for read in (_iso, _mail, _counted, _printed):
        found = read(text)
        if found is not None:
            try:
                found = found if found.tzinfo else found.replace(tzinfo=UTC)
                found.astimezone(UTC)
            except (OverflowError, ValueError):
                return None
            return found
    return None


def _iso(text: str) -> datetime | None:
    tidy = re.sub(r"(?<=\d) (?=[+-]\d\d)", "", text)
    tidy = re.sub(r"(\.\d{6})\d+", r"\1", re.sub(r" ?(?:Z|UTC|GMT)$", "+00:00", tidy))
    try:
        return datetime.fromisoformat(tidy)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    if not _MAIL.match(text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _counted(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970, as some scripts write them."""
    if not _COUNT.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)


def _printed(text: str) -> datetime | None:
    found = stamps(text)
    return found[0].moment if found else None


def has_clock(text: str) -> bool:
    """Tell whether a written date holds a time of day."""
    return bool(_CLOCK.search(text))


def believed(when: datetime | None, *, now: datetime) -> datetime | None:
    """Return the date, or None where it lies: before 1990 or more than a day ahead.

    An article without a date counts as published when it was first seen.
    """
    if when is None or not EARLIEST <= when <= now + MOST_AHEAD:
        return None
    return when


def zone_name(when: datetime | None, *, dateline_zone: str = "") -> str:
    """Return the IANA zone of a printed date: the dateline's where its clock agrees, else Etc.

    A date in UTC tells nothing of where it was printed, so the dateline's zone wins there.
    """
    if when is None:
        return dateline_zone
    offset = when.utcoffset() or timedelta(0)
    if dateline_zone and offset in (
        timedelta(0),
        when.astimezone(clock_zone(dateline_zone)).utcoffset(),
    ):
        return dateline_zone
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or abs(hours) > 12:
        return ""
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"
