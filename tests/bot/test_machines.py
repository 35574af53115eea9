"""Several machines: what is told of workers, and wrong words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.config import Config
from bot.errors import StoreAway, StoreError, UsageError
from bot.machines import (
    chosen_queues,
    engine,
    must_be_on_server,
    reached,
    watch_of,
    workers_in_words,
)
from bot.message import Heading, Message, Paragraph, plain
from bot.platforms import freezer
from bot.store import open_store
from bot.turns import Role, turn_of

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
MESSAGE = Message(
    (Heading("News"), *(Paragraph(plain(f"{number} said.")) for number in range(60))),
    "news",
    thread=(Message((Paragraph(plain("More.")),), "more"),),
)


def test_workers_on_a_file_are_refused_in_words() -> None:
    with pytest.raises(UsageError, match="whosaid migrate"):
        must_be_on_server(Config(database="news.sqlite3"))
    must_be_on_server(Config(database="postgresql://x/y"))


def test_queues_are_named_with_commas() -> None:
    assert chosen_queues("") is None
    assert chosen_queues("poll, analyse") == ["poll", "analyse"]
    with pytest.raises(UsageError, match="no queue pole; name some of: poll, analyse"):
        chosen_queues("pole")


async def test_on_sqlite_there_is_no_engine_and_no_turn(database: Path) -> None:
    config = Config(database=str(database))
    async with engine(config, lambda: NOW) as jobs:
        assert jobs is None
    assert turn_of(config, Role()) is None
    assert watch_of(config) is None
    assert workers_in_words(config) == ("", "")


async def test_that_no_worker_works_is_told_with_what_to_do(postgres: str) -> None:
    config = Config(database=postgres)
    async with engine(config, lambda: NOW) as jobs:
        assert jobs is not None
        await jobs.defer("poll", "7")
        assert workers_in_words(config) == (
            "0 workers; waiting: poll 1",
            "nothing is read without one: start “whosaid worker” on some machine",
        )


def test_a_worker_renders_as_the_adapters_do() -> None:
    """Whoever delivers sends what some worker has rendered."""
    discord, slack = freezer("discord"), freezer("slack")
    assert discord is not None
    assert slack is not None
    assert len(discord(MESSAGE)) > 1
    assert len(slack(MESSAGE)) > 1
    assert freezer("nowhere") is None


async def test_a_database_that_is_away_is_waited_for_and_told(
    postgres: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One that refuses us is not: waiting would not help."""
    away = [
        StoreAway("the database x: it cannot be reached"),
        StoreAway("the database x: starting"),
    ]

    def opened(place: str) -> object:
        if away:
            raise away.pop(0)
        return open_store(place)

    monkeypatch.setattr("bot.machines.open_store", opened)
    await reached(Config(database=postgres), pause=0.0)
    assert [one.message.partition(";")[2] for one in caplog.records] == [" trying again in 0 s"] * 2
    away.append(StoreError("the server refuses this user"))  # type: ignore[arg-type]  # the other kind
    with pytest.raises(StoreError, match="refuses"):
        await reached(Config(database=postgres), pause=0.0)


def test_only_what_may_pass_by_itself_is_away(postgres: str) -> None:
    with pytest.raises(StoreAway, match="cannot be reached"):
        open_store("postgresql://127.0.0.1:1/nobody")
    missing = postgres.replace("/whosaid_", "/nowhere_", 1)
    with pytest.raises(StoreError, match="createdb") as refused:
        open_store(missing)
    assert not isinstance(refused.value, StoreAway)


def test_a_user_that_is_not_there_is_told_apart_from_a_database(postgres: str) -> None:
    stranger = make_url(postgres).set(username="nobody_of_ours", password="x")
    with pytest.raises(StoreError, match="refuses this user"):
        open_store(stranger.render_as_string(hide_password=False))
