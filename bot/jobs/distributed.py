"""Jobs of many machines over one PostgreSQL database. Home of procrastinate.

Its tables stand in a PostgreSQL schema of their own, named after its version: nothing in them is
precious, so another version begins with empty ones. It runs in a thread of its own, so that a
task that waits for the disk is never taken for dead. Tasks run in the caller's event loop.

Ours is what becomes of jobs that fail or whose worker dies (``bot.jobs.mending``).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Sequence
from types import TracebackType
from typing import Any, Self

import procrastinate
import psycopg
from procrastinate import exceptions
from procrastinate.jobs import DeleteJobCondition
from procrastinate.schema import SchemaManager

from bot.errors import StoreAway, StoreError
from bot.jobs.elsewhere import Elsewhere, across
from bot.jobs.mending import Mending, Pace
from bot.jobs.room import ROOM
from bot.jobs.watch import look
from bot.jobs.work import ASIDE_HOURS, Clock, SetAside, Task, Tick, lock_of
from bot.keepalive import OF_CLIENT, OF_SERVER

CONNECTIONS = 4
"""Of one process, beside those of the store; one of them listens for new jobs."""

TICKS = "ticks"
"""The queue that every worker takes."""

AFTER_LOSS_SECONDS = 1.0
STOP_SECONDS = 10.0
"""How long running jobs may go on when a worker stops; then they are cut off and found again."""

log = logging.getLogger(__name__)


class DistributedJobs:
    """The engine: defers from any process, and runs jobs in those that call ``run``."""

    def __init__(self, address: str, *, clock: Clock, pace: Pace = Pace()) -> None:  # noqa: B008 - a frozen value
        """Keep the address, as libpq takes it; nothing is connected before ``async with``."""
        for noisy in ("procrastinate", "psycopg.pool"):
            logging.getLogger(noisy).setLevel(logging.CRITICAL)  # told by us, in words
        self._clock = clock
        self._pace = pace
        self._address = address
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=address,
                min_size=1,
                max_size=CONNECTIONS,
                kwargs={
                    **OF_CLIENT,
                    "options": f"-c search_path={ROOM} -c TimeZone=UTC {OF_SERVER}",
                    "application_name": "whosaid jobs",
                },
            )
        )
        self._mending = Mending(self._app.job_manager, pace)
        self._worker: asyncio.Task[None] | None = None
        self._stopping = False

    async def __aenter__(self) -> Self:
        """Connect, and make the tables where they are not there yet.

        Raises:
            StoreError: the database cannot be reached or refuses us.

        """
        self._thread = Elsewhere("jobs")
        try:
            await asyncio.to_thread(_make_room, self._address)
            await self._thread.do(_opened(self._app))
        except (psycopg.Error, exceptions.ConnectorException) as fault:
            self._thread.close()
            said = str(fault).partition("\n")[0]
            raise StoreError(f"the job engine cannot use the database: {said}") from fault
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Disconnect."""
        with contextlib.suppress(exceptions.ConnectorException):
            await self._thread.do(self._app.close_async())
        self._thread.close()

    async def defer(self, task: str, key: str, note: str = "") -> bool:
        """Let some worker run a task for a key; False when one waits already, or was set aside.

        Raises:
            StoreError: the database cannot be reached.

        """
        try:
            return await self._thread.do(self._defer(task, key, note))
        except exceptions.ConnectorException as fault:
            raise StoreError(f"the job {task} could not be deferred: {fault}") from fault

    async def set_aside(self) -> list[SetAside]:
        """Return the jobs that failed too often, with their causes."""
        return list((await asyncio.to_thread(look, self._address)).aside)

    async def waiting(self) -> dict[str, int]:
        """Return how many jobs of each task wait or run."""
        return dict((await asyncio.to_thread(look, self._address)).waiting)

    async def run(
        self,
        tasks: Sequence[Task],
        ticks: Sequence[Tick],
        *,
        queues: Sequence[str] | None = None,
        concurrency: int = 4,
    ) -> None:
        """Work until cancelled, over every loss of the database; then let running jobs end.

        Jobs of tasks that are not among these are left to others.
        """
        here = asyncio.get_running_loop()
        for task in tasks:
            self._register(task, here)
        for tick in (*ticks, *self._own_ticks()):
            self._register_tick(tick, here)
        chosen = [*(queues or (task.name for task in tasks)), TICKS]
        working = asyncio.ensure_future(self._thread.do(self._work(chosen, concurrency)))
        try:
            await asyncio.shield(working)
        finally:
            await self._thread.do(self._stop())
            await working

    async def _work(self, queues: Sequence[str], concurrency: int) -> None:
        while not self._stopping:
            try:
                self._worker = asyncio.create_task(self._work_on(queues, concurrency))
                await self._worker
            except exceptions.ConnectorException as fault:
                log.warning("jobs: the database is lost (%s); trying again", fault)
            except asyncio.CancelledError:
                return
            else:
                log.warning("jobs: the database was lost; going on")
            await asyncio.sleep(AFTER_LOSS_SECONDS)

    async def _stop(self) -> None:
        """Take no more jobs; ``_work`` ends when those that run have ended."""
        self._stopping = True
        if self._worker is not None:
            self._worker.cancel()

    async def _work_on(self, queues: Sequence[str], concurrency: int) -> None:
        """Work until the database is lost."""
        await self._app.run_worker_async(
            queues=queues,
            concurrency=concurrency,
            install_signal_handlers=False,
            delete_jobs=DeleteJobCondition.SUCCESSFUL.value,
            fetch_job_polling_interval=self._pace.look_seconds,
            update_heartbeat_interval=self._pace.beat_seconds,
            stalled_worker_timeout=self._pace.dead_seconds,
            shutdown_graceful_timeout=STOP_SECONDS,
        )

    async def _defer(self, task: str, key: str, note: str) -> bool:
        lock = lock_of(task, key)
        told = await self._mending.told_before(lock)
        if told is None:
            return False
        wanted = self._app.configure_task(task, queue=task, lock=lock, queueing_lock=lock)
        try:
            await wanted.defer_async(key=key, note=note, **told)
        except exceptions.AlreadyEnqueued:
            return False
        return True

    def _register(self, task: Task, here: asyncio.AbstractEventLoop) -> None:
        async def run(
            context: procrastinate.JobContext,
            /,
            key: str,
            note: str = "",
            **earlier: Any,  # noqa: ANN401 - JSON values: tries and cause
        ) -> None:
            del earlier
            try:
                await across(_awaited(task.run(key, note, self._clock())), here)
            except Exception as fault:
                log.error("job task=%s key=%s failed: %r", task.name, key, fault)  # noqa: TRY400 - one line
                log.debug("job task=%s key=%s", task.name, key, exc_info=fault)
                innocent = isinstance(fault, StoreAway)
                if await self._mending.failed(context.job, repr(fault), counts=not innocent):
                    raise  # it is kept as failed: set aside

        self._app.task(name=task.name, queue=task.name, pass_context=True)(run)

    def _register_tick(self, tick: Tick, here: asyncio.AbstractEventLoop) -> None:
        async def run(timestamp: int) -> None:
            del timestamp
            try:
                await across(_awaited(tick.run(self._clock())), here)
            except Exception as fault:
                log.error("tick name=%s failed: %r", tick.name, fault)  # noqa: TRY400 - one line
                log.debug("tick name=%s", tick.name, exc_info=fault)

        name = f"{TICKS}:{tick.name}"
        registered = self._app.task(name=name, queue=TICKS, queueing_lock=name, priority=1)(run)
        self._app.periodic(cron=cron_of(tick.seconds))(registered)

    def _own_ticks(self) -> list[Tick]:
        return [
            Tick("reap", self._pace.reap_seconds, self._reap),
            Tick("tidy", 600, self._tidy),
        ]

    async def _reap(self, _: object) -> None:
        for job in await self._thread.do(self._mending.reap()):
            log.warning("job %s: its worker died; %s", job.lock or job.task_name, job.status)

    async def _tidy(self, _: object) -> None:
        manager = self._app.job_manager
        await self._thread.do(
            manager.delete_old_jobs(nb_hours=ASIDE_HOURS, include_failed=True, include_aborted=True)
        )


async def _opened(app: procrastinate.App) -> None:
    await app.open_async()


async def _awaited(work: Awaitable[object]) -> None:
    await work


def cron_of(seconds: float) -> str:
    """Return an interval as cron with seconds: it must divide a minute, or be whole minutes."""
    whole = max(1, round(seconds))
    if whole < 60 and 60 % whole == 0:
        return f"* * * * * */{whole}"
    if whole % 60 == 0 and 60 % (whole // 60) == 0:
        return f"*/{whole // 60} * * * * 0"
    raise ValueError(f"{seconds} s is no interval that a clock's hand meets again and again")


def _make_room(address: str) -> None:
    """Make procrastinate's tables, once, whoever comes first."""
    with psycopg.connect(address) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('whosaid jobs'))")
        found = connection.execute("SELECT to_regclass(%s)", (f"{ROOM}.procrastinate_jobs",))
        if found.fetchone() == (None,):
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {ROOM}")
            connection.execute(f"SET LOCAL search_path = {ROOM}")
            connection.execute(SchemaManager.get_schema())
