"""The console as a platform: what the bot posts by itself is printed, once.

What was posted stands in a transcript beside the database, a line of JSON a part; it is the
history in which the outbox looks when a stop left an outcome open. Asking at the prompt is in
``bot.chat.console``.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.chat.terminal import as_text
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Message
from bot.model import CONSOLE


class ConsolePost:
    """The door ``bot.ports.Chat`` to the terminal that the program runs in."""

    platform = CONSOLE

    def __init__(self, transcript: Path | None, *, show: Callable[[str], None] = print) -> None:
        """Keep the place of the transcript; without one it is kept in memory, for this life."""
        self._transcript = transcript
        self._show = show
        self._lines: list[str] = []

    async def run(self) -> None:
        """Serve until cancelled; there is nothing to connect to."""
        await asyncio.Event().wait()

    async def admins(self, channel: str) -> Sequence[str]:  # noqa: ARG002 - the door's form
        """Return nobody: who sits at the console reads the log."""
        return ()

    def freeze(self, message: Message) -> tuple[str, ...]:
        """Render a message and its thread as one part, the text of a terminal (pure)."""
        return (json.dumps({"text": as_text(message)}),)

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:  # noqa: ARG002 - no threads here
        """Write a part into the transcript, then print it; return its key.

        Raises:
            ChatError: the transcript cannot be written.

        """
        text = json.loads(delivery.payload)["text"]
        line = json.dumps({"key": delivery.key, "text": text})
        if self._transcript is None:
            self._lines.append(line)
        else:
            await asyncio.to_thread(_append, self._transcript, line)
        self._show(text)
        return delivery.key

    async def find(self, delivery: Delivery) -> str:
        """Look for a part in the transcript."""
        lines = self._lines
        if self._transcript is not None and self._transcript.exists():
            text = await asyncio.to_thread(self._transcript.read_text, encoding="utf-8")
            lines = text.splitlines()
        return delivery.key if any(_key(line) == delivery.key for line in lines) else ""

    async def close(self) -> None:
        """Nothing is open."""


def _append(place: Path, line: str) -> None:
    """Add a line that outlives a power cut; half a line of an earlier cut stays by itself."""
    try:
        with place.open("a", encoding="utf-8") as transcript:
            transcript.write(f"\n{line}\n")
            transcript.flush()
            os.fsync(transcript.fileno())
    except OSError as fault:
        raise ChatError(f"{place} cannot be written ({fault.strerror}): mend that") from fault


def _key(line: str) -> str:
    """Return the key of a line of the transcript, empty for half a line."""
    try:
        return str(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError):
        return ""
