"""Many machines over one PostgreSQL database: the workers' engine, and whose turn it is to deliver.

On SQLite there is nothing of this: one process does all. What the jobs do is in ``bot.tasks``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.cards.phrases import count
from bot.config import Config
from bot.errors import StoreAway, UsageError
from bot.jobs import Clock, Tick
from bot.jobs.watch import Watched, look
from bot.jobs.work import ASIDE_HOURS
from bot.store import address_of, is_on_server, open_store
from bot.store.turn import Turn
from bot.tasks import QUEUES, Tasks

if TYPE_CHECKING:
    from bot.jobs.distributed import DistributedJobs

TURN_SECONDS = 5.0
"""Between two tries to take the turn, and how late a second process may take over."""

WAITS = (
    "another process delivers with this token, or answers for these shards; this one waits, and"
    " takes over within seconds when that one ends"
)
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
"""Between tries to reach a database that does not answer; they double."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Role:
    """What one process with tokens does: answers (a gateway), delivers, or both.

    ``shards`` are those of Discord's that it answers for; empty for all of the config's.
    """

    answers: bool = True
    delivers: bool = True
    shards: tuple[int, ...] = ()


async def reached(config: Config, *, pause: float = FIRST_PAUSE_SECONDS) -> None:
    """Wait until the database on its server answers, and tell in words that it does not.

    Raises:
        StoreError: it answers, and waiting would not help.

    """
    while is_on_server(config.database):
        try:
            await asyncio.to_thread(lambda: open_store(config.database).close())
        except StoreAway as fault:
            log.warning("%s; trying again in %.0f s", fault, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            return


@asynccontextmanager
async def engine(config: Config, clock: Clock) -> AsyncIterator[DistributedJobs | None]:
    """Give the engine of the jobs; None on SQLite, where one process does all."""
    if not is_on_server(config.database):
        yield None
        return
    from bot.jobs.distributed import DistributedJobs  # noqa: PLC0415 - a library that SQLite needs not load

    async with DistributedJobs(address_of(config.database), clock=clock) as jobs:
        yield jobs


def must_be_on_server(config: Config) -> None:
    """See that several processes can share the work.

    Raises:
        UsageError: the database is a file.

    """
    if not is_on_server(config.database):
        raise UsageError(
            "several processes share a PostgreSQL database, and this one is a file: there “whosaid"
            " run” does all by itself. To use several machines, move it with “whosaid migrate”"
            " and set database = postgresql://..."
        )


def chosen_queues(words: str) -> list[str] | None:
    """Return the queues that someone named, separated by commas; None for all of them.

    Raises:
        UsageError: there is no such queue.

    """
    named = [word.strip() for word in words.split(",") if word.strip()]
    if unknown := [name for name in named if name not in QUEUES]:
        raise UsageError(f"there is no queue {unknown[0]}; name some of: {', '.join(QUEUES)}")
    return named or None


async def work(
    jobs: DistributedJobs,
    tasks: Tasks,
    *,
    queues: Sequence[str] | None,
    concurrency: int,
    more: Sequence[Tick] = (),
) -> None:
    """Work until the process is told to stop (SIGTERM, Ctrl-C); running jobs may end.

    ``more`` ticks are run beside those of the tasks, each by one worker at a time.
    """
    working = asyncio.ensure_future(
        jobs.run(tasks.tasks, [*tasks.ticks, *more], queues=queues, concurrency=concurrency)
    )
    with _stopped_by(signal.SIGTERM, working.cancel), contextlib.suppress(asyncio.CancelledError):
        await working


@contextmanager
def _stopped_by(number: signal.Signals, stop: Callable[[], object]) -> Iterator[None]:
    """Act on a signal meanwhile, where the platform has such signals."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        with contextlib.suppress(NotImplementedError):
            loop.remove_signal_handler(number)


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
    """Wait until it is this process's turn, telling once that it waits; give it back at the end."""
    told = False
    while turn is not None and not await asyncio.to_thread(turn.take):
        if not told:
            log.warning("%s", WAITS)
            told = True
        await asyncio.sleep(TURN_SECONDS)
    try:
        yield
    finally:
        if turn is not None:
            turn.give_back()


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


def watch_of(config: Config) -> Callable[[], Watched] | None:
    """Return how to look at the workers; None on SQLite."""
    if not is_on_server(config.database):
        return None
    return partial(look, address_of(config.database))


def workers_in_words(config: Config) -> tuple[str, str]:
    """Return who works and what waits, and what to do about it; nothing on SQLite.

    Raises:
        StoreError: the database cannot be reached.

    """
    watch = watch_of(config)
    if watch is None:
        return "", ""
    seen = watch()
    waiting = ", ".join(f"{task} {jobs:,}" for task, jobs in seen.waiting)
    alive = count(seen.workers, "worker")
    if seen.heard_seconds is not None:
        alive += f", last heard of {seen.heard_seconds:,.0f} s ago"
    parts = [alive, f"waiting: {waiting}" if waiting else "no job waits"]
    parts += [f"set aside after {a.tries} tries: {a.task} {a.key} ({a.cause})" for a in seen.aside]
    mend = ""
    if not seen.workers:
        mend = "nothing is read without one: start “whosaid worker” on some machine"
    elif seen.aside:
        mend = f"see the workers' logs; what was set aside is tried again after {ASIDE_HOURS} h"
    return "; ".join(parts), mend
