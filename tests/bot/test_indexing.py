"""The index by meaning: brought up to date after news, one turn at a time, by whoever has it."""

import asyncio

import pytest

from bot.indexing import Indexing


class Index:
    """Counts how often it is brought up to date, and whether two did so at once."""

    def __init__(self):
        self.turns, self.at_once, self.fault = 0, 0, None

    async def __call__(self):
        self.turns += 1
        self.at_once += 1
        await asyncio.sleep(0)
        assert self.at_once == 1
        self.at_once -= 1
        if self.fault:
            raise self.fault


@pytest.fixture
def index():
    return Index()


async def test_it_is_looked_at_first_and_after_news(index):
    """A round that brought nothing costs nothing."""
    indexing = Indexing(index)
    for analysed, turns in ((0, 1), (0, 1), (3, 2), (0, 2)):
        await indexing.after(analysed)
        assert index.turns == turns


async def test_what_failed_is_done_with_the_next_round(index):
    """Whatever that brings."""
    indexing, index.fault = Indexing(index), OSError("away")
    with pytest.raises(OSError, match="away"):
        await indexing.after(1)
    index.fault = None
    await indexing.after(0)
    await indexing.after(0)
    assert index.turns == 2


async def test_two_who_want_it_wait_for_each_other(index):
    """The files of two turns would be in each other's way."""
    indexing = Indexing(index)
    await asyncio.gather(indexing.now(), indexing.now())
    assert index.turns == 2


async def test_one_that_all_share_is_not_made_by_each(index):
    """Workers do it; a process of its own index does it by the clock."""
    await Indexing(index, shared=True).own()
    assert index.turns == 0
    await Indexing(index).own()
    assert index.turns == 1


async def test_where_no_index_is_wanted_nothing_is_done():
    await Indexing().after(1)
