"""Ten thousand deliveries, 30% faults, a thousand kills: none lost, none double.

Run: ``python -m benchmarks.deliveries [--channels 100 --slots 20 --parts 3 --kills 1000]``
(a few minutes; prints figures, and ends with a fault when one delivery is lost or double).

Half of the channels are on a fake Discord, half on a fake Slack. For every digest there are two
notes: an alert, and a correction in the digest's thread. The store is the real one, on disk. How
the platforms fail and what a kill is stands in ``benchmarks/mortal.py``; a real kill -9 of a real
writer is in ``benchmarks/kills.py``.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from pathlib import Path

from benchmarks.mortal import Kill, MortalStore, Platform, Reaper
from bot.delivery_model import Delivery, DeliveryState
from bot.message import Message, Note, Small, plain
from bot.model import Channel, Schedule, Subscription
from bot.publish import Composed, NoteQueue, Publisher
from bot.store import SqlStore, open_store

START = datetime(2024, 10, 21, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SEED = 20241021
KINDS = ("alert", "correction")


def composer(parts: int) -> Callable[[Subscription, datetime, datetime], Composed]:
    def compose(wish: Subscription, since: datetime, until: datetime) -> Composed:
        text = f"{wish.channel.key} {since:%H:%M} {until:%H:%M}"
        blocks = tuple(Small(plain(f"{text} {part}")) for part in range(parts))
        return Composed(Message(blocks, text), {f"s{until:%d%H}": [f"a{until:%d%H}"]})

    return compose


async def life(
    store: SqlStore, platforms: list[Platform], reaper: Reaper, parts: int, wanted: list[Wanted]
) -> None:
    """Run one life of the publisher for one tick, after the notes that are wanted by now."""
    mortal = MortalStore(store, reaper)
    publisher = Publisher(mortal, platforms, composer(parts))  # type: ignore[arg-type]
    now = platforms[0].now
    while wanted and wanted[-1][1] <= now:
        write(store, publisher.notes, wanted[-1], now)
        wanted.pop()
    await publisher.tick(now)


Wanted = tuple[str, datetime, str]
"""The channel, when a note is to be written (an alert at its slot, a correction an hour after)
and its kind."""


def write(store: SqlStore, notes: NoteQueue, wanted: Wanted, now: datetime) -> None:
    """Write a note, a correction into the thread of the digest of an hour before."""
    channel, due, kind = wanted
    thread = ""
    if kind == "correction":
        first = store.parts(channel, due - HOUR)[:1]
        if not first or first[0].state is not DeliveryState.SENT:
            return  # that digest was folded into the next: nothing was shown
        thread = first[0].remote_id
    text = Message((Small(plain(f"{kind} {due:%d %H}")),), kind)
    notes.note(Note(channel, f"{kind} {due:%Y%m%dT%H}", text, thread), now=now)


def keys(channels: int) -> list[str]:
    """Return the channels: half on Discord, half on Slack."""
    return [f"{('discord', 'slack')[number % 2]}:G:{number}" for number in range(channels)]


def run(place: Path, channels: int, slots: int, parts: int, kills: int) -> None:
    chance = random.Random(SEED)
    moments = channels * slots * (4 + parts * 9 + len(KINDS) * 12)
    reaper = Reaper(chance, kills, moments=int(moments * 0.6))
    platforms = [Platform(name, chance, reaper, start=START) for name in ("discord", "slack")]
    platform = platforms[0]
    store = open_store(str(place))
    schedule = Schedule(tuple(day_time(hour) for hour in range(24)))
    for channel in keys(channels):
        store.save_subscription(Subscription(Channel(channel), schedule, since=START - MINUTE))
    wanted = sorted(
        (
            (channel, START + (hour + KINDS.index(kind)) * HOUR, kind)
            for channel in keys(channels)
            for hour in range(slots)
            for kind in KINDS
        ),
        key=lambda one: one[1],
        reverse=True,
    )
    began, reopened = time.perf_counter(), 0.0
    end = START + timedelta(hours=slots - 1)
    while wanted or platform.now <= end or store.unfinished():
        for one in platforms:
            one.now = platform.now
            one.arrive()
        try:
            asyncio.run(life(store, platforms, reaper, parts, wanted))
        except Kill:
            again = time.perf_counter()
            store.close()
            store = open_store(str(place))
            reaper.dead = False
            reopened += time.perf_counter() - again
            platform.now += MINUTE / 6  # up again within seconds
            continue
        platform.now = following(store, platform.now, end + HOUR)
    judge(store, platforms, channels, slots, parts)
    print(f"kills {sum(reaper.where.values())}: {dict(sorted(reaper.where.items()))}")
    for one in platforms:
        print(f"faults met on {one.platform}: {dict(one.met)}")
    print(f"{time.perf_counter() - began:.0f} s, {reopened:.0f} s of it opening the store again")
    store.close()


def following(store: SqlStore, now: datetime, end: datetime) -> datetime:
    """Return the next simulated minute; the next hour when nothing waits."""
    if store.unfinished() or now >= end:
        return now + MINUTE
    return (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


def judge(
    store: SqlStore, platforms: list[Platform], channels: int, slots: int, parts: int
) -> None:
    histories = {channel: posts for one in platforms for channel, posts in one.history.items()}
    threads = {key: thread for one in platforms for key, thread in one.threads.items()}
    posted = Counter(key for posts in histories.values() for key in posts)
    lost, folded, disorder, notes = [], 0, 0, 0
    for channel in keys(channels):
        for hour in range(slots):
            slot = START + hour * HOUR
            kept = store.parts(channel, slot)
            lost += broken(kept, posted)
            if not kept or all(part.state is DeliveryState.FAILED for part in kept):
                folded += 1  # counted in the next digest, which says so
            elif not parts <= len(kept) <= parts + 1:  # one more when it says that it is late
                lost.append(f"{channel} {hour}: {len(kept)} parts")
            for kind in KINDS:
                due = slot + KINDS.index(kind) * HOUR
                note = store.parts_of_note(channel, f"{kind} {due:%Y%m%dT%H}")
                shown = any(part.state is DeliveryState.SENT for part in kept)
                if not note and (kind == "alert" or shown):
                    lost.append(f"{channel} {hour}: no {kind}")
                lost += broken(note, posted) + [
                    f"{one.key}: out of its thread"
                    for one in note
                    if kind == "correction" and threads[one.key] != kept[0].remote_id
                ]
                notes += len(note)
        order = [key for key in histories.get(channel, []) if "!" not in key]
        disorder += order != sorted(order)
    double = [key for key, count in posted.items() if count > 1]
    print(
        f"{sum(posted.values())} deliveries ({notes} of them notes) for {channels * slots} slots:"
        f" {len(lost)} lost, {len(double)} double, {folded} digests folded into the next,"
        f" {disorder} channels out of order"
    )
    if lost or double or disorder:
        raise SystemExit(f"lost {lost[:5]}, double {double[:5]}")


def broken(kept: list[Delivery], posted: Counter[str]) -> list[str]:
    """Return the parts that count as sent and are not there, or are missing from what was sent."""
    states = {part.state for part in kept}
    return [
        part.key
        for part in kept
        if (part.state is DeliveryState.SENT and posted[part.key] == 0)
        or (part.state is not DeliveryState.SENT and DeliveryState.SENT in states)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--channels", type=int, default=100)
    parser.add_argument("--slots", type=int, default=20)
    parser.add_argument("--parts", type=int, default=3)
    parser.add_argument("--kills", type=int, default=1000)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "news.sqlite3"
        run(place, options.channels, options.slots, options.parts, options.kills)


if __name__ == "__main__":
    main()
