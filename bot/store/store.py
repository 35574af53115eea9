"""The store: every question to the database in one place, a room for each subject.

What goes to ``open_store`` is a path, ``:memory:`` or a database address; what comes back
answers ``bot.ports.Store``.
"""

from __future__ import annotations

from pathlib import Path

from bot.errors import StoreError
from bot.model import Channel
from bot.store import postgres
from bot.store.articles import Articles
from bot.store.copies import Copies
from bot.store.deliveries import Deliveries
from bot.store.feeds import Feeds
from bot.store.index import Index
from bot.store.installations import Installations
from bot.store.names import Names
from bot.store.notebook import Notebook
from bot.store.readings import Readings
from bot.store.scope import scope_of
from bot.store.shown import Shown
from bot.store.sqlite import MEMORY, SqliteDatabase
from bot.store.stories import Stories
from bot.store.versions import Versions

SQLITE = ("sqlite+pysqlite:///", "sqlite:///")


class SqlStore(
    Articles,
    Versions,
    Copies,
    Readings,
    Index,
    Names,
    Stories,
    Feeds,
    Deliveries,
    Installations,
    Shown,
    Notebook,
):
    """All subjects over one database. The bases share nothing but the database and the scope."""

    def seen_from(self, channel: str) -> SqlStore:
        """Return the same store as the people of a channel see it; closing it closes this one.

        They are not shown what only other workspaces' feeds brought. The console sees all.
        """
        return SqlStore(self._database, scope_of(Channel(channel).workspace))

    def close(self) -> None:
        """Close the database; an open transaction is rolled back whole."""
        self._database.close()


def open_store(url_or_path: str) -> SqlStore:
    """Open the store in an SQLite file (made when there is none), ``:memory:`` or PostgreSQL.

    ``sqlite:///news.sqlite3`` means the same as ``news.sqlite3``; four slashes begin an absolute
    path. ``postgresql://user:password@host:5432/name`` is a database that exists; it is filled
    when it is empty. An older layout is brought up to date in one transaction.

    Raises:
        NewerDatabase: a newer version of this program wrote it.
        StoreError: it cannot be opened; the text says why and what to do.

    """
    place = url_or_path.strip()
    if place.startswith(postgres.PREFIXES):
        return SqlStore(postgres.PostgresDatabase(place))
    return SqlStore(SqliteDatabase(_path(place)))


def place_of(url_or_path: str) -> str:
    """Return the name of a database for people to read: without its password."""
    place = url_or_path.strip()
    return postgres.shown(place) if place.startswith(postgres.PREFIXES) else place


def folder_of(url_or_path: str) -> Path | None:
    """Return where caches and histories of ours are kept; None for a database in memory.

    That is beside an SQLite file, and ``var`` where the database is on a server.
    """
    place = url_or_path.strip()
    if place.startswith(postgres.PREFIXES):
        return Path("var")
    path = _path(place)
    return None if path == MEMORY else Path(path).parent


def _path(place: str) -> str:
    for prefix in SQLITE:
        if place.startswith(prefix):
            return place.removeprefix(prefix) or MEMORY
    kind, separator, _ = place.partition("://")
    if separator:
        raise StoreError(
            f"a database of the kind {kind}:// is not known: name a file instead, for example"
            ' database = "var/whosaid.sqlite3", or postgresql://user:password@host:5432/name'
        )
    if not place:
        raise StoreError("no database is named: name a file with --database")
    return place
