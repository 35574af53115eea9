"""Once per slot, whatever happens: the publisher over a store and a platform that fails."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from fakes import FakeChat, FakePlatform, Fault

from bot.delivery_model import Delivery, DeliveryState
from bot.message import Message, Paragraph, Small, plain, words
from bot.model import Channel, Schedule, Subscription
from bot.ports import Store
from bot.publish import Composed, Publisher
from bot.publish.outbox import UNKNOWN_FOR
from bot.publish.press import told_late
from bot.schedule import Due

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
KEY = "fake:G1:C1"


@pytest.fixture
def store(each_store: Store) -> Store:
    """The publisher keeps its promises over the fake store and over the real one."""
    each_store.save_subscription(subscribed(KEY))
    return each_store


def subscribed(key: str, **schedule: object) -> Subscription:
    return Subscription(
        Channel(key),
        Schedule((time(7),), **schedule),  # type: ignore[arg-type]
        since=SEVEN - DAY / 2,
    )


def digest(subscription: Subscription, since: datetime, until: datetime) -> Composed:
    blocks = tuple(Paragraph(plain(f"{number} {until:%d %H:%M}")) for number in range(5))
    return Composed(Message(blocks, "news"), {"s1": [f"a{until:%d}"]})


def faults(*chosen: Fault) -> Callable[[Delivery], Fault]:
    """Each post in turn meets one of these, then none."""
    left = list(chosen)
    return lambda _: left.pop(0) if left else Fault.NONE


class Bench:
    """A publisher, its platform, and what it told."""

    def __init__(self, store: Store, *chosen: Fault) -> None:
        self.store = store
        self.platform = FakePlatform(faults(*chosen))
        self.publisher = Publisher(store, [FakeChat(self.platform)], digest)
        self.notices: list[str] = []

    async def tick(self, now: datetime) -> None:
        self.notices += [notice.text for notice in await self.publisher.tick(now)]

    async def ticks(self, now: datetime, until: datetime, step: timedelta = MINUTE) -> None:
        while now <= until:
            await self.tick(now)
            now += step

    @property
    def keys(self) -> list[str]:
        """The keys of the digests' parts that stand in the channel."""
        return [post.key for post in self.platform.history[KEY] if "!" not in post.key]


async def test_nothing_is_sent_before_its_time(store: Store) -> None:
    bench = Bench(store)
    await bench.tick(SEVEN - MINUTE)
    assert bench.keys == []


async def test_a_slot_is_sent_once_in_parts_and_in_order(store: Store) -> None:
    bench = Bench(store)
    await bench.ticks(SEVEN, SEVEN + 10 * MINUTE)
    assert bench.keys == [f"{KEY}@20241021T0700#0", f"{KEY}@20241021T0700#1"]
    first, second = bench.platform.history[KEY]
    assert (first.thread, second.thread) == ("", first.remote_id)
    assert store.briefed(KEY) == {"s1": ("a21",)}
    assert bench.notices == []


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.NOT_SENT, Fault.REFUSED, Fault.STALLED])
@pytest.mark.parametrize("at", [0, 1])
async def test_every_part_stands_there_once_after_a_fault(
    store: Store, fault: Fault, at: int
) -> None:
    bench = Bench(store, *[Fault.NONE] * at, fault)
    await bench.ticks(SEVEN, SEVEN + 10 * MINUTE)
    assert bench.keys == [f"{KEY}@20241021T0700#0", f"{KEY}@20241021T0700#1"]
    first, second = bench.platform.history[KEY]
    assert second.thread == first.remote_id


async def test_an_unknown_outcome_is_not_looked_up_while_it_may_still_arrive(store: Store) -> None:
    bench = Bench(store, Fault.NOT_SENT)
    await bench.tick(SEVEN)
    await bench.tick(SEVEN + UNKNOWN_FOR / 2)
    assert bench.keys == []
    await bench.tick(SEVEN + UNKNOWN_FOR * 2)
    assert len(bench.keys) == 2


async def test_an_outcome_that_cannot_be_looked_up_is_given_up_and_told(store: Store) -> None:
    """Rather never than twice; the parts after it still come."""
    bench = Bench(store, Fault.ANSWER_LOST)
    bench.platform.blind = True
    await bench.ticks(SEVEN, SEVEN + timedelta(hours=10), 5 * MINUTE)
    assert bench.keys == [f"{KEY}@20241021T0700#0", f"{KEY}@20241021T0700#1"]
    (notice,) = bench.notices
    assert "may or may not have been posted" in notice


async def test_a_refused_channel_is_tried_with_growing_pauses_told_once_and_resumed(
    store: Store,
) -> None:
    bench = Bench(store, *[Fault.FORBIDDEN] * 3)
    tries = []
    bench.platform.fault, answer = (
        lambda one: tries.append(one.attempts) or answer(one),
        bench.platform.fault,
    )
    await bench.ticks(SEVEN, SEVEN + timedelta(hours=6, minutes=59), 5 * MINUTE)
    assert tries == [0, 1, 2]
    assert [notice.split(":")[0] for notice in bench.notices] == ["A digest could not be posted"]
    assert store.subscription(KEY).problem == "the channel refused it"  # type: ignore[union-attr]
    await bench.ticks(SEVEN + timedelta(hours=7), SEVEN + timedelta(hours=8))
    assert len(bench.keys) == 2
    assert bench.notices[1:] == ["Digests can be posted here again, and are."]
    assert store.subscription(KEY).problem == ""  # type: ignore[union-attr]


async def test_a_digest_that_surely_was_not_sent_gives_way_to_the_next_slots(store: Store) -> None:
    """Its news is not lost: it counts as not shown, and the next digest reaches back."""
    bench = Bench(store)
    bench.platform.fault = lambda one: Fault.REFUSED if one.slot == SEVEN else Fault.NONE
    await bench.ticks(SEVEN, SEVEN + DAY + timedelta(hours=3), 20 * MINUTE)
    assert bench.keys == [f"{KEY}@20241022T0700#0", f"{KEY}@20241022T0700#1"]
    assert "1 missed digest is folded" in bench.platform.posted(KEY)[0]
    assert store.briefed(KEY) == {"s1": ("a22",)}
    first = store.parts(KEY, SEVEN)
    assert {part.state for part in first} == {DeliveryState.FAILED}


async def test_a_stop_in_the_middle_of_giving_way_leaves_no_half_digest(store: Store) -> None:
    bench = Bench(store, Fault.REFUSED)
    await bench.tick(SEVEN)
    store.mark_failed(store.parts(KEY, SEVEN)[0], next_try=None)
    await bench.ticks(SEVEN + DAY, SEVEN + DAY + MINUTE)
    assert bench.keys == [f"{KEY}@20241022T0700#0", f"{KEY}@20241022T0700#1"]


async def test_a_message_without_parts_is_an_empty_slot(store: Store) -> None:
    platform = FakePlatform()
    chat = FakeChat(platform)
    chat.freeze = lambda _: ()  # type: ignore[method-assign]
    await Publisher(store, [chat], digest).tick(SEVEN)
    assert store.last_slot(KEY) == SEVEN
    assert store.unfinished() == []


async def test_the_rest_of_a_begun_digest_is_given_up_when_it_is_refused_for_good(
    store: Store,
) -> None:
    bench = Bench(store, Fault.NONE, *[Fault.FORBIDDEN] * 5)
    await bench.ticks(SEVEN, SEVEN + DAY + timedelta(hours=9), 20 * MINUTE)
    assert bench.keys == [
        f"{KEY}@20241021T0700#0",
        f"{KEY}@20241022T0700#0",
        f"{KEY}@20241022T0700#1",
    ]


async def test_a_stopped_bot_catches_up_the_last_missed_slot_once_and_says_so(
    store: Store,
) -> None:
    bench = Bench(store)
    await bench.ticks(SEVEN + 2 * DAY + 95 * MINUTE, SEVEN + 2 * DAY + 99 * MINUTE)
    assert bench.keys == [f"{KEY}@20241023T0700#0", f"{KEY}@20241023T0700#1"]
    told = bench.platform.posted(KEY)[0]
    assert "Due at 07:00 on Wednesday, 23 October; comes 1 h 35 min late." in told
    assert "2 missed ones are folded into this one." in told


async def test_a_clock_that_jumps_ahead_and_back_does_no_harm(store: Store) -> None:
    bench = Bench(store)
    await bench.tick(SEVEN)
    await bench.tick(SEVEN + 900 * DAY)
    await bench.tick(SEVEN + MINUTE)
    sent = len(bench.keys)
    await bench.tick(SEVEN + DAY)
    assert bench.keys[sent:] == [f"{KEY}@20241022T0700#0", f"{KEY}@20241022T0700#1"]
    assert len(bench.keys) == len(set(bench.keys))


async def test_what_was_begun_before_a_stop_is_taken_up_and_nothing_new(store: Store) -> None:
    bench = Bench(store, Fault.ANSWER_LOST)
    await bench.tick(SEVEN)
    again = Bench(store)
    again.platform.history = bench.platform.history
    await again.publisher.recover(SEVEN + 2 * DAY)
    assert again.keys == [f"{KEY}@20241021T0700#0", f"{KEY}@20241021T0700#1"]


async def test_an_empty_slot_is_done_without_a_post(store: Store) -> None:
    calls = []

    def nothing(subscription: Subscription, since: datetime, until: datetime) -> None:
        calls.append((since, until))

    platform = FakePlatform()
    publisher = Publisher(store, [FakeChat(platform)], nothing)
    await publisher.tick(SEVEN)
    await publisher.tick(SEVEN + MINUTE)
    await publisher.tick(SEVEN + DAY)
    assert calls == [(SEVEN - DAY / 2, SEVEN), (SEVEN, SEVEN + DAY)]
    assert platform.posted(KEY) == []


async def test_a_channel_that_fails_does_not_hold_up_the_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.save_subscription(subscribed("fake:G1:C2"))

    def broken(subscription: Subscription, since: datetime, until: datetime) -> Message:
        if subscription.channel.key == KEY:
            raise RuntimeError("no digest today")
        return Message((Small(plain("news")),), "news")

    platform = FakePlatform()
    await Publisher(store, [FakeChat(platform)], broken).tick(SEVEN)
    assert platform.posted(KEY) == []
    assert len(platform.posted("fake:G1:C2")) == 1
    assert "no digest today" in caplog.text


async def test_a_channel_of_a_platform_that_is_not_there_waits(store: Store) -> None:
    store.save_subscription(subscribed("slack:T1:C1"))
    bench = Bench(store)
    await bench.tick(SEVEN)
    assert store.last_slot("slack:T1:C1") is None


async def test_a_subscription_without_a_beginning_begins_now(store: Store) -> None:
    store.save_subscription(replace(subscribed(KEY), since=None))
    bench = Bench(store)
    await bench.tick(SEVEN + MINUTE)
    assert bench.keys == []
    assert store.subscription(KEY).since >= SEVEN + MINUTE  # type: ignore[union-attr,operator]
    await bench.tick(SEVEN + DAY)
    assert len(bench.keys) == 2


async def test_two_ticks_at_once_send_a_slot_once(store: Store) -> None:
    bench = Bench(store)
    await asyncio.gather(bench.tick(SEVEN), bench.tick(SEVEN))
    assert len(bench.keys) == 2


def test_a_digest_on_time_says_nothing_of_lateness() -> None:
    message = Message((), "news")
    assert told_late(message, Due(SEVEN, MINUTE), "UTC") is message
    late = told_late(message, Due(SEVEN, timedelta(minutes=40)), "Asia/Seoul")
    (small,) = late.blocks
    assert isinstance(small, Small)
    assert words(small.text) == "Due at 16:00 on Monday, 21 October; comes 40 min late."
