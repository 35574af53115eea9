"""An event loop in a thread of its own: what must answer in time while ours waits for a disk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Value = TypeVar("Value")


class Elsewhere:
    """Runs coroutines in another thread's event loop."""

    def __init__(self, name: str) -> None:
        """Start the thread."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    async def do(self, work: Coroutine[Any, Any, Value]) -> Value:
        """Run a coroutine there and return its value; a cancellation reaches it."""
        return await across(work, self._loop)

    def close(self) -> None:
        """Stop the loop and the thread; what still runs there is dropped."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def across(work: Coroutine[Any, Any, Value], loop: asyncio.AbstractEventLoop) -> Value:
    """Run a coroutine in the loop of another thread and return its value."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop))
