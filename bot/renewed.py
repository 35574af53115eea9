"""A value that is read elsewhere, kept at hand, and read anew when it is wanted and has aged.

Whoever asks never waits: there is the value as it was some moments ago, or none yet.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")

REST_SECONDS, REST_TIMES = 15.0, 20.0
"""A value is read anew after so long, and after so many times the time that reading it took."""

OLD_SECONDS = 600.0
"""An older value is none: nobody asked meanwhile, and much may have come."""

log = logging.getLogger(__name__)


class Renewed(Generic[Value]):
    """Keeps a value of one event loop; it may be asked for in any thread."""

    def __init__(
        self,
        read: Callable[[Value | None], Awaitable[Value | None]],
        *,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """``read`` is given the value so far and returns the new one, None where it is the same.

        ``clock`` returns seconds, by default those of the running loop.
        """
        self._read = read
        self._loop = asyncio.get_running_loop()
        self._clock = clock or self._loop.time
        self._value: Value | None = None
        self._tried = self._right_at = -OLD_SECONDS
        self._rest = 0.0
        self._task: asyncio.Task[None] | None = None

    def __call__(self) -> Value | None:
        """Return the value, None where there is no young one; it is read anew if that is due."""
        now = self._clock()
        found = self._value if now - self._right_at <= OLD_SECONDS else None
        if now - self._tried >= self._rest:
            self._loop.call_soon_threadsafe(self._begin)
        return found

    async def close(self) -> None:
        """Stop reading."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = self._loop.create_task(self._renew())

    async def _renew(self) -> None:
        began = self._tried = self._clock()
        try:
            self._value = await self._read(self._value) or self._value
            self._right_at = began
        except Exception:  # it is read again later, and whoever asks has another way
            log.warning("a value kept at hand could not be read anew", exc_info=True)
        self._tried = self._clock()
        self._rest = max(REST_SECONDS, REST_TIMES * (self._tried - began))
