"""A desk over a store that was made for a test, and who asks at it."""

from dataclasses import dataclass
from datetime import datetime

from bot.compose import Composer
from bot.model import CONSOLE, Settings
from bot.respond import Desk
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder


@dataclass(frozen=True)
class Person:
    channel: str = CONSOLE
    may_change: bool = True
    context: str = ""


def desk_over(store, now: datetime) -> Desk:
    """Return a desk that answers from the store alone; it reads nothing new."""
    settings, retriever = Settings("0.0"), Retriever(store)
    return Desk(
        store=store,
        settings=settings,
        now=lambda: now,
        analyse=None,
        read=None,
        feeds_at=None,
        opml_of=None,
        find_source=SourceFinder(store, retriever, {}),
        articles_about=retriever.about,
        composer=Composer(store, settings, {}),
    )
