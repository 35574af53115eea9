"""Whose turn it is to answer for a token's shards, and to deliver with it; on SQLite, nobody's.

A turn can be lost: the server restarts, or cuts the connection that holds it. Then it is taken
again, or, where another process was faster, this one ends (``TurnLost``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.errors import TurnLost, UsageError
from bot.jobs import Tick
from bot.store import address_of, is_on_server
from bot.store.turn import Standing, Turn

TURN_SECONDS = 5.0
"""Between two looks at the turn, and how late a second process may take over."""

WAITS = (
    "another process delivers with this token, or answers for these shards; this one waits, and"
    " takes over within seconds when that one ends"
)
AWAY = "the database is away, so nobody knows whose turn it is; this process asks again and again"
AGAIN = "the database is back, and it is still this process's turn"
LOST = (
    "while the database was away, another process took over for this token; this one ends, so that"
    " nothing is answered or delivered twice. Start it again and it waits for its turn"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Role:
    """What one process with tokens does: answers (a gateway), delivers, or both.

    ``shards`` are those of Discord's that it answers for; empty for all of the config's.
    """

    answers: bool = True
    delivers: bool = True
    shards: tuple[int, ...] = ()


def chosen_shards(words: str, count: int) -> tuple[int, ...]:
    """Return the shards of ``count`` that someone named ("2", "0-3"); none where all are meant.

    Raises:
        UsageError: there are no such shards.

    """
    if not words.strip():
        return ()
    first, _, last = words.partition("-")
    try:
        named = tuple(range(int(first), int(last or first) + 1))
    except ValueError:
        named = ()
    if not named or named[0] < 0 or named[-1] >= count:
        raise UsageError(
            f"there are no shards “{words}”: discord.shards is {count}, so name some of 0 to"
            f" {count - 1}, such as --shards 0-{count - 1}"
        )
    return named


def turn_of(config: Config, role: Role) -> Turn | None:
    """Return the turn of those who do the same with the same tokens; None where many may.

    One process delivers, and one answers for a shard of Discord's. Slack gives each event to one
    of its connections, so any number may answer there.
    """
    if not is_on_server(config.database):
        return None
    names = []
    if role.delivers:
        tokens = f"{config.discord_token} {config.slack_bot_token} {config.slack_client_id}"
        names.append(f"deliver {tokens}")
    if role.answers and config.discord_token:
        shards = role.shards or range(config.discord.shards)
        names += [f"answer {config.discord_token} {shard}" for shard in shards]
    return Turn(address_of(config.database), *names) if names else None


@asynccontextmanager
async def taken(turn: Turn | None) -> AsyncIterator[None]:
    """Wait until it is this process's turn, telling once why; give it back at the end."""
    told = None
    while turn is not None:
        standing = await asyncio.to_thread(turn.standing)
        if standing is Standing.OURS:
            break
        if standing is not told:
            log.warning("%s", WAITS if standing is Standing.ANOTHERS else AWAY)
            told = standing
        await asyncio.sleep(TURN_SECONDS)
    try:
        yield
    finally:
        if turn is not None:
            turn.give_back()


async def while_ours(turn: Turn | None, work: Coroutine[object, object, object]) -> None:
    """Do what one process at a time may do, until it ends or the turn is another's.

    Raises:
        TurnLost: another process has the turn; the work was cut off.

    """
    tasks: list[asyncio.Future[object]] = [asyncio.ensure_future(work)]
    if turn is not None:
        tasks.append(asyncio.ensure_future(_watch(turn)))
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watch(turn: Turn) -> None:
    """Look at the turn again and again; a database that is away is told once, and its return."""
    away = False
    while (standing := await asyncio.to_thread(turn.standing)) is not Standing.ANOTHERS:
        if away is not (standing is Standing.UNKNOWN):
            away = not away
            log.warning("%s", AWAY if away else AGAIN)
        await asyncio.sleep(TURN_SECONDS)
    raise TurnLost(LOST)


def in_turn(turn: Turn | None, ticks: Sequence[Tick]) -> list[Tick]:
    """Return the ticks so that each does nothing while another process has the turn."""
    if turn is None:
        return list(ticks)

    def guarded(run: Callable[[datetime], Awaitable[object]]) -> Callable[..., Awaitable[None]]:
        async def when_ours(now: datetime) -> None:
            if await asyncio.to_thread(turn.take):
                await run(now)

        return when_ours

    return [Tick(tick.name, tick.seconds, guarded(tick.run)) for tick in ticks]
