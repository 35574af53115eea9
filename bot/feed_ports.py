"""The doors of reading: to files, pages and feeds, and to what the store keeps of them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.errors import InputError
from bot.model import Feed, FeedState, Item, Reading, ToldFeed


class FeedStore(Protocol):
    """Feeds and what polling has learnt of them."""

    def feeds(self, channel: str | None = None) -> list[Feed]:
        """Return all feeds, or those of one channel."""

    def add_feed(self, feed: Feed) -> bool:
        """Add a feed; False when it was there. Never resets its state."""

    def name_feed(self, url: str, title: str) -> None:
        """Give a feed that nobody named the title that it gives itself."""

    def remove_feed(self, url: str, *, channel: str) -> bool:
        """Stop polling a feed for a channel; its articles stay."""

    def feed_state(self, url: str) -> FeedState | None:
        """Return what polling has learnt of a feed."""

    def feed_states(self) -> list[FeedState]:
        """Return the states of all feeds."""

    def save_feed_state(self, state: FeedState) -> None:
        """Keep what polling has learnt."""

    def move_feed(self, old: str, new: str) -> None:
        """Change a feed's address after a permanent move, keeping all that hangs on it."""

    def due_feeds(self, now: datetime) -> list[tuple[Feed, FeedState]]:
        """Return the feeds to poll at ``now``, each address once, longest due first."""

    def troubled_feeds(self) -> list[tuple[Feed, FeedState]]:
        """Return the feeds that fail or stopped or were told of, a row for each channel's wish."""

    def articles_a_day(self, url: str, now: datetime) -> float:
        """Return how many articles a day a feed carried over the last two weeks."""

    def told_feeds(self) -> list[ToldFeed]:
        """Return which channels were told of which broken feeds, and not yet of their recovery."""

    def tell_feed(self, told: ToldFeed) -> None:
        """Keep that a channel was told of a broken feed."""

    def untell_feed(self, channel: str, url: str) -> None:
        """Forget that a channel was told: the feed is well again, or no longer the channel's."""


class ReadingStore(Protocol):
    """What was read and not kept, and why."""

    def note_reading(self, reading: Reading) -> None:
        """Keep why an address gave no article, replacing what was known of it."""

    def forget_reading(self, url: str) -> None:
        """Forget that: the address gave one."""

    def reading(self, url: str) -> Reading | None:
        """Return why an address gave no article when it was last read."""

    def pass_over(self, item: Item, *, seen: datetime) -> None:
        """Remember an old item of a new feed, so that the feed never brings it as news."""

    def passed_over(self, url: str) -> str:
        """Return the feed that had this address when it was added; empty when none had."""


class Reader(Protocol):
    """The door to files, pages and feeds."""

    async def read(self, place: str) -> list[Item]:
        """Return the items at a path or address (a file, folder, page, feed or OPML).

        Raises:
            InputError: it cannot be read as news; the text says why and what to do.

        """

    async def read_all(self, place: str) -> tuple[list[Item], list[InputError]]:
        """Return the items at a place, and the faults of those parts that cannot be read.

        Raises:
            InputError: there is nothing to read at all.

        """

    async def poll(self, feed: Feed, state: FeedState) -> tuple[FeedState, list[Item]]:
        """Poll one feed politely; faults are told in the returned state, never raised.

        A state with another address than the feed's means that the feed has moved there.
        """

    async def close(self) -> None:
        """Close connections and helper processes."""
