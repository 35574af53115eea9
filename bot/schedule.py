"""When a channel's digest is due: local times, weekdays, zones and their clock changes (pure).

One run for each local date and time. A time that the clocks skip runs at the first moment
after the gap; a time that comes twice runs the first time; two times that a gap brings to one
moment are one run. Who acts on it is ``bot.publish``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from bot.errors import UsageError
from bot.model import Schedule, Subscription

DAY = timedelta(days=1)
COUNTED_BACK = timedelta(days=366)
"""Missed slots are counted no further back than this."""


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
    into the one returned. Nothing is due from before the subscription or its schedule began, nor
    in quiet hours: what was missed before them is due after them.
    """
    schedule = subscription.schedule
    began = [moment for moment in (last_slot, subscription.since, schedule.since) if moment]
    if schedule.paused or not began or in_quiet(schedule, now):
        return None
    missed = slots(schedule, max([*began, now - COUNTED_BACK]), now)
    if not missed:
        return None
    return Due(missed[-1], late=now - missed[-1], folded=len(missed) - 1)


def in_quiet(schedule: Schedule, now: datetime) -> bool:
    """Tell whether a moment lies in the quiet hours [begin, end) of the channel's own clocks."""
    if schedule.quiet is None:
        return False
    at = now.astimezone(_zone_info(schedule.zone)).time()
    begin, end = schedule.quiet
    return begin <= at < end if begin < end else at >= begin or at < end


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
