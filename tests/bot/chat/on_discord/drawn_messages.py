"""Whole messages drawn from a seed: quick enough to try ten thousand of them in every run."""

from __future__ import annotations

import random
from collections.abc import Callable

from random_messages import HOSTILE

from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Message,
    Paragraph,
    Picture,
    Quote,
    Run,
    Small,
    Text,
    When,
)

LINKS = (
    "https://news.example/a?b=(c)&d=[e]#:~:text=one%20two",
    "https://news.example/é b<c>d)",
    "javascript:alert(1)",
    "https://[",
    "https://news.example/" + "q#" + "f" * 3000,
)


def drawn(seed: int) -> Message:
    """Return the message of a seed."""
    chance = random.Random(seed)
    blocks = tuple(_block(chance) for _ in range(chance.randint(0, 6)))
    thread = (Message((_block(chance),), _words(chance)),) if chance.random() < 0.1 else ()
    return Message(blocks, _words(chance), thread=thread)


def _words(chance: random.Random) -> str:
    pieces = [
        chance.choice(HOSTILE) if chance.random() < 0.8 else chr(chance.randint(32, 0x2FFF))
        for _ in range(chance.randint(0, 8))
    ]
    text = "".join(pieces)
    return text * chance.randint(50, 400) if chance.random() < 0.03 else text


def _text(chance: random.Random) -> Text:
    return tuple(_part(chance) for _ in range(chance.randint(0, 4)))


def _part(chance: random.Random) -> Run | When:
    if chance.random() < 0.1:
        return When(chance.randint(-(10**14), 10**14), _words(chance))
    bold, italic, code, linked = (chance.random() < 0.3 for _ in range(4))
    link = chance.choice((*LINKS, _words(chance))) if linked else ""
    return Run(
        _words(chance), bold=bold, italic=italic, code=code and chance.random() < 0.5, link=link
    )


def _block(chance: random.Random) -> Block:
    return chance.choice(BLOCKS)(chance)


def _buttons(chance: random.Random) -> Buttons:
    commands = ("story 1", "story 2", _words(chance))
    return Buttons(
        tuple(
            Button(_words(chance), chance.choice(commands), chance.random() < 0.3)
            for _ in range(chance.randint(0, 7))
        )
    )


BLOCKS: tuple[Callable[[random.Random], Block], ...] = (
    lambda chance: Heading(_words(chance), chance.choice((1, 2)), chance.choice((*LINKS, ""))),
    lambda chance: Paragraph(_text(chance)),
    lambda chance: Quote(_text(chance)),
    lambda chance: Facts(tuple((_words(chance), _text(chance)) for _ in range(3))),
    lambda chance: Bullets(tuple(_text(chance) for _ in range(3))),
    lambda chance: Small(_text(chance)),
    lambda _: Divider(),
    lambda chance: Picture(b"\x89PNG", _words(chance), _words(chance)),
    _buttons,
)
