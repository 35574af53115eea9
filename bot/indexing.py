"""The index by meaning is kept abreast of what is stored: after news, one turn at a time.

Where it is made is told by ``bot.app``: in a thread of this process, or in another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime


class Indexing:
    """Brings an index up to date, where there is one."""

    def __init__(
        self, catch_up: Callable[[], Awaitable[None]] | None = None, *, shared: bool = False
    ) -> None:
        """``catch_up`` does it, None where no index is wanted.

        ``shared`` tells that the database keeps one for all processes, whose workers do it.
        """
        self._catch_up = catch_up
        self.shared = shared
        self._behind = True
        self._one_at_a_time = asyncio.Lock()

    async def after(self, analysed: int) -> None:
        """Catch up when something was analysed, and at first."""
        self._behind = self._behind or bool(analysed)
        if self._behind:
            await self.now()

    async def now(self, _: datetime | None = None) -> None:
        """Catch up."""
        if self._catch_up is not None:
            async with self._one_at_a_time:
                self._behind = False
                try:
                    await self._catch_up()
                except BaseException:
                    self._behind = True
                    raise

    async def own(self, moment: datetime | None = None) -> None:
        """Catch up where nobody else does it for this index."""
        if not self.shared:
            await self.now(moment)
