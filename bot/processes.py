"""Other processes that call functions for this one, so that its own loop is never held.

Whose they are and what they do is in ``bot.analysts``, ``bot.clerks`` and ``bot.answerers``.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

_Done = TypeVar("_Done")

_LEFT_TO_THE_PARENT = (signal.SIGINT, signal.SIGTERM)
"""Signals that reach the whole group of processes; the parent ends the others."""


def _nothing() -> None:
    """Do nothing."""


class Processes:
    """A pool of processes, started as calls come, the first of them ahead by ``start``."""

    def __init__(
        self,
        most: int,
        *,
        niceness: int = 0,
        opening: Callable[[], None] = _nothing,
        keeping: bool = True,
    ) -> None:
        """Start nothing yet.

        There are so many at ``most``. ``niceness`` is how far they stand back where a processor
        is wanted by others too (see nice(1)). Each begins by ``opening``, which may not raise.
        Those that are ``keeping`` something may end what they are at when all is closed.
        """
        self._most, self._niceness, self._opening = most, niceness, opening
        self._keeping, self._closed = keeping, False
        self._pool: ProcessPoolExecutor | None = None
        self._first: Future[None] | None = None
        self._apart = asyncio.Lock()

    def start(self) -> None:
        """Start one now, in the background, and again when one was killed.

        Calls wait for it. Others come when a call finds none idle; whoever is ready first takes it.
        """
        self._first = _handed_to(self._hired(), _nothing)

    async def run(self, work: Callable[..., _Done], *given: object) -> _Done:
        """Call a function in another process.

        Where a process is killed (for its memory, say), all that were at work are lost with it:
        each call is made once more in a process of its own, for it may be what killed it.

        Raises:
            BrokenProcessPool: that process was killed too.

        """
        pool = self._hired()
        try:
            if self._first is not None:
                await asyncio.shield(asyncio.wrap_future(self._first))
            return await _called_in(pool, work, *given)
        except BrokenProcessPool:
            if self._closed:
                raise
            self._replace(pool)
        async with self._apart:
            alone = self._made(1)
            try:
                return await _called_in(alone, work, *given)
            finally:
                _end(alone)

    def numbers(self) -> list[int]:
        """Return the numbers (pid) of those that have been started."""
        return list(self._pool._processes or ()) if self._pool else []  # noqa: SLF001 - nothing else tells

    def close(self) -> None:
        """Stop the processes for good."""
        self._closed = True
        if self._pool is not None:
            _end(self._pool, kill=not self._keeping)
            self._pool = None

    def _hired(self) -> ProcessPoolExecutor:
        """Return the pool, a new one where a process of the last was killed meanwhile."""
        if self._pool is not None and _broken(self._pool):
            self._replace(self._pool)
        self._pool = self._pool or self._made(self._most)
        return self._pool

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        """Have others instead of a pool of which a process was killed, unless there are already."""
        if self._pool is pool:
            _end(pool)
            self._pool = None
            if self._first is not None:
                self.start()

    def _made(self, most: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=most,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_live_and_die_with_the_parent,
            initargs=(self._niceness, self._opening),
        )


def cores() -> int:
    """Return how many cores this process may use: in a container often fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _broken(pool: ProcessPoolExecutor) -> bool:
    return bool(pool._broken)  # noqa: SLF001 - nothing else tells


def _end(pool: ProcessPoolExecutor, *, kill: bool = False) -> None:
    """Let a pool's processes end when they are done with what they are at, or at once.

    Where one was killed the others may wait for ever for a lock that it held, and take no notice
    of SIGTERM: they are killed too.
    """
    workers = dict(pool._processes or {})  # noqa: SLF001 - kill_workers is of 3.14
    kill = kill or _broken(pool)
    pool.shutdown(wait=False, cancel_futures=True)
    if kill:
        for worker in workers.values():
            worker.kill()


async def _called_in(
    pool: ProcessPoolExecutor, work: Callable[..., _Done], *given: object
) -> _Done:
    return await asyncio.wrap_future(_handed_to(pool, work, *given))


def _handed_to(
    pool: ProcessPoolExecutor, work: Callable[..., _Done], *given: object
) -> Future[_Done]:
    with _signals_held():
        return pool.submit(work, *given)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Hold signals back from a process that is started meanwhile, until it has its own way."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows has none
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _LEFT_TO_THE_PARENT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live_and_die_with_the_parent(niceness: int, opening: Callable[[], None]) -> None:
    """Leave signals that reach the whole group of processes to the parent; end when it ends.

    A parent that is killed cannot stop the others, which would wait for calls for ever.
    """
    for number in _LEFT_TO_THE_PARENT:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _LEFT_TO_THE_PARENT)
    if hasattr(os, "nice"):
        os.nice(niceness)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    opening()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "it is a child"
    parent.join()
    os._exit(0)
