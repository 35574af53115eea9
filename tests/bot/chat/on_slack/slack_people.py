"""Who answers in the tests of the adapter, and what people do on Slack: ours, invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_samples import card, digest

from bot.commands import parse
from bot.errors import UsageError
from bot.message import Message, Paragraph, plain
from bot.model import Channel, Subscription
from bot.ports import Asker


class Desk:
    """Answers with cards and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bool, str]] = []
        self.completed: list[tuple[str, str, str]] = []
        self.subscribed: list[Subscription] = []

    async def respond(self, words: str, asker: Asker) -> Message:
        """Answer; changing commands need the permission."""
        self.asked.append((words, asker.channel, asker.may_change, asker.context))
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

    def subscriptions(self) -> Sequence[Subscription]:
        """Return the subscriptions of the test."""
        return self.subscribed


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
