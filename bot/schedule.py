"""When a channel's digest is due: local times, weekdays, zones and their clock changes (pure).

One run for each local date and time. A time that the clocks skip runs at the first moment
after the gap; a time that comes twice runs the first time; two times that a gap brings to one
moment are one run. Who acts on it is ``bot.publish``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, takewhile
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import UsageError
from bot.model import Schedule, Subscription

DAY = timedelta(days=1)
COUNTED_BACK = timedelta(days=366)
"""Missed slots are counted no further back than this."""

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

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?")
_RANGE = re.compile(r"([a-z]+)[-–]([a-z]+)")


@dataclass(frozen=True, slots=True)
class Due:
    """The slot (UTC) to run now, how late that is, and how many missed ones it stands for too."""

    slot: datetime
    late: timedelta
    folded: int = 0


def slots(schedule: Schedule, after: datetime, until: datetime) -> list[datetime]:
    """Return the slots in (after, until], in UTC, oldest first. A pause is not asked about."""
    return list(takewhile(lambda slot: slot <= until, _slots_after(schedule, after)))


def next_slots(schedule: Schedule, now: datetime, count: int) -> list[datetime]:
    """Return the next slots after now, in UTC; none while paused."""
    return [] if schedule.paused else list(islice(_slots_after(schedule, now), count))


def next_slot(schedule: Schedule, now: datetime) -> datetime | None:
    """Return the next slot after now, in UTC; None while paused."""
    return next(iter(next_slots(schedule, now, 1)), None)


def due(subscription: Subscription, last_slot: datetime | None, now: datetime) -> Due | None:
    """Return the newest slot that is due and was not run, None when there is none.

    ``last_slot`` is the newest slot not after now that was run. Older missed slots are folded
    into the one returned. Nothing is due from before the subscription or its schedule began.
    """
    schedule = subscription.schedule
    began = [moment for moment in (last_slot, subscription.since, schedule.since) if moment]
    if schedule.paused or not began:
        return None
    missed = slots(schedule, max([*began, now - COUNTED_BACK]), now)
    if not missed:
        return None
    return Due(missed[-1], late=now - missed[-1], folded=len(missed) - 1)


def parse_schedule(words: str, *, zone: str = "UTC", current: Schedule | None = None) -> Schedule:
    """Return the schedule that someone typed: times, weekdays and a zone in any order.

    Without a zone it is the current schedule's, else ``zone``; without weekdays it is every day.
    ``pause`` and ``resume`` keep the current times.

    Raises:
        UsageError: a word is not understood; the text says what to type.

    """
    base = current or Schedule(zone=zone)
    typed = words.strip().casefold()
    if typed in {"pause", "off", "stop"}:
        return replace(base, paused=True)
    if typed in {"resume", "on", "start"}:
        return replace(base, paused=False)
    times: list[time] = []
    days: list[int] = []
    found = ""
    for word in _words(words):
        if (moment := _time(word)) is not None:
            times.append(moment)
        elif named := _days(word):
            days.extend(named)
        elif found:
            raise UsageError(f"Two time zones: {found} and {word}. Give one: {EXAMPLE}.")
        else:
            found = _zone(word)
    if not times:
        raise UsageError(f"When? Give at least one time, for example {EXAMPLE}.")
    if len(set(times)) > MOST_TIMES:
        raise UsageError(f"At most {MOST_TIMES} times a day; these are {len(set(times))}.")
    return Schedule(
        times=tuple(sorted(set(times))),
        zone=found or base.zone,
        weekdays=tuple(sorted(set(days))) or tuple(range(7)),
    )


def schedule_in_words(schedule: Schedule) -> str:
    """Return a schedule as ``parse_schedule`` reads it ("09:00 18:30 Asia/Seoul weekdays")."""
    times = " ".join(f"{moment:%H:%M}" for moment in schedule.times)
    groups = {days: name for name, days in reversed(DAY_GROUPS.items())}
    named = " ".join(DAYS[day][:3] for day in schedule.weekdays)
    return f"{times} {schedule.zone} {groups.get(schedule.weekdays, named)}"


def _slots_after(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Yield every slot after a moment, oldest first, each once."""
    if not schedule.times or not schedule.weekdays:
        return
    zone = _zone_info(schedule.zone)
    last = after
    # A gap can carry the evening before past midnight: begin a day early.
    day = after.astimezone(zone).date() - DAY
    while day < date.max - DAY:
        if day.weekday() in schedule.weekdays:
            for slot in sorted(_moment(day, at, zone) for at in schedule.times):
                if slot > last:
                    last = slot
                    yield slot
        day += DAY


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when a local date and time comes, in UTC: the first moment that is not before it."""
    local = datetime.combine(day, at, zone).replace(fold=0)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # In a gap: the offset of before the change lands after it, the later offset before it.
    before, after = local.replace(fold=1).astimezone(UTC), moment
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


@cache  # ZoneInfo itself keeps only the last few zones
def _zone_info(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise UsageError(
            f"{name} is no time zone of this machine: set the schedule anew."
        ) from fault


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
    raise UsageError(f"“{word}” is no time, weekday or time zone; {hint} For example {EXAMPLE}.")
