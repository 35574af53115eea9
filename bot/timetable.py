"""Schedules as people type them: words -> times, weekdays, zone and quiet hours, and back (pure).

When a schedule's slots come is in ``bot.schedule``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from bot.errors import UsageError
from bot.model import Schedule

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_GROUPS = {
    "daily": tuple(range(7)),
    "everyday": tuple(range(7)),
    "weekdays": tuple(range(5)),
    "weekends": (5, 6),
}
EXAMPLE = "“schedule 09:00 18:30 Asia/Seoul weekdays”"
LITTLE_WORDS = frozenset({"at", "on", "and", "every", "each", "in", "day", "o'clock"})
MOST_TIMES = 24

QUIET_EXAMPLE = "“schedule quiet 22:00-07:00”, or “schedule quiet off”"

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")
_RANGE = re.compile(r"([a-z]+)[-–]([a-z]+)")
_QUIET = re.compile(
    r"\bquiet\b(?:\s+hours)?(?:\s+from)?\s*"
    r"(?:(?P<off>off|none|no)\b"
    r"|(?P<begin>noon|midnight|\d[\d:.h]*(?:\s?[ap]m)?)\s*(?:-|–|to|until|till)\s*"
    r"(?P<end>noon|midnight|\d[\d:.h]*(?:\s?[ap]m)?))?",
    re.IGNORECASE,
)

_SILENT = re.compile(r"\b(?:silent|aloud)\b", re.IGNORECASE)


def parse_schedule(words: str, *, zone: str = "UTC", current: Schedule | None = None) -> Schedule:
    """Return the schedule that someone typed: times, weekdays, zone, quiet hours in any order.

    Without a zone it is the current schedule's, else ``zone``; without weekdays it is every day;
    without quiet hours they stay, and so does ``silent`` or ``aloud``. ``pause``, ``resume`` and
    these alone keep the times.

    Raises:
        UsageError: a word is not understood; the text says what to type.

    """
    base = current or Schedule(zone=zone)
    typed = words.strip().casefold()
    if typed in {"pause", "off", "stop"}:
        return replace(base, paused=True)
    if typed in {"resume", "on", "start"}:
        return replace(base, paused=False)
    rest, quiet = _quiet(words, base.quiet)
    rest, silent = _silent(rest, base.silent)
    wanted = base if typed and not rest.strip() else _timetable(rest, base.zone)
    return _loud(replace(wanted, quiet=quiet, silent=silent))


def _timetable(words: str, zone: str) -> Schedule:
    times: list[time] = []
    days: list[int] = []
    found = ""
    weekly = False
    for word in _words(words):
        if (moment := _time(word)) is not None:
            times.append(moment)
        elif named := _days(word):
            days.extend(named)
        elif word.casefold() == "weekly":
            weekly = True
        elif found:
            raise UsageError(f"Two time zones: {found} and {word}. Give one: {EXAMPLE}.")
        else:
            found = _zone(word)
    if not times:
        raise UsageError(f"When? Give at least one time, for example {EXAMPLE}.")
    if len(set(times)) > MOST_TIMES:
        raise UsageError(f"At most {MOST_TIMES} times a day; these are {len(set(times))}.")
    if weekly and not days:
        raise UsageError("On which day? For example “schedule weekly monday 09:00”.")
    return Schedule(
        times=tuple(sorted(set(times))),
        zone=found or zone,
        weekdays=tuple(sorted(set(days))) or tuple(range(7)),
    )


def _quiet(words: str, current: tuple[time, time] | None) -> tuple[str, tuple[time, time] | None]:
    """Return the words without those about quiet hours, and the quiet hours that they give."""
    read = _QUIET.search(words)
    if read is None:
        return words, current
    rest = words[: read.start()] + " " + words[read.end() :]
    if read["off"]:
        return rest, None
    if not read["begin"]:
        raise UsageError(f"Quiet from when to when? Type {QUIET_EXAMPLE}.")
    begin, end = (_time(at.replace(" ", "")) for at in (read["begin"], read["end"]))
    assert begin is not None, "the pattern lets only times through"
    assert end is not None, "the same"
    if begin == end:
        raise UsageError(
            f"Quiet hours from {begin:%H:%M} to {end:%H:%M} are none, or all: type"
            f" {QUIET_EXAMPLE}; “schedule pause” stops the digests."
        )
    return rest, (begin, end)


def _silent(words: str, current: bool) -> tuple[str, bool]:  # noqa: FBT001 - what it was before
    """Return the words without ``silent`` and ``aloud``, and what the last of them says."""
    told = [word.casefold() for word in _SILENT.findall(words)]
    return _SILENT.sub(" ", words), told[-1] == "silent" if told else current


def _loud(schedule: Schedule) -> Schedule:
    """Return the schedule when none of its times lies in its quiet hours."""
    if schedule.quiet is None:
        return schedule
    begin, end = schedule.quiet
    for at in schedule.times:
        if begin <= at < end if begin < end else at >= begin or at < end:
            raise UsageError(
                f"{at:%H:%M} lies in the quiet hours {_span(schedule.quiet)}: give other times,"
                f" or change these: {QUIET_EXAMPLE}."
            )
    return schedule


def _span(quiet: tuple[time, time]) -> str:
    return f"{quiet[0]:%H:%M}-{quiet[1]:%H:%M}"


def schedule_in_words(schedule: Schedule) -> str:
    """Return a schedule as ``parse_schedule`` reads it ("09:00 Asia/Seoul mon quiet 22:00-07:00").

    A pause is not in it.
    """
    times = " ".join(f"{moment:%H:%M}" for moment in schedule.times)
    groups = {days: name for name, days in reversed(DAY_GROUPS.items())}
    named = " ".join(DAYS[day][:3] for day in schedule.weekdays)
    quiet = f" quiet {_span(schedule.quiet)}" if schedule.quiet else ""
    aloud = "" if schedule.silent else " aloud"
    return f"{times} {schedule.zone} {groups.get(schedule.weekdays, named)}{quiet}{aloud}"


def _words(words: str) -> Iterator[str]:
    joined = re.sub(r"(?i)(\d)\s+(am|pm)\b", r"\1\2", words.replace(",", " "))
    for word in joined.split():
        if word.casefold() not in LITTLE_WORDS:
            yield word


def _time(word: str) -> time | None:
    """Return the time of day that a word names, None when it is no time at all."""
    typed = word.casefold()
    if typed in {"noon", "midnight"}:
        return time(12 if typed == "noon" else 0)
    if not typed[0].isdigit():
        return None
    read = _TIME.fullmatch(typed)
    hour, minute = (int(read[1]), int(read[2] or 0)) if read else (99, 0)
    if read and read[3]:
        hour = hour % 12 + (12 if read[3] == "pm" else 0) if 1 <= hour <= 12 else 99
    if not (hour < 24 and minute < 60) or (read and not read[2] and not read[3]):
        raise UsageError(f"“{word}” is no time of day. Write it like 09:00, 18:30 or 6:30pm.")
    return time(hour, minute)


def _days(word: str) -> Sequence[int]:
    """Return the weekdays that a word names; none when it names no weekday."""
    typed = word.casefold()
    for name in (typed, typed + "s"):
        if name in DAY_GROUPS:
            return DAY_GROUPS[name]
    if span := _RANGE.fullmatch(typed):
        first, last = _day(span[1]), _day(span[2])
        if first is not None and last is not None:
            return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    day = _day(typed)
    return () if day is None else (day,)


def _day(typed: str) -> int | None:
    if len(typed) < 3:
        return None
    singular = typed.removesuffix("s") if typed not in {"tues", "thurs"} else typed
    fitting = [index for index, name in enumerate(DAYS) if name.startswith(singular)]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _zones() -> dict[str, str]:
    """Return every zone's name, folded, and that of its city where only one zone has it."""
    names = sorted(available_timezones())
    cities: dict[str, list[str]] = {}
    for name in names:
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/")):
            cities.setdefault(name.rpartition("/")[2].casefold(), []).append(name)
    return {city: full[0] for city, full in cities.items() if len(full) == 1} | {
        name.casefold(): name for name in names
    }


def _zone(word: str) -> str:
    """Return the zone's name as the tz database writes it."""
    known = _zones()
    typed = word.casefold()
    if typed in known:
        return known[typed]
    longer = [name for name in known if len(name) > 4]  # "kst" is not meant as "mst"
    near = difflib.get_close_matches(typed, longer, n=1, cutoff=0.65)
    hint = f"did you mean {known[near[0]]}?" if near else "write a zone like Asia/Seoul."
    raise UsageError(
        f"“{word[:40]}” is no time, weekday or time zone; {hint} For example {EXAMPLE}."
    )
