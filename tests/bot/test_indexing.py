"""The index by meaning: brought up to date after news, one turn at a time, by whoever has it."""

import asyncio

import pytest

from bot.errors import ConfigError
from bot.indexing import Indexing, indexing_over
from bot.means import Means
from bot.model import Settings


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


class Store:
    """Keeps vectors, or does not."""

    def __init__(self, *, keeps):
        self.make_vectors = lambda: keeps


@pytest.mark.parametrize(
    ("wanted", "keeps", "turns"), [(True, False, 1), (True, True, 0), (False, False, 0)]
)
async def test_where_only_others_hold_it_it_is_made_apart(index, wanted, keeps, turns):
    """By the clock where it is this bot's own, never where none is wanted."""
    pytest.importorskip("onnxruntime", reason="the extra embed is not installed")
    means = Means("news", Settings("0.0"), meaning=wanted)
    await indexing_over(Store(keeps=keeps), means, None, apart=index).own()
    assert index.turns == turns


def test_without_the_extra_it_is_told_at_the_start(index, monkeypatch):
    """Not by the first question, in a process that nobody sees."""
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    means = Means("news", Settings("0.0"), meaning=True)
    with pytest.raises(ConfigError, match="pip install"):
        indexing_over(Store(keeps=False), means, None, apart=index)
