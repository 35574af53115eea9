"""Turns over all machines: what one process at a time may do is an advisory lock of PostgreSQL.

A lock lives as long as the connection that took it, so a turn is never kept by the dead.
"""

from __future__ import annotations

import hashlib
import logging

import psycopg

WAIT_SECONDS = 5

log = logging.getLogger(__name__)


class Turn:
    """The turn of one name, which is never told to the database: it may hold a secret."""

    def __init__(self, address: str, name: str) -> None:
        """Keep address (as libpq takes it) and name; nothing is connected yet."""
        self._address = address
        digest = hashlib.sha256(f"whosaid {name}".encode()).digest()
        self._number = int.from_bytes(digest[:8], signed=True)
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None

    def take(self) -> bool:
        """Tell whether it is this process's turn: taken now, or still held. Never waits."""
        try:
            return self._held() or self._taken()
        except psycopg.Error as fault:
            log.debug("turn: %r", fault)
            return False

    def give_back(self) -> None:
        """Let another process have the turn."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _held(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            self.give_back()
            return False
        return True

    def _taken(self) -> bool:
        connection = psycopg.connect(
            self._address,
            autocommit=True,
            connect_timeout=WAIT_SECONDS,
            keepalives_idle=WAIT_SECONDS,
        )
        question = "SELECT pg_try_advisory_lock(%s)"
        row = connection.execute(question, (self._number,)).fetchone()
        if row != (True,):
            connection.close()
            return False
        self._connection = connection
        return True
