"""Feeds, and what polling has learnt of them. A feed's state outlives the wish to poll it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, exists, func, select, update

from bot.model import Feed, FeedState, ToldFeed
from bot.store import schema
from bot.store.database import Database, insert
from bot.store.scope import add_reader, move_readers

RECENT = timedelta(days=14)
"""The time over which a feed's articles a day are counted."""


class Feeds:
    """The questions about feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def feeds(self, channel: str | None = None) -> list[Feed]:
        """Return all feeds, or those of one channel; one row for each channel that wants it."""
        table = schema.feeds.c
        question = select(table.url, table.title, table.folder, table.channel, table.state_media)
        if channel is not None:
            question = question.where(table.channel == channel)
        with self._database.reading() as connection:
            rows = connection.execute(question.order_by(table.url, table.channel))
            return [Feed(*row) for row in rows]

    def add_feed(self, feed: Feed) -> bool:
        """Add a feed; False when the channel has it already. Never resets its state."""
        with self._database.writing() as connection:
            add_reader(connection, feed.url, feed.channel)
            added = insert(schema.feeds).values(asdict(feed)).on_conflict_do_nothing()
            done = connection.execute(added, execution_options={"preserve_rowcount": True})
            return done.rowcount > 0

    def name_feed(self, url: str, title: str) -> None:
        """Give a feed that nobody named the title that it gives itself."""
        table = schema.feeds
        with self._database.writing(derived=True) as connection:
            unnamed = table.update().where(table.c.url == url, table.c.title == "")
            connection.execute(unnamed.values(title=title))

    def remove_feed(self, url: str, *, channel: str) -> bool:
        """Stop polling a feed for a channel; its articles stay. False when it was not there."""
        table = schema.feeds
        with self._database.writing() as connection:
            removed = connection.execute(
                table.delete().where(table.c.url == url, table.c.channel == channel)
            )
            return removed.rowcount > 0

    def feed_state(self, url: str) -> FeedState | None:
        """Return what polling has learnt of a feed."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(schema.feed_states).where(schema.feed_states.c.url == url)
            ).one_or_none()
        return FeedState(*row) if row else None

    def feed_states(self) -> list[FeedState]:
        """Return the states of all feeds."""
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.feed_states).order_by(schema.feed_states.c.url))
            return [FeedState(*row) for row in rows]

    def save_feed_state(self, state: FeedState) -> None:
        """Keep what polling has learnt."""
        with self._database.writing(derived=True) as connection:
            _save(connection, asdict(state))

    def due_feeds(self, now: datetime) -> list[tuple[Feed, FeedState]]:
        """Return the feeds to poll at ``now``, each address once, longest due first."""
        with self._database.reading() as connection:
            return due_pairs(connection, now)

    def troubled_feeds(self) -> list[tuple[Feed, FeedState]]:
        """Return the feeds that fail or stopped or were told of, a row for each channel's wish."""
        feeds, states = schema.feeds, schema.feed_states
        told = select(schema.told_feeds.c.url)
        question = (
            select(feeds, states)
            .join(states, states.c.url == feeds.c.url)
            .where((states.c.failures > 0) | states.c.stopped | states.c.url.in_(told))
            .order_by(feeds.c.url, feeds.c.channel)
        )
        with self._database.reading() as connection:
            return [_pair(tuple(row)) for row in connection.execute(question)]

    def articles_a_day(self, url: str, now: datetime) -> float:
        """Return how many articles a day a feed carried over the last two weeks."""
        carried, articles = schema.carriages.c, schema.articles.c
        own = (
            select(articles.key, articles.moment)
            .join(schema.carriages, carried.article_id == articles.id)
            .where(carried.feed == url)
            .distinct()
            .subquery()
        )
        recent = func.count(own.c.key).filter(own.c.moment > now - RECENT)
        with self._database.reading() as connection:
            number, first = connection.execute(select(recent, func.min(own.c.moment))).one()
        if not number:
            return 0.0
        span = max(timedelta(days=1), min(RECENT, now - first))
        return float(number / (span / timedelta(days=1)))

    def told_feeds(self) -> list[ToldFeed]:
        """Return which channels were told of which broken feeds, and not of their recovery."""
        table = schema.told_feeds
        with self._database.reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.channel, table.c.url))
            return [ToldFeed(*row) for row in rows]

    def tell_feed(self, told: ToldFeed) -> None:
        """Keep that a channel was told of a broken feed."""
        row = asdict(told)
        kept = insert(schema.told_feeds).values(row)
        with self._database.writing() as connection:
            connection.execute(
                kept.on_conflict_do_update(index_elements=["channel", "url"], set_=row)
            )

    def untell_feed(self, channel: str, url: str) -> None:
        """Forget that a channel was told: the feed is well again, or no longer the channel's."""
        table = schema.told_feeds
        with self._database.writing() as connection:
            connection.execute(table.delete().where(table.c.channel == channel, table.c.url == url))

    def move_feed(self, old: str, new: str) -> None:
        """Change a feed's address after a permanent move, keeping all that hangs on it.

        A channel that has the new address too keeps that one; a state of the new address stays.
        """
        if old == new:
            return
        with self._database.writing() as connection:
            _move_rows(connection, schema.feeds.c.url, old, new)
            _move_rows(connection, schema.carriages.c.feed, old, new)
            move_readers(connection, old, new)
            _move_state(connection, old, new)


def due_pairs(
    connection: Connection, now: datetime, urls: Sequence[str] | None = None
) -> list[tuple[Feed, FeedState]]:
    """Return the feeds to poll at ``now`` (all, or those of ``urls``), longest due first."""
    feeds, states = schema.feeds, schema.feed_states
    waiting = states.c.url.is_(None) | states.c.next_poll.is_(None)
    question = (
        select(feeds, states)
        .outerjoin(states, states.c.url == feeds.c.url)
        .where(waiting | (states.c.next_poll <= now), states.c.stopped.is_not(True))
        .order_by(states.c.next_poll.nulls_first(), feeds.c.url, feeds.c.channel.desc())
    )
    if urls is not None:
        question = question.where(feeds.c.url.in_(urls))
    found: dict[str, tuple[Feed, FeedState]] = {}
    for row in connection.execute(question):
        found.setdefault(row[0], _pair(tuple(row)))
    return list(found.values())


def _move_rows(connection: Connection, column: Column[str], old: str, new: str) -> None:
    """Change a part of a table's key where no row has the new key yet; drop the others."""
    table = column.table
    assert isinstance(table, Table)
    there = table.alias()
    same = [there.c[part.name] == (new if part is column else part) for part in table.primary_key]
    free = ~exists().where(*same)
    connection.execute(update(table).where(column == old, free).values({column.name: new}))
    connection.execute(delete(table).where(column == old))


def _pair(row: Sequence[Any]) -> tuple[Feed, FeedState]:
    """Return the feed and the state in a joined row; of a feed never polled an empty state."""
    url, channel, title, folder, state_media = row[:5]
    feed = Feed(url, title, folder, channel, state_media)
    return feed, FeedState(*row[5:]) if row[5] else FeedState(url)


def _save(connection: Connection, row: dict[str, object]) -> None:
    kept = insert(schema.feed_states).values(row)
    connection.execute(kept.on_conflict_do_update(index_elements=["url"], set_=row))


def _move_state(connection: Connection, old: str, new: str) -> None:
    states = schema.feed_states
    there = connection.scalar(select(states.c.url).where(states.c.url == new))
    if there is None:
        connection.execute(
            states.update().where(states.c.url == old).values(url=new, moved_to="", moved_seen=0)
        )
    else:
        connection.execute(states.delete().where(states.c.url == old))
