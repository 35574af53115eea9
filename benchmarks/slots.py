"""The slot rule over every zone and clock change, and two years of a thousand channels.

Run: ``python benchmarks/slots.py [--channels 1000]`` (two to four minutes; prints figures, and ends
with a fault when one slot is not as the rule says).

1. Every zone of the tz database, every change of its clocks from 2020 to 2035: the slots of
   every quarter of an hour around it are compared with an oracle that knows no offsets: it reads
   the local clock minute by minute and takes the first minute that is not before the time.
2. Channels in 20 zones, 24 months, random times and weekdays, every third with quiet hours, with
   random downtime: each slot is run once, or folded into the next one and counted there, and none
   in quiet hours.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from zoneinfo import ZoneInfo, available_timezones

from bot.model import Channel, Schedule, Subscription
from bot.schedule import due, in_quiet, next_slot, slots

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
QUARTERS = tuple(day_time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45))
SEED = 20241020


def changes(zone: ZoneInfo) -> list[datetime]:
    """Return the minutes (UTC) in which the zone's offset changes, 2020 to 2035."""
    found = []
    moment, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    while moment < end:
        later = moment + 7 * DAY
        low, high = moment, later
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                if middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            found.append(high)
        moment = later
    return found


def check_change(zone: str, change: datetime) -> int:
    """Compare the slots within three hours of a change with the oracle; return how many."""
    local = ZoneInfo(zone)
    minutes = [change + step * MINUTE for step in range(-240, 241)]
    walls = [moment.astimezone(local).replace(tzinfo=None) for moment in minutes]
    found = set(slots(Schedule(QUARTERS, zone), minutes[0] - DAY, minutes[-1] + DAY))
    expected = set()
    wall = min(walls)
    reached = 0
    for target in targets(wall, max(walls)):
        while reached < len(walls) and walls[reached] < target:
            reached += 1
        if reached < len(walls):
            expected.add(minutes[reached])
    inner = {moment for moment in expected if minutes[30] < moment < minutes[-30]}
    got = {moment for moment in found if minutes[30] < moment < minutes[-30]}
    if inner != got:
        raise SystemExit(f"{zone} at {change}: wanted {inner - got}, not {got - inner}")
    return len(inner)


def targets(first: datetime, last: datetime) -> list[datetime]:
    """Return every quarter of an hour of the local calendar from first to last."""
    begin = first.replace(minute=first.minute // 15 * 15) + 15 * MINUTE
    count = (last - begin) // (15 * MINUTE)
    return [begin + step * 15 * MINUTE for step in range(count + 1)]


def sweep() -> None:
    began = time.perf_counter()
    zones = sorted(available_timezones())
    count = checked = 0
    for zone in zones:
        for change in changes(ZoneInfo(zone)):
            count += 1
            checked += check_change(zone, change)
    print(
        f"zones {len(zones)}, clock changes {count}, slots around them {checked}: all as the rule"
        f" says ({time.perf_counter() - began:.0f} s)"
    )


def two_years(channels: int) -> None:
    began = time.perf_counter()
    chance = random.Random(SEED)
    zones = chance.sample(sorted(zone for zone in available_timezones() if "/" in zone), 20)
    start, end = datetime(2023, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    outages = []
    moment = start
    while moment < end:
        moment += timedelta(hours=chance.expovariate(1 / 100))
        outages.append((moment, moment + timedelta(hours=chance.expovariate(1 / 6))))
    total = run = late = folded = 0
    for number in range(channels):
        times = {day_time(chance.randrange(24), chance.randrange(60)) for _ in range(2)}
        weekdays = chance.choice([tuple(range(7)), tuple(range(5)), (0, 3)])
        schedule = Schedule(tuple(sorted(times)), zones[number % 20], weekdays)
        if number % 3 == 0:
            schedule = replace(schedule, quiet=quiet_beside(times, chance))
        wish = Subscription(Channel(f"fake:{number}"), schedule, since=start)
        wanted = slots(schedule, start, end)
        done: list[datetime] = []
        told = 0
        for now in ticks(wanted, outages, chance):
            found = due(wish, done[-1] if done else None, now)
            if found and in_quiet(schedule, now):
                raise SystemExit(f"{schedule}: run in quiet hours at {now}")
            if found:
                done.append(found.slot)
                told += found.folded
                late += found.late > timedelta(minutes=10)
        if len(set(done)) != len(done) or not set(done) <= set(wanted):
            raise SystemExit(f"{schedule}: a slot ran twice, or is none")
        if len(done) + told != len([slot for slot in wanted if slot <= (done or [start])[-1]]):
            raise SystemExit(f"{schedule}: {len(wanted)} slots, {len(done)} run, {told} told")
        total, run, folded = total + len(wanted), run + len(done), folded + told
    print(
        f"{channels} channels, 24 months, {len(outages)} outages: {total} slots, {run} run once"
        f" ({late} of them late), {folded} folded and told, 0 twice, 0 silent"
        f" ({time.perf_counter() - began:.0f} s)"
    )


def quiet_beside(times: set[day_time], chance: random.Random) -> tuple[day_time, day_time]:
    """Return quiet hours of up to ten hours that begin after one of the times and hold none."""
    minutes = sorted(60 * at.hour + at.minute for at in times)
    first = chance.choice(minutes)
    room = min(
        ((later - first) % 1440 or 1440) for later in minutes if later != first or len(minutes) == 1
    )
    begin = first + 1
    end = begin + min(600, max(1, room - 2))
    return tuple(day_time(at % 1440 // 60, at % 60) for at in (begin, end))  # type: ignore[return-value]


def ticks(
    wanted: list[datetime], outages: list[tuple[datetime, datetime]], chance: random.Random
) -> list[datetime]:
    """Return when a bot that was down in the outages looks: after each slot, or when it is up."""
    found = []
    place = 0
    for slot in wanted:
        now = slot + timedelta(seconds=chance.uniform(0, 30))
        while place < len(outages) and outages[place][1] < now:
            place += 1
        if place < len(outages) and outages[place][0] <= now:
            now = outages[place][1]
        found.append(now)
        if chance.random() < 0.1:  # a tick too many, and a clock set back
            found += [now, now - timedelta(seconds=chance.uniform(0, 90)), now]
    return found


def speed() -> None:
    zones = sorted(available_timezones())
    now = datetime(2024, 3, 9, 12, tzinfo=UTC)
    plans = [
        Schedule((day_time(number % 24, 30),), zones[number % len(zones)])
        for number in range(10_000)
    ]
    for plan in plans:
        next_slot(plan, now)  # zones are read from disk once
    began = time.process_time()
    for plan in plans:
        next_slot(plan, now)
    print(f"10,000 next slots: {1000 * (time.process_time() - began):.0f} ms of CPU")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--channels", type=int, default=1000)
    options = parser.parse_args()
    speed()
    sweep()
    two_years(options.channels)


if __name__ == "__main__":
    main()
