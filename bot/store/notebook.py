"""Small things that others remember over a restart, by name."""

from __future__ import annotations

from sqlalchemy import select

from bot.store import schema
from bot.store.database import Database, insert

PREFIX = "note:"


class Notebook:
    """Names and words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, name: str, words: str) -> None:
        """Keep words under a name, replacing what was there."""
        value = words.encode()
        kept = insert(schema.keepsakes).values(name=PREFIX + name, value=value)
        with self._database.writing() as connection:
            connection.execute(
                kept.on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )

    def remembered(self, name: str) -> str:
        """Return the words under a name; empty when there are none."""
        table = schema.keepsakes.c
        with self._database.reading() as connection:
            found: bytes | None = connection.scalar(
                select(table.value).where(table.name == PREFIX + name)
            )
        return found.decode() if found else ""
