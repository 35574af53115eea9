"""A full disk, a locked database, a read-only one: refused in words, and nothing lost or twice."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from fakes import FakeChat, FakePlatform

from bot.errors import StoreError
from bot.logs import OneLine
from bot.message import Message, Note, Paragraph, plain
from bot.model import Channel, Item, Schedule, Subscription
from bot.publish import Composed, Publisher
from bot.store import SqlStore, open_store
from summarizer.model import Article

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEYS = ("fake:G1:C1", "fake:G1:C2")
LONG = "The dam held. " * 20_000


@pytest.fixture
def store(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    monkeypatch.setattr("bot.store.sqlite.WAIT_MILLISECONDS", 1)
    opened = open_store(str(database))
    for key in KEYS:
        plan = Schedule((time(7),))
        opened.save_subscription(Subscription(Channel(key), plan, since=SEVEN - MINUTE))
    yield opened
    opened.close()


def digest(subscription: Subscription, since: datetime, until: datetime) -> Composed:
    text = LONG if subscription.channel.key == KEYS[0] else "The dam held."
    return Composed(Message((Paragraph(plain(text)),), "news"), {"s1": ["a1"]})


def publisher(store: SqlStore, platform: FakePlatform) -> Publisher:
    return Publisher(store, [FakeChat(platform)], digest)


def pragma(store: SqlStore, words: str) -> int:
    driver = store._database._connection.connection.driver_connection
    return int(driver.execute(f"PRAGMA {words}").fetchone()[0])


def fill_up(store: SqlStore) -> None:
    """Let the database grow by a few pages only: the disk is full."""
    pragma(store, f"max_page_count={pragma(store, 'page_count') + 6}")


def make_room(store: SqlStore) -> None:
    pragma(store, f"max_page_count={2**30}")


async def test_a_full_disk_holds_up_the_digest_that_does_not_fit_and_no_other(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told in the log, with what to do; with room again the digest comes, once."""
    platform = FakePlatform()
    publishing = publisher(store, platform)
    fill_up(store)
    await publishing.tick(SEVEN)
    assert platform.posted(KEYS[0]) == []
    assert len(platform.posted(KEYS[1])) == 1
    lines = [OneLine().format(record) for record in caplog.records]
    assert any("the disk is full: free some space" in line for line in lines)
    assert not any("The dam held" in line for line in lines)
    await publishing.tick(SEVEN + MINUTE)
    make_room(store)
    await publishing.tick(SEVEN + 2 * MINUTE)
    await publishing.tick(SEVEN + 3 * MINUTE)
    assert [len(platform.posted(key)) for key in KEYS] == [1, 1]
    assert store.briefed(KEYS[0]) == {"s1": ("a1",)}


async def test_a_disk_that_fills_up_between_claim_and_mark_doubles_nothing(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it was sent could not be written down: the channel's history tells it."""
    platform = FakePlatform()
    publishing = publisher(store, platform)
    mark = store.mark_sent

    def full(*told: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(store, "mark_sent", full)
    await publishing.tick(SEVEN)
    monkeypatch.setattr(store, "mark_sent", mark)
    for minutes in range(1, 5):
        await publishing.tick(SEVEN + minutes * MINUTE)
    assert [len(platform.posted(key)) for key in KEYS] == [1, 1]
    assert store.unfinished() == []


async def test_a_locked_database_holds_everything_up_until_it_is_free(
    database: Path, store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    platform = FakePlatform()
    publishing = publisher(store, platform)
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN IMMEDIATE")
        await publishing.tick(SEVEN)
        assert [len(platform.posted(key)) for key in KEYS] == [0, 0]
        other.rollback()
    await publishing.tick(SEVEN + MINUTE)
    await publishing.tick(SEVEN + 2 * MINUTE)
    assert [len(platform.posted(key)) for key in KEYS] == [1, 1]
    told = [OneLine().format(record) for record in caplog.records]
    assert any("another program keeps it locked: close that one" in line for line in told)


async def test_a_read_only_database_still_answers_and_goes_on_when_it_can_be_written(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    store.add(Item(Article("a1", "The dam held.", "Dam", "A"), "f"), seen=SEVEN)
    platform = FakePlatform()
    publishing = publisher(store, platform)
    driver = store._database._connection.connection.driver_connection
    driver.execute("PRAGMA query_only=1")
    await publishing.tick(SEVEN)
    assert store.article("a1") is not None
    message = Message((Paragraph(plain("down")),), "down")
    with pytest.raises(StoreError, match="give this user the right to write the file"):
        publishing.notes.note(Note(KEYS[0], "feed-down", message), now=SEVEN)
    driver.execute("PRAGMA query_only=0")
    assert publishing.notes.note(Note(KEYS[0], "feed-down", message), now=SEVEN)
    await publishing.tick(SEVEN + MINUTE)
    assert [len(platform.posted(key)) for key in KEYS] == [2, 1]
    told = [OneLine().format(record) for record in caplog.records]
    assert any("it is read-only" in line for line in told)


@pytest.mark.parametrize("step", [timedelta(days=400), -timedelta(days=400), -timedelta(hours=3)])
async def test_a_clock_that_jumps_posts_no_slot_twice_and_loses_no_note(
    store: SqlStore, step: timedelta
) -> None:
    """Ahead, far back, a little back: and back again."""
    platform = FakePlatform()
    publishing = publisher(store, platform)
    message = Message((Paragraph(plain("down")),), "down")
    for number, now in enumerate([SEVEN, SEVEN + step, SEVEN + MINUTE, SEVEN + 2 * MINUTE]):
        publishing.notes.note(Note(KEYS[1], f"note {number}", message), now=now)
        await publishing.tick(now)
        await publishing.tick(now + MINUTE)
    posts = [post.key for key in KEYS for post in platform.history[key]]
    assert len(posts) == len(set(posts))
    assert sum("!" in key for key in posts) == 4
    assert f"{KEYS[0]}@20241021T0700#0" in posts
