"""Under which ids and addresses an item was seen before, and on which article it landed.

An item is known by its id or canonical address, else by the feed's own id for it where the
words are alike too: some feeds give every entry the same id, or use one again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.model import Item
from bot.store import schema
from bot.store.database import insert
from bot.store.identity import canonical

ID, ADDRESS, GUID = "id", "address", "guid"
PASSED, PASSED_ADDRESS = "passed", "passed-address"


def sight(connection: Connection, kind: str, mark: str, article_id: str, seen: datetime) -> None:
    """Remember where a mark landed; the newest landing counts."""
    if mark:
        row = insert(schema.sightings).values(
            kind=kind, mark=mark, article_id=article_id, seen=seen
        )
        connection.execute(
            row.on_conflict_do_update(
                index_elements=["kind", "mark"], set_={"article_id": article_id}
            )
        )


def sighted(connection: Connection, kind: str, mark: str) -> str | None:
    """Return the id of the article on which a mark landed; None when it was never seen."""
    if not mark:
        return None
    table = schema.sightings.c
    return connection.scalar(select(table.article_id).where(table.kind == kind, table.mark == mark))


def known(connection: Connection, item: Item) -> str | None:
    """Return the id of the article that the item landed on when it was seen before."""
    article = item.article
    return sighted(connection, ID, article.id) or sighted(
        connection, ADDRESS, canonical(article.url)
    )


def known_by_guid(connection: Connection, item: Item) -> str | None:
    """Return the id of the article that the feed last gave this id of its own."""
    return sighted(connection, GUID, guid_mark(item))


def is_passed_over(connection: Connection, item: Item) -> bool:
    """Tell whether the item stood in its feed when that was added."""
    return sighted(connection, PASSED, passed_mark(item)) is not None


def guid_mark(item: Item) -> str:
    """Return the mark of a feed's own id, which means nothing in another feed."""
    return f"{item.feed} {item.guid}" if item.guid else ""


def passed_mark(item: Item) -> str:
    """Return the mark of an old item of one feed."""
    return f"{item.feed} {item.article.id}"
