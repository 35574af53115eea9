"""Search over more matches than can be scored in time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import Item
from bot.store import SqlStore, open_store, sentences
from summarizer.model import Analysis, Article, Sentence, Span

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def store(database: Path) -> Iterator[SqlStore]:
    """Ten articles of one sentence; every second one names the ferry, the last one the pilot."""
    opened = open_store(str(database))
    for number in range(10):
        text = f"The harbour of bay {number} closed"
        text += " for the ferry" if number % 2 else ""
        text += " and its pilot." if number == 9 else "."
        article = Article(f"a{number}", text, "Harbour", "The Almira Post")
        opened.add(Item(article), seen=NOW)
        opened.save_analysis(article.id, Analysis(1, (Sentence(Span(0, len(text)), 0),)))
    yield opened
    opened.close()


def found(store: SqlStore, *words: str) -> list[str]:
    return [hit.article_id for hit in store.search(words)]


def test_every_word_counts_while_matches_are_few(store: SqlStore) -> None:
    assert len(found(store, "pilot", "ferry", "harbour")) == 10
    assert found(store, "pilot", "ferry", "harbour")[0] == "a9"


def test_the_commonest_words_are_left_out_of_too_many_matches(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "MOST_RANKED", 6)
    assert set(found(store, "harbour", "pilot", "ferry")) == {"a1", "a3", "a5", "a7", "a9"}
    monkeypatch.setattr(sentences, "MOST_RANKED", 5)
    assert found(store, "harbour", "pilot", "ferry") == ["a9"]


def test_a_single_common_word_finds_the_newest(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "MOST_RANKED", 3)
    assert set(found(store, "harbour", "closed")) == {"a7", "a8", "a9"}
