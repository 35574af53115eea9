"""A responder that remembers what it was asked, and answers with messages of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.message import (
    Block,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Paragraph,
    Picture,
    Quote,
    Run,
    Small,
    plain,
)
from bot.ports import Asker

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def card(words: str) -> Message:
    """An answer like those that people get."""
    return Message(
        (
            Heading("Who said it"),
            Quote((*plain("The harbour board "), Run("closed the port", bold=True), *plain("."))),
            Facts((("Who says it", plain("Harbour Board")),)),
            Small(plain(f"Asked: {words}")),
            Buttons((Button("Story", "story 3f2a"), Button("More", "search:2 harbour"))),
        ),
        "Harbour Board says it",
    )


def chart(words: str) -> Message:
    blocks: tuple[Block, ...] = (Paragraph(plain(words)), Picture(PNG, "Mentions a day: 1, 2, 3"))
    return Message(blocks, "chart")


def public(words: str) -> Message:
    return Message((Heading("Digest"), Paragraph(plain(words))), "Digest", private=False)


def long(words: str) -> Message:
    blocks = [Paragraph(plain(f"{number} " + "word " * 190)) for number in range(10)]
    return Message((Heading("Long"), *blocks), "Long answer")


class Respond:
    """The fake behind the door ``bot.ports.Respond``."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Asker]] = []
        self.answers = {"entity": chart, "digest post": public, "brief": long}
        self.fault: Exception | None = None

    async def __call__(self, words: str, asker: Asker) -> Message:
        self.asked.append((words, asker))
        if self.fault is not None:
            raise self.fault
        for start, answer in self.answers.items():
            if words.startswith(start):
                return answer(words)
        return card(words)

    @property
    def words(self) -> list[str]:
        return [words for words, _ in self.asked]

    @property
    def asker(self) -> Asker:
        return self.asked[-1][1]


class Complete:
    """The fake behind the door ``bot.ports.Complete``."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def __call__(self, kind: str, prefix: str, /, channel: str = "") -> Sequence[str]:
        self.asked.append((kind, prefix, channel))
        many = {"entity": ["Harbour Board", "x" * 101, *(f"Port {n}" for n in range(40))]}
        return many.get(kind, [f"{kind} one", f"{kind} two"])


def shown(message: Any) -> str:
    """All text of a message that was sent."""

    def walk(components: list[dict[str, Any]]) -> list[str]:
        found = []
        for one in components:
            found += [one["content"]] if "content" in one else walk(one.get("components", []))
        return found

    return "\n".join(walk(_components(message)))


def labels(message: Any) -> list[str]:
    """The labels of all buttons of a message that was sent."""

    def walk(components: list[dict[str, Any]]) -> list[str]:
        found = []
        for one in components:
            found += [one["label"]] if one["type"] == 2 else walk(one.get("components", []))
        return found

    return walk(_components(message))


def _components(message: Any) -> list[dict[str, Any]]:
    return [one if isinstance(one, dict) else one.to_dict() for one in message.components]
