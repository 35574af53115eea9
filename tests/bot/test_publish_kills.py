"""A publisher killed at any step: what it was sending stands there once.

Every step is tried: before and after each commit, before and after the platform has a post,
with each fault of the platform on the way. Many random ones are in benchmarks/deliveries.py.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from fakes import FakeChat, FakePlatform, FakeStore, Fault

from bot.delivery_model import Delivery
from bot.message import Message, Note, Small, plain
from bot.model import Channel, Schedule, Subscription
from bot.ports import Store
from bot.publish import Composed, Publisher
from bot.store import open_store

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = "fake:G1:C1"
WRITES = ("freeze", "claim", "mark_sent", "mark_failed")
MOST_STEPS = 80
NOTE = Note(KEY, "alert", Message((Small(plain("one")), Small(plain("two"))), "two parts"))
NOTED = [Delivery(KEY, SEVEN, part, "", name="alert").key for part in range(2)]


class Kill(BaseException):
    """The process is dead."""


class Life:
    """Counts steps, and ends at the one it is told to."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self) -> None:
        if self.left <= 0:
            raise Kill
        self.left -= 1


class MortalStore:
    """A store that dies before or after a commit."""

    def __init__(self, store: Store, life: Life) -> None:
        self._store, self._life = store, life

    def __getattr__(self, name: str) -> Callable[..., object]:
        question = getattr(self._store, name)

        def asked(*args: object, **named: object) -> object:
            if name not in WRITES:
                return question(*args, **named)
            self._life.step()
            answer = question(*args, **named)
            self._life.step()
            return answer

        return asked


class MortalChat(FakeChat):
    """An adapter that dies before the platform has a post, or after."""

    def __init__(self, platform: FakePlatform, life: Life) -> None:
        super().__init__(platform, blocks=1)
        self.life = life

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        self.life.step()
        remote = await super().send(delivery, thread=thread)
        self.life.step()
        return remote


def digest(subscription: Subscription, since: datetime, until: datetime) -> Composed:
    blocks = tuple(Small(plain(f"{number} {until:%d %H:%M}")) for number in range(2))
    return Composed(Message(blocks, "news"), {"s1": ["a1"]})


async def killed_at(step: int, fault: Fault, store: Store) -> tuple[bool, Store, FakePlatform]:
    """Live until this step, then live on without end; tell whether the step was reached."""
    left = [fault]
    platform = FakePlatform(lambda _: left.pop() if left else Fault.NONE)
    store.save_subscription(Subscription(Channel(KEY), Schedule((time(7),)), since=SEVEN - MINUTE))
    life = Life(step)
    publisher = Publisher(MortalStore(store, life), [MortalChat(platform, life)], digest)  # type: ignore[arg-type]
    now, died = SEVEN, False
    try:
        publisher.notes.note(NOTE, now=now)
        for _ in range(5):
            await publisher.tick(now)
            now += MINUTE
    except Kill:
        died = True
    reborn = Publisher(store, [FakeChat(platform, blocks=1)], digest)
    reborn.notes.note(NOTE, now=now)
    for _ in range(6):
        await reborn.tick(now)
        now += MINUTE
    return died, store, platform


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.ANSWER_LOST, Fault.NOT_SENT, Fault.REFUSED])
async def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(fault: Fault) -> None:
    for step in range(MOST_STEPS):
        died, store, platform = await killed_at(step, fault, FakeStore())
        keys = [post.key for post in platform.history[KEY]]
        digests = [f"{KEY}@20241021T0700#0", f"{KEY}@20241021T0700#1"]
        assert [key for key in keys if "!" not in key] == digests, f"step {step}"
        assert sorted(key for key in keys if "!" in key) == NOTED, f"step {step}"
        assert store.unfinished() == []
        assert store.briefed(KEY) == {"s1": ("a1",)}
        if not died:
            assert step >= 24, "all steps of a digest and a note of two parts each were tried"
            return
    pytest.fail("the digest never came to an end")


@pytest.mark.parametrize("step", range(0, 26, 5))
async def test_a_kill_loses_nothing_and_doubles_nothing_on_either_database(
    step: int, each_database: str
) -> None:
    store = open_store(each_database)
    died, _, platform = await killed_at(step, Fault.ANSWER_LOST, store)
    keys = [post.key for post in platform.history[KEY] if "!" not in post.key]
    assert died
    assert keys == [f"{KEY}@20241021T0700#0", f"{KEY}@20241021T0700#1"]
    assert store.unfinished() == []
    store.close()
