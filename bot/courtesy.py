"""Answers first: what stores news waits a moment while somebody is being answered.

Both compute in one interpreter, so that each article stored meanwhile makes an answer wait. Of
one event loop; no thread of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

MOST_SECONDS = 0.25
"""The longest that one article waits: where people ask without end, news still comes in."""

_LOOK_SECONDS = 0.005


class Courtesy:
    """Knows how many answers are being computed."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._answering = 0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Tell that an answer is being computed, as long as the block runs."""
        self._answering += 1
        try:
            yield
        finally:
            self._answering -= 1

    async def give_way(self) -> None:
        """Wait until no answer is being computed, ``MOST_SECONDS`` at most."""
        loop = asyncio.get_running_loop()
        until = loop.time() + MOST_SECONDS
        while self._answering and loop.time() < until:  # noqa: ASYNC110 - bounded
            await asyncio.sleep(_LOOK_SECONDS)
