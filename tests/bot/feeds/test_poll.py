"""One poll of one feed: what is asked, what is learnt, and when to come again."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import FetchError
from bot.feeds.fetch import Response
from bot.feeds.poll import FIRST_POLL_ITEMS, Visit, poll
from bot.feeds.work import do
from bot.model import Feed, FeedState

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
URL = "https://mast.example/feed"


def rss(count: int = 1) -> bytes:
    entries = "".join(
        f"<item><title>Story {n}</title><link>https://mast.example/{n}</link>"
        f"<pubDate>{NOW - timedelta(hours=n):%d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>The union said on Monday that barge {n} is missing.</description></item>"
        for n in range(count)
    )
    return f"<rss version='2.0'><channel><title>The Mast</title>{entries}</channel></rss>".encode()


class Web:
    """Answers with what it was given and remembers what was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    async def get(self, url, *, headers):
        self.asked.append((url, dict(headers)))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def ok(body=None, *, status=200, moved_to="", **headers):
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(moved_to or URL, status, told, rss() if body is None else body, moved_to)


async def run(*answers, state=None, feed=None, now=NOW):
    web = Web(*answers)
    state = state or FeedState(URL)
    for _ in range(len(answers)):
        state, items = await poll(
            Visit(feed or Feed(URL, "The Mast"), state, now), fetcher=web, do=off_thread
        )
    return state, items, web


async def off_thread(task):
    return do(task)


async def test_a_healthy_feed_gives_items_and_validators():
    state, items, _ = await run(ok(etag='"a"', last_modified="Thu, 12 Mar 2026 07:00:00 GMT"))
    assert [item.article.title for item in items] == ["Story 0"]
    assert (state.outcome, state.etag, state.failures) == ("ok", '"a"', 0)
    assert (state.last_poll, state.last_success) == (NOW, NOW)
    assert state.next_poll > NOW
    assert state.articles == 1


async def test_validators_are_sent_back_and_an_unchanged_feed_slows_down():
    first, _, _ = await run(ok(etag='"a"'))
    state, items, web = await run(ok(b"", status=304), state=first)
    assert web.asked[0][1] == {"If-None-Match": '"a"'}
    assert items == []
    assert state.outcome == "unchanged"
    assert state.interval_seconds > first.interval_seconds


async def test_a_304_does_not_prove_that_a_broken_feed_is_well():
    good, _, _ = await run(ok(etag='"a"'))
    broken, _, _ = await run(ok(b"<html>broken</html>"), state=good)
    assert broken.outcome == "not-a-feed"
    state, _, web = await run(ok(b"", status=304), state=broken)
    assert web.asked[0][1] == {}
    assert state.outcome not in {"ok", "unchanged"}


async def test_a_broken_feed_slows_down_is_told_in_words_and_recovers():
    fault = FetchError("It cannot be reached.", outcome="unreachable")
    state, items, _ = await run(fault, fault, fault)
    assert (state.failures, state.outcome, state.error) == (
        3,
        "unreachable",
        "It cannot be reached.",
    )
    assert items == []
    assert state.next_poll - NOW > timedelta(minutes=100)
    well, items, _ = await run(ok(), state=state)
    assert (well.failures, well.error, well.outcome) == (0, "", "ok")
    assert items


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, "not-found"),
        (403, "forbidden"),
        (500, "server-error"),
        (418, "odd-answer"),
        (401, "login"),
    ],
)
async def test_answers_that_are_no_feed_are_named(status, outcome):
    state, _, _ = await run(ok(b"", status=status))
    assert state.outcome == outcome
    assert state.error.startswith("The Mast ")
    assert not state.stopped


async def test_a_feed_that_is_gone_is_polled_no_more():
    state, _, _ = await run(ok(b"", status=410))
    assert state.stopped
    assert state.next_poll is None
    assert state.outcome == "gone"


async def test_retry_after_is_obeyed():
    state, _, _ = await run(ok(b"", status=429, retry_after="14400"))
    assert state.next_poll >= NOW + timedelta(hours=4)


async def test_cache_control_is_obeyed():
    state, _, _ = await run(ok(cache_control="max-age=20000"))
    assert state.next_poll >= NOW + timedelta(hours=4)


async def test_a_permanent_move_is_believed_when_seen_twice():
    there = "https://mast.example/new"
    once, _, _ = await run(ok(moved_to=there))
    assert (once.url, once.moved_to, once.moved_seen) == (URL, there, 1)
    twice, _, _ = await run(ok(moved_to=there), state=once)
    assert (twice.url, twice.moved_to, twice.moved_seen) == (there, "", 0)


async def test_a_move_that_was_taken_back_is_forgotten():
    once, _, _ = await run(ok(moved_to="https://mast.example/new"))
    back, _, _ = await run(ok(), state=once)
    other, _, _ = await run(ok(moved_to="https://mast.example/other"), state=once)
    assert (back.moved_to, back.moved_seen) == ("", 0)
    assert other.moved_seen == 1


async def test_the_first_poll_brings_the_newest_only_and_the_rest_as_old():
    state, items, _ = await run(ok(rss(300)))
    fresh = [item.article.title for item in items if not item.old]
    assert fresh == [f"Story {n}" for n in range(FIRST_POLL_ITEMS)]
    assert len(items) == 300
    later, items, _ = await run(
        ok(rss(300)), state=replace(state, last_success=NOW - timedelta(days=1))
    )
    assert not any(item.old for item in items)
    assert later.articles == state.articles + 24


async def test_undated_entries_of_a_new_feed_count_as_the_feed_orders_them():
    undated = re.sub(rb"<pubDate>.*?</pubDate>", b"", rss(50))
    _, items, _ = await run(ok(undated))
    assert [item.article.title for item in items if not item.old] == [
        f"Story {n}" for n in range(FIRST_POLL_ITEMS)
    ]


PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>
<body><p>News of the harbour.</p></body></html>"""


async def test_a_new_feeds_page_leads_to_the_feed_that_it_names():
    """A config may name a page; it is polled there from then on."""
    state, items, _ = await run(ok(PAGE))
    assert (state.url, state.next_poll, items) == ("https://mast.example/rss", None, [])


async def test_pages_that_name_one_another_are_not_followed_for_ever():
    state = FeedState(URL)
    for _ in range(10):
        state, _, _ = await run(ok(PAGE), state=replace(state, url=URL))
    assert state.outcome == "not-a-feed"
    assert state.failures > 1


async def test_a_feed_that_becomes_a_page_is_broken_and_its_words_name_the_pages_feed():
    good, _, _ = await run(ok())
    state, _, _ = await run(ok(PAGE), state=good)
    assert (state.url, state.outcome) == (URL, "not-a-feed")
    assert "https://mast.example/rss" in state.error


async def test_the_feeds_wishes_hold_after_a_304_that_does_not_repeat_them():
    asks = b"<ttl>600</ttl><skipHours><hour>19</hour><hour>20</hour></skipHours>"
    told = rss().replace(b"<title>The Mast</title>", b"<title>The Mast</title>" + asks)
    first, _, _ = await run(ok(told, etag='"a"'))
    assert first.next_poll >= NOW + timedelta(hours=10)
    again, _, _ = await run(ok(b"", status=304), state=first)
    assert again.outcome == "unchanged"
    assert again.next_poll >= NOW + timedelta(hours=10)
    assert again.next_poll.hour not in {19, 20}


async def test_the_feeds_own_name_wins_over_its_title():
    _, items, _ = await run(ok(), feed=Feed(URL, "Mast & Sail"))
    assert items[0].article.outlet == "Mast & Sail"
    assert items[0].feed == URL
