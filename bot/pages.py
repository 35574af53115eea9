"""Pages behind addresses: read once, and what came of it remembered for ``why``.

Whether an address may be read again is decided purely; reading is behind the door ``Reader``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import InputError
from bot.feed_ports import Reader
from bot.model import Item, Reading
from bot.ports import Store
from summarizer.model import Article

PASSING = frozenset(
    {"timeout", "unreachable", "unknown-host", "server-error", "too-many-requests", "too-slow"}
)
"""Outcomes that the next hour may change."""

SOON = timedelta(hours=1)
LATER = timedelta(days=7)
NO_MORE = "no-more"


def may_read(known: Reading | None, now: datetime) -> bool:
    """Tell whether a page may be read (again): a fault is not asked about at every poll."""
    if known is None:
        return True
    return now - known.seen >= (SOON if known.outcome in PASSING else LATER)


class Pages:
    """Reads pages, and keeps in the store why an address gave no article."""

    def __init__(self, store: Store, reader: Reader) -> None:
        """Keep the doors."""
        self._store = store
        self._reader = reader

    async def read(self, place: str, now: datetime) -> Sequence[Item]:
        """Return the items at a place; a fault of an address is remembered.

        Raises:
            InputError: nothing there can be read as news.

        """
        try:
            items = await self._reader.read(place)
        except InputError as fault:
            self.note(place, fault, now)
            raise
        self._forget(place)
        return items

    def note(self, place: str, fault: InputError, now: datetime) -> None:
        """Remember why an address gave no article; what is wrong with a path is not kept."""
        if place.lower().startswith(("http://", "https://")):
            self._store.note_reading(Reading(place, fault.outcome, str(fault), now))

    async def whole(self, item: Item, now: datetime) -> Item:
        """Return the item with its page's story where the feed gives only the opening.

        The page of a stored article is not read again: the feed only carries it. One that some
        who read this feed are not shown is, for its words may be for its own readers.
        """
        if not item.teaser:
            return item
        teased = item.article
        stored = self._store.article_by_url(teased.url)
        known = stored is not None and self._store.read_with(item.feed, stored.id)
        if stored is not None and known and len(stored.text) > len(teased.text):
            told = replace(stored, outlet=teased.outlet, url=teased.url)
            return replace(item, article=told, teaser=False)
        if not may_read(self._store.reading(teased.url), now):
            return item
        try:
            page = (await self.read(teased.url, now))[0].article
        except InputError:
            return item
        if len(page.text) > len(teased.text):
            return replace(item, article=_joined(teased, page), teaser=False)
        words = f"{teased.url} holds no more of the story than its feed gives."
        self._store.note_reading(Reading(teased.url, NO_MORE, words, now))
        return item

    def _forget(self, place: str) -> None:
        if self._store.reading(place) is not None:
            self._store.forget_reading(place)


def _joined(teased: Article, page: Article) -> Article:
    """Return the page's story under the feed's identity, with what the feed tells better."""
    return replace(
        page,
        id=teased.id,
        url=teased.url,
        title=teased.title or page.title,
        outlet=teased.outlet or page.outlet,
        published=teased.published or page.published,
        byline=teased.byline or page.byline,
    )
