"""Whose turn it is: one process a token and shard, over every loss of the database."""

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from peers.postgres.server import NoServerError, Owned, owned
from peers.postgres.taking import cut, held, taken_over

from bot import turns
from bot.config import Config
from bot.errors import TurnLost, UsageError
from bot.jobs import Tick
from bot.store.turn import Standing, Turn
from bot.turns import (
    AGAIN,
    AWAY,
    LOST,
    WAITS,
    Role,
    chosen_shards,
    in_turn,
    taken,
    turn_of,
    while_ours,
)

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)


class Told(logging.Handler):
    """Lets a test wait until something was told."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._more = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
        self._more.set()

    async def until(self, line: str) -> None:
        async with asyncio.timeout(60):
            while line not in self.lines:
                self._more.clear()
                await self._more.wait()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """What is told meanwhile; the turn is looked at without a pause."""
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.01)
    handler, log = Told(), logging.getLogger("bot.turns")
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)


@pytest.fixture
def own_server() -> Iterator[Owned]:
    """A server of the test's own, to be stopped and started."""
    try:
        with owned(Path(tempfile.gettempdir(), f"whosaid-{uuid4().hex[:12]}")) as server:
            yield server
    except NoServerError as fault:
        pytest.skip(str(fault))


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


class Work:
    """What goes on as long as it may."""

    def __init__(self) -> None:
        self.cut_off = False

    async def run(self) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cut_off = True
            raise


async def test_work_goes_on_over_a_cut_connection_and_the_turn_is_taken_again(
    postgres: str, told: Told
) -> None:
    turn, other, work = Turn(postgres, "a"), Turn(postgres, "a"), Work()
    assert turn.take()
    going = asyncio.create_task(while_ours(turn, work.run()))
    before = await asyncio.to_thread(held, postgres)
    await asyncio.to_thread(cut, postgres)
    assert await asyncio.to_thread(held, postgres) != before
    assert not other.take()
    assert not going.done()
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    turn.give_back()


async def test_who_lost_the_turn_to_another_stops_and_says_why(postgres: str, told: Told) -> None:
    turn, work = Turn(postgres, "a", "b"), Work()
    assert turn.take()
    going = asyncio.create_task(while_ours(turn, work.run()))
    successor = await asyncio.to_thread(taken_over, postgres)
    async with asyncio.timeout(60):
        with pytest.raises(TurnLost, match="another process took over"):
            await going
    assert work.cut_off
    assert not turn.take()
    successor.close()


async def test_work_that_ends_by_itself_ends_the_watch(postgres: str, told: Told) -> None:
    """Its fault is the caller's; without a turn there is nothing to watch."""

    async def broken() -> None:
        raise UsageError("no token")

    turn = Turn(postgres, "a")
    assert turn.take()
    for one in (turn, None):
        with pytest.raises(UsageError, match="no token"):
            await while_ours(one, broken())
    turn.give_back()


async def test_a_server_that_restarts_is_waited_for_and_its_return_is_told(
    own_server: Owned, told: Told
) -> None:
    """Each once, however long it lasts; the turn is this process's as before."""
    turn, work = Turn(own_server.address, "a"), Work()
    assert turn.take()
    going = asyncio.create_task(while_ours(turn, work.run()))
    await asyncio.to_thread(own_server.stop)
    await told.until(AWAY)
    assert turn.standing() is Standing.UNKNOWN
    await asyncio.to_thread(own_server.start)
    await told.until(AGAIN)
    assert told.lines == [AWAY, AGAIN]
    assert not Turn(own_server.address, "a").take()
    assert not going.done()
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    turn.give_back()


async def test_who_waits_for_a_turn_tells_what_it_waits_for(own_server: Owned, told: Told) -> None:
    """For another process, or for the database: these are mended in different ways."""
    first, second = (Turn(own_server.address, "a") for _ in range(2))
    assert first.take()

    async def wait() -> None:
        async with taken(second):
            pass

    waiting = asyncio.create_task(wait())
    await told.until(WAITS)
    await asyncio.to_thread(own_server.stop)
    await told.until(AWAY)
    await asyncio.to_thread(own_server.start)
    async with asyncio.timeout(60):
        await waiting
    assert told.lines == [WAITS, AWAY]
    first.give_back()


def test_a_process_that_lost_its_turn_ends_with_a_sentence(postgres: str) -> None:
    """A service manager that starts it again finds it waiting for its turn."""
    tokens = {"WHOSAID_SLACK_BOT_TOKEN": "xoxb-t", "WHOSAID_SLACK_APP_TOKEN": "xapp-t"}
    clean = {name: word for name, word in os.environ.items() if not name.startswith("WHOSAID_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "deliver", "--database", postgres],
        stderr=subprocess.PIPE,
        text=True,
        env=clean | tokens,
    )
    assert held(postgres, alive=lambda: process.poll() is None)
    successor = taken_over(postgres)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert said.splitlines()[-1] == f"whosaid: {LOST}"
    assert "Traceback" not in said
    successor.close()
