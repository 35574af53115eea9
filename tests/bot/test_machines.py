"""Several machines: what is told of workers, and wrong words."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import Config
from bot.errors import UsageError
from bot.jobs import Tick
from bot.machines import (
    WAITS,
    chosen_queues,
    delivery_turn,
    engine,
    in_turn,
    must_be_on_server,
    workers_in_words,
)
from bot.message import Heading, Message, Paragraph, plain
from bot.platforms import freezer

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
    assert delivery_turn(config) is None
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
        name: delivery_turn(Config(database=postgres, discord_token=token))
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
