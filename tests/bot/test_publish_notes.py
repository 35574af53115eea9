"""Notes: messages outside digests, posted once by their name, whatever happens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from fakes import FakeChat, FakePlatform, Fault

from bot.delivery_model import Delivery, DeliveryState
from bot.message import Message, Note, Paragraph, plain
from bot.model import Channel, Schedule, Subscription
from bot.ports import Store
from bot.publish import Publisher

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
KEY, ADMIN = "fake:G1:C1", "fake:G1:U9"


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def digest(subscription: Subscription, since: datetime, until: datetime) -> Message:
    return Message((Paragraph(plain("news")),), "news")


def note(name: str = "feed-down https://a.example", **more: object) -> Note:
    message = Message((Paragraph(plain(f"about {name}")),), name, private=False)
    return Note(KEY, name, message, **more)  # type: ignore[arg-type]


def faults(*chosen: Fault) -> Callable[[Delivery], Fault]:
    left = list(chosen)
    return lambda _: left.pop(0) if left else Fault.NONE


class Bench:
    """A publisher over a platform that survives it."""

    def __init__(self, store: Store, *chosen: Fault, platform: FakePlatform | None = None) -> None:
        self.platform = platform or FakePlatform(faults(*chosen))
        self.chat = FakeChat(self.platform, blocks=1)
        self.publisher = Publisher(store, [self.chat], digest)

    async def ticks(self, now: datetime, until: datetime, step: timedelta = MINUTE) -> None:
        while now <= until:
            await self.publisher.tick(now)
            now += step

    def texts(self, channel: str = KEY) -> list[str]:
        return self.platform.posted(channel)


async def test_a_note_is_posted_once_by_its_name(store: Store) -> None:
    """Also when it is written again after it was sent, and by another life of the program."""
    bench = Bench(store)
    assert bench.publisher.notes.note(note(), now=SEVEN)
    assert not bench.publisher.notes.note(note(), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + 3 * MINUTE)
    again = Bench(store, platform=bench.platform)
    assert not again.publisher.notes.note(note(), now=SEVEN + HOUR)
    assert again.publisher.notes.note(note("feed-up https://a.example"), now=SEVEN + HOUR)
    await again.ticks(SEVEN + HOUR, SEVEN + HOUR + 3 * MINUTE)
    assert len(bench.texts()) == 2


@pytest.mark.parametrize("fault", list(Fault))
async def test_a_note_stands_there_once_after_a_fault(store: Store, fault: Fault) -> None:
    bench = Bench(store, fault)
    bench.publisher.notes.note(note(), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + 2 * HOUR, 5 * MINUTE)
    assert len(bench.texts()) == 1
    assert store.unfinished() == []


async def test_two_notes_of_one_moment_are_two(store: Store) -> None:
    bench = Bench(store)
    assert bench.publisher.notes.note(note("one"), now=SEVEN)
    assert bench.publisher.notes.note(note("two"), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + MINUTE)
    assert len(bench.texts()) == 2


async def test_a_note_goes_into_the_thread_that_it_names(store: Store) -> None:
    """With all its parts: the first does not head a thread of its own."""
    bench = Bench(store)
    blocks = tuple(Paragraph(plain(words)) for words in ("one", "two"))
    message = Message(blocks, "two parts", private=False)
    bench.publisher.notes.note(Note(KEY, "correction", message, thread="m7"), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + MINUTE)
    assert [post.thread for post in bench.platform.history[KEY]] == ["m7", "m7"]


async def test_a_note_is_no_slot(store: Store) -> None:
    """The channel's digest comes as if there were no note, and is due but once."""
    store.save_subscription(
        Subscription(Channel(KEY), Schedule((time(7),)), since=SEVEN - 12 * HOUR)
    )
    bench = Bench(store)
    bench.publisher.notes.note(note(), now=SEVEN)
    assert store.last_slot(KEY) is None
    await bench.ticks(SEVEN, SEVEN + 3 * MINUTE)
    assert store.last_slot(KEY, sent=True) == SEVEN
    assert len(bench.texts()) == 2


async def test_a_stale_note_is_given_up(store: Store) -> None:
    """What is worth nothing tomorrow is not posted tomorrow; what may be there stays so."""
    bench = Bench(store, Fault.REFUSED)
    bench.publisher.notes.note(note(expires=SEVEN + MINUTE), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + HOUR)
    assert bench.texts() == []
    (part,) = store.parts_of_note(KEY, note().name)
    assert part.state is DeliveryState.FAILED


async def test_a_note_that_is_refused_for_good_is_given_up_and_holds_up_no_digest(
    store: Store,
) -> None:
    store.save_subscription(
        Subscription(Channel(KEY), Schedule((time(7),)), since=SEVEN - 12 * HOUR)
    )
    bench = Bench(store)
    bench.platform.fault = lambda one: Fault.FORBIDDEN if one.name else Fault.NONE
    bench.publisher.notes.note(note(), now=SEVEN - HOUR)
    await bench.ticks(SEVEN - HOUR, SEVEN + 40 * HOUR, 30 * MINUTE)
    assert len(bench.texts()) == 2
    (part,) = store.parts_of_note(KEY, note().name)
    assert part.state is DeliveryState.FAILED


async def test_notes_wait_behind_one_that_is_refused(store: Store) -> None:
    """A channel that refuses is asked once a pause, not once a note."""
    bench = Bench(store, *[Fault.FORBIDDEN] * 2)
    for number in range(5):
        bench.publisher.notes.note(note(f"n{number}"), now=SEVEN + number * MINUTE)
    tries: list[str] = []
    answer = bench.platform.fault
    bench.platform.fault = lambda one: (tries.append(one.name), answer(one))[1]
    await bench.ticks(SEVEN, SEVEN + 2 * HOUR, 5 * MINUTE)
    assert tries == ["n0", "n0"]
    await bench.ticks(SEVEN + 3 * HOUR, SEVEN + 3 * HOUR + 10 * MINUTE)
    assert len(bench.texts()) == 5


async def test_admins_are_told_once_each_where_the_adapter_reaches_them(store: Store) -> None:
    bench = Bench(store, Fault.FORBIDDEN)
    bench.chat.responsible[KEY] = [ADMIN]
    bench.publisher.notes.note(note(), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + 10 * MINUTE)
    assert "could not be posted: the channel refused it" in bench.texts(ADMIN)[0]
    assert len(bench.texts(ADMIN)) == 1
    assert bench.texts() == []


async def test_nobody_is_told_of_trouble_with_a_note_to_admins(store: Store) -> None:
    """Or telling it would fail as well, and be told, and so on."""
    bench = Bench(store)
    bench.platform.fault = lambda _: Fault.FORBIDDEN
    bench.chat.responsible = {KEY: [ADMIN], ADMIN: [ADMIN]}
    bench.publisher.notes.note(note(), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + 48 * HOUR, HOUR)
    assert {one.channel for one in store.unfinished()} == set()
    about = f"admin {KEY} trouble {Delivery(KEY, SEVEN, 0, '', name=note().name).key}"
    assert [one.state for one in store.parts_of_note(ADMIN, about)] == [DeliveryState.FAILED]


async def test_where_no_admin_is_known_the_channel_is_told_what_it_can_be_told(
    store: Store,
) -> None:
    """That it could not be posted to is only logged; that it can again is posted in it."""
    store.save_subscription(
        replace(Subscription(Channel(KEY), Schedule((time(7),))), since=SEVEN - 12 * HOUR)
    )
    bench = Bench(store, Fault.FORBIDDEN)
    notices = await bench.publisher.tick(SEVEN)
    assert [notice.here for notice in notices] == [False]
    await bench.ticks(SEVEN + HOUR, SEVEN + 2 * HOUR, 30 * MINUTE)
    assert "can be posted here again" in bench.texts()[1]


async def test_nobody_serves_the_platform_of_a_note(store: Store) -> None:
    bench = Bench(store)
    elsewhere = replace(note(), channel="slack:T1:C1")
    assert not bench.publisher.notes.note(elsewhere, now=SEVEN)
    assert not await bench.publisher.notes.tell_admins(elsewhere, now=SEVEN)
    assert store.unfinished() == []


async def test_an_adapter_that_cannot_say_who_can_act_does_no_harm(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(channel: str) -> list[str]:
        raise ConnectionError

    bench = Bench(store)
    monkeypatch.setattr(bench.chat, "admins", lost)
    assert not await bench.publisher.notes.tell_admins(note(), now=SEVEN)


async def test_notes_wait_for_the_end_of_quiet_hours(store: Store) -> None:
    quiet = Schedule((time(12),), "Asia/Seoul", quiet=(time(15), time(18)))
    store.save_subscription(Subscription(Channel(KEY), quiet, since=SEVEN))
    bench = Bench(store)
    bench.publisher.notes.note(note(), now=SEVEN)
    await bench.ticks(SEVEN, SEVEN + 119 * MINUTE, 7 * MINUTE)
    assert bench.texts() == []
    await bench.ticks(SEVEN + 2 * HOUR, SEVEN + 2 * HOUR)
    assert len(bench.texts()) == 1
