"""What every store promises of what was shown, and of what came since: real ones and the fake."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery_model import (
    Arrival,
    Delivery,
    Showing,
    Shown,
    ShownClaim,
)
from bot.model import Item
from bot.ports import Store
from summarizer.model import Analysis, Article, Span, Story

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = "discord:G1:C1"
FEED = "https://a.example/rss"


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def article(name: str, text: str = "The dam held.") -> Article:
    url = f"https://a.example/{name}"
    return Article(name, f"{text} It is about {name}.", "Dam", "A", url=url, published=SEVEN)


def comes(store: Store, made: Article, seen: datetime, feed: str = FEED) -> None:
    store.add(Item(made, feed), seen=seen)
    store.save_analysis(made.id, Analysis(1))
    store.save_stories([Story(f"s-{made.id}", made.title, (made.id,))])


def sentence(name: str, quote: str = "The dam held.") -> Shown:
    claims = (ShownClaim("Ada", "says", "held"),)
    return Shown(name, 0, Span(0, 13), quote, "https://a.example/#x", "A", claims)


def test_what_a_digest_and_a_note_showed_is_kept_with_them(store: Store) -> None:
    """Newest first, in order; and not when they were frozen before."""
    digest = Delivery(KEY, SEVEN, 0, "payload")
    note = Delivery(KEY, SEVEN + HOUR, 0, "payload", name="alert 1")
    assert store.freeze([digest], sentences=[sentence("a1"), sentence("a2")])
    assert not store.freeze([digest], sentences=[sentence("a3")])
    assert store.freeze([note], sentences=[sentence("a2")])
    assert store.shown_of(["a2", "a1"], SEVEN - HOUR) == [
        Showing(KEY, SEVEN + HOUR, "alert 1", sentence("a2")),
        Showing(KEY, SEVEN, "", sentence("a1")),
        Showing(KEY, SEVEN, "", sentence("a2")),
    ]
    assert store.shown_of(["a1"], SEVEN) == []
    assert store.shown_of(["a3"], SEVEN - HOUR) == []
    assert store.alerted(KEY) == {"a2"}
    assert store.alerted("console") == frozenset()


def test_what_was_posted_by_hand_is_kept_too(store: Store) -> None:
    store.mark_briefed(KEY, SEVEN, {"s1": ["a1"]}, sentences=[sentence("a1")])
    assert store.shown_of(["a1"], SEVEN - HOUR) == [Showing(KEY, SEVEN, "", sentence("a1"))]


def test_shown_sentences_of_articles_that_were_edited_since_are_found(store: Store) -> None:
    comes(store, article("a1"), SEVEN - HOUR)
    comes(store, article("a2"), SEVEN - HOUR)
    store.freeze([Delivery(KEY, SEVEN, 0, "")], sentences=[sentence("a1"), sentence("a2")])
    assert store.shown_and_changed(SEVEN - HOUR) == []
    comes(store, article("a2", "The dam broke."), SEVEN + HOUR)
    assert [one.shown.article_id for one in store.shown_and_changed(SEVEN - HOUR)] == ["a2"]
    assert store.shown_and_changed(SEVEN) == []


def test_arrivals_are_analysed_articles_in_stories_and_know_a_first_poll(store: Store) -> None:
    """A file is no feed; a feed that carried something before is at no first poll."""
    comes(store, article("a1"), SEVEN)
    comes(store, article("a2"), SEVEN + HOUR)
    comes(store, article("a3"), SEVEN + HOUR, "/news/a3.txt")
    comes(store, article("a4"), SEVEN + 2 * HOUR, "https://b.example/rss")
    store.add(Item(article("a5"), FEED), seen=SEVEN + 2 * HOUR)
    assert store.arrivals(SEVEN - HOUR) == [
        Arrival("a1", "s-a1", SEVEN, first=True),
        Arrival("a2", "s-a2", SEVEN + HOUR),
        Arrival("a3", "s-a3", SEVEN + HOUR),
        Arrival("a4", "s-a4", SEVEN + 2 * HOUR, first=True),
    ]
    assert [one.article_id for one in store.arrivals(SEVEN + HOUR)] == ["a4"]


def test_notes_of_a_kind_are_counted(store: Store) -> None:
    for number, kind in enumerate(("alert", "alert", "alerting", "correction")):
        at = SEVEN + number * HOUR
        parts = [Delivery(KEY, at, part, "", name=f"{kind} {number}") for part in range(2)]
        store.freeze(parts)
    assert store.notes_since(KEY, "alert", SEVEN - HOUR) == [SEVEN, SEVEN + HOUR]
    assert store.notes_since(KEY, "alert", SEVEN) == [SEVEN + HOUR]
    assert store.notes_since("console", "alert", SEVEN - HOUR) == []
