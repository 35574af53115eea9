"""Processes that analyse articles, so that a busy analysis never delays an answer."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor

from summarizer.model import Analysis, Article

MOST_PROCESSES = 4


class Analysts:
    """A pool of processes, started when the first article comes."""

    def __init__(self) -> None:
        """Start nothing yet: a question needs no analyst."""
        self._pool: ProcessPoolExecutor | None = None

    async def __call__(self, article: Article) -> Analysis:
        """Analyse one article in another process."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=max(1, min(MOST_PROCESSES, os.cpu_count() or 1)),
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_live_and_die_with_the_parent,
            )
        return await asyncio.get_running_loop().run_in_executor(self._pool, _analyze, article)

    def close(self) -> None:
        """Stop the processes; what they were at is dropped and done anew next time."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)


def _live_and_die_with_the_parent() -> None:
    """Leave Ctrl-C, which reaches the whole group of processes, to the parent; end when it ends.

    A parent that is killed cannot stop its analysts, which would wait for articles for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "an analyst is a child"
    parent.join()
    os._exit(0)


def _analyze(article: Article) -> Analysis:
    from summarizer.analysis import analyze  # noqa: PLC0415 - only these processes load the model

    return analyze(article)
