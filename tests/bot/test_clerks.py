"""Clerks: what is gathered is kept through another process's own connection to the file."""

from datetime import UTC, datetime

import pytest

from bot.analysts import Analysts
from bot.clerks import Clerks
from bot.gather import Gather
from bot.keeping import InThreads
from bot.model import Item, Landing
from bot.store import open_store
from summarizer.model import ANALYSIS_VERSION, Analysis, Article

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
TEXT = "The harbour of Port Marl is closed, its master Ada Vole said on Monday."


def item(number):
    return Item(Article(f"a{number}", f"{TEXT} It is day {number}.", "Harbour", "Mast"))


class Stand:
    """Has two articles, whatever place is named."""

    async def read_all(self, place):
        return [item(1), item(2)], []


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "news.sqlite3")


async def in_this_process(work, *given):
    return work(*given)


async def test_what_other_processes_keep_is_seen_here(path):
    """Stored, analysed and placed there; searched and answered from here."""
    store, analysts = open_store(path), Analysts(1)
    try:
        gather = Gather(store, Stand(), Clerks(analysts.run, path))
        report = await gather.ingest(["news"], now=NOW)
        assert report.landed == {Landing.NEW: 2}
        assert (report.analysed, report.faults) == (2, [])
        assert store.analysis("a1").claims[0].attribution.source.name == "Ada Vole"
        assert [hit.article_id for hit in store.mentions("Ada Vole")] == ["a1", "a2"]
        assert store.story_of("a1") is not None
        again = await gather.ingest(["news"], now=NOW)
        assert (again.landed, again.analysed) == ({Landing.SAME: 2}, 0)
    finally:
        analysts.close()
        store.close()


async def test_an_article_that_breaks_its_analyst_is_set_aside(path):
    """It is told, the others are kept, and it is not tried at every round."""

    async def run(work, *given):
        if work.__name__ == "_analyse" and given[1].id == "a1":
            raise RuntimeError("killed twice")
        return work(*given)

    store = open_store(path)
    report = await Gather(store, Stand(), Clerks(run, path)).ingest(["news"], now=NOW)
    assert len(report.faults) == 1
    assert "killed twice" in report.faults[0]
    assert store.analysis("a1").abstained
    assert store.analysis("a2").claims
    assert store.unanalysed(ANALYSIS_VERSION) == []
    store.close()


@pytest.mark.parametrize("apart", [False, True])
async def test_the_analysis_of_a_text_that_was_edited_meanwhile_is_not_kept(path, apart):
    """The edited one waits for an analysis of its own, in threads and apart."""

    async def analyse(_):
        return Analysis(ANALYSIS_VERSION)

    store = open_store(path)
    keeper = Clerks(in_this_process, path) if apart else InThreads(store, analyse)
    await keeper.add(item(1), seen=NOW)
    older = Article("a1", "The harbour was open, a clerk said.", "Harbour", "Mast")
    await keeper.analyse(older)
    assert store.analysis("a1") is None
    store.close()
