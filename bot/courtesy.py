"""Answers first: what else this process does waits a moment while somebody is being answered.

All compute in one interpreter, so that each article stored meanwhile makes an answer wait. Of
one event loop; no thread of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST_SECONDS = 0.25
"""The longest that one article waits: where people ask without end, news still comes in."""

_LOOK_SECONDS = 0.005

REST_SECONDS = 0.05
"""How long after the last answer it is tidied up: what was computed is sent first."""


def _nothing() -> None:
    """Tidy nothing up."""


class Courtesy:
    """Knows how many answers are being computed."""

    def __init__(self, tidy: Callable[[], None] = _nothing) -> None:
        """Begin with nobody waiting; ``tidy`` is called after answers, when no other is due."""
        self._answering = 0
        self._tidy = tidy

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Tell that an answer is being computed, as long as the block runs."""
        self._answering += 1
        try:
            yield
        finally:
            self._answering -= 1
            asyncio.get_running_loop().call_later(REST_SECONDS, self._rest)

    def _rest(self) -> None:
        if not self._answering:
            self._tidy()

    async def give_way(self) -> None:
        """Wait until no answer is being computed, ``MOST_SECONDS`` at most."""
        loop = asyncio.get_running_loop()
        until = loop.time() + MOST_SECONDS
        while self._answering and loop.time() < until:  # noqa: ASYNC110 - bounded
            await asyncio.sleep(_LOOK_SECONDS)
