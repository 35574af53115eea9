"""Ten thousand deliveries, 30% faults, a thousand kills: none lost, none double.

Run: ``python benchmarks/deliveries.py [--channels 100 --slots 20 --parts 5 --kills 1000]``
(a few minutes; prints figures, and ends with a fault when one delivery is lost or double).

The store is the real one, on disk. The platform is a fake in this process that accepts a post
and loses the answer, accepts it late (after the publisher has given up waiting), breaks before
it posts, asks to wait, or refuses. A kill is a BaseException out of any question to the store
(before or after its commit) or out of any post or look (before or after the platform has it);
from then on everything fails until the store is opened again, as after kill -9. A real kill -9
of a real writer is in ``benchmarks/kills.py``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from pathlib import Path

from bot.errors import ChatError
from bot.message import Message, Small, plain
from bot.model import Channel, Delivery, DeliveryState, Schedule, Subscription
from bot.publish import Composed, Publisher
from bot.store import SqlStore, open_store

START = datetime(2024, 10, 21, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SEED = 20241021
WRITES = {"save_subscription", "freeze", "claim", "mark_sent", "mark_failed"}
FAULTS = (
    ("answer lost", 0.06),
    ("accepted late", 0.06),
    ("broken before", 0.06),
    ("too many requests", 0.06),
    ("server error", 0.06),
)
LATEST = timedelta(seconds=55)
"""A post that is accepted late is there by then: before anyone looks."""


class Kill(BaseException):
    """The process is dead."""


class Reaper:
    """Kills at random moments, and keeps what is dead dead until the next life."""

    def __init__(self, chance: random.Random, kills: int, moments: int) -> None:
        self.chance, self.left, self.rate = chance, kills, kills / moments
        self.dead = False
        self.where: Counter[str] = Counter()

    def pass_by(self, where: str) -> None:
        if self.dead:
            raise Kill
        if self.left and self.chance.random() < self.rate:
            self.left -= 1
            self.dead = True
            self.where[where] += 1
            raise Kill


class MortalStore:
    """The real store, with death before and after each of its commits."""

    def __init__(self, store: SqlStore, reaper: Reaper) -> None:
        self._store, self._reaper = store, reaper

    def __getattr__(self, name: str) -> Callable[..., object]:
        question = getattr(self._store, name)

        def asked(*args: object, **named: object) -> object:
            if name not in WRITES:
                if self._reaper.dead:
                    raise Kill
                return question(*args, **named)
            self._reaper.pass_by(f"before {name}")
            answer = question(*args, **named)
            self._reaper.pass_by(f"after {name}")
            return answer

        return asked


class Platform:
    """The far side: it outlives the kills."""

    platform = "fake"

    def __init__(self, chance: random.Random, reaper: Reaper) -> None:
        self.chance, self.reaper = chance, reaper
        self.now = START
        self.history: dict[str, list[str]] = {}
        self.coming: list[tuple[datetime, Delivery]] = []
        self.met: Counter[str] = Counter()

    def arrive(self) -> None:
        for moment, delivery in [*self.coming]:
            if moment <= self.now:
                self.coming.remove((moment, delivery))
                self._post(delivery)

    def _post(self, delivery: Delivery) -> str:
        posts = self.history.setdefault(delivery.channel, [])
        posts.append(delivery.key)
        return str(len(posts))

    async def admins(self, channel: str) -> tuple[str, ...]:  # noqa: ARG002 - the door's form
        return ()

    def freeze(self, message: Message) -> tuple[str, ...]:
        return tuple(json.dumps(repr(block)) for block in message.blocks)

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:  # noqa: ARG002 - the door's form
        await asyncio.sleep(0)
        self.reaper.pass_by("before a post")
        fault = self._fault()
        self.met[fault] += 1
        if fault == "broken before":
            raise ConnectionResetError
        if fault in {"too many requests", "server error"}:
            raise ChatError(fault)
        if fault == "accepted late":
            later = self.now + self.chance.random() * LATEST
            self.coming.append((later, delivery))
            raise TimeoutError
        posted = self._post(delivery)
        self.reaper.pass_by("after a post")
        await asyncio.sleep(0)
        if fault == "answer lost":
            raise ConnectionResetError
        return posted

    async def find(self, delivery: Delivery) -> str:
        await asyncio.sleep(0)
        self.reaper.pass_by("before a look")
        if self.chance.random() < 0.3:
            raise ConnectionResetError
        posts = self.history.get(delivery.channel, [])
        return str(posts.index(delivery.key) + 1) if delivery.key in posts else ""

    async def close(self) -> None:
        """Nothing is open."""

    async def run(self) -> None:
        """Nothing comes in."""

    def _fault(self) -> str:
        drawn = self.chance.random()
        for name, share in FAULTS:
            drawn -= share
            if drawn < 0:
                return name
        return "none"


def composer(parts: int) -> Callable[[Subscription, datetime, datetime], Composed]:
    def compose(wish: Subscription, since: datetime, until: datetime) -> Composed:
        text = f"{wish.channel.key} {since:%H:%M} {until:%H:%M}"
        blocks = tuple(Small(plain(f"{text} {part}")) for part in range(parts))
        return Composed(Message(blocks, text), {f"s{until:%d%H}": [f"a{until:%d%H}"]})

    return compose


async def life(store: SqlStore, platform: Platform, reaper: Reaper, parts: int) -> None:
    """Run one life of the publisher for one tick."""
    mortal = MortalStore(store, reaper)
    publisher = Publisher(mortal, [platform], composer(parts))  # type: ignore[list-item,arg-type]
    await publisher.tick(platform.now)


def run(place: Path, channels: int, slots: int, parts: int, kills: int) -> None:
    chance = random.Random(SEED)
    reaper = Reaper(chance, kills, moments=int(channels * slots * (4 + parts * 9) * 0.8))
    platform = Platform(chance, reaper)
    store = open_store(str(place))
    schedule = Schedule(tuple(day_time(hour) for hour in range(24)))
    for number in range(channels):
        store.save_subscription(
            Subscription(Channel(f"fake:{number}"), schedule, since=START - MINUTE)
        )
    began, reopened = time.perf_counter(), 0.0
    end = START + timedelta(hours=slots - 1)
    while platform.now <= end or store.unfinished():
        platform.arrive()
        try:
            asyncio.run(life(store, platform, reaper, parts))
        except Kill:
            again = time.perf_counter()
            store.close()
            store = open_store(str(place))
            reaper.dead = False
            reopened += time.perf_counter() - again
            platform.now += MINUTE / 6  # up again within seconds
            continue
        platform.now = following(store, platform.now, end)
    judge(store, platform, channels, slots, parts)
    print(f"kills {sum(reaper.where.values())}: {dict(sorted(reaper.where.items()))}")
    print(f"faults met: {dict(platform.met)}")
    print(f"{time.perf_counter() - began:.0f} s, {reopened:.0f} s of it opening the store again")
    store.close()


def following(store: SqlStore, now: datetime, end: datetime) -> datetime:
    """Return the next simulated minute; the next hour when nothing waits."""
    if store.unfinished() or now >= end:
        return now + MINUTE
    return (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


def judge(store: SqlStore, platform: Platform, channels: int, slots: int, parts: int) -> None:
    posted = Counter(key for posts in platform.history.values() for key in posts)
    lost, double, folded, disorder = [], [], 0, 0
    for number in range(channels):
        channel = f"fake:{number}"
        for hour in range(slots):
            kept = store.parts(channel, START + timedelta(hours=hour))
            if not kept or all(part.state is DeliveryState.FAILED for part in kept):
                folded += 1  # counted in the next digest, which says so
            elif not parts <= len(kept) <= parts + 1:  # one more when it says that it is late
                lost.append(f"{channel} {hour}: {len(kept)} parts")
            lost += [
                part.key
                for part in kept
                if part.state is DeliveryState.SENT and posted[part.key] == 0
            ]
            lost += [
                part.key
                for part in kept
                if part.state is not DeliveryState.SENT
                and any(one.state is DeliveryState.SENT for one in kept)
            ]
        order = platform.history.get(channel, [])
        disorder += order != sorted(order)
    double = [key for key, count in posted.items() if count > 1]
    print(
        f"{sum(posted.values())} deliveries of {channels * slots} digests: {len(lost)} lost,"
        f" {len(double)} double, {folded} digests folded into the next,"
        f" {disorder} channels out of order"
    )
    if lost or double or disorder:
        raise SystemExit(f"lost {lost[:5]}, double {double[:5]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--channels", type=int, default=100)
    parser.add_argument("--slots", type=int, default=20)
    parser.add_argument("--parts", type=int, default=5)
    parser.add_argument("--kills", type=int, default=1000)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "news.sqlite3"
        run(place, options.channels, options.slots, options.parts, options.kills)


if __name__ == "__main__":
    main()
