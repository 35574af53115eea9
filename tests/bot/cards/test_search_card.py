"""Passages are shown a page at a time, with how many there are."""

from datetime import UTC, datetime

from bot.cards.story import PAGE, search_card
from bot.chat.terminal import as_text
from summarizer.citation import cite
from summarizer.model import Article, Span

ARTICLE = Article(
    "a1", "Gates opened.", "Gates", "Vale Post", published=datetime(2026, 3, 1, tzinfo=UTC)
)
CITED = [cite(ARTICLE, Span(0, 13))]


def test_a_page_says_where_it_stands_and_leads_to_the_next():
    """The button types the next page."""
    message = search_card("gates", CITED * PAGE, page=2, found=12)
    text = as_text(message)
    assert "6 to 10 of 12" in text
    assert "search:3 gates" in text
    assert (message.data["found"], message.data["page"]) == (12, 2)
    assert message.data["passages"][0]["published"] == "2026-03-01T00:00:00+00:00"


def test_the_last_page_leads_nowhere():
    """Nothing follows it."""
    assert "search:" not in as_text(search_card("gates", CITED * 2, page=3, found=12))


def test_a_page_beyond_the_last_says_how_many_there_are():
    """That is no refusal of the words."""
    assert "no more than 3 pages" in as_text(search_card("gates", [], page=9, found=12))


def test_words_that_nothing_holds_are_told_so():
    """With what to try."""
    assert "Try fewer words" in as_text(search_card("zzz", [], page=1, found=0))
