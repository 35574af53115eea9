"""What every answer is made from: the doors, the settings and the clock, handed in once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.cards.typed import ours
from bot.compose import Composer
from bot.message import Message, Paragraph, plain
from bot.model import Feed, Item, Settings
from bot.ports import Store
from summarizer.model import Analysis, Answer, Article

Analyse = Callable[[Article], Awaitable[Analysis]]
Read = Callable[[str], Awaitable[Sequence[Item]]]
Subscribe = Callable[[str, str], Awaitable[Sequence[Feed]]]
"""(address or path, channel) -> the feeds found there; nothing is stored."""


class FindSource(Protocol):
    """What answers a question, as ``bot.sourcing`` does."""

    def __call__(self, question: str, now: datetime, *, first: Collection[str] = ()) -> Answer:
        """Return who says it; from the articles with the ids ``first`` where one of them does."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The doors behind the commands. ``now`` returns an aware moment in UTC."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]
    analyse: Analyse
    read: Read
    feeds_at: Subscribe
    opml_of: Callable[[Sequence[Feed]], str]
    find_source: FindSource
    articles_about: Callable[[str], Sequence[tuple[Article, Analysis]]]
    composer: Composer
    workers: Callable[[], tuple[str, str]] = lambda: ("", "")
    """Who works where the work is shared, and what is wrong with that; empty else."""


def note(text: str, *, private: bool = True, data: object = None, quoting: bool = False) -> Message:
    """Return a message of one sentence; ``quoting`` one holds words of others, and no command."""
    shown = plain(text) if quoting else ours(text)
    return Message((Paragraph(shown),), text, private=private, data=data or {"note": text})
