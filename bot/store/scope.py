"""Who sees which article: what only some workspaces' feeds bring is shown to them alone.

A feed's readers are the workspaces that ever added it; ``EVERYBODY`` is one of them when the
config names it. They stay when the feed is removed, for its articles stay too. What came by
no feed (a file, a page) came from whoever runs the bot, and is everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)

from bot.model import CONSOLE, Channel
from bot.store import schema
from bot.store.database import insert

EVERYBODY = ""
SENTENCE_BITS = 16
"""A sentence's id is its article's key, then its index in the analysis in this many bits."""

Text = ColumnElement[str]


def article_key(sentence_id: ColumnElement[int]) -> ColumnElement[int]:
    """Return in SQL the key of the article that a sentence is of."""
    return sentence_id.bitwise_rshift(literal_column(str(SENTENCE_BITS), Integer))


@dataclass(frozen=True, slots=True)
class Scope:
    """With whose eyes questions are asked: a workspace's, or None's, who sees all."""

    workspace: str | None = None

    def carriage(self, feed: Text) -> ColumnElement[bool]:
        """Tell in SQL whether what a feed carried is shown."""
        if self.workspace is None:
            return true()
        readers = schema.readers.alias()
        read = exists().where(readers.c.feed == feed)
        ours = read.where(readers.c.workspace.in_((EVERYBODY, self.workspace)))
        return or_(ours, ~read)

    def feed(self, channel: Text) -> ColumnElement[bool]:
        """Tell in SQL whether a feed that a channel added is of this workspace, or everybody's."""
        if self.workspace is None:
            return true()
        ours = channel.startswith(self.workspace + ":", autoescape=True)
        return or_(channel == EVERYBODY, ours)

    def feeds_of_others(self) -> Select[str]:
        """Ask for the feeds of which nothing is shown."""
        table = schema.readers.alias().c
        if self.workspace is None:
            return select(table.feed).where(false())
        ours = table.workspace.in_((EVERYBODY, self.workspace))
        return (
            select(table.feed).group_by(table.feed).having(func.max(case((ours, 1), else_=0)) == 0)
        )

    def article(self, article_id: Text) -> ColumnElement[bool]:
        """Tell in SQL whether an article is shown: somebody carried it for these eyes."""
        if self.workspace is None:
            return true()
        table = schema.carriages.alias()
        return exists().where(table.c.article_id == article_id, self.carriage(table.c.feed))

    def sentence(self, sentence_id: ColumnElement[int]) -> ColumnElement[bool]:
        """Tell in SQL whether a sentence's article is shown."""
        if self.workspace is None:
            return true()
        articles, table = schema.articles.alias(), schema.carriages.alias()
        return exists().where(
            articles.c.key == article_key(sentence_id),
            table.c.article_id == articles.c.id,
            self.carriage(table.c.feed),
        )


EVERYTHING = Scope()


def scope_of(workspace: str) -> Scope:
    """Return the scope of a workspace; that of the console, which is the operator's, is all."""
    return EVERYTHING if workspace == CONSOLE else Scope(workspace)


def add_reader(connection: Connection, feed: str, channel: str) -> None:
    """Note that a channel's workspace reads a feed; the config's own (no channel) is everybody."""
    reader = insert(schema.readers).values(feed=feed, workspace=Channel(channel).workspace)
    connection.execute(reader.on_conflict_do_nothing())


def move_readers(connection: Connection, old: str, new: str) -> None:
    """Let the readers of a feed's old address be those of its new one."""
    readers = schema.readers
    moved = select(literal(new), readers.c.workspace).where(readers.c.feed == old)
    added = insert(readers).from_select(["feed", "workspace"], moved)
    connection.execute(added.on_conflict_do_nothing())
    connection.execute(readers.delete().where(readers.c.feed == old))


def readers_of(connection: Connection, feed: str) -> set[str]:
    """Return the workspaces that read a feed; ``EVERYBODY`` alone for what is no feed."""
    table = schema.readers.c
    found = set(connection.scalars(select(table.workspace).where(table.feed == feed)))
    return {EVERYBODY} if EVERYBODY in found or not found else found


def seen_by(connection: Connection, article_id: str) -> set[str]:
    """Return the workspaces that are shown an article."""
    table = schema.carriages.c
    feeds = connection.scalars(select(table.feed).where(table.article_id == article_id))
    return _union(readers_of(connection, feed) for feed in set(feeds))


def _union(sets: Iterable[set[str]]) -> set[str]:
    return {workspace for one in sets for workspace in one}


def covers(some: set[str], others: set[str]) -> bool:
    """Tell whether all ``others`` are among ``some``, who may be everybody."""
    return EVERYBODY in some or others <= some
