"""Jobs over PostgreSQL: workers that die, a database that goes away, faults in words."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from peers.postgres.server import make_database

from bot.errors import StoreAway, StoreError
from bot.jobs import MOST_TRIES, SetAside, Task, Tick
from bot.jobs.distributed import DistributedJobs, cron_of
from bot.jobs.mending import DIED, Pace
from bot.jobs.room import ROOM
from bot.jobs.watch import Watched, look
from bot.store import open_store

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
QUICK = Pace(
    beat_seconds=0.3, dead_seconds=2, reap_seconds=1, look_seconds=0.2, first_pause_seconds=0
)
LONG = 60.0
"""A bound on waiting that only a broken engine meets."""

WORKER = """
import asyncio, sys
from datetime import UTC, datetime
from bot.jobs import Task
from bot.jobs.distributed import DistributedJobs

async def hang(key, note, now):
    print("began", flush=True)
    await asyncio.Event().wait()

async def main():
    async with DistributedJobs(sys.argv[1], clock=lambda: datetime(2024, 10, 20, tzinfo=UTC)) as jobs:
        await jobs.run([Task("read", hang)], [])

asyncio.run(main())
"""


SEE = f"""
CREATE TABLE {ROOM}.seen (at bigint);
CREATE FUNCTION {ROOM}.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.task_name = 'ticks:tick' THEN
        INSERT INTO {ROOM}.seen VALUES ((NEW.args->>'timestamp')::bigint);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER see AFTER INSERT ON {ROOM}.procrastinate_jobs
FOR EACH ROW EXECUTE FUNCTION {ROOM}.see();
"""
"""Keeps the moment of each tick that was ever deferred."""


def clock() -> datetime:
    return NOW


@pytest.fixture
async def jobs(postgres: str) -> AsyncIterator[DistributedJobs]:
    async with DistributedJobs(postgres, clock=clock, pace=QUICK) as engine:
        yield engine


@asynccontextmanager
async def working(jobs: DistributedJobs, task: Task, *ticks: Tick) -> AsyncIterator[None]:
    running = asyncio.ensure_future(jobs.run([task], ticks))
    try:
        async with asyncio.timeout(LONG):
            yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def killed_at_a_job(address: str) -> None:
    """Let a worker of another process take a job, and kill it."""
    words = (sys.executable, "-c", WORKER, address)
    worker = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    assert worker.stdout
    async with asyncio.timeout(LONG):
        assert await worker.stdout.readline() == b"began\n"
    worker.kill()
    await worker.wait()


async def test_the_job_of_a_killed_worker_is_run_by_another(
    jobs: DistributedJobs, postgres: str
) -> None:
    done = asyncio.Event()

    async def run(key: str, note: str, now: datetime) -> None:
        assert (key, note) == ("7", "a note")
        done.set()

    await jobs.defer("read", "7", "a note")
    await killed_at_a_job(postgres)
    assert await jobs.waiting() == {"read": 1}  # nobody noticed yet
    async with working(jobs, Task("read", run)):
        await done.wait()
    assert await jobs.set_aside() == []


async def test_a_job_that_waits_takes_over_from_that_of_a_killed_worker(
    jobs: DistributedJobs, postgres: str
) -> None:
    notes = []
    done = asyncio.Event()

    async def run(key: str, note: str, now: datetime) -> None:
        notes.append(note)
        done.set()

    await jobs.defer("read", "7", "first")
    await killed_at_a_job(postgres)
    await jobs.defer("read", "7", "second")
    async with working(jobs, Task("read", run)):
        await done.wait()
    assert notes == ["second"]
    assert "read" not in await jobs.waiting()


async def test_a_job_that_kills_its_workers_is_set_aside(
    jobs: DistributedJobs, postgres: str
) -> None:
    aside = asyncio.Event()

    async def run(key: str, note: str, now: datetime) -> None:
        pytest.fail("it is not tried again")

    async def look(now: datetime) -> None:
        if await jobs.set_aside():
            aside.set()

    await jobs.defer("read", "7")
    with psycopg.connect(postgres, autocommit=True) as connection:
        tried = f'{{"tries": {MOST_TRIES - 1}}}'
        connection.execute(
            f"UPDATE {ROOM}.procrastinate_jobs SET args = args || %s::jsonb", (tried,)
        )
    await killed_at_a_job(postgres)
    async with working(jobs, Task("read", run), Tick("look", 1, look)):
        await aside.wait()
    assert await jobs.set_aside() == [SetAside("read", "7", MOST_TRIES, DIED)]


async def test_a_job_whose_workers_died_is_soon_tried_again_once(postgres: str) -> None:
    """They may have been killed for no fault of its: it waits a minute, not an hour."""
    soon = replace(QUICK, after_deaths_seconds=0.0)
    done = asyncio.Event()

    async def run(key: str, note: str, now: datetime) -> None:
        done.set()

    async with (
        DistributedJobs(postgres, clock=clock, pace=QUICK) as patient,
        DistributedJobs(postgres, clock=clock, pace=soon) as jobs,
    ):
        await jobs.defer("read", "7")
        room = f"-c search_path={ROOM}"
        with psycopg.connect(postgres, autocommit=True, options=room) as connection:
            connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
            ended = "UPDATE procrastinate_jobs SET status = 'failed', args = args || %s::jsonb"
            connection.execute(ended, (json.dumps({"tries": MOST_TRIES, "cause": DIED}),))
        assert not await patient.defer("read", "7")
        assert await jobs.defer("read", "7")
        with psycopg.connect(postgres) as connection:
            told = f"SELECT args->'tries' FROM {ROOM}.procrastinate_jobs WHERE status = 'todo'"
            assert connection.execute(told).fetchone() == (MOST_TRIES - 1,)
        async with working(jobs, Task("read", run)):
            await done.wait()


async def test_a_database_that_went_away_is_no_fault_of_the_job(
    jobs: DistributedJobs, postgres: str
) -> None:
    """However often that happens, the job is not set aside for it."""
    done, faults = asyncio.Event(), [StoreAway("the server is stopping")]

    async def run(key: str, note: str, now: datetime) -> None:
        if faults:
            raise faults.pop()
        done.set()

    await jobs.defer("read", "7")
    with psycopg.connect(postgres, autocommit=True) as connection:
        tried = f'{{"tries": {MOST_TRIES - 1}}}'
        connection.execute(
            f"UPDATE {ROOM}.procrastinate_jobs SET args = args || %s::jsonb", (tried,)
        )
    async with working(jobs, Task("read", run)):
        await done.wait()
    assert await jobs.set_aside() == []


async def test_work_goes_on_when_the_database_has_cut_all_connections(
    jobs: DistributedJobs, postgres: str
) -> None:
    cut, keys = asyncio.Event(), []

    async def run(key: str, note: str, now: datetime) -> None:
        keys.append(key)
        if key == "before":
            with psycopg.connect(postgres, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'whosaid jobs' AND datname = current_database()"
                )
        else:
            cut.set()

    async def again(now: datetime) -> None:
        if "before" in keys:
            await jobs.defer("read", "after")

    await jobs.defer("read", "before")
    async with working(jobs, Task("read", run), Tick("again", 1, again)):
        await cut.wait()


async def test_a_tick_comes_once_whoever_works(postgres: str) -> None:
    """Two engines tick; each moment is ticked by one of them."""
    ticked, often = 0, asyncio.Event()

    async def tick(now: datetime) -> None:
        nonlocal ticked
        ticked += 1
        if ticked == 3:
            often.set()

    async def run(key: str, note: str, now: datetime) -> None:
        pytest.fail("nothing is deferred")

    async with (
        DistributedJobs(postgres, clock=clock, pace=QUICK) as one,
        DistributedJobs(postgres, clock=clock, pace=QUICK) as other,
    ):
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(SEE)
            async with (
                working(one, Task("read", run), Tick("tick", 1, tick)),
                working(other, Task("read", run), Tick("tick", 1, tick)),
            ):
                await often.wait()
            (moments,) = zip(*connection.execute(f"SELECT at FROM {ROOM}.seen"), strict=True)
    assert len(moments) >= 3
    assert len(set(moments)) == len(moments)


async def test_the_tables_of_the_engine_are_not_taken_for_another_programs(
    postgres_server: tuple[str, str],
) -> None:
    """Whichever of the two is there first."""
    address = make_database(postgres_server[0], "whosaid_jobs_first")
    for _ in range(2):
        async with DistributedJobs(address, clock=clock) as engine:
            await engine.defer("read", "7")
        open_store(address).close()


async def test_who_works_and_what_waits_is_seen_from_outside(
    jobs: DistributedJobs, postgres: str
) -> None:
    began, seen = asyncio.Event(), asyncio.Event()

    async def run(key: str, note: str, now: datetime) -> None:
        began.set()
        await seen.wait()

    await jobs.defer("read", "7")
    await jobs.defer("other", "7")
    async with working(jobs, Task("read", run)):
        await began.wait()
        watched = await asyncio.to_thread(look, postgres)
        seen.set()
    assert watched.heard_seconds is not None
    assert replace(watched, heard_seconds=None) == Watched(1, (("other", 1), ("read", 1)))
    assert (await asyncio.to_thread(look, postgres)).workers == 0


def test_where_no_worker_ever_ran_there_is_nothing_to_see(postgres: str) -> None:
    assert look(postgres) == Watched()


async def test_a_database_that_cannot_be_reached_is_told_in_words(tmp_path) -> None:
    with pytest.raises(StoreError, match="the job engine cannot use the database"):
        async with DistributedJobs(f"postgresql:///x?host={tmp_path}", clock=clock):
            pass


@pytest.mark.parametrize(
    ("seconds", "cron"),
    [(5, "* * * * * */5"), (30, "* * * * * */30"), (60, "*/1 * * * * 0"), (600, "*/10 * * * * 0")],
)
def test_an_interval_is_written_as_cron(seconds: int, cron: str) -> None:
    assert cron_of(seconds) == cron


def test_an_interval_that_cron_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="no interval"):
        cron_of(45)
