"""One PostgreSQL database: opened, brought up to date, and every fault of it told in words.

Knows no question that is asked of it. Any number of processes may share the database, each
thread with a connection of its own; one writes at a time, as on SQLite: a writing block holds an
advisory lock of the database until it ends.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoneFree

from bot.errors import StoreAway, StoreError
from bot.keepalive import OF_CLIENT, OF_SERVER
from bot.store.layout import bring_up_to_date

CONNECTIONS = 4
"""Connections that one process keeps; as many again may be opened for a while."""

WAIT_SECONDS = 30
"""How long a thread waits for a free connection, and a statement for the one writer."""

PLANS = "-c plan_cache_mode=force_custom_plan -c jit=off"
"""A plan made for any words reads every sentence (5 s of a million, not 50 ms), and compiling a
question takes longer than answering it."""

CONNECT_SECONDS = 10
WRITER = 0x77686F73616964
"""The advisory lock of the one writer ("whosaid")."""

TURN = text("SELECT pg_advisory_xact_lock(:writer), set_config('synchronous_commit', :wait, true)")
OTHERWISE = text(
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND data_type = 'text'"
    " AND collation_name IS DISTINCT FROM 'C'"
)
LOCK = text("SELECT pg_advisory_lock(hashtextextended(:name, 0))")
UNLOCK = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")
PREFIXES = ("postgresql://", "postgres://", "postgresql+psycopg://")

ADVICE = {
    "08": "it cannot be reached: check that the server runs, its name, and its port",
    "28": "the server refuses this user: check name and password in the address",
    "3D": "the server has no database of that name: make it with createdb, or correct the address",
    "42501": "this user may not do that: make it the owner of the database",
    "25006": "it is read-only (a standby?): name the server that takes writes",
    "53100": "its disk is full: free some space, then try again; nothing stored is lost",
    "53300": "it has no connection left: raise max_connections, or run fewer workers",
    "53": "the server is out of room: look at its memory and disk",
    "55P03": "another program kept it locked for too long: try again",
    "57": "the server is stopping or starting: wait until it is up again",
    "58": "its disk failed while reading or writing: check the disk of the server",
    "XX": "it is damaged: restore it from a backup",
}
"""A code of PostgreSQL's appendix A, or how it begins -> what it means and what to do."""

AWAY = ("08", "57P", "53300")
"""How the codes begin of what may pass by itself."""

REFUSALS = {
    "FATAL:  role": "28",
    "does not exist": "3D",
    "authentication failed": "28",
    "no password supplied": "28",
    "no pg_hba.conf entry": "28",
    "too many clients": "53300",
    "remaining connection slots": "53300",
    "starting up": "57P",
    "shutting down": "57P",
}
"""What a server says that lets nobody in -> the code that it would give."""


class PostgresDatabase:
    """An open database. Every transaction is one ``reading`` or ``writing`` block."""

    def __init__(self, address: str) -> None:
        """Connect to the database at ``address`` and migrate it, filling it when it is empty.

        Raises:
            NewerDatabase: a newer version of this program wrote it.
            StoreError: it cannot be opened or is not ours.

        """
        self.place = shown(address)
        self._local = threading.local()
        self._engine = create_engine(
            _url(address),
            pool_size=CONNECTIONS,
            max_overflow=CONNECTIONS,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,  # as on SQLite
            connect_args={
                **OF_CLIENT,
                "connect_timeout": CONNECT_SECONDS,
                "application_name": "whosaid",
                "options": f"-c lock_timeout={WAIT_SECONDS}s -c TimeZone=UTC {PLANS} {OF_SERVER}",
            },
        )
        try:
            bring_up_to_date(self, self.place, after=_compare_by_bytes)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in one consistent view."""
        with self._block(isolation_level="REPEATABLE READ") as (connection, _):
            yield connection

    @contextmanager
    def writing(self, *, derived: bool = False) -> Iterator[Connection]:
        """Give a connection whose changes are committed whole at the end, or not at all.

        What is ``derived`` can be made again: its commit does not wait for the disk.
        """
        with self._block(isolation_level="READ COMMITTED") as (connection, outermost):
            if outermost:
                wait = "off" if derived else "on"
                connection.execute(TURN, {"writer": WRITER, "wait": wait})
            yield connection

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Let one process and thread at a time be in a block of this name; others wait."""
        with self._told(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(LOCK, {"name": name})
            try:
                yield
            finally:
                connection.execute(UNLOCK, {"name": name})

    def close(self) -> None:
        """Close all connections; open transactions are rolled back."""
        self._engine.dispose()

    @contextmanager
    def _block(self, *, isolation_level: str) -> Iterator[tuple[Connection, bool]]:
        """Give the thread's connection, and whether this is its outermost block."""
        held: Connection | None = getattr(self._local, "connection", None)
        if held is not None:
            yield held, False
            return
        with self._told(), self._engine.connect() as connection:
            connection.execution_options(isolation_level=isolation_level)
            self._local.connection = connection
            try:
                with connection.begin():
                    yield connection, True
            finally:
                self._local.connection = None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as fault:
            if not isinstance(fault.orig, psycopg.Error):
                raise
            kind = StoreAway if _code(fault.orig).startswith(AWAY) else StoreError
            raise kind(f"the database {self.place}: {_advice(fault.orig)}") from fault
        except NoneFree as fault:
            raise StoreError(
                f"the database {self.place}: no connection came free in {WAIT_SECONDS} s;"
                " the server is too slow or too many questions are asked at once"
            ) from fault


def _compare_by_bytes(connection: Connection) -> None:
    """Have all text compared byte by byte, as SQLite does, whatever the server is set up for."""
    for table, column in connection.execute(OTHERWISE).all():
        connection.exec_driver_sql(
            f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"'
        )


def shown(address: str) -> str:
    """Return the address without its password.

    Raises:
        StoreError: it cannot be read.

    """
    return _url(address).set(drivername="postgresql").render_as_string(hide_password=True)


def conninfo(address: str) -> str:
    """Return the address as libpq and other libraries take it, with its password."""
    return _url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as fault:
        raise StoreError(
            "the address of the database cannot be read: write it as"
            " postgresql://user:password@host:5432/name"
        ) from fault


def _advice(fault: psycopg.Error) -> str:
    code = _code(fault)
    for length in (5, 2):
        if words := ADVICE.get(code[:length]):
            return words
    said = str(fault).partition("\n")[0] or repr(fault)
    return f"{said}; if this comes again, see the log of the server"


def _code(fault: psycopg.Error) -> str:
    return fault.sqlstate or _refusal(str(fault))


def _refusal(said: str) -> str:
    """Return the code behind a connection's refusal, which comes as words alone."""
    found = (code for words, code in REFUSALS.items() if words in said)
    return next(found, "08")
