"""Many machines over one PostgreSQL database: the workers' engine, and what is told of workers.

On SQLite there is nothing of this: one process does all. What the jobs do is in ``bot.tasks``,
whose turn it is to deliver in ``bot.turns``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.cards.phrases import count
from bot.config import Config
from bot.errors import StoreAway, UsageError
from bot.jobs import Clock, Tick
from bot.jobs.watch import Watched, look
from bot.jobs.work import ASIDE_HOURS
from bot.store import address_of, is_on_server, open_store
from bot.tasks import QUEUES, Tasks

if TYPE_CHECKING:
    from bot.jobs.distributed import DistributedJobs

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
"""Between tries to reach a database that does not answer; they double."""

FOR_OTHERS = (
    "no token is set for this worker, which needs none: it reads and composes for the “whosaid run”"
    " that has one and shares its database; without such a process nobody answers or delivers"
)

log = logging.getLogger(__name__)


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


def tell_of_tokens(config: Config) -> None:
    """Say what a worker without any token does and what it does not."""
    if not config.has_token:
        log.warning("%s", FOR_OTHERS)


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
