"""Days in words read against the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.model import Span
from summarizer.when import find, resolve

SUNDAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Saturday", date(2026, 3, 14)),
        ("on Friday", date(2026, 3, 13)),
        ("Sunday", SUNDAY),
        ("on Monday", date(2026, 3, 9)),
        ("last Friday", date(2026, 3, 13)),
        ("last Sunday", date(2026, 3, 8)),
        ("Tuesday night", date(2026, 3, 10)),
        ("yesterday", date(2026, 3, 14)),
        ("the day before yesterday", date(2026, 3, 13)),
        ("last night", date(2026, 3, 14)),
        ("today", SUNDAY),
        ("tonight", SUNDAY),
        ("tomorrow", date(2026, 3, 16)),
        ("three days ago", date(2026, 3, 12)),
        ("a day ago", date(2026, 3, 14)),
        ("March 3", date(2026, 3, 3)),
        ("Dec. 30", date(2025, 12, 30)),
        ("Oct. 20, 2024", date(2024, 10, 20)),
        ("the 5th of June 2022", date(2022, 6, 5)),
        ("8 October 2023", date(2023, 10, 8)),
        ("Friday, March 6", date(2026, 3, 6)),
        ("2026-01-02", date(2026, 1, 2)),
    ],
)
def test_days_in_the_past(words: str, day: date) -> None:
    """A day in words is the last one on or before the day of publication."""
    assert resolve(words, SUNDAY) == day


@pytest.mark.parametrize(
    "words",
    [
        "last week",
        "the same day",
        "just a day after",
        "in April",
        "in 2023",
        "a few days ago",
        "two weeks earlier",
        "next Friday",
        "the following Tuesday",
        "every Monday",
        "Feb. 30, 2026",
        "two months ago",
        "soon",
    ],
)
def test_open_words_have_no_day(words: str) -> None:
    """Words that leave the day open are never made into one."""
    assert resolve(words, SUNDAY) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Monday", date(2026, 3, 16)),
        ("Sunday", SUNDAY),
        ("April 2", date(2026, 4, 2)),
        ("this Friday", date(2026, 3, 20)),
    ],
)
def test_days_to_come(words: str, day: date) -> None:
    """With something yet to come the same words mean the next such day."""
    assert resolve(words, SUNDAY, past=False) == day


def test_a_date_ahead_is_not_a_past_one() -> None:
    """A date without a year that lies ahead is left open beside a verb in the past."""
    assert resolve("March 20", SUNDAY) is None


def test_expressions_are_found_where_they_stand() -> None:
    """Each expression comes with its span, in order, its words as they stand."""
    text = "He may march on Monday, she said on Tuesday; the sun rose May 4, 2025."
    found = find(text, Span(0, len(text)), SUNDAY)
    assert [when.words for when in found] == ["Monday", "Tuesday", "May 4, 2025"]
    assert all(when.span is not None and when.span.of(text) == when.words for when in found)


def test_without_a_day_of_publication_only_full_dates_count() -> None:
    """Nothing anchors "Monday" when it is not known when the article was printed."""
    text = "On Monday, or on Oct. 3, 2024."
    days = [when.day for when in find(text, Span(0, len(text)))]
    assert days == [None, date(2024, 10, 3)]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_within_the_last_week(anchor: date, back: int) -> None:
    """Whatever the day, a weekday's name in the past is at most six days back."""
    day = anchor - timedelta(days=back)
    assert resolve(day.strftime("%A"), anchor) == day


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    """No text makes it fail, and spans point at the words."""
    for when in find(text, Span(0, len(text)), SUNDAY):
        assert when.span is not None
        assert when.span.of(text) == when.words
