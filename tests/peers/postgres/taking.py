"""Taking a turn away from whoever has it: as when its connection is cut and another is faster."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg

HELD = (
    "SELECT pid, (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory'"
    " AND granted AND pid IN (SELECT pid FROM pg_stat_activity"
    " WHERE application_name = 'whosaid turn' AND datname = current_database())"
)
QUEUED = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND pid = %s"


def held(address: str, *, alive: Callable[[], bool] = lambda: True) -> list[tuple[int, int]]:
    """Return who has a turn in this database (process of the server, lock), once somebody has.

    Nobody, when that is waited for in vain: who is to take it is not ``alive`` any more.
    """
    with psycopg.connect(address, autocommit=True) as connection:
        while alive():
            if found := connection.execute(HELD).fetchall():
                return [(int(pid), int(number)) for pid, number in found]
    return []


def cut(address: str) -> None:
    """End the connections of those who have a turn; it may be taken again at once."""
    with psycopg.connect(address, autocommit=True) as connection:
        for pid in {pid for pid, _ in held(address)}:
            connection.execute("SELECT pg_terminate_backend(%s, 30000)", (pid,))


def taken_over(address: str) -> psycopg.Connection[tuple[object, ...]]:
    """Stand in line for one of the locks, cut its holder off, and return what holds it now."""
    successor = psycopg.connect(address, autocommit=True)
    _, number = held(address)[0]
    question = "SELECT pg_advisory_lock(%s)", (number,)
    waiting = threading.Thread(target=successor.execute, args=question)
    waiting.start()
    with psycopg.connect(address, autocommit=True) as connection:
        while connection.execute(QUEUED, (successor.info.backend_pid,)).fetchone() != (1,):
            pass
    cut(address)
    waiting.join()
    return successor
