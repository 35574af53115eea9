"""What every engine of jobs promises: the real one and the fake pass the same tests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from fake_jobs import FakeJobs

from bot.jobs import MOST_TRIES, SetAside, Task, Tick
from bot.jobs.distributed import DistributedJobs
from bot.jobs.mending import Pace

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
QUICK = Pace(beat_seconds=0.5, reap_seconds=1, look_seconds=0.2, first_pause_seconds=0)
LONG = 60.0
"""A bound on waiting that only a broken engine meets."""

Jobs = FakeJobs | DistributedJobs


def clock() -> datetime:
    return NOW


@pytest.fixture(params=["memory", "postgres"])
async def jobs(request: pytest.FixtureRequest) -> AsyncIterator[Jobs]:
    if request.param == "memory":
        yield FakeJobs(clock)
        return
    address = request.getfixturevalue("postgres")
    async with DistributedJobs(address, clock=clock, pace=QUICK) as engine:
        yield engine


@asynccontextmanager
async def working(
    jobs: Jobs, tasks: Sequence[Task], ticks: Sequence[Tick] = (), **options: object
) -> AsyncIterator[None]:
    """Let a worker work meanwhile."""
    run: Callable[..., Awaitable[None]] = jobs.run
    running = asyncio.ensure_future(run(tasks, ticks, **options))
    try:
        async with asyncio.timeout(LONG):
            yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class Seen:
    """Remembers calls, and lets a test wait for them."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, datetime]] = []
        self._more = asyncio.Event()

    async def __call__(self, key: str, note: str, now: datetime) -> None:
        self.calls.append((key, note, now))
        self._more.set()

    async def until(self, count: int) -> None:
        while len(self.calls) < count:
            self._more.clear()
            await self._more.wait()


async def test_a_deferred_job_runs_with_its_key_and_note(jobs: Jobs) -> None:
    seen = Seen()
    assert await jobs.defer("read", "7", "a note")
    async with working(jobs, [Task("read", seen)]):
        await seen.until(1)
    assert seen.calls == [("7", "a note", NOW)]


async def test_a_job_that_is_deferred_while_a_worker_waits_runs(jobs: Jobs) -> None:
    seen = Seen()
    async with working(jobs, [Task("read", seen)]):
        await jobs.defer("read", "1")
        await seen.until(1)
        await jobs.defer("read", "2")
        await seen.until(2)
    assert [key for key, _, _ in seen.calls] == ["1", "2"]


async def test_of_one_key_one_job_waits(jobs: Jobs) -> None:
    assert await jobs.defer("read", "7")
    assert not await jobs.defer("read", "7")
    assert await jobs.defer("read", "8")
    assert await jobs.defer("write", "7")
    assert await jobs.waiting() == {"read": 2, "write": 1}


async def test_a_key_is_deferred_again_while_its_job_runs_and_runs_after_it(jobs: Jobs) -> None:
    running, most, seen = 0, 0, Seen()

    async def run(key: str, note: str, now: datetime) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if not seen.calls:
            assert await jobs.defer("read", key, "again")
        await asyncio.sleep(0)
        running -= 1
        await seen(key, note, now)

    await jobs.defer("read", "7", "first")
    async with working(jobs, [Task("read", run)]):
        await seen.until(2)
    assert [note for _, note, _ in seen.calls] == ["first", "again"]
    assert most == 1


async def test_jobs_of_different_keys_run_side_by_side(jobs: Jobs) -> None:
    met = asyncio.Barrier(2)

    async def meet(key: str, note: str, now: datetime) -> None:
        await met.wait()
        await seen(key, note, now)

    seen = Seen()
    await jobs.defer("meet", "1")
    await jobs.defer("meet", "2")
    async with working(jobs, [Task("meet", meet)], concurrency=2):
        await seen.until(2)
    assert {key for key, _, _ in seen.calls} == {"1", "2"}


async def test_a_worker_takes_the_queues_that_it_is_given(jobs: Jobs) -> None:
    read, write = Seen(), Seen()
    await jobs.defer("write", "1")
    await jobs.defer("read", "1")
    tasks = [Task("read", read), Task("write", write)]
    async with working(jobs, tasks, queues=["read"]):
        await read.until(1)
        await jobs.defer("read", "2")
        await read.until(2)
    assert write.calls == []
    assert await jobs.waiting() == {"write": 1}


async def test_a_job_that_fails_is_tried_again(jobs: Jobs) -> None:
    seen = Seen()

    async def fail_once(key: str, note: str, now: datetime) -> None:
        await seen(key, note, now)
        if len(seen.calls) == 1:
            raise RuntimeError("not today")

    await jobs.defer("read", "7", "a note")
    async with working(jobs, [Task("read", fail_once)]):
        await seen.until(2)
        await jobs.defer("read", "8")
        await seen.until(3)
    assert seen.calls[1] == ("7", "a note", NOW)
    assert await jobs.set_aside() == []


async def test_a_job_that_always_fails_is_set_aside_with_its_cause(jobs: Jobs) -> None:
    tried, seen, aside = Seen(), Seen(), asyncio.Event()

    async def fail(key: str, note: str, now: datetime) -> None:
        await tried(key, note, now)
        raise RuntimeError("never")

    async def look(now: datetime) -> None:
        if await jobs.set_aside():
            aside.set()

    await jobs.defer("fail", "7")
    tasks = [Task("fail", fail), Task("read", seen)]
    async with working(jobs, tasks, [Tick("look", 1, look)]):
        await aside.wait()
        await jobs.defer("read", "1")
        await seen.until(1)
        assert not await jobs.defer("fail", "7")
    assert await jobs.set_aside() == [SetAside("fail", "7", MOST_TRIES, "RuntimeError('never')")]
    assert len(tried.calls) == MOST_TRIES


async def test_ticks_tick_again_also_after_a_fault(jobs: Jobs) -> None:
    moments: list[datetime] = []
    twice = asyncio.Event()

    async def tick(now: datetime) -> None:
        moments.append(now)
        if len(moments) == 1:
            raise RuntimeError("a bug")
        twice.set()

    async with working(jobs, [], [Tick("tick", 1, tick)]):
        await twice.wait()
    assert set(moments) == {NOW}


async def test_a_tick_defers_jobs(jobs: Jobs) -> None:
    seen = Seen()

    async def tick(now: datetime) -> None:
        await jobs.defer("read", "from a tick")

    async with working(jobs, [Task("read", seen)], [Tick("tick", 1, tick)]):
        await seen.until(1)
    assert seen.calls[0][0] == "from a tick"
