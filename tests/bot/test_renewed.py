"""A value at hand: nobody waits for it, it is read anew when it has aged, and none is too old."""

import asyncio

import pytest

from bot.renewed import OLD_SECONDS, REST_SECONDS, REST_TIMES, Renewed


class Elsewhere:
    """Counts how often it is read; each reading takes some seconds of its own clock."""

    def __init__(self):
        self.now, self.takes, self.read, self.fault, self.same = 0.0, 0.0, [], None, False

    def clock(self):
        return self.now

    async def __call__(self, known):
        self.read.append(known)
        self.now += self.takes
        if self.fault:
            raise self.fault
        return None if self.same else len(self.read)


@pytest.fixture
def elsewhere():
    return Elsewhere()


@pytest.fixture
async def renewed(elsewhere):
    made = Renewed(elsewhere, clock=elsewhere.clock)
    yield made
    await made.close()


async def read(renewed):
    """Ask, and let what was begun come to its end."""
    found = renewed()
    for _ in range(5):
        await asyncio.sleep(0)
    return found


async def test_the_first_who_asks_is_told_that_there_is_none_yet(renewed, elsewhere):
    """It is read meanwhile, in whatever thread it was asked for."""
    assert await asyncio.to_thread(renewed) is None
    assert await read(renewed) == 1
    assert elsewhere.read == [None]


async def test_it_is_read_anew_after_a_rest(renewed, elsewhere):
    """Whoever asks then is given the value so far; who reads is told it."""
    await read(renewed)
    elsewhere.now += REST_SECONDS - 1
    assert await read(renewed) == 1
    elsewhere.now += 1
    assert await read(renewed) == 1
    assert renewed() == 2
    assert elsewhere.read == [None, 1]


async def test_what_takes_long_to_read_is_read_less_often(renewed, elsewhere):
    """Reading takes a small share of the time."""
    elsewhere.takes = 3.0
    await read(renewed)
    elsewhere.now += REST_TIMES * elsewhere.takes - 1
    await read(renewed)
    assert len(elsewhere.read) == 1
    elsewhere.now += 1
    await read(renewed)
    assert len(elsewhere.read) == 2


async def test_a_value_that_nobody_asked_for_in_a_long_time_is_none(renewed, elsewhere):
    """Until it was read anew, or found to be the same still."""
    await read(renewed)
    elsewhere.now += OLD_SECONDS + 1
    elsewhere.same = True
    assert await read(renewed) is None
    assert renewed() == 1


async def test_a_fault_leaves_the_value_as_it_was(renewed, elsewhere, caplog):
    """It is logged, and tried again after a rest."""
    await read(renewed)
    elsewhere.fault = OSError("away")
    elsewhere.now += REST_SECONDS
    await read(renewed)
    assert renewed() == 1
    assert "could not be read anew" in caplog.text
    elsewhere.fault = None
    elsewhere.now += REST_SECONDS
    await read(renewed)
    assert renewed() == 3
