"""Names at hand: they complete as the database does, and are shown to whom it shows them."""

import pickle
import random
import string
from datetime import UTC, datetime

import pytest

from bot.model import CONSOLE, Feed, Item
from bot.store import open_store, starts
from summarizer.model import Analysis, Article, Entity, EntityKind, Sentence, Span

NOW = datetime(2026, 3, 12, tzinfo=UTC)
OURS = "discord:1:10"
FEED = "https://ours.example/rss"


@pytest.fixture
def store():
    opened = open_store(":memory:")
    yield opened
    opened.close()


def tell(store, *names, feed="", kind=EntityKind.PERSON):
    """Keep an article that mentions each of these names in its one sentence."""
    text = f"{', '.join(names)} met."
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    entities = tuple(
        Entity(name, kind, (name.split()[-1],), (span,))
        for name, span in zip(names, spans, strict=True)
    )
    stored = store.add(Item(Article(text, text, text, "Post"), feed), seen=NOW)
    sentence = Sentence(Span(0, len(text)), 0)
    store.save_analysis(stored.article_id, Analysis(1, (sentence,), entities))


def drawn(seed):
    """Draw names of a few letters, so that many words begin alike."""
    chance = random.Random(seed)
    letters = string.ascii_lowercase[:4] + "éß"

    def word():
        return "".join(chance.choices(letters, k=chance.randint(1, 4))).title()

    return [f"{word()} {word()}" for _ in range(24)]


@pytest.mark.parametrize("wide", [3, 2_000])
def test_names_complete_as_the_database_completes_them(store, monkeypatch, wide):
    """Whether they were found beforehand or not, and by any of their words."""
    monkeypatch.setattr(starts, "WIDE", wide)
    names = drawn(1)
    for number, name in enumerate(dict.fromkeys(names)):
        for time in range(1 + number % 3):
            tell(store, name, f"Zoe Number{number}x{time}")
    tell(store, names[0], "Another Thing", kind=EntityKind.ORGANISATION)
    read = pickle.loads(pickle.dumps(store.starts()))  # it comes from another process
    for prefix in ("", "a", "B", "ab", "É", "ss", "zoe number1", "nobody", " c d", "a b"):
        wanted = [one.name for one in store.entities(prefix)]
        assert read.starting(prefix, 25) == wanted
        assert read.starting(prefix, 3) == wanted[:3]


def test_more_names_than_are_found_beforehand_can_be_asked_for(store, monkeypatch):
    """They are looked for then."""
    monkeypatch.setattr(starts, "WIDE", 3)
    monkeypatch.setattr(starts, "MOST", 2)
    for name in ("Ada Lind", "Ada Vole", "Adam Orr", "Adele Moss"):
        tell(store, name)
    assert len(store.starts().starting("ad", 25)) == 4


def test_what_is_still_right_is_not_read_again(store):
    """An article that names somebody, and a new reader of a feed, make another picture."""
    tell(store, "Ada Lind")
    first = store.starts()
    assert store.starts(first.mark) is None
    tell(store, "Ada Lind", "Omar Vance")
    second = store.starts(first.mark)
    assert second.starting("om", 25) == ["Omar Vance"]
    store.add_feed(Feed(FEED, channel=OURS))
    assert store.starts(second.mark) is not None


def test_names_are_shown_to_whom_nothing_is_kept_from(store):
    """A feed of one workspace alone keeps something from the others; a common one does not."""
    tell(store, "Ada Lind")
    assert store.starts().shows_all("discord:2")
    store.add_feed(Feed(FEED, channel=OURS))
    read = store.starts()
    assert [read.shows_all(one) for one in (CONSOLE, "discord:1", "discord:2", "")] == [
        True,
        True,
        False,
        False,
    ]
    store.add_feed(Feed(FEED))
    assert store.starts().shows_all("discord:2")
