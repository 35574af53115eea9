"""An open database as the rooms of the store see it: whole transactions, and nothing else.

SQLite is in ``bot.store.sqlite``, PostgreSQL in ``bot.store.postgres``. Both let one writer in
at a time, so that what a room looks up within a ``writing`` block still holds at its end.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

# PostgreSQL's INSERT ... ON CONFLICT, which SQLAlchemy writes for SQLite as well.
from sqlalchemy.dialects.postgresql import insert

__all__ = ["Database", "insert"]


class Database(Protocol):
    """An open database, used from any thread. Every transaction is one block."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection in one consistent view; a block within a block joins it."""

    def writing(self, *, derived: bool = False) -> AbstractContextManager[Connection]:
        """Give a connection whose changes are committed whole at the end, or not at all.

        What is ``derived`` can be made again: its commit does not wait for the disk. A kill
        loses none of it; a power cut may, but never a part of a commit nor one before the other.
        """

    def alone(self, name: str) -> AbstractContextManager[None]:
        """Let one process and thread at a time be in a block of this name; others wait."""

    def close(self) -> None:
        """Close the database; an open transaction is rolled back whole."""
