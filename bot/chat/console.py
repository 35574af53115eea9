"""The console: the commands at a prompt, with history and completion.

Home of prompt_toolkit. With no terminal (a pipe) it reads lines and answers each.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console as Terminal

from bot.chat.terminal import show
from bot.commands import COMMANDS
from bot.model import CONSOLE
from bot.ports import Complete, Respond
from summarizer.plain import points

MOST_CHARACTERS = 1 << 20
"""The longest line that is read from a pipe."""

LEAVE = frozenset({"quit", "exit", "q", ":q", "bye"})


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who sits at the terminal: may change everything. ``context`` is what was asked last."""

    context: str = ""
    channel: str = CONSOLE
    may_change: bool = True


class Console:
    """The prompt loop."""

    def __init__(self, respond: Respond, complete: Complete, *, history: Path | None) -> None:
        """Keep the doors; ``history`` is the file that remembers what was typed."""
        self._respond = respond
        self._complete = complete
        self._history = history
        self._terminal = Terminal()
        self._context = ""

    async def run(self) -> None:
        """Answer lines until the end of input, ``quit`` or Ctrl-D."""
        if sys.stdin.isatty():
            await self._prompt()
        else:
            await self._pipe()

    async def answer(self, typed: str) -> bool:
        """Answer one line; False when it asks to leave."""
        words = typed.strip()
        if words.lower() in LEAVE:
            return False
        if words:
            message = await self._respond(words, Sitter(self._context))
            show(self._terminal, message)
            if message.subject or not points(words):
                self._context = message.subject or said(words) or self._context
        return True

    async def _prompt(self) -> None:
        session: PromptSession[str] = PromptSession(
            history=_remembered(self._history),
            completer=_Words(self._complete),
            complete_while_typing=False,
        )
        with patch_stdout(raw=True):
            while True:
                try:
                    typed = await session.prompt_async("whosaid> ")
                except KeyboardInterrupt:
                    continue
                except EOFError:
                    return
                if not await self.answer(typed):
                    return

    async def _pipe(self) -> None:
        async for typed in _lines(sys.stdin):
            if not await self.answer(typed):
                return


async def _lines(stream: TextIO) -> AsyncIterator[str]:
    """Yield the lines of a pipe, in a way that a signal can end; of a file, as they stand."""
    reader = asyncio.StreamReader(limit=MOST_CHARACTERS)
    protocol = asyncio.StreamReaderProtocol(reader)
    try:
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, stream)
    except (ValueError, OSError, NotImplementedError):  # a file; or no pipes here
        while typed := await asyncio.to_thread(stream.readline):
            yield typed
        return
    while line := await reader.readline():
        yield line.decode(errors="replace")


def said(words: str) -> str:
    """Return what was said without the command's name, for a later "who said that?"."""
    first, _, rest = words.partition(" ")
    return rest if first.lower() in {entry.first for entry in COMMANDS} else words


def _remembered(path: Path | None) -> History:
    if path is None:
        return InMemoryHistory()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


class _Words(Completer):
    """Completes command names, then what the command takes."""

    def __init__(self, complete: Complete) -> None:
        self._complete = complete

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - the library's signature
    ) -> Iterable[Completion]:
        """Yield completions of the text before the cursor."""
        typed = document.text_before_cursor.lstrip()
        for entry in COMMANDS:
            if entry.name.startswith(typed.lower()):
                yield Completion(entry.name, -len(typed), display_meta=entry.about)
        for entry in COMMANDS:
            if entry.arguments and typed.lower().startswith(entry.name + " "):
                words = typed[len(entry.name) + 1 :]
                for suggestion in self._complete(entry.arguments[0].kind, words):
                    yield Completion(suggestion, -len(words))
