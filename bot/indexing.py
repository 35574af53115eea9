"""The index by meaning is kept abreast of what is stored: after news, one turn at a time.

It is made in a thread of the process that holds it, or in another where only others do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.embed import NOT_INSTALLED, MeaningIndex
from bot.means import Means
from bot.minilm import must_be_installed
from bot.store import SqlStore
from bot.stored_meaning import StoredMeaning, catch_up


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


def indexing_over(
    store: SqlStore,
    means: Means,
    meaning: MeaningIndex | StoredMeaning | None,
    *,
    apart: Callable[[], Awaitable[None]],
) -> Indexing:
    """Return what keeps the index over a store: ``meaning`` here, ``apart`` where that is None.

    Raises:
        ConfigError: search by meaning is wanted, and not installed.

    """
    if not means.meaning:
        return Indexing()
    if meaning is None:
        must_be_installed(NOT_INSTALLED)
        return Indexing(apart, shared=store.make_vectors())
    work = partial(asyncio.to_thread, catch_up, meaning, store)
    return Indexing(work, shared=isinstance(meaning, StoredMeaning))
