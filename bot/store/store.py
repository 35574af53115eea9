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
from bot.store.backlog import Backlog
from bot.store.copies import Copies
from bot.store.database import Database
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
from bot.store.transfer import Moved, Progress, move, unfinished
from bot.store.unplaced import Unplaced
from bot.store.vectors import Vectors
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
    Unplaced,
    Feeds,
    Deliveries,
    Installations,
    Shown,
    Notebook,
    Backlog,
    Vectors,
):
    """All subjects over one database. The bases share nothing but the database and the scope."""

    def seen_from(self, channel: str) -> SqlStore:
        """Return the same store as the people of a channel see it; closing it closes this one.

        They are not shown what only other workspaces' feeds brought. The console sees all.
        """
        return SqlStore(self._database, scope_of(Channel(channel).workspace))

    @property
    def database(self) -> Database:
        """The database itself, for those who move or watch it as a whole."""
        return self._database

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
    database = _opened(url_or_path)
    if origin := unfinished(database):
        database.close()
        raise StoreError(
            f"the database {place_of(url_or_path)} is half filled: let whosaid migrate {origin}"
            f" {place_of(url_or_path)} go on, or name another one with --database"
        )
    return SqlStore(database)


def move_store(source: str, target: str, progress: Progress) -> list[Moved]:
    """Copy all that one database holds into an empty one, or go on with that after a stop.

    Both are named as for ``open_store``. Nothing may write to the source meanwhile.

    Raises:
        StoreError: the source is not there, the target holds other data, or they differ.

    """
    if not is_on_server(source) and not Path(_path(source.strip())).is_file():
        raise StoreError(f"there is no database {source}: check the path")
    if place_of(source) == place_of(target):
        raise StoreError("source and target are the same database: name two")
    whole = open_store(source)
    try:
        opened = _opened(target)
        try:
            return move(whole.database, opened, origin=_origin(source), progress=progress)
        finally:
            opened.close()
    finally:
        whole.close()


def _opened(url_or_path: str) -> Database:
    if is_on_server(url_or_path):
        return postgres.PostgresDatabase(url_or_path.strip())
    return SqliteDatabase(_path(url_or_path.strip()))


def _origin(place: str) -> str:
    """Return the name of a database that is the same from any folder, without its password."""
    return place_of(place) if is_on_server(place) else str(Path(_path(place.strip())).resolve())


def is_on_server(url_or_path: str) -> bool:
    """Tell whether that is a database on a PostgreSQL server."""
    return url_or_path.strip().startswith(postgres.PREFIXES)


def can_be_shared(url_or_path: str) -> bool:
    """Tell whether other processes can open the same database: it is not in memory."""
    return is_on_server(url_or_path) or is_file(url_or_path)


def is_file(url_or_path: str) -> bool:
    """Tell whether that is an SQLite file, which other processes can open too."""
    return not is_on_server(url_or_path) and _path(url_or_path.strip()) != MEMORY


def place_of(url_or_path: str) -> str:
    """Return the name of a database for people to read: without its password."""
    place = url_or_path.strip()
    return postgres.shown(place) if is_on_server(place) else place


def address_of(url: str) -> str:
    """Return the address of a database on a server as other libraries take it, with password."""
    return postgres.conninfo(url.strip())


def folder_of(url_or_path: str) -> Path | None:
    """Return where caches and histories of ours are kept; None for a database in memory.

    That is beside an SQLite file, and ``var`` where the database is on a server.
    """
    if is_on_server(url_or_path):
        return Path("var")
    path = _path(url_or_path.strip())
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
