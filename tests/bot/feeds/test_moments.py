"""Dates as feeds write them, and which are not believed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.moments import believed, moment, zone_name

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thu, 12 Mar 2026 02:10:00 +0000", "2026-03-12T02:10:00+00:00"),
        ("12 Mar 2026 02:10 EST", "2026-03-12T02:10:00-05:00"),
        ("2026-03-12T02:10:00Z", "2026-03-12T02:10:00+00:00"),
        ("2026-03-12T02:10:00.1234567+09:00", "2026-03-12T02:10:00.123456+09:00"),
        ("2026-03-12 02:10:00 +0900", "2026-03-12T02:10:00+09:00"),
        ("2026-03-12", "2026-03-12T00:00:00+00:00"),
        ("March 12, 2026, 2:10 p.m. KST", "2026-03-12T14:10:00+09:00"),
    ],
)
def test_dates_are_read_with_their_zone(text, told):
    found = moment(text)
    assert found is not None
    assert found.isoformat() == told


@pytest.mark.parametrize(
    "text", ["", "yesterday", "0000-00-00", "Mon, 99 Foo 2026", "12/13/14", "x" * 5000]
)
def test_what_is_no_date_is_none(text):
    assert moment(text) is None


@pytest.mark.parametrize(
    "when",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2999, 1, 1, tzinfo=UTC),
        NOW + timedelta(days=1, minutes=1),
        None,
    ],
)
def test_dates_that_lie_are_not_believed(when):
    assert believed(when, now=NOW) is None


@pytest.mark.parametrize("when", [NOW, NOW + timedelta(hours=23), NOW - timedelta(days=9000)])
def test_other_dates_are_believed(when):
    assert believed(when, now=NOW) == when


@pytest.mark.parametrize(
    ("text", "place", "zone"),
    [
        ("2026-03-12T02:10:00+09:00", "", "Etc/GMT-9"),
        ("2026-03-12T02:10:00+09:00", "Asia/Seoul", "Asia/Seoul"),
        ("2026-03-12T02:10:00-05:00", "Asia/Seoul", "Etc/GMT+5"),
        ("2026-03-12T02:10:00+00:00", "Asia/Seoul", "Asia/Seoul"),
        ("2026-03-12T02:10:00+00:00", "", "UTC"),
        ("2026-03-12T02:10:00+05:45", "", ""),
        ("", "Asia/Seoul", "Asia/Seoul"),
    ],
)
def test_the_zone_is_the_datelines_where_its_clock_agrees(text, place, zone):
    assert zone_name(moment(text), dateline_zone=place) == zone


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    found = moment(text)
    assert found is None or found.tzinfo is not None
