"""The clockwork of one process."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import LocalJobs, Tick
from bot.logs import OneLine

HOUR = 3600.0


def clock() -> datetime:
    """The scheduler itself goes by the wall clock; ticks must be due against that."""
    return datetime.fromtimestamp(asyncio.get_running_loop().time(), UTC)


async def test_every_tick_runs_at_once_with_the_clocks_time() -> None:
    seen: asyncio.Queue[datetime] = asyncio.Queue()
    jobs = LocalJobs([Tick("poll", HOUR, seen.put), Tick("publish", HOUR, seen.put)], clock=clock)
    jobs.start()
    first, second = await seen.get(), await seen.get()
    await jobs.stop()
    assert first.tzinfo is UTC
    assert abs(first - second) < timedelta(minutes=1)


async def test_a_slow_tick_never_overlaps_itself() -> None:
    begun = asyncio.Event()
    go_on = asyncio.Event()
    runs = []

    async def slow(now: datetime) -> None:
        runs.append(now)
        begun.set()
        await go_on.wait()

    tick = Tick("slow", HOUR, slow)
    jobs = LocalJobs([tick], clock=clock)
    await jobs._fire(tick)
    await begun.wait()
    await jobs._fire(tick)
    go_on.set()
    await jobs.stop()
    assert len(runs) == 1
    await jobs._fire(tick)
    await jobs.stop()
    assert len(runs) == 2


async def test_a_fault_is_one_line_in_the_log_and_the_next_tick_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs = []

    async def broken(now: datetime) -> None:
        runs.append(now)
        raise RuntimeError("the feed broke")

    tick = Tick("poll", HOUR, broken)
    jobs = LocalJobs([tick], clock=clock)
    for _ in range(2):
        await jobs._fire(tick)
        await jobs.stop()
    assert len(runs) == 2
    lines = [OneLine().format(record) for record in caplog.records]
    assert len(lines) == 2
    for line in lines:
        assert "tick name=poll failed fault=RuntimeError at test_local.py" in line
        assert "\n" not in line


async def test_every_run_is_told_with_how_it_ended() -> None:
    told = []

    def ran(name: str, seconds: float, now: datetime, /, *, failed: bool) -> None:
        told.append((name, seconds >= 0, now, failed))

    async def broken(now: datetime) -> None:
        raise RuntimeError

    async def whole(now: datetime) -> None:
        """Do nothing."""

    ticks = [Tick("poll", HOUR, whole), Tick("publish", HOUR, broken)]
    jobs = LocalJobs(ticks, clock=clock, ran=ran)
    for tick in ticks:
        await jobs._fire(tick)
    await jobs.stop()
    assert [(name, failed) for name, _, _, failed in told] == [("poll", False), ("publish", True)]


async def test_stopping_lets_a_running_tick_end() -> None:
    ended = []

    async def saving(now: datetime) -> None:
        await asyncio.sleep(0)
        ended.append(now)

    jobs = LocalJobs([], clock=clock)
    await jobs._fire(Tick("save", HOUR, saving))
    await jobs.stop()
    assert len(ended) == 1


async def test_stopping_cancels_what_does_not_end() -> None:
    cancelled = []

    async def endless(now: datetime) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(now)
            raise

    jobs = LocalJobs([], clock=clock)
    await jobs._fire(Tick("endless", HOUR, endless))
    await asyncio.sleep(0)
    await jobs.stop(seconds=0)
    assert len(cancelled) == 1


async def test_a_clock_that_is_set_back_does_not_hold_up_the_ticks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ran = asyncio.Event()

    async def run(now: datetime) -> None:
        ran.set()

    moments = [datetime(2300, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)]
    jobs = LocalJobs([Tick("poll", HOUR, run)], clock=lambda: moments.pop() if moments else clock())
    jobs.start()
    await asyncio.sleep(0)
    assert not ran.is_set(), "by its clock the tick is due in 2300"
    jobs._look_at_clock()
    await ran.wait()
    await jobs.stop()
    assert "set back" in caplog.text


async def test_being_cancelled_is_a_clean_stop() -> None:
    ran = asyncio.Event()

    async def run(now: datetime) -> None:
        ran.set()

    task = asyncio.create_task(LocalJobs([Tick("poll", HOUR, run)], clock=clock).run())
    await ran.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_clock_that_leaps_ahead_by_years_is_one_run() -> None:
    """A machine without a battery wakes in 1970 and then learns the time."""
    runs = []

    async def run(now: datetime) -> None:
        runs.append(now)

    jobs = LocalJobs([Tick("poll", 1.0, run)], clock=lambda: datetime(1970, 1, 1, tzinfo=UTC))
    jobs.start()
    (job,) = jobs._scheduler.get_jobs()
    missed = job._get_run_times(datetime(2024, 10, 20, tzinfo=UTC))
    await jobs.stop()
    assert len(missed) == 1
