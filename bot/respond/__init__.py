"""Answering: a command and who asks -> the message to show.

Wrong words get a message that helps; a fault of ours is logged with a reference that the
message shows. Connecting to platforms and printing is not here.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import cast

from bot.commands import Command, is_command, misspelt, parse, unknown, usage
from bot.courtesy import Courtesy
from bot.errors import UsageError, WhosaidError
from bot.message import Message
from bot.ports import Asker
from bot.respond import asking, reading, settings, upkeep, why
from bot.respond.desk import Desk, note
from bot.respond.subject import mark_of
from summarizer.plain import nearest_commands, points, read_plain, read_pointing

__all__ = ["APART", "HANDLERS", "Desk", "Responder"]

Compute = Callable[[Desk, Command, Asker], Message]
"""What only computes, and is called in a thread."""

Handler = Compute | Callable[[Desk, Command, Asker], Awaitable[Message]]
"""What waits for the network besides is awaited."""

APART: Mapping[str, Compute] = MappingProxyType(
    {
        "source": asking.source,
        "entity": asking.entity,
        "story": reading.story,
        "digest": reading.digest,
        "search": reading.search,
    }
)
"""Those that take their time and only read what is stored: any process may answer them."""

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        **APART,
        "brief": reading.brief,
        "digest post": reading.post_digest,
        "follow": settings.follow,
        "unfollow": settings.unfollow,
        "feeds": settings.feeds,
        "feeds add": settings.add_feed,
        "feeds remove": settings.remove_feed,
        "feeds import": settings.import_feeds,
        "feeds export": settings.export_feeds,
        "schedule": settings.schedule,
        "why": why.why,
        "status": upkeep.status,
        "help": upkeep.show_help,
    }
)
"""Command name -> what answers it; the names are those of ``bot.commands.COMMANDS``."""

Apart = Callable[[Command, Asker], Awaitable[Message]]
"""Answers one of ``APART`` in another process."""

_POINTS_AT_NOTHING = (
    "What “that” is cannot be told here. Ask in a story's thread, reply to a message, or say the "
    "claim: source CLAIM"
)
_SHOWN_WORDS = 60

_log = logging.getLogger(__name__)


def understand(typed: str, context: str = "") -> Command:
    """Read typed words as a command, or plain words as the command that they mean.

    ``context`` is what the words were said under (a story, a quoted message, the last question).

    Raises:
        UsageError: they mean no command; the text names the nearest.

    """
    if not any(map(str.isalnum, typed)):
        return parse("help")
    about = mark_of(context)
    if pointed := _pointed(typed, about):
        return parse(pointed)
    if is_command(typed):
        return parse(typed)
    meant = read_plain(typed, about)
    if meant is None or misspelt(typed):
        raise UsageError(_not_understood(typed))
    return parse(meant)


def _pointed(typed: str, about: str) -> str:
    """Return the command of words that point at something; empty for all others.

    Raises:
        UsageError: there is nothing to point at.

    """
    bare = re.sub(r"^/?source\s+", "", typed.strip(), flags=re.IGNORECASE)
    if not points(bare) or (not about and bare.lower() in {"source", "/source"}):
        return ""  # “source” alone is told what it needs
    if not about:
        raise UsageError(_POINTS_AT_NOTHING)
    return read_pointing(bare, about) or ""


def _not_understood(typed: str) -> str:
    """Say what to type instead of words that mean no command, with the two nearest."""
    first = typed.strip().removeprefix("/").partition(" ")[0].lower()
    if misspelt(typed):
        return unknown(first)
    near = " or ".join(f"“{usage(name)}”" for name in nearest_commands(typed))
    shown = " ".join(typed.split())[:_SHOWN_WORDS]
    return f"“{shown}” is not understood. Nearest: {near}. “help” lists all."


class Responder:
    """Answers commands, each from the desk of the channel that it was given in."""

    def __init__(
        self,
        desk_for: Callable[[str], Desk],
        courtesy: Courtesy | None = None,
        apart: Apart | None = None,
    ) -> None:
        """``desk_for`` returns the desk that shows what the people of a channel may see.

        ``courtesy`` is told while an answer is computed; ``apart`` answers in other processes.
        """
        self._desk_for = desk_for
        self._apart = apart
        self._courtesy = courtesy or Courtesy()

    async def __call__(self, typed: str, asker: Asker) -> Message:
        """Answer typed words; this never raises for what was typed."""
        try:
            return await self.answer(typed, asker)
        except WhosaidError as error:
            return note(str(error), data={"error": str(error)})
        except Exception:  # noqa: BLE001 - the one place where a fault of ours becomes words
            reference = secrets.token_hex(3)
            _log.exception("answering failed", extra={"reference": reference})
            text = f"Something went wrong here, logged under {reference}. Try again, or “status”."
            return note(text, data={"error": text})

    async def answer(self, typed: str, asker: Asker) -> Message:
        """Answer typed words.

        Raises:
            WhosaidError: the words are at fault, or something they need; its text says what to do.

        """
        command = understand(typed, asker.context)
        if command.changing and not asker.may_change:
            return note(
                f"“{command.name}” changes this channel. Ask someone who may manage it, "
                "or one of the roles named in the config."
            )
        loop = asyncio.get_running_loop()
        began = loop.time()
        message = await self._handled(command, asker)
        took = 1000 * (loop.time() - began)
        _log.info("command name=%s channel=%s ms=%.0f", command.name, asker.channel, took)
        return message if message.command else replace(message, command=command.typed)

    async def _handled(self, command: Command, asker: Asker) -> Message:
        if self._apart is not None and command.name in APART:
            with self._courtesy.answering():
                return await self._apart(command, asker)
        handler, desk = HANDLERS[command.name], self._desk_for(asker.channel)
        if inspect.iscoroutinefunction(handler):
            awaited: Message = await handler(desk, command, asker)
            return awaited
        # It may take tenths of a second, in which others want an acknowledgement.
        with self._courtesy.answering():
            return await asyncio.to_thread(cast("Compute", handler), desk, command, asker)
