"""When feeds are polled again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.pace import (
    LONGEST,
    NO_WISHES,
    SHORTEST,
    Wishes,
    backoff,
    interval,
    max_age,
    next_poll,
    retry_after,
)

NOW = datetime(2026, 3, 12, 8, 30, tzinfo=UTC)
URL = "https://mast.example/feed"
WISHES = st.builds(
    Wishes,
    retry_after=st.floats(0, 1e9),
    max_age=st.floats(0, 1e9),
    ttl=st.floats(0, 1e9),
    skip_hours=st.frozensets(st.integers(0, 23)),
    skip_days=st.frozensets(st.integers(0, 6)),
)


def test_a_feed_with_news_is_polled_sooner_and_one_without_later():
    assert interval(3600, fresh=3) < 3600 < interval(3600, fresh=0)


@given(st.floats(0, 1e7), st.integers(0, 50), st.floats(300, 86400))
def test_the_pace_stays_within_bounds(before, fresh, base):
    pace = interval(before, fresh=fresh, base=base)
    assert SHORTEST.total_seconds() <= pace <= max(LONGEST.total_seconds(), base / 6)


def test_a_broken_feed_slows_down_to_once_a_day():
    waits = [backoff(failures) for failures in range(1, 20)]
    assert waits == sorted(waits)
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == LONGEST.total_seconds()


@given(WISHES, st.floats(300, 86400))
def test_wishes_are_kept_within_bounds(wishes, seconds):
    when = next_poll(NOW, seconds, url=URL, wishes=wishes)
    assert NOW < when <= NOW + timedelta(days=9)
    if len(wishes.skip_hours) < 24 and len(wishes.skip_days) < 7:
        assert when.hour not in wishes.skip_hours
        assert when.weekday() not in wishes.skip_days


def test_the_server_may_ask_for_patience():
    when = next_poll(NOW, 600, url=URL, wishes=Wishes(retry_after=7200))
    assert when >= NOW + timedelta(hours=2)


@given(st.sampled_from(["retry_after", "max_age", "ttl"]), st.floats(0, 1e9), st.text(max_size=5))
def test_no_poll_comes_before_the_moment_that_was_asked_for(wish, seconds, place):
    """Up to a day: a feed that asks for a year is asked again tomorrow."""
    when = next_poll(NOW, 600, url=f"{URL}{place}", wishes=Wishes(**{wish: seconds}))
    assert when - NOW >= timedelta(seconds=min(seconds, 86400))
    assert when - NOW <= timedelta(seconds=1.1 * max(min(seconds, 86400), 600))


def test_polls_spread_by_address_and_hour():
    times = {next_poll(NOW, 3600, url=f"{URL}{place}", wishes=NO_WISHES) for place in range(50)}
    assert len(times) > 40
    assert all(abs(time - NOW - timedelta(hours=1)) <= timedelta(minutes=6) for time in times)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Thu, 12 Mar 2026 08:31:00 GMT", 60),
        ("Thu, 12 Mar 2020 08:31:00 GMT", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
    ],
)
def test_retry_after_is_read_in_both_forms(value, seconds):
    assert retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("public, max-age=600", 600), ("no-cache, max-age=600", 0), ("", 0), ("max-age=x", 0)],
)
def test_cache_control_is_read(value, seconds):
    assert max_age(value) == seconds
