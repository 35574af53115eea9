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
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cards.phrases import count
from bot.config import Config
from bot.errors import UsageError
from bot.jobs import Clock, Tick
from bot.jobs.watch import look
from bot.jobs.work import ASIDE_HOURS
from bot.store import address_of, is_on_server
from bot.store.turn import Turn
from bot.tasks import QUEUES, Tasks

if TYPE_CHECKING:
    from bot.jobs.distributed import DistributedJobs

TURN_SECONDS = 5.0
"""Between two tries to take the turn, and how late a second process may take over."""

WAITS = (
    "another process delivers with this token; this one waits, and takes over within"
    " seconds when that one ends"
)

log = logging.getLogger(__name__)


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
    """See that workers can work.

    Raises:
        UsageError: the database is a file.

    """
    if not is_on_server(config.database):
        raise UsageError(
            "workers share a PostgreSQL database, and this one is a file: with SQLite, “whosaid"
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
    jobs: DistributedJobs, tasks: Tasks, *, queues: Sequence[str] | None, concurrency: int
) -> None:
    """Work until the process is told to stop (SIGTERM, Ctrl-C); running jobs may end."""
    working = asyncio.ensure_future(
        jobs.run(tasks.tasks, tasks.ticks, queues=queues, concurrency=concurrency)
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


def delivery_turn(config: Config) -> Turn | None:
    """Return the turn of those who deliver with the tokens of the config; None on SQLite."""
    if not is_on_server(config.database):
        return None
    tokens = f"{config.discord_token} {config.slack_bot_token} {config.slack_client_id}"
    return Turn(address_of(config.database), f"deliver {tokens}")


async def taken(turn: Turn | None) -> None:
    """Wait until it is this process's turn; tell once that it waits."""
    told = False
    while turn is not None and not await asyncio.to_thread(turn.take):
        if not told:
            log.warning("%s", WAITS)
            told = True
        await asyncio.sleep(TURN_SECONDS)


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


def workers_in_words(config: Config) -> tuple[str, str]:
    """Return who works and what waits, and what to do about it; nothing on SQLite.

    Raises:
        StoreError: the database cannot be reached.

    """
    if not is_on_server(config.database):
        return "", ""
    seen = look(address_of(config.database))
    waiting = ", ".join(f"{task} {jobs:,}" for task, jobs in seen.waiting)
    parts = [count(seen.workers, "worker"), f"waiting: {waiting}" if waiting else "no job waits"]
    parts += [f"set aside after {a.tries} tries: {a.task} {a.key} ({a.cause})" for a in seen.aside]
    mend = ""
    if not seen.workers:
        mend = "nothing is read without one: start “whosaid worker” on some machine"
    elif seen.aside:
        mend = f"see the workers' logs; what was set aside is tried again after {ASIDE_HOURS} h"
    return "; ".join(parts), mend
