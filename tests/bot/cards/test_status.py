"""Status tells each count with what it is out of."""

from datetime import UTC, datetime, timedelta

from bot.cards.status import Standing, status_card
from bot.chat.terminal import as_text
from bot.model import FeedState, Schedule
from summarizer.model import Searched

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
UP = FeedState("https://up.example/rss", last_poll=NOW - timedelta(minutes=5))
DOWN = FeedState("https://down.example/rss", failures=7, last_poll=NOW - timedelta(hours=2))


def shown(**changes):
    parts = {
        "searched": Searched(62, 3, NOW - timedelta(days=4), ("down",)),
        "states": [UP, DOWN, None],
        "newest": NOW - timedelta(hours=1),
        "schedule": Schedule(zone="Asia/Seoul"),
        "last": NOW - timedelta(days=1),
        "upcoming": NOW + timedelta(hours=15),
        "workers": "",
        "version": "1.2",
    }
    message = status_card(Standing(**parts | changes), now=NOW)
    return as_text(message, width=200), message.data


def test_all_is_told():
    """Heartbeat, feeds up and down, articles, slots in the channel's zone, version."""
    text, data = shown()
    for words in (
        "answering at 12 Mar 2026 16:00 KST; last poll 5 minutes ago",
        "2 of 3 feeds up, 1 down",
        "62 articles from 3 feeds",
        "12 Mar 2026 06:00 UTC",
        "11 Mar 2026 16:00 KST",
        "13 Mar 2026 07:00 KST",
        "1.2",
    ):
        assert words in text
    assert (data["up"], data["feeds"], data["articles"]) == (2, 3, 62)
    assert data["last_poll"] == UP.last_poll.isoformat()


def test_a_fresh_bot_says_what_to_do():
    """No feed, no times, nothing stored: each says how to begin."""
    text, data = shown(
        searched=Searched(), states=[], newest=None, schedule=None, last=None, upcoming=None
    )
    for words in ("no feed polled yet", "feeds add", "nothing yet", "none yet", "schedule 07:00"):
        assert words in text
    assert (data["newest"], data["next"]) == (None, None)


def test_a_paused_channel_is_told_so():
    """No slot will come."""
    assert "paused" in shown(upcoming=None)[0]
