"""Gathering: what is read lands in the store, is analysed, and joins a story; faults stop nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import InputError
from bot.gather import Gather
from bot.keeping import InThreads
from bot.model import Feed, FeedState, Item, Landing, Reading
from bot.store import open_store
from summarizer.model import ANALYSIS_VERSION as VERSION
from summarizer.model import Analysis, Article

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
FEED = Feed("https://mast.example/feed", "The Mast")
WHOLE = "Three barges are missing from the inner harbour of Port Marl, the union said on Monday."


def item(number: int, text: str = "", **told) -> Item:
    article = Article(
        id=f"a{number}",
        text=text
        or f"The union said on Monday that barge number {number} is missing from the harbour.",
        title=f"Barge {number}",
        outlet="The Mast",
        url=f"https://mast.example/{number}",
        published=NOW - timedelta(hours=number),
    )
    return Item(article, feed=FEED.url, **told)


class Newsstand:
    """Reads and polls what a test put there."""

    def __init__(self, places=None, polls=None):
        self.places = places or {}
        self.polls = polls or {}
        self.read_places = []

    async def read(self, place):
        items, faults = await self.read_all(place)
        if faults and not items:
            raise faults[0]
        return items

    async def read_all(self, place):
        self.read_places.append(place)
        found = self.places.get(place)
        if found is None:
            raise InputError(f"There is no {place}.", outcome="no-such-path")
        return found

    async def poll(self, feed, state):
        found = self.polls[feed.url]
        if isinstance(found, Exception):
            raise found
        return found

    async def close(self):
        pass


@pytest.fixture
def store(each_database):
    made = open_store(each_database)
    yield made
    made.close()


async def analyse(article):
    return Analysis(VERSION)


async def test_what_is_read_is_stored_analysed_and_placed_in_a_story(store):
    stand = Newsstand({"news": ([item(1), item(2)], [])})
    report = await Gather(store, stand, InThreads(store, analyse)).ingest(["news"], now=NOW)
    assert report.landed[Landing.NEW] == 2
    assert report.analysed == 2
    assert store.unanalysed(VERSION) == []
    assert store.story_of("a1") is not None


async def test_the_same_again_is_not_analysed_again(store):
    gather = Gather(store, Newsstand({"news": ([item(1)], [])}), InThreads(store, analyse))
    await gather.ingest(["news"], now=NOW)
    report = await gather.ingest(["news"], now=NOW)
    assert report.landed == {Landing.SAME: 1}
    assert report.analysed == 0


async def test_a_fault_of_one_place_or_part_stops_nothing(store):
    stand = Newsstand({"news": ([item(1)], [InputError("b.txt is empty.", outcome="empty")])})
    report = await Gather(store, stand, InThreads(store, analyse)).ingest(
        ["nowhere", "news"], now=NOW
    )
    assert report.landed[Landing.NEW] == 1
    assert report.faults == ["There is no nowhere.", "b.txt is empty."]


async def test_an_analysis_that_breaks_stops_nothing(store):
    async def broken(article):
        if article.id == "a1":
            raise RuntimeError("cannot read this")
        return Analysis(VERSION)

    stand = Newsstand({"news": ([item(1), item(2)], [])})
    report = await Gather(store, stand, InThreads(store, broken)).ingest(["news"], now=NOW)
    assert store.analysis("a2") is not None
    assert len(report.faults) == 1
    assert "Barge 1" in report.faults[0]


async def test_progress_is_shown(store):
    shown = []
    stand = Newsstand({"news": ([item(1)], [])})
    gather = Gather(store, stand, InThreads(store, analyse))
    await gather.ingest(["news"], now=NOW, progress=lambda *step: shown.append(step))
    assert {("reading", 1, 1), ("analysing", 1, 1)} <= set(shown)


async def test_the_page_of_a_teaser_is_read(store):
    teaser = item(1, "Three barges are missing.", teaser=True)
    page = item(1, WHOLE)
    stand = Newsstand({"news": ([teaser], []), teaser.article.url: ([page], [])})
    await Gather(store, stand, InThreads(store, analyse)).ingest(["news"], now=NOW)
    assert store.article("a1").text == WHOLE


async def test_the_page_of_a_stored_article_is_not_read_again_but_carried(store):
    teaser = item(1, "Three barges are missing.", teaser=True)
    other = replace(
        teaser, article=replace(teaser.article, outlet="The Sail"), feed="https://sail.example/feed"
    )
    stand = Newsstand({"news": ([teaser, other], []), teaser.article.url: ([item(1, WHOLE)], [])})
    await Gather(store, stand, InThreads(store, analyse)).ingest(["news"], now=NOW)
    assert stand.read_places == ["news", teaser.article.url]
    assert {one.outlet for one in store.carriages("a1")} == {"The Mast", "The Sail"}
    assert store.versions("a1") == []


async def test_a_teaser_whose_page_cannot_be_read_is_kept_as_it_is(store):
    stand = Newsstand({"news": ([item(1, "Three barges are missing.", teaser=True)], [])})
    report = await Gather(store, stand, InThreads(store, analyse)).ingest(["news"], now=NOW)
    assert store.article("a1").text == "Three barges are missing."
    assert report.faults == []


async def test_why_a_teasers_page_gave_nothing_is_kept_and_it_is_not_asked_again_at_once(store):
    stand = Newsstand({"news": ([item(1, "Three barges are missing.", teaser=True)], [])})
    gather = Gather(store, stand, InThreads(store, analyse))
    for hours in (0, 1, 24):
        await gather.ingest(["news"], now=NOW + timedelta(hours=hours))
    assert stand.read_places.count("https://mast.example/1") == 1
    kept = store.reading("https://mast.example/1")
    assert (kept.outcome, kept.words) == ("no-such-path", "There is no https://mast.example/1.")
    await gather.ingest(["news"], now=NOW + timedelta(days=8))
    assert stand.read_places.count("https://mast.example/1") == 2


async def test_a_page_that_was_down_is_read_an_hour_later(store):
    teaser = item(1, "Three barges are missing.", teaser=True)
    stand = Newsstand({"news": ([teaser], [])})
    store.note_reading(Reading(teaser.article.url, "timeout", "It was slow.", NOW))
    stand.places[teaser.article.url] = ([item(1, WHOLE)], [])
    gather = Gather(store, stand, InThreads(store, analyse))
    await gather.ingest(["news"], now=NOW + timedelta(minutes=59))
    assert store.article("a1").text != WHOLE
    await gather.ingest(["news"], now=NOW + timedelta(minutes=61))
    assert store.article("a1").text == WHOLE
    assert store.reading(teaser.article.url) is None


async def test_a_page_with_no_more_than_its_teaser_is_read_once(store):
    teaser = item(1, "Three barges are missing.", teaser=True)
    page = item(1, "Three barges.")
    stand = Newsstand({"news": ([teaser], []), teaser.article.url: ([page], [])})
    gather = Gather(store, stand, InThreads(store, analyse))
    for _ in range(3):
        await gather.ingest(["news"], now=NOW)
    assert stand.read_places.count(teaser.article.url) == 1
    assert store.reading(teaser.article.url).outcome == "no-more"


async def test_why_an_address_could_not_be_ingested_is_kept(store):
    await Gather(store, Newsstand(), InThreads(store, analyse)).ingest(
        ["https://x.example/a", "b.txt"], now=NOW
    )
    assert store.reading("https://x.example/a").outcome == "no-such-path"
    assert store.reading("b.txt") is None


async def test_what_a_new_feed_held_before_never_comes_in(store):
    """Not at the first poll, and not when the feed changes and brings its whole window again."""
    store.add_feed(FEED)
    learnt = FeedState(FEED.url, outcome="ok", next_poll=NOW)
    window = [item(n, old=n > 2) for n in range(1, 6)]
    stand = Newsstand(polls={FEED.url: (learnt, window)})
    gather = Gather(store, stand, InThreads(store, analyse))
    await gather.poll_due(NOW)
    stand.polls[FEED.url] = (learnt, [replace(one, old=False) for one in window])
    report = await gather.poll_due(NOW)
    assert report.landed == {Landing.SAME: 5}
    assert [store.article(f"a{n}") is not None for n in range(1, 6)] == [True] * 2 + [False] * 3


async def test_the_feeds_of_one_host_are_polled_in_turn_and_other_hosts_meanwhile(store):
    """A slow host with many feeds holds up no other."""
    asked, slow = [], asyncio.Event()

    class Slow(Newsstand):
        async def poll(self, feed, state):
            asked.append(feed.url)
            if "slow.example" in feed.url:
                await slow.wait()
            elif len(asked) == 31:
                slow.set()
            return FeedState(feed.url, outcome="ok", next_poll=NOW + timedelta(hours=1)), []

    for number in range(40):
        store.add_feed(Feed(f"https://slow.example/{number:02}"))
    for number in range(30):
        store.add_feed(Feed(f"https://well{number}.example/feed"))
    await Gather(store, Slow(), InThreads(store, analyse)).poll_due(NOW)
    assert len(asked) == 70
    assert sum("slow" in url for url in asked[:31]) == 1


async def test_only_due_feeds_are_polled(store):
    store.add_feed(FEED)
    later = Feed("https://sail.example/feed")
    store.add_feed(later)
    store.save_feed_state(FeedState(later.url, next_poll=NOW + timedelta(minutes=1)))
    learnt = FeedState(FEED.url, outcome="ok", next_poll=NOW + timedelta(hours=1))
    stand = Newsstand(polls={FEED.url: (learnt, [item(1)])})
    report = await Gather(store, stand, InThreads(store, analyse)).poll_due(NOW)
    assert report.landed[Landing.NEW] == 1
    assert store.feed_state(FEED.url) == learnt


async def test_a_stopped_feed_is_not_polled(store):
    store.add_feed(FEED)
    store.save_feed_state(FeedState(FEED.url, stopped=True))
    report = await Gather(store, Newsstand(), InThreads(store, analyse)).poll_due(NOW)
    assert not report.landed
    assert report.faults == []


async def test_a_feed_that_moved_is_known_by_its_new_address(store):
    store.add_feed(FEED)
    there = "https://mast.example/new"
    moved = FeedState(there, outcome="ok", next_poll=NOW + timedelta(hours=1))
    await Gather(
        store, Newsstand(polls={FEED.url: (moved, [])}), InThreads(store, analyse)
    ).poll_due(NOW)
    assert [feed.url for feed in store.feeds()] == [there]
    assert store.feed_state(there).outcome == "ok"


async def test_a_feed_that_nobody_named_is_called_as_it_calls_itself(store):
    store.add_feed(replace(FEED, title=""))
    learnt = FeedState(FEED.url, outcome="ok", next_poll=NOW + timedelta(hours=1))
    await Gather(
        store, Newsstand(polls={FEED.url: (learnt, [item(1)])}), InThreads(store, analyse)
    ).poll_due(NOW)
    assert [feed.title for feed in store.feeds()] == ["The Mast"]


async def test_a_bug_in_one_poll_stops_no_other(store):
    other = Feed("https://sail.example/feed", "The Sail")
    store.add_feed(FEED)
    store.add_feed(other)
    learnt = FeedState(other.url, outcome="ok")
    polls = {FEED.url: RuntimeError("a bug"), other.url: (learnt, [item(1)])}
    report = await Gather(store, Newsstand(polls=polls), InThreads(store, analyse)).poll_due(NOW)
    assert report.landed[Landing.NEW] == 1
    assert report.faults == ["The Mast could not be polled: a bug"]
