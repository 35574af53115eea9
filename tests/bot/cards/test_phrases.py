"""Moments, sources and denominators in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.phrases import (
    chain_in_words,
    count,
    dispute_line,
    lapse,
    marked,
    moment,
    searched_in_words,
    source_in_words,
)
from bot.message import words
from summarizer.citation import cite
from summarizer.model import Article, Carrier, Dissent, Searched, Source, SourceKind, Span


def source(name, role=""):
    return Source((), name, SourceKind.PERSON, role)


def test_counts_have_the_right_number():
    """One is singular, thousands are parted."""
    assert count(1, "outlet") == "1 outlet"
    assert count(4123, "story", "stories") == "4,123 stories"


def test_a_moment_is_told_in_the_zone_it_was_printed_in():
    """A time printed in Seoul is shown as Korean time."""
    at = datetime(2024, 10, 20, 3, 29, tzinfo=UTC)
    assert moment(at, "Asia/Seoul") == "20 Oct 2024 12:29 KST"


def test_a_zone_without_a_letter_name_shows_its_offset():
    """Zones whose abbreviation is a number are told by their distance from UTC."""
    at = datetime(2026, 3, 11, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
    assert moment(at) == "11 Mar 2026 12:00 UTC-03"


def test_a_role_is_told_once():
    """A role that the name already holds is not repeated."""
    assert source_in_words(source("Ada Ruiz", "harbour master")) == "Ada Ruiz, harbour master"
    assert source_in_words(source("harbour master Ada Ruiz", "Harbour master")).count("master") == 1


def test_a_chain_reads_outermost_first():
    """Outlet, citing outlet, citing officials."""
    chain = (source("The Lantern"), source("The Courier"), source("harbour officials"))
    assert chain_in_words(chain) == "The Lantern, citing The Courier, citing harbour officials"


def test_denominators_name_what_is_down():
    """An answer tells what it could not see."""
    searched = Searched(62, 14, datetime(2024, 10, 1, tzinfo=UTC), ("Quiet Gazette",))
    assert searched_in_words(searched) == (
        "62 articles from 14 feeds since 1 Oct 2024; 1 feed down: Quiet Gazette"
    )


@given(st.text(max_size=80), st.data())
def test_marking_changes_no_word(text, data):
    """Content is made bold; the words of the passage stay as they are."""
    ends = st.integers(0, len(text))
    content = tuple(Span(*sorted(data.draw(st.tuples(ends, ends)))) for _ in range(3))
    shown = words(marked(text, Span(0, len(text)), content))
    assert "".join(shown.split()) == "".join(text.split())


def test_the_content_is_bold_and_the_rest_is_not():
    """The mark stands on the claim alone."""
    text = "Officials said the dam held."
    runs = marked(text, Span(0, len(text)), (Span(15, 27),))
    assert [(run.text, run.bold) for run in runs] == [
        ("Officials said ", False),
        ("the dam held", True),
        (".", False),
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 minutes"), (1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (5000, "3 days")],
)
def test_a_length_of_time_is_said_in_its_largest_unit(minutes, said):
    assert lapse(timedelta(minutes=minutes)) == said


def test_a_dispute_is_told_by_its_kind():
    """A denial, a refusal and another number are told apart; the number stands beside it."""
    article = Article("a", "Officials in Brel counted 5,000.", "", "Vale Post")
    at = cite(article, Span(0, len(article.text)))
    number = Carrier(at, None, "", Dissent.NUMBER, "5,000")
    assert words(dispute_line(number)).startswith("Vale Post · another number, 5,000: “Officials")
    assert "· would not confirm:" in words(dispute_line(Carrier(at, None, "", Dissent.UNCONFIRMED)))
