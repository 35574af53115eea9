"""Several machines: what is told of workers, and wrong words."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.config import Config
from bot.errors import StoreAway, StoreError, UsageError
from bot.jobs import Tick
from bot.machines import (
    WAITS,
    Role,
    chosen_queues,
    chosen_shards,
    engine,
    in_turn,
    must_be_on_server,
    reached,
    turn_of,
    watch_of,
    workers_in_words,
)
from bot.message import Heading, Message, Paragraph, plain
from bot.platforms import freezer
from bot.store import open_store

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


async def test_one_process_a_token_delivers(postgres: str) -> None:
    """Processes with other tokens are not held up."""
    ticked: list[str] = []

    def ticks(name: str) -> Callable[[datetime], Awaitable[None]]:
        async def tick(now: datetime) -> None:
            ticked.append(name)

        return tick

    tokens = {"first": "one", "second": "one", "other": "two"}
    turns = {
        name: turn_of(Config(database=postgres, discord_token=token), Role())
        for name, token in tokens.items()
    }
    for name, turn in turns.items():
        (guarded,) = in_turn(turn, [Tick("tick", 1, ticks(name))])
        await guarded.run(NOW)
    assert ticked == ["first", "other"]
    for turn in turns.values():
        assert turn is not None
        turn.give_back()
    assert "takes over" in WAITS


def test_a_worker_renders_as_the_adapters_do() -> None:
    """Whoever delivers sends what some worker has rendered."""
    discord, slack = freezer("discord"), freezer("slack")
    assert discord is not None
    assert slack is not None
    assert len(discord(MESSAGE)) > 1
    assert len(slack(MESSAGE)) > 1
    assert freezer("nowhere") is None


def test_shards_are_named_as_a_range_of_those_there_are() -> None:
    assert chosen_shards("", 4) == ()
    assert chosen_shards("2", 4) == (2,)
    assert chosen_shards("1-3", 4) == (1, 2, 3)
    for words in ("4", "2-4", "3-1", "all", "-1"):
        with pytest.raises(UsageError, match="name some of 0 to 3"):
            chosen_shards(words, 4)


def test_one_process_answers_for_a_shard_and_another_one_delivers(postgres: str) -> None:
    """A turn is taken for all of its shards or for none, and “run” wants everything."""
    config = Config(database=postgres, discord_token="t", discord={"shards": 4})
    roles = {
        "run": Role(),
        "low": Role(delivers=False, shards=(0, 1)),
        "across": Role(delivers=False, shards=(1, 2, 3)),
        "high": Role(delivers=False, shards=(2, 3)),
        "deliver": Role(answers=False),
    }
    turns = {name: turn_of(config, role) for name, role in roles.items()}
    taken = {name: turn is not None and turn.take() for name, turn in turns.items()}
    assert [name for name in taken if taken[name]] == ["run"]
    turns["run"].give_back()  # type: ignore[union-attr]  # it is there
    again = {
        name: turn is not None and turn.take() for name, turn in turns.items() if name != "run"
    }
    assert [name for name in again if again[name]] == ["low", "high", "deliver"]
    for turn in turns.values():
        turn.give_back()  # type: ignore[union-attr]  # the same


def test_any_number_of_processes_answers_on_slack(postgres: str) -> None:
    config = Config(database=postgres, slack_bot_token="xoxb-t", slack_app_token="xapp-t")
    assert turn_of(config, Role(delivers=False)) is None
    assert turn_of(config, Role(answers=False)) is not None


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
