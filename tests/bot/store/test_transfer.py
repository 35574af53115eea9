"""Moving a store to another database: all of it, once, also when it is killed on the way."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import bot.store.transfer
from bot.delivery_model import Delivery
from bot.errors import StoreError
from bot.model import (
    Channel,
    Feed,
    FeedState,
    Item,
    Landing,
    Schedule,
    Subscription,
)
from bot.store import SqlStore, move_store, open_store, schema
from summarizer.model import Analysis, Article, Entity, EntityKind, LineKind, Sentence, Span, Story

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHANNEL = "discord:G1:C1"


def silent(step: str, done: int, total: int) -> None:
    pass


def article(number: int) -> Article:
    text = f"The ferry number {number} left Port Almira. Nobody was aboard, said Ada Lind."
    return Article(f"a{number}", text, f"Ferry {number}", "The Almira Post", published=NOW)


def analysis(of: Article) -> Analysis:
    cut = of.text.index(". ") + 1
    name = of.text.index("Ada Lind")
    mention = Span(name, name + len("Ada Lind"))
    return Analysis(
        1,
        sentences=(
            Sentence(Span(0, cut), LineKind.BODY),
            Sentence(Span(cut + 1, len(of.text)), LineKind.BODY),
        ),
        entities=(Entity("Ada Lind", EntityKind.PERSON, mentions=(mention,)),),
    )


def fill(store: SqlStore, articles: int = 7) -> None:
    for number in range(articles):
        store.add(Item(article(number), "https://a.example/feed"), seen=NOW + number * HOUR)
        store.save_analysis(f"a{number}", analysis(article(number)))
    store.save_stories([Story("s1", "Ferries", ("a1", "a2"), NOW, NOW)], state=b"\x00state\xff")
    store.add_feed(Feed("https://a.example/feed", "A", state_media=True))
    store.save_feed_state(FeedState("https://a.example/feed", interval_seconds=1.1, next_poll=NOW))
    store.save_subscription(Subscription(Channel(CHANNEL), Schedule((time(7),)), since=NOW))
    store.freeze([Delivery(CHANNEL, NOW, 0, '{"n": "é"}')], shown={"s1": ["a1"]})
    store.remember("files", "all of them")


def told(store: SqlStore) -> dict[str, object]:
    """What a store answers, in all rooms."""
    return {
        "articles": store.published_between(NOW, NOW + 99 * HOUR),
        "carriages": store.carriages("a1"),
        "analysis": store.analysis("a2"),
        "search": [(hit.article_id, hit.sentence) for hit in store.search(["ferry", "aboard"])],
        "mentions": store.mentions("ada lind"),
        "entities": store.entities("ada"),
        "story": store.story_of("a1"),
        "state": store.stories_state(),
        "feeds": (store.feeds(), store.feed_states()),
        "outbox": (store.subscriptions(), store.unfinished(), store.briefed(CHANNEL)),
        "note": store.remembered("files"),
    }


@pytest.fixture
def source(database: Path) -> Path:
    store = open_store(str(database))
    fill(store)
    store.close()
    return database


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.store.transfer, "BATCH", 3)


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "new" / "target.sqlite3")
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def before(source: Path) -> Iterator[dict[str, object]]:
    store = open_store(str(source))
    yield told(store)
    store.close()


def test_all_of_a_store_moves(source: Path, target: str, before: dict[str, object]) -> None:
    moved = move_store(str(source), target, silent)
    assert {one.table for one in moved} == set(schema.metadata.tables)
    assert sum(one.rows for one in moved if one.table == "articles") == 7
    store = open_store(target)
    assert told(store) == before
    store.close()


def test_a_store_that_moved_is_written_to_as_before(source: Path, target: str) -> None:
    move_store(str(source), target, silent)
    store = open_store(target)
    assert store.add(Item(article(8)), seen=NOW).landing is Landing.NEW
    store.save_analysis("a8", analysis(article(8)))
    store.save_analysis("a1", analysis(article(1)))
    assert len(store.search(["ferry"])) == 8
    assert store.entities("ada")[0].mentions == 8
    store.close()


def test_a_store_comes_back_from_postgres_the_same(
    source: Path, postgres: str, tmp_path: Path, before: dict[str, object]
) -> None:
    back = tmp_path / "back.sqlite3"
    there = move_store(str(source), postgres, silent)
    assert move_store(postgres, str(back), silent) == there
    store = open_store(str(back))
    assert told(store) == before
    store.close()


class StopError(Exception):
    """The process is dead."""


@pytest.mark.parametrize("step", range(0, 60, 14))
def test_a_move_that_stops_anywhere_goes_on_where_it_was(
    source: Path, target: str, before: dict[str, object], step: int
) -> None:
    """Stopped before a batch; nothing opens the half-filled target meanwhile."""
    left = [step]

    def stop(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise StopError

    with pytest.raises(StopError):
        move_store(str(source), target, stop)
    with pytest.raises(StoreError, match="half filled"):
        open_store(target)
    move_store(str(source), target, silent)
    store = open_store(target)
    assert told(store) == before
    store.close()


KILLED = """
import os, signal, sys
import bot.store.transfer
from bot.store import move_store
bot.store.transfer.BATCH = 3
def die(step, done, total):
    if step.startswith(sys.argv[3]) and done > 2:
        os.kill(os.getpid(), signal.SIGKILL)
move_store(sys.argv[1], sys.argv[2], die)
"""


@pytest.mark.parametrize("step", ["copying articles", "indexing"])
def test_a_killed_move_goes_on(
    source: Path, target: str, before: dict[str, object], step: str
) -> None:
    words = [sys.executable, "-c", KILLED, str(source), target, step]
    assert subprocess.run(words, check=False).returncode == -9
    move_store(str(source), target, silent)
    store = open_store(target)
    assert told(store) == before
    store.close()


def test_a_target_that_holds_data_is_refused_and_left_as_it_was(source: Path, target: str) -> None:
    store = open_store(target)
    store.add(Item(article(99)), seen=NOW)
    store.close()
    with pytest.raises(StoreError, match="holds data already"):
        move_store(str(source), target, silent)
    store = open_store(target)
    assert [one.id for one in store.articles(["a99", "a1"])] == ["a99"]
    store.close()


def test_a_half_filled_target_is_filled_from_its_own_source_alone(
    source: Path, target: str, tmp_path: Path
) -> None:
    def stop(*_: object) -> None:
        raise StopError

    with pytest.raises(StopError):
        move_store(str(source), target, stop)
    other = tmp_path / "other.sqlite3"
    open_store(str(other)).close()
    with pytest.raises(StoreError, match="half filled from"):
        move_store(str(other), target, silent)


def test_a_source_that_changes_meanwhile_is_found_out(source: Path, target: str) -> None:
    writer = open_store(str(source))

    def write(step: str, done: int, total: int) -> None:
        if step.startswith("checking") and writer.article("a99") is None:
            writer.add(Item(article(99)), seen=NOW)

    with pytest.raises(StoreError, match="not the same in both"):
        move_store(str(source), target, write)
    writer.close()


def test_a_source_that_is_not_there_is_not_made(tmp_path: Path, target: str) -> None:
    missing = tmp_path / "missing.sqlite3"
    with pytest.raises(StoreError, match="there is no database"):
        move_store(str(missing), target, silent)
    assert not missing.exists()


def test_source_and_target_are_two(source: Path) -> None:
    with pytest.raises(StoreError, match="the same database"):
        move_store(str(source), str(source), silent)


def test_the_mark_of_a_move_is_gone_in_the_end(source: Path, target: str) -> None:
    move_store(str(source), target, silent)
    store = open_store(target)
    with store.database.reading() as connection:
        names = connection.scalars(select(schema.keepsakes.c.name)).all()
    store.close()
    assert bot.store.transfer.MARK not in names
