"""One SQLite database: opened, brought up to date, and every fault of it told in words.

Knows no question that is asked of it. One connection writes, for one thread at a time (a lock
keeps it so); writers of other processes are waited for. Each thread that asks has a connection
of its own, which no writer holds up: it sees what was committed when its block began.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry, Pool, QueuePool, StaticPool

from bot.errors import StoreError
from bot.store.layout import bring_up_to_date

WAIT_MILLISECONDS = 5_000
"""How long a statement waits for another process that writes."""

SETTINGS = (
    f"PRAGMA busy_timeout={WAIT_MILLISECONDS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit outlives a power cut, not only a kill
    "PRAGMA temp_store=MEMORY",
)

WRITER_KIB, READER_KIB = 16_000, 4_000
"""Pages that a connection keeps. More than that helps no question at a million sentences: what is
not kept is in the system's memory, which all share."""

READERS = 4
"""Connections that are kept for those who ask; as many more may be open for a while."""

MEMORY = ":memory:"

ADVICE = {
    "SQLITE_FULL": "the disk is full: free some space, then try again; nothing stored is lost",
    "SQLITE_BUSY": "another program keeps it locked: close that one, then try again",
    "SQLITE_LOCKED": "another program keeps it locked: close that one, then try again",
    "SQLITE_READONLY": "it is read-only: give this user the right to write the file and its folder",
    "SQLITE_NOTADB": "it is not a database: name another file with --database, or move it away",
    "SQLITE_CANTOPEN": "it cannot be opened: check that it is a file and who may read the folder",
    "SQLITE_CORRUPT": "it is damaged: restore it from a backup",
    "SQLITE_IOERR": "the disk failed while reading or writing it: check the disk",
    "SQLITE_PERM": "this user may not open it: check who owns the file and its folder",
    "SQLITE_AUTH": "this user may not open it: check who owns the file and its folder",
    "SQLITE_TOOBIG": "one value is larger than SQLite can hold: leave that file out",
}
"""The first two words of SQLite's error name -> what it means and what to do."""


class SqliteDatabase:
    """An open database. Every transaction is one ``reading`` or ``writing`` block."""

    def __init__(self, path: str) -> None:
        """Open and migrate the database at ``path``, making it when there is none.

        Raises:
            NewerDatabase: a newer version of this program wrote it.
            StoreError: it cannot be opened or is not ours.

        """
        self.path = path
        self._lock = threading.RLock()
        self._local = threading.local()
        self._engine = _engine(path, StaticPool, WRITER_KIB)
        # A database in memory is its connection's own.
        self._readers = None if path == MEMORY else _engine(path, QueuePool, READER_KIB, READERS)
        with self._told():
            self._connection = self._engine.connect()
        try:
            bring_up_to_date(self, path)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in one consistent view."""
        held: Connection | None = getattr(self._local, "connection", None)
        if held is not None:  # a question within a block of the same thread
            yield held
        elif self._readers is None:
            with self._transaction("BEGIN") as connection:
                yield connection
        else:
            with self._told(), self._readers.connect() as connection, connection.begin():
                connection.exec_driver_sql("BEGIN")
                with self._holding(connection):
                    yield connection

    @contextmanager
    def writing(self, *, derived: bool = False) -> Iterator[Connection]:
        """Give a connection whose changes are committed whole at the end, or not at all.

        What is ``derived`` can be made again: its commit does not wait for the disk. A kill
        loses none of it; a power cut may, but never a part of a commit nor one before the other.
        """
        with self._lock:
            outermost = derived and not self._connection.in_transaction()
            if outermost:
                self._set("PRAGMA synchronous=NORMAL")
            try:
                with self._transaction("BEGIN IMMEDIATE") as connection:
                    yield connection
            finally:
                if outermost:
                    self._set("PRAGMA synchronous=FULL")

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:  # noqa: ARG002 - one writer is one of every name
        """Let one process and thread at a time be in a block of this name; others wait."""
        with self.writing():
            yield

    def close(self) -> None:
        """Close the connection; an open transaction is rolled back."""
        with self._lock:
            self._connection.close()
            self._engine.dispose()
            if self._readers is not None:
                self._readers.dispose()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._lock, self._told():
            if self._connection.in_transaction():
                yield self._connection
                return
            with self._connection.begin():
                self._connection.exec_driver_sql(begin)
                with self._holding(self._connection):
                    yield self._connection

    @contextmanager
    def _holding(self, connection: Connection) -> Iterator[None]:
        """Let the blocks within this one of the same thread use its connection."""
        before = getattr(self._local, "connection", None)
        self._local.connection = connection
        try:
            yield
        finally:
            self._local.connection = before

    def _set(self, pragma: str) -> None:
        """Change a setting of the connection, which no transaction may hold."""
        with self._told():
            driver = self._connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.execute(pragma).close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as fault:
            if not isinstance(fault.orig, sqlite3.DatabaseError):
                raise
            raise StoreError(f"the database {self.path}: {_advice(fault.orig)}") from fault
        except UnicodeEncodeError as fault:
            raise StoreError(
                f"the database {self.path}: a text holds half a character (a lone surrogate),"
                " which cannot be stored"
            ) from fault


def _engine(path: str, pool: type[Pool], cache_kib: int, size: int | None = None) -> Engine:
    if path != MEMORY:
        folder = Path(path).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise StoreError(
                f"the database {path}: its folder cannot be made ({fault.strerror});"
                " name another place with --database"
            ) from fault
    engine = create_engine(
        f"sqlite:///{'' if path == MEMORY else path}",
        poolclass=pool,
        **({"pool_size": size, "max_overflow": size} if size else {}),
        hide_parameters=True,  # an error names its question, not the article
        connect_args={"check_same_thread": False, "isolation_level": None},
    )
    event.listen(engine, "connect", partial(_set_up, cache_kib))
    return engine


def _set_up(cache_kib: int, connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG001 - SQLAlchemy's signature
    cursor = connection.cursor()
    try:
        for setting in (*SETTINGS, f"PRAGMA cache_size=-{cache_kib}"):
            cursor.execute(setting)
    finally:
        cursor.close()


def _advice(fault: sqlite3.DatabaseError) -> str:
    name = getattr(fault, "sqlite_errorname", "")
    short = "_".join(name.split("_")[:2])
    return ADVICE.get(short, f"{fault}; if this comes again, restore it from a backup")
