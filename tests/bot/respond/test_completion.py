"""What is suggested while somebody types a name: from names at hand, and to each only his own."""

from datetime import UTC, datetime

import pytest

from bot.model import CONSOLE, Feed, Item
from bot.respond import completion
from bot.respond.completion import Completer
from bot.store import open_store
from summarizer.model import Analysis, Article, Entity, EntityKind, Sentence, Span

NOW = datetime(2026, 3, 12, tzinfo=UTC)
OURS, THEIRS = "discord:1:10", "discord:2:20"
FEED = "https://ours.example/rss"


@pytest.fixture
def store():
    opened = open_store(":memory:")
    tell(opened, "Ada Lind")
    yield opened
    opened.close()


def tell(store, name, feed=""):
    """Keep an article that names somebody."""
    text = f"{name} left."
    stored = store.add(Item(Article(text, text, text, "Post"), feed), seen=NOW)
    entity = Entity(name, EntityKind.PERSON, (), (Span(0, len(name)),))
    sentence = Sentence(Span(0, len(text)), 0)
    store.save_analysis(stored.article_id, Analysis(1, (sentence,), (entity,)))


def at_hand(store):
    """Return a completer that has all names of this moment at hand."""
    names = store.starts()
    return Completer(store, lambda: names)


def test_names_come_from_those_at_hand(store):
    """What is stored since is suggested when they were read anew, or where none are at hand."""
    complete = at_hand(store)
    tell(store, "Adam Orr")
    assert complete("entity", "ad", OURS) == ["Ada Lind"]
    assert len(at_hand(store)("entity", "ad", OURS)) == 2
    assert len(Completer(store)("entity", "ad", OURS)) == 2


def test_what_only_anothers_feed_names_is_suggested_to_nobody_else(store):
    """The names at hand are all there are: what may be shown is asked of the store."""
    store.add_feed(Feed(FEED, channel=OURS))
    tell(store, "Adam Orr", FEED)
    complete = at_hand(store)
    assert set(complete("entity", "ad", OURS)) == {"Ada Lind", "Adam Orr"}
    assert set(complete("entity", "ad", CONSOLE)) == {"Ada Lind", "Adam Orr"}
    assert complete("entity", "ad", THEIRS) == ["Ada Lind"]


def test_those_behind_many_that_are_kept_from_them_are_found_by_the_store(store, monkeypatch):
    """However many names of others come first."""
    monkeypatch.setattr(completion, "_LOOKED_AT", 2)
    store.add_feed(Feed(FEED, channel=OURS))
    for name in ("Adam Orr", "Adela Moss", "Adele Vole"):
        tell(store, name, FEED)
        tell(store, f"Mr. {name}", FEED)
    assert at_hand(store)("entity", "ad", THEIRS) == ["Ada Lind"]
