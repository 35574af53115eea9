"""Turns over all machines: what one process at a time may do is an advisory lock of PostgreSQL.

A lock lives as long as the connection that took it, so a turn is never kept by the dead.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from enum import Enum, auto

import psycopg

from bot.keepalive import OF_CLIENT, OF_SERVER

WAIT_SECONDS = 5

log = logging.getLogger(__name__)


class Standing(Enum):
    """Whose turn it is, as seen from one process."""

    OURS = auto()
    ANOTHERS = auto()
    UNKNOWN = auto()
    """The database cannot be asked; while that is so, nobody can take a turn."""


class Turn:
    """The turn of some names at once. They are never told to the database: they may hold a secret.

    It is taken for all of them or for none. Threads may share it.
    """

    def __init__(self, address: str, *names: str) -> None:
        """Keep address (as libpq takes it) and names; nothing is connected yet."""
        self._address = address
        self._numbers = sorted({_number(name) for name in names})
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        self._one_thread = threading.Lock()

    def take(self) -> bool:
        """Tell whether it is this process's turn: taken now, or still held. Never waits."""
        return self.standing() is Standing.OURS

    def standing(self) -> Standing:
        """Tell whose turn it is; taken now where nobody has it, also after it was lost."""
        with self._one_thread:
            try:
                ours = self._held() or self._taken()
            except psycopg.Error as fault:
                log.debug("turn: %r", fault)
                return Standing.UNKNOWN
        return Standing.OURS if ours else Standing.ANOTHERS

    def give_back(self) -> None:
        """Let another process have the turn."""
        with self._one_thread:
            self._drop()

    def _held(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            self._drop()
            return False
        return True

    def _taken(self) -> bool:
        connection = psycopg.connect(
            self._address,
            autocommit=True,
            connect_timeout=WAIT_SECONDS,
            application_name="whosaid turn",
            options=OF_SERVER,
            **OF_CLIENT,
        )
        question = "SELECT pg_try_advisory_lock(%s)"
        try:
            for number in self._numbers:
                if connection.execute(question, (number,)).fetchone() != (True,):
                    return False
            self._connection = connection
        finally:
            if self._connection is None:
                connection.close()  # with it go those that were taken
        return True

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _number(name: str) -> int:
    digest = hashlib.sha256(f"whosaid {name}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
