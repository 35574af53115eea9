"""Processes that analyse articles and keep them, so that this never delays an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.processes import Processes, cores
from summarizer.model import Analysis, Article

_Done = TypeVar("_Done")

MOST_PROCESSES = 4

KEPT_FREE = 1
"""Cores that analysts leave to the processes that answer: standing back (nice) still lets them have
the core for a while when somebody who answers is woken (``benchmarks.latency``)."""

NICENESS = 10
"""How far analysts stand back where a processor is wanted by others too (see nice(1))."""


class Analysts:
    """A pool of processes, started when the first article comes."""

    def __init__(self, processes: int = MOST_PROCESSES, *, answering: bool = True) -> None:
        """Start nothing yet: a question needs no analyst.

        There are so many ``processes`` at most, and no more than one a core; where somebody is
        answered meanwhile (``answering``), a core is left to that, if there are two.
        """
        most = max(1, min(processes, cores() - KEPT_FREE * answering))
        self._processes = Processes(most, niceness=NICENESS)

    async def __call__(self, article: Article) -> Analysis:
        """Analyse one article in another process; see ``run``."""
        return await self.run(_analyze, article)

    async def run(self, work: Callable[..., _Done], *given: object) -> _Done:
        """Call a function in another process, and once more where that is killed.

        Raises:
            BrokenProcessPool: it was killed twice.

        """
        return await self._processes.run(work, *given)

    def close(self) -> None:
        """Stop the processes."""
        self._processes.close()


def _analyze(article: Article) -> Analysis:
    from summarizer.analysis import analyze  # noqa: PLC0415 - only these processes load the model

    return analyze(article)
