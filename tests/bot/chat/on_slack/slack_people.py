"""Who answers in the tests of the adapter, and what people do on Slack: ours, invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from slack_samples import card, digest

from bot.chat.slack import Slack
from bot.chat.slack_setup import Setup
from bot.commands import parse
from bot.errors import UsageError
from bot.message import Message, Paragraph, plain
from bot.model import Channel, Subscription
from bot.ports import Asker, Respond
from bot.store import SqlStore

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def build(setup: Setup, desk: Desk, store: SqlStore, clock: Clock | None = None) -> Slack:
    """Return an adapter that answers from this desk and remembers in this store."""
    return Slack(setup, desk.respond, desk.complete, store, clock=clock or Clock())


class Desk:
    """Answers with cards and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bool, str]] = []
        self.completed: list[tuple[str, str, str]] = []
        self.instead: Respond | None = None

    async def respond(self, words: str, asker: Asker) -> Message:
        """Answer; changing commands need the permission."""
        self.asked.append((words, asker.channel, asker.may_change, asker.context))
        if self.instead is not None:
            return await self.instead(words, asker)
        command = parse(words)
        if command.changing and not asker.may_change:
            return note("Ask someone who may manage this channel.")
        if command.words == "nonsense":
            raise UsageError("That was nonsense; type “help”.")
        if command.name == "search":
            return note(f"Page {command.page} of passages")
        if command.name == "digest":
            return digest(20)
        if command.name == "digest post":
            return Message(digest(2).blocks, "Posted digest", private=False)
        return card() if command.name == "source" else note(f"answer to {command.name}")

    def complete(self, kind: str, prefix: str, /, channel: str = "") -> Sequence[str]:
        """Suggest one entity."""
        self.completed.append((kind, prefix, channel))
        return ["Ada Ruiz", "Ada Ruiz", "The Harbour " + "x" * 100]


def note(text: str) -> Message:
    return Message((Paragraph(plain(text)),), text)


def subscription(key: str, problem: str = "") -> Subscription:
    return Subscription(Channel(key), problem=problem)


def buttons(payload: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the buttons of a message by their labels."""
    return {
        element["text"]["text"]: element
        for block in payload["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    }
