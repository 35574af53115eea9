"""Vectors of sentences in PostgreSQL, by the extension pgvector, for all processes at once.

They are derived and can be made again, so their table is none of ``bot.store.schema``: it is made
where the extension is, and goes with its sentence. Searched exactly, as numpy does it in
``bot.embed``: kept in half precision, multiplied in single.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, text

from bot.errors import StoreAway, StoreError
from bot.store import schema
from bot.store.database import Database
from bot.store.scope import SENTENCE_BITS
from bot.store.sentences import sentence_id, worded

DIMENSIONS = 384

MAKE = (
    "CREATE EXTENSION IF NOT EXISTS vector",
    f"""CREATE TABLE IF NOT EXISTS sentence_vectors (
        id bigint PRIMARY KEY REFERENCES sentences (id) ON DELETE CASCADE,
        vector halfvec({DIMENSIONS}) NOT NULL)""",
)
THERE = text("SELECT to_regclass('sentence_vectors') IS NOT NULL")
MISSING = text(
    "SELECT id FROM sentences WHERE NOT EXISTS (SELECT 1 FROM sentence_vectors AS kept"
    " WHERE kept.id = sentences.id) ORDER BY id LIMIT :limit"
)
KEEP = text(
    "INSERT INTO sentence_vectors (id, vector) VALUES (:id, cast(:vector AS halfvec))"
    " ON CONFLICT (id) DO UPDATE SET vector = excluded.vector"
)
COSINE = f"-(vector::vector({DIMENSIONS}) <#> cast(:asked AS vector))"
"""Of unit vectors: ``<#>`` is the inner product, negated."""

NEAREST = text(
    f"SELECT id, {COSINE} AS cosine FROM sentence_vectors ORDER BY cosine DESC, id LIMIT :limit"  # noqa: S608 - our own words
)
NEARNESS = text(f"SELECT id, {COSINE} AS cosine FROM sentence_vectors WHERE id = ANY(:ids)")  # noqa: S608 - the same

Place = tuple[str, int]
"""An article's id and the index of a sentence in its analysis."""


class Vectors:
    """The questions about vectors; without the extension there are none, and nobody asks them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make_vectors(self) -> bool:
        """Make room for vectors where it is not there yet; False where pgvector is not.

        Raises:
            StoreAway: the database cannot be reached.

        """
        try:
            with self._database.reading() as connection:
                if connection.dialect.name != "postgresql" or connection.scalar(THERE):
                    return connection.dialect.name == "postgresql"
            with self._database.writing() as connection:
                for statement in MAKE:
                    connection.exec_driver_sql(statement)
        except StoreAway:
            raise
        except StoreError:
            return False  # not installed on the server, or this user may not use it
        return True

    def without_vectors(self, *, limit: int) -> list[tuple[int, str]]:
        """Return the numbers and words of sentences that have no vector, the oldest first."""
        with self._database.reading() as connection:
            found = list(connection.scalars(MISSING, {"limit": limit}))
            return _wordings(connection, found)

    def save_vectors(self, made: Sequence[tuple[int, str, Sequence[float]]]) -> int:
        """Keep vectors of sentences by number; of those that have these words still.

        Returns how many were kept: an article may have been edited meanwhile.
        """
        with self._database.writing(derived=True) as connection:
            now = set(_wordings(connection, [number for number, _, _ in made]))
            rows = [
                {"id": number, "vector": _literal(vector)}
                for number, words, vector in made
                if (number, words) in now
            ]
            if rows:
                connection.execute(KEEP, rows)
        return len(rows)

    def nearest_vectors(self, asked: Sequence[float], *, limit: int) -> list[tuple[Place, float]]:
        """Return the sentences nearest to a unit vector with their cosines, best first."""
        values = {"asked": _literal(asked), "limit": limit}
        articles = schema.articles.c
        with self._database.reading() as connection:
            found = connection.execute(NEAREST, values).all()
            keys = {row.id >> SENTENCE_BITS for row in found}
            question = select(articles.key, articles.id).where(articles.key.in_(keys))
            owners = {row.key: row.id for row in connection.execute(question)}
        inner = (1 << SENTENCE_BITS) - 1
        return [((owners[row.id >> SENTENCE_BITS], row.id & inner), row.cosine) for row in found]

    def nearness_of_vectors(self, asked: Sequence[float], places: Sequence[Place]) -> list[float]:
        """Return the cosine of a unit vector with the sentence at each place, 0 where unknown."""
        articles = schema.articles.c
        named = {article_id for article_id, _ in places}
        question = select(articles.id, articles.key).where(articles.id.in_(named))
        with self._database.reading() as connection:
            keys = {row.id: row.key for row in connection.execute(question)}
            ids = [sentence_id(keys[one], index) if one in keys else -1 for one, index in places]
            values = {"asked": _literal(asked), "ids": ids}
            cosines = {row.id: float(row.cosine) for row in connection.execute(NEARNESS, values)}
        return [cosines.get(one, 0.0) for one in ids]


def _wordings(connection: Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    """Return the numbers and words of those of these sentences that there are, in order."""
    chosen = select(schema.sentences).where(schema.sentences.c.id.in_(ids))
    return worded(connection, chosen.order_by(schema.sentences.c.id))


def _literal(vector: Sequence[float]) -> str:
    """Write a vector as pgvector reads it."""
    return "[" + ",".join(repr(float(part)) for part in vector) + "]"
