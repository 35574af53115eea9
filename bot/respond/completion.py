"""Suggestions while somebody types: entities, stories, feeds, time zones."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import available_timezones

from bot.ports import Store

MOST = 25


class Completer:
    """Completes from one store: (kind, prefix) -> at most 25 suggestions."""

    def __init__(self, store: Store) -> None:
        """Keep the store, of which each channel is shown its part."""
        self._store = store

    def __call__(self, kind: str, prefix: str, /, channel: str = "") -> Sequence[str]:
        """Return what the words typed so far may become; an unknown kind suggests nothing.

        Feeds are those of the channel alone: nobody sees another's.
        """
        wanted = prefix.strip().casefold()
        store = self._store.seen_from(channel)
        match kind:
            case "entity":
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
