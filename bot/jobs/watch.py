"""A look at the jobs of all machines, from outside: who works, what waits, what was set aside."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg.rows import dict_row

from bot.errors import StoreError
from bot.jobs.room import ROOM
from bot.jobs.work import SetAside

ALIVE_SECONDS = 15
"""A worker whose last heartbeat is older than this is not counted."""

THERE = "SELECT to_regclass(%s) IS NOT NULL AS there"
WORKERS = """
SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => %s)) AS workers,
    cast(extract(epoch FROM now() - max(last_heartbeat)) AS float8) AS heard
FROM procrastinate_workers
"""
WAITING = """
SELECT task_name AS task, count(*) AS jobs FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND queue_name <> 'ticks'
GROUP BY task_name ORDER BY task_name
"""
ASIDE = "SELECT task_name, args FROM procrastinate_jobs WHERE status = 'failed' ORDER BY id DESC"


@dataclass(frozen=True, slots=True)
class Watched:
    """Live workers, jobs of each task that wait or run, and jobs that were set aside.

    ``heard_seconds`` ago the last worker was heard of; None when none is known.
    """

    workers: int = 0
    waiting: tuple[tuple[str, int], ...] = ()
    aside: tuple[SetAside, ...] = ()
    heard_seconds: float | None = None


def look(address: str) -> Watched:
    """Look once; where no worker ever ran there is nothing.

    Raises:
        StoreError: the database cannot be reached.

    """
    options = f"-c search_path={ROOM}"
    try:
        with psycopg.connect(address, options=options, row_factory=dict_row) as connection:
            there = connection.execute(THERE, (f"{ROOM}.procrastinate_jobs",)).fetchone()
            if not (there and there["there"]):
                return Watched()
            alive = connection.execute(WORKERS, (ALIVE_SECONDS,)).fetchone()
            waiting = connection.execute(WAITING).fetchall()
            aside = connection.execute(ASIDE).fetchall()
    except psycopg.Error as fault:
        said = str(fault).partition("\n")[0]
        raise StoreError(f"the jobs in the database cannot be seen: {said}") from fault
    return Watched(
        int(alive["workers"]) if alive else 0,
        tuple((row["task"], row["jobs"]) for row in waiting),
        tuple(_aside(row["task_name"], row["args"]) for row in aside),
        alive["heard"] if alive else None,
    )


def _aside(task: str, told: dict[str, object]) -> SetAside:
    tries = int(str(told.get("tries", 1)))
    return SetAside(task, str(told.get("key", "")), tries, str(told.get("cause", "")))
