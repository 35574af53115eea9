"""What was read and not kept: pages that gave no article, old items of new feeds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.model import Item, Reading
from bot.store import schema
from bot.store.database import Database, insert
from bot.store.identity import canonical
from bot.store.scope import EVERYTHING, Scope
from bot.store.sightings import PASSED, PASSED_ADDRESS, passed_mark, sight


class Readings:
    """The questions about what was read and not kept."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def note_reading(self, reading: Reading) -> None:
        """Keep why an address gave no article, replacing what was known of it."""
        row = {
            "address": canonical(reading.url),
            "url": reading.url,
            "outcome": reading.outcome,
            "words": reading.words,
            "seen": reading.seen,
        }
        kept = insert(schema.readings).values(row)
        with self._database.writing(derived=True) as connection:
            connection.execute(kept.on_conflict_do_update(index_elements=["address"], set_=row))

    def forget_reading(self, url: str) -> None:
        """Forget that: the address gave one."""
        table = schema.readings
        with self._database.writing(derived=True) as connection:
            connection.execute(table.delete().where(table.c.address == canonical(url)))

    def reading(self, url: str) -> Reading | None:
        """Return why an address gave no article when it was last read."""
        table = schema.readings.c
        question = select(table.url, table.outcome, table.words, table.seen)
        with self._database.reading() as connection:
            row = connection.execute(question.where(table.address == canonical(url))).one_or_none()
        return Reading(*row) if row else None

    def pass_over(self, item: Item, *, seen: datetime) -> None:
        """Remember an old item of a new feed, so that the feed never brings it as news."""
        marks = (PASSED, passed_mark(item)), (PASSED_ADDRESS, canonical(item.article.url))
        with self._database.writing(derived=True) as connection:
            sight(connection, marks, item.feed, seen)

    def passed_over(self, url: str) -> str:
        """Return the feed that had this address when it was added; empty when none had."""
        table = schema.sightings.c
        question = select(table.article_id).where(
            table.kind == PASSED_ADDRESS, table.mark == canonical(url)
        )
        with self._database.reading() as connection:
            return connection.scalar(question.where(self._scope.carriage(table.article_id))) or ""
