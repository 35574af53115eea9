"""Under which ids and addresses an item was seen before, and on which article it landed.

An item is known by its id or canonical address, else by the feed's own id for it where the
words are alike too: some feeds give every entry the same id, or use one again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, or_, select

from bot.model import Item
from bot.store import schema
from bot.store.database import insert
from bot.store.identity import canonical

ID, ADDRESS, GUID = "id", "address", "guid"
PASSED, PASSED_ADDRESS = "passed", "passed-address"


def sight(
    connection: Connection, marks: Iterable[tuple[str, str]], article_id: str, seen: datetime
) -> None:
    """Remember where marks (kind, mark) landed; the newest landing counts."""
    row = insert(schema.sightings)
    newest = {"article_id": row.excluded.article_id}
    landed = {"article_id": article_id, "seen": seen}
    connection.execute(
        row.on_conflict_do_update(index_elements=["kind", "mark"], set_=newest),
        [{"kind": kind, "mark": mark, **landed} for kind, mark in marks if mark],
    )


def sighted(connection: Connection, kind: str, mark: str) -> str | None:
    """Return the id of the article on which a mark landed; None when it was never seen."""
    if not mark:
        return None
    table = schema.sightings.c
    return connection.scalar(select(table.article_id).where(table.kind == kind, table.mark == mark))


def sightings(connection: Connection, item: Item) -> dict[str, str]:
    """Return where the item's marks landed before, kind by kind; see the kinds above.

    An item that stood in its feed when that was added has ``PASSED``.
    """
    article, table = item.article, schema.sightings.c
    marks = {
        ID: article.id,
        ADDRESS: canonical(article.url),
        GUID: guid_mark(item),
        PASSED: passed_mark(item),
    }
    each = [(table.kind == kind) & (table.mark == mark) for kind, mark in marks.items()]
    found = connection.execute(select(table.kind, table.article_id).where(or_(*each)))
    return {kind: landed for kind, landed in found if marks[kind]}


def guid_mark(item: Item) -> str:
    """Return the mark of a feed's own id, which means nothing in another feed."""
    return f"{item.feed} {item.guid}" if item.guid else ""


def passed_mark(item: Item) -> str:
    """Return the mark of an old item of one feed."""
    return f"{item.feed} {item.article.id}"
