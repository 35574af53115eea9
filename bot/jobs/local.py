"""The clockwork of one process: a few ticks at intervals, in the event loop.

Home of APScheduler, which only ticks: what is due is computed from the store by what a tick
runs (``bot.schedule``), and nothing is kept here over a restart.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.jobs.work import Clock, Tick

STOP_SECONDS = 3.0
"""How long a running tick may go on when the program stops, before it is cancelled."""

WATCH_SECONDS = 5.0
"""How often it is checked that the wall clock, by which APScheduler goes, was not set back."""

log = logging.getLogger(__name__)


class Ran(Protocol):
    """Is told of each run of a tick: its name, how long it took, when it ended."""

    def __call__(self, name: str, seconds: float, now: datetime, /, *, failed: bool) -> None:
        """Take note of it."""


def _unheard(name: str, seconds: float, now: datetime, /, *, failed: bool) -> None:
    """Take no note."""


class _Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """An interval from now on.

    APScheduler's own interval counts every run that was missed since the last one: for minutes,
    when a machine without a battery wakes in 1970 and then learns the time.
    """

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return when to run next."""
        return now if previous is None else now + self._interval


class LocalJobs:
    """Runs ticks: at once, then at their intervals; one that is still running is not run again."""

    def __init__(self, ticks: Sequence[Tick], *, clock: Clock, ran: Ran = _unheard) -> None:
        self._ran = ran
        self._ticks = {tick.name: tick for tick in ticks}
        self._clock = clock
        self._running: dict[str, asyncio.Task[None]] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._watch: asyncio.TimerHandle | None = None
        logging.getLogger("apscheduler").setLevel(logging.WARNING)

    async def run(self) -> None:
        """Tick until cancelled, then stop cleanly."""
        self.start()
        try:
            await asyncio.Event().wait()
        finally:
            await self.stop()

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        for tick in self._ticks.values():
            self._scheduler.add_job(
                self._fire,
                _Every(timedelta(seconds=tick.seconds)),
                args=(tick,),
                id=tick.name,
                next_run_time=self._clock(),
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()
        self._look_at_clock()

    async def stop(self, *, seconds: float = STOP_SECONDS) -> None:
        """Tick no more; let what runs end by itself, and cancel what has not by then."""
        if self._watch:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _fire(self, tick: Tick) -> None:
        """Start a tick as a task of ours, which the scheduler's own shutdown does not cut off."""
        if tick.name not in self._running:
            task = asyncio.create_task(self._guarded(tick), name=f"tick {tick.name}")
            self._running[tick.name] = task
            task.add_done_callback(lambda _: self._running.pop(tick.name, None))

    async def _guarded(self, tick: Tick) -> None:
        loop = asyncio.get_running_loop()
        began, failed = loop.time(), False
        try:
            await tick.run(self._clock())
        except Exception:
            failed = True
            log.exception("tick name=%s failed", tick.name)
        self._ran(tick.name, loop.time() - began, self._clock(), failed=failed)

    def _look_at_clock(self) -> None:
        """Bring forward what a clock that was set back would hold up."""
        now = self._clock()
        for job in self._scheduler.get_jobs():
            if job.next_run_time > now + timedelta(seconds=2 * self._ticks[job.id].seconds):
                log.warning("tick name=%s: the clock was set back; going on", job.id)
                job.modify(next_run_time=now)
        loop = asyncio.get_running_loop()
        self._watch = loop.call_later(WATCH_SECONDS, self._look_at_clock)
