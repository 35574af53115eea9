"""Feeds, and what polling has learnt of them. A feed's state outlives the wish to poll it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.model import Feed, FeedState
from bot.store import schema
from bot.store.database import Database


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
            added = connection.execute(
                insert(schema.feeds).values(asdict(feed)).on_conflict_do_nothing()
            )
            return added.rowcount > 0

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

    def move_feed(self, old: str, new: str) -> None:
        """Change a feed's address after a permanent move, keeping all that hangs on it.

        A channel that has the new address too keeps that one; a state of the new address stays.
        """
        if old == new:
            return
        with self._database.writing() as connection:
            for table in (schema.feeds, schema.carriages):
                column = table.c.url if table is schema.feeds else table.c.feed
                connection.execute(
                    table.update()
                    .where(column == old)
                    .values({column.name: new})
                    .prefix_with("OR IGNORE", dialect="sqlite")
                )
                connection.execute(table.delete().where(column == old))
            _move_state(connection, old, new)


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
