"""Processes that answer, so that two questions don't wait for each other, nor a loop for either.

What only reads and computes is answered here (``bot.respond.APART``), each time from a desk as the
application has it. Answers go first: these processes stand back for nobody.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial

from bot import pauses
from bot.commands import Command
from bot.courtesy import REST_SECONDS
from bot.desks import Office
from bot.embed import MeaningIndex
from bot.errors import FaultElsewhere, WhosaidError
from bot.logs import told
from bot.means import Means
from bot.message import Message
from bot.model import CONSOLE
from bot.ports import Asker
from bot.processes import Processes, cores
from bot.respond import APART
from bot.store import open_store

MOST_PROCESSES = 2
"""Two, so that no question waits for another; each takes a few hundred MB."""

LONG = frozenset({"digest"})
"""Commands of many articles, seconds at a million sentences: one at a time, so that questions
find a process that is free."""

_SOME_QUESTION = "The harbour was closed for two days, its master said"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Sent:
    """Who asks, as another process is told of it."""

    channel: str
    may_change: bool
    context: str


class Answerers:
    """Answer commands in other processes; each has its own connections and models."""

    def __init__(self, means: Means, most: int = MOST_PROCESSES) -> None:
        """Start nothing yet. There are so many at ``most``, and no more than one a core."""
        self._means = means
        self._long = asyncio.Lock()
        self._processes = Processes(
            min(most, cores()), opening=partial(_open, means), keeping=False
        )

    def start(self) -> None:
        """Start one now, in the background: what it needs is loaded before anybody asks.

        Another is started when two questions first come at once; neither waits for that.
        """
        self._processes.start()

    async def __call__(self, command: Command, asker: Asker, now: datetime) -> Message:
        """Answer one of the commands ``bot.respond.APART``, as of ``now``.

        Raises:
            WhosaidError: as the command's handler raises it.
            FaultElsewhere: it has a bug.
            BrokenProcessPool: the process was killed twice.

        """
        sent = _Sent(asker.channel, asker.may_change, asker.context)
        async with self._long if command.name in LONG else nullcontext():
            return await self._processes.run(_answer, self._means, command, sent, now)

    def numbers(self) -> list[int]:
        """Return the numbers (pid) of the processes that have been started."""
        return self._processes.numbers()

    def close(self) -> None:
        """End them at once: nothing is lost but an answer."""
        self._processes.close()


class Rest:
    """Tidies up in a moment without questions: the last answer is sent first."""

    def __init__(self, tidy: Callable[[], None], seconds: float = REST_SECONDS) -> None:
        """Begin with nothing to tidy up."""
        self._tidy, self._seconds = tidy, seconds
        self._timer = threading.Timer(seconds, tidy)

    @contextmanager
    def after(self) -> Iterator[None]:
        """Compute an answer in the block; tidy up after it when no other comes."""
        self._timer.cancel()
        try:
            yield
        finally:
            self._timer = threading.Timer(self._seconds, self._tidy)
            self._timer.daemon = True
            self._timer.start()


_rest = Rest(pauses.tidy)


@cache
def _office(means: Means) -> Office:
    """Open everything once a process; it is closed when the process ends."""
    return Office(means, open_store(means.database))


def _open(means: Means) -> None:
    """Load all that answers need, by answering; what is wrong is told to whoever asks."""
    with suppress(WhosaidError):
        _office(means).desk(CONSOLE, lambda: _LONG_AGO).find_source(_SOME_QUESTION, _LONG_AGO)
    pauses.keep_short()


def _answer(means: Means, command: Command, asker: Asker, now: datetime) -> Message:
    """Answer; a bug comes back as words, for not every exception can be sent."""
    with _rest.after():
        try:
            return _answered(means, command, asker, now)
        except WhosaidError:
            raise
        except Exception as fault:  # the process loop of this process, as it were
            raise FaultElsewhere(told(fault)) from fault


def _answered(means: Means, command: Command, asker: Asker, now: datetime) -> Message:
    office = _office(means)
    if isinstance(office.meaning, MeaningIndex):
        office.meaning.follow()  # whoever stores news keeps it up to date
    return APART[command.name](office.desk(asker.channel, lambda: now), command, asker)
