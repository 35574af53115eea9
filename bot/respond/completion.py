"""Suggestions while somebody types: entities, stories, feeds, time zones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol
from zoneinfo import available_timezones

from bot.model import Channel
from bot.ports import Store

MOST = 25

_LOOKED_AT = 100
"""Names that are looked at where some may be kept from the channel."""


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
                return self._entities(prefix, channel, store)
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

    def _entities(self, prefix: str, channel: str, store: Store) -> Sequence[str]:
        """Return names from those at hand, as far as the channel is shown them.

        The store is asked which they are only where something is kept from the channel's people.
        """
        names = self._names()
        if names is not None:
            if names.shows_all(Channel(channel).workspace):
                return names.starting(prefix, MOST)
            found = names.starting(prefix, _LOOKED_AT)
            shown = store.named(found)
            kept = [name for name in found if name in shown]
            if len(kept) >= MOST or len(found) < _LOOKED_AT:
                return kept[:MOST]
        return [entity.name for entity in store.entities(prefix, limit=MOST)]
