"""The card of the feeds: state in words, last success, last error, next poll, articles a day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.cards.feeds import PAGE, Health, feeds_card
from bot.chat.terminal import as_text
from bot.model import Feed, FeedState

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
FEED = Feed("https://mast.example/feed", "The Mast")
FINE = FeedState(
    FEED.url,
    outcome="ok",
    last_poll=NOW - timedelta(minutes=5),
    last_success=NOW - timedelta(minutes=5),
    next_poll=NOW + timedelta(minutes=11),
)
DOWN = replace(
    FINE,
    outcome="login",
    failures=4,
    error="The Mast asks for a login. Ask its owner for a public address.",
)


def shown(*feeds, **told):
    return as_text(feeds_card(feeds, now=NOW, **told), width=200)


def test_a_healthy_feed_tells_its_pace():
    said = shown(Health(FEED, FINE, 4.24))
    assert (
        "fine, 4.2 articles a day, last read 12 Mar 2026 07:55 UTC, next poll in 12 minutes" in said
    )


def test_a_feed_of_few_or_many_articles_reads_well():
    assert "1 article a day" in shown(Health(FEED, FINE, 1.0))
    assert "37 articles a day" in shown(Health(FEED, FINE, 37.2))
    assert "a day" not in shown(Health(FEED, FINE, 0.0))


def test_a_failing_feed_tells_what_happened_what_to_do_and_when_it_was_well():
    said = shown(Health(FEED, DOWN))
    assert "1 feed, 1 down" in said
    assert "failing (4 failures in a row): The Mast asks for a login. Ask its owner" in said
    assert "last success 12 Mar 2026 07:55 UTC" in said
    assert "next poll in 12 minutes" in said


def test_broken_feeds_come_first_and_many_are_paged():
    feeds = [Health(replace(FEED, title=f"Outlet {n:03}"), FINE) for n in range(60)]
    first = feeds_card([*feeds, Health(FEED, DOWN)], now=NOW)
    said = as_text(first, width=200)
    assert said.index("The Mast") < said.index("Outlet 000")
    assert f"1 to {PAGE} of 61" in said
    assert "Outlet 024" not in said
    assert "Outlet 024" in shown(*feeds, Health(FEED, DOWN), page=2)
    assert "51 to 61 of 61" in shown(*feeds, Health(FEED, DOWN), page=3)
    assert f"1 to {PAGE} of 61" in shown(*feeds, Health(FEED, DOWN), page=99)
    assert len(first.data["feeds"]) == 61


def test_the_record_holds_the_same_for_scripts():
    (record,) = feeds_card([Health(FEED, DOWN, 2.3)], now=NOW).data["feeds"]
    assert record["down"] is True
    assert (record["outcome"], record["failures"]) == ("login", 4)
    assert record["articles_a_day"] == 2.3
    assert record["next_poll"] == (NOW + timedelta(minutes=11)).isoformat()
