"""Processes that analyse articles and keep them, so that this never delays an answer."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from summarizer.model import Analysis, Article

_Done = TypeVar("_Done")

MOST_PROCESSES = 4

KEPT_FREE = 1
"""Cores that analysts leave to the process that answers: standing back (nice) still lets them have
the core for a while when a thread that answers is woken (``benchmarks.latency``)."""

NICENESS = 10
"""How far analysts stand back where a processor is wanted by others too (see nice(1))."""


class Analysts:
    """A pool of processes, started when the first article comes."""

    def __init__(self, processes: int = MOST_PROCESSES, *, answering: bool = True) -> None:
        """Start nothing yet: a question needs no analyst.

        There are so many ``processes`` at most, and no more than one a core; where this process
        is ``answering``, a core is left to it, if there are two.
        """
        self._processes = max(1, min(processes, _cores() - KEPT_FREE * answering))
        self._pool: ProcessPoolExecutor | None = None
        self._apart = asyncio.Lock()

    async def __call__(self, article: Article) -> Analysis:
        """Analyse one article in another process; see ``run``."""
        return await self.run(_analyze, article)

    async def run(self, work: Callable[..., _Done], *given: object) -> _Done:
        """Call a function in another process.

        Where a process is killed (for its memory, say), all that were at work are lost with it:
        each call is made once more in a process of its own, for it may be what killed it.

        Raises:
            BrokenProcessPool: that process was killed too.

        """
        pool = self._pool = self._pool or _pool(self._processes)
        try:
            return await _called_in(pool, work, *given)
        except BrokenProcessPool:
            if self._pool is pool:
                self.close()
        async with self._apart:
            alone = _pool(1)
            try:
                return await _called_in(alone, work, *given)
            finally:
                alone.shutdown(wait=False)

    def close(self) -> None:
        """Stop the processes; what they were at is dropped and done anew next time."""
        if self._pool is not None:
            workers = dict(self._pool._processes or {})  # noqa: SLF001 - terminate_workers is of 3.14
            self._pool.shutdown(wait=False, cancel_futures=True)
            for worker in workers.values():
                worker.terminate()
            self._pool = None


def _cores() -> int:
    """Return how many cores this process may use: in a container often fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_live_and_die_with_the_parent,
    )


async def _called_in(
    pool: ProcessPoolExecutor, work: Callable[..., _Done], *given: object
) -> _Done:
    return await asyncio.get_running_loop().run_in_executor(pool, work, *given)


def _live_and_die_with_the_parent() -> None:
    """Leave signals that reach the whole group of processes to the parent; end when it ends.

    The processor goes to whoever answers first.

    A parent that is killed cannot stop its analysts, which would wait for articles for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "an analyst is a child"
    parent.join()
    os._exit(0)


def _analyze(article: Article) -> Analysis:
    from summarizer.analysis import analyze  # noqa: PLC0415 - only these processes load the model

    return analyze(article)
