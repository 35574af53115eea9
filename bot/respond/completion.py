"""Suggestions while somebody types: entities, stories, feeds, time zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol
from zoneinfo import available_timezones

from bot.model import Channel
from bot.ports import Store

MOST = 25


class Names(Protocol):
    """All names at hand, as ``bot.store`` reads them."""

    def shows_all(self, workspace: str) -> bool:
        """Tell whether every name may be shown to a workspace."""

    def starting(self, prefix: str, limit: int) -> Sequence[str]:
        """Return the names of which a word starts with the prefix, most mentioned first."""


class Completer:
    """Completes from one store: (kind, prefix) -> at most 25 suggestions."""

    def __init__(self, store: Store, names: Callable[[], Names | None] = lambda: None) -> None:
        """Keep the store, of which each channel is shown its part.

        ``names`` returns all names where they are at hand, without waiting for the store.
        """
        self._store = store
        self._names = names

    def __call__(self, kind: str, prefix: str, /, channel: str = "") -> Sequence[str]:
        """Return what the words typed so far may become; an unknown kind suggests nothing.

        Feeds are those of the channel alone: nobody sees another's.
        """
        wanted = prefix.strip().casefold()
        store = self._store.seen_from(channel)
        match kind:
            case "entity":
                names = self._names()
                if names is not None and names.shows_all(Channel(channel).workspace):
                    return names.starting(prefix, MOST)
                return [entity.name for entity in store.entities(prefix, limit=MOST)]
            case "story":
                return [story.title for story in store.stories_titled(prefix.strip(), limit=MOST)]
            case "feed":
                feeds = store.feeds(channel)
                return [f.url for f in feeds if wanted in f.url.casefold()][:MOST]
            case "zone":
                zones = sorted(available_timezones())
                return [zone for zone in zones if wanted in zone.casefold()][:MOST]
            case _:
                return []
