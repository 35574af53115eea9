"""Moving a whole store into another database: SQLite to PostgreSQL, back, or to another server.

Goes by ``bot.store.schema`` alone, so that a new table moves by itself. Rows are copied in the
order of their primary keys, a batch a transaction: what a killed move has copied is known by the
last key of each table, and the next run goes on behind it. Until the end the target holds a mark,
and nothing else opens it. The full-text index is no table of ours: it is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Row, Table, exists, false, func, literal, select, tuple_

from bot.errors import StoreError
from bot.store import schema
from bot.store.database import Database
from bot.store.sentences import add_words, newest_words, worded

BATCH = 500
"""Rows of one transaction; an article with its analysis is some tens of kilobytes."""

MARK = ""
"""The keepsake that a database has while it is being filled. Sorts before every other name."""

Progress = Callable[[str, int, int], None]
"""(step in words, done, total)"""


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that is the same in both: how many rows, and the SHA-256 over all of them."""

    table: str
    rows: int
    sha256: str


def unfinished(database: Database) -> str:
    """Return from where a database is being filled; empty when it is whole."""
    with database.reading() as connection:
        return _mark(connection)


def move(source: Database, target: Database, *, origin: str, progress: Progress) -> list[Moved]:
    """Copy all of ``source`` into the empty ``target``, or go on with a move that was stopped.

    ``origin`` names the source, in the same words at each try.

    Raises:
        StoreError: the target holds other data, or in the end the two are not the same.

    """
    _begin(target, origin)
    for table in schema.metadata.sorted_tables:
        _copy(source, target, table, progress)
    _index(target, progress)
    moved = [_same(source, target, table, progress) for table in schema.metadata.sorted_tables]
    _finish(target)
    return moved


def _mark(connection: Connection) -> str:
    table = schema.keepsakes.c
    value: bytes | None = connection.scalar(select(table.value).where(table.name == MARK))
    return value.decode() if value else ""


def _begin(target: Database, origin: str) -> None:
    """Mark the target as ours to fill; one that holds anything else is left alone."""
    with target.writing() as connection:
        marked = _mark(connection)
        if marked == origin:
            return
        if marked:
            raise StoreError(
                f"the target is half filled from {marked}: finish that with whosaid migrate"
                f" {marked}, or name an empty database"
            )
        for table in schema.metadata.sorted_tables:
            if connection.scalar(select(exists().select_from(table))):
                raise StoreError(
                    f"the target holds data already (in its table {table.name}): nothing was"
                    " changed; name an empty database, or a file that is not there yet"
                )
        mark = schema.keepsakes.insert().values(name=MARK, value=origin.encode())
        connection.execute(mark)


def _copy(source: Database, target: Database, table: Table, progress: Progress) -> None:
    step = f"copying {table.name}"
    total, done = _count(source, table), _count(target, table)
    progress(step, done, total)
    with target.reading() as connection:
        last = connection.execute(
            select(*table.primary_key).order_by(*(key.desc() for key in table.primary_key)).limit(1)
        ).one_or_none()
    for rows in _batches(source, table, last):
        with target.writing(derived=True) as connection:
            connection.execute(table.insert(), [row._asdict() for row in rows])
        done += len(rows)
        progress(step, done, total)


def _batches(
    database: Database, table: Table, last: Sequence[object] | None = None
) -> Iterator[Sequence[Row[tuple[object, ...]]]]:
    """Yield all rows behind the key ``last``, by primary key; never the mark."""
    keys = list(table.primary_key)
    names = [key.name for key in keys]
    if table is schema.keepsakes and last is None:
        last = (MARK,)
    while True:
        question = select(table).order_by(*keys).limit(BATCH)
        if last is not None:
            behind = [literal(part, key.type) for part, key in zip(last, keys, strict=True)]
            question = question.where(tuple_(*keys) > tuple_(*behind))
        with database.reading() as connection:
            rows = connection.execute(question).all()
        if not rows:
            return
        yield rows
        last = [rows[-1]._mapping[name] for name in names]  # noqa: SLF001 - a documented part of Row


def _index(target: Database, progress: Progress) -> None:
    """Make the full-text index, from the newest sentence that it holds on."""
    total, done = _count(target, schema.sentences), 0
    while True:
        with target.writing(derived=True) as connection:
            newest = newest_words(connection)
            rows = _wordings(connection, newest)
            if not rows:
                break
            done = done or _indexed(connection, newest)
            add_words(connection, rows)
        done += len(rows)
        progress("indexing words", done, total)


def _indexed(connection: Connection, newest: int) -> int:
    sentences = schema.sentences
    return connection.scalar(select(func.count()).where(sentences.c.id <= newest)) or 0


def _wordings(connection: Connection, newest: int) -> list[dict[str, object]]:
    """Return the next sentences behind ``newest`` with their words."""
    number = schema.sentences.c.id
    chosen = select(schema.sentences).where(number > newest).order_by(number).limit(BATCH)
    return [{"id": one, "words": words} for one, words in worded(connection, chosen)]


def _same(source: Database, target: Database, table: Table, progress: Progress) -> Moved:
    """Check that a table holds the same rows in both.

    Raises:
        StoreError: it does not.

    """
    total = 2 * _count(source, table)
    done = 0
    prints = []
    for database in (source, target):
        digest, count = hashlib.sha256(), 0
        for rows in _batches(database, table):
            for row in rows:
                digest.update(repr(tuple(row)).encode())
            count += len(rows)
            done += len(rows)
            progress(f"checking {table.name}", done, total)
        prints.append(Moved(table.name, count, digest.hexdigest()))
    before, after = prints
    if before != after:
        raise StoreError(
            f"the table {table.name} is not the same in both ({before.rows:,} rows, then"
            f" {after.rows:,}): something wrote to the source meanwhile. Stop all that uses it,"
            " empty the target, and migrate again; the source is whole"
        )
    return after


def _count(database: Database, table: Table) -> int:
    question = select(func.count()).select_from(table)
    if table is schema.keepsakes:
        question = question.where(table.c.name != MARK)
    with database.reading() as connection:
        return connection.scalar(question) or 0


def _finish(target: Database) -> None:
    """Let numbers go on where they were, and take the mark away: from here on it is a store."""
    with target.writing() as connection:
        if connection.dialect.name == "postgresql":
            for table in schema.metadata.sorted_tables:
                if (column := table.autoincrement_column) is not None:
                    _go_on(connection, column)
        connection.execute(schema.keepsakes.delete().where(schema.keepsakes.c.name == MARK))


def _go_on(connection: Connection, column: Column[int]) -> None:
    sequence = func.pg_get_serial_sequence(column.table.name, column.name)
    newest = select(func.coalesce(func.max(column), 0)).scalar_subquery()
    connection.execute(select(func.setval(sequence, newest + 1, false())))
