"""Other processes: they come as calls come, a killed one is replaced, signals are left to us."""

import asyncio
import multiprocessing
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from bot.processes import Processes

LONG_ENOUGH_SECONDS = 60


def _number() -> int:
    return os.getpid()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_once(mark: Path) -> int:
    if not mark.exists():
        mark.touch()
        _die()
    return os.getpid()


def _meet(mine: Path, other: Path) -> int:
    """Return when the other call is at work too, in a process of its own."""
    mine.touch()
    while not other.exists():
        pass
    return os.getpid()


def _signals() -> tuple[set[int], list[object]]:
    left = (signal.SIGINT, signal.SIGTERM)
    held = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    return {int(one) for one in held}, [signal.getsignal(number) for number in left]


def _mark(place: Path) -> None:
    place.touch()


@pytest.fixture
def processes():
    made = Processes(2)
    yield made
    made.close()


async def test_the_first_is_started_ahead_and_calls_wait_for_it(tmp_path) -> None:
    """Another comes only when two calls overlap, and what is opened was opened before a call."""
    made = Processes(2, opening=_Opening(tmp_path / "opened"))
    try:
        made.start()
        (first,) = made.numbers()
        assert await made.run(_number) == first
        assert (tmp_path / "opened").exists()
        one, other = tmp_path / "one", tmp_path / "other"
        async with asyncio.timeout(LONG_ENOUGH_SECONDS):
            met = await asyncio.gather(made.run(_meet, one, other), made.run(_meet, other, one))
        assert sorted(met) == sorted(made.numbers())
        assert len(set(met)) == 2
    finally:
        made.close()


class _Opening:
    """Leaves a mark, in whatever process it is called."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __call__(self) -> None:
        _mark(self.place)


async def test_signals_of_the_whole_group_are_left_to_the_parent(processes) -> None:
    """Ctrl-C is not held back from them, they take no notice of it; nor is it held back here."""
    held, ways = await processes.run(_signals)
    assert not held & {signal.SIGINT, signal.SIGTERM}
    assert ways == [signal.SIG_IGN, signal.SIG_IGN]
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & {signal.SIGINT, signal.SIGTERM}


async def test_a_call_whose_process_is_killed_is_made_once_more(processes, tmp_path) -> None:
    """What comes after it is called as before."""
    assert await processes.run(_die_once, tmp_path / "died") > 0
    assert await processes.run(_number) in processes.numbers()


async def test_a_call_that_kills_each_process_is_told(processes) -> None:
    """It is not tried for ever, and takes nothing else with it for good."""
    with pytest.raises(BrokenProcessPool):
        await processes.run(_die)
    assert await processes.run(_number) > 0


async def test_one_that_is_killed_while_idle_is_replaced(processes, tmp_path) -> None:
    """The other waited for a call behind it, and might have waited for ever."""
    one, other = tmp_path / "one", tmp_path / "other"
    await asyncio.gather(processes.run(_meet, one, other), processes.run(_meet, other, one))
    older = {child.pid: child.sentinel for child in multiprocessing.active_children()}
    killed, left = processes.numbers()
    os.kill(killed, signal.SIGKILL)
    assert wait([older[killed]], LONG_ENOUGH_SECONDS)
    assert await processes.run(_number) not in older
    assert wait([older[left]], LONG_ENOUGH_SECONDS)


@pytest.mark.parametrize("keeping", [True, False])
async def test_nobody_stays_when_all_is_closed(keeping) -> None:
    """Neither one that may end its work, nor one that is ended at once."""
    made = Processes(1, keeping=keeping)
    number = await made.run(_number)
    (child,) = [one for one in multiprocessing.active_children() if one.pid == number]
    made.close()
    assert wait([child.sentinel], LONG_ENOUGH_SECONDS)


async def test_what_is_asked_when_all_is_closed_starts_nobody(tmp_path) -> None:
    """A call that was under way is given up."""
    made = Processes(1, keeping=False)
    begun = tmp_path / "begun"
    under_way = asyncio.create_task(made.run(_meet, begun, tmp_path / "never"))
    await asyncio.to_thread(_wait_for, begun)
    made.close()
    with pytest.raises(BrokenProcessPool):
        await under_way
    assert made.numbers() == []


def _wait_for(place: Path) -> None:
    while not place.exists():
        pass
