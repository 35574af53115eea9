"""Desks over one store: what every answer is made from, with the models that it may need.

There is an office in each process that answers. What waits for the network is not here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Never

from bot.compose import Composer
from bot.cross_encoder import open_reader
from bot.embed import MeaningIndex
from bot.feeds.opml import write_opml
from bot.means import Means
from bot.respond import Desk
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder
from bot.store import SqlStore
from bot.stored_meaning import StoredMeaning, meaning_over


class Office:
    """All desks of a process. They share a store and, where the means want them, models."""

    def __init__(self, means: Means, store: SqlStore) -> None:
        """Open what all share.

        Raises:
            ConfigError: search by meaning is wanted, and not installed.

        """
        self._means, self._store, self._owners = means, store, dict(means.owners)
        self.meaning: MeaningIndex | StoredMeaning | None = (
            meaning_over(store, means.vectors) if means.meaning else None
        )
        self._reader = open_reader() if means.reader else None

    def desk(self, channel: str, now: Callable[[], datetime]) -> Desk:
        """Return the desk that shows what the people of a channel may see; it reads nothing new."""
        means, store = self._means, self._store.seen_from(channel)
        retriever = Retriever(store, self.meaning)
        return Desk(
            store=store,
            settings=means.settings,
            now=now,
            analyse=_not_here,
            read=_not_here,
            feeds_at=_not_here,
            opml_of=write_opml,
            find_source=SourceFinder(store, retriever, self._owners, self._reader),
            articles_about=retriever.about,
            composer=Composer(store, means.settings, self._owners, means.state_media),
        )


async def _not_here(*_: str | object) -> Never:
    raise AssertionError("whoever opens the door puts it into the desk")
