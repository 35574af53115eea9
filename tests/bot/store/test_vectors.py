"""Vectors in PostgreSQL: what numpy finds is found there, and numpy stays where pgvector is not."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.embed import DIMENSIONS, MeaningIndex, Vectors
from bot.model import Item
from bot.store import SqlStore, open_store, vectors
from bot.stored_meaning import StoredMeaning
from summarizer.model import Analysis, Article, Sentence, Span

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
ARTICLES = 40
SENTENCES = 5
QUESTIONS = [f"Question {number}" for number in range(40)]


class Embedder:
    """Unit vectors drawn by the words: near ones for texts that begin alike."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.vstack([self._one(text) for text in texts])

    def _one(self, text: str) -> Vectors:
        drawn = sum(
            weight * np.random.default_rng(_seed(part)).standard_normal(DIMENSIONS)
            for part, weight in ((text[:9], 1.0), (text, 0.5))
        )
        unit: Vectors = np.asarray(drawn / np.linalg.norm(drawn), np.float32)
        return unit


def _seed(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest())


@pytest.fixture
def store(postgres: str) -> Iterator[SqlStore]:
    opened = open_store(postgres)
    if not opened.make_vectors():
        pytest.skip("this server has no pgvector")
    yield opened
    opened.close()


def told(number: int, edition: str = "first") -> tuple[Article, Analysis]:
    """Return an article, and where its sentences are."""
    text, cut = "", []
    for line in range(SENTENCES):
        words = f"Question {number * line % 40} is {line} of {number} in the {edition} edition. "
        cut.append(Sentence(Span(len(text), len(text) + len(words) - 1), 0))
        text += words
    url = f"https://post.example/{number}"
    return Article(f"a{number}", text, "", "The Post", url=url), Analysis(1, tuple(cut))


def keep(store: SqlStore, number: int, edition: str = "first") -> tuple[Article, Analysis]:
    article, analysis = told(number, edition)
    store.add(Item(article), seen=NOW)
    store.save_analysis(article.id, analysis)
    return article, analysis


def test_the_same_places_are_nearest_as_by_numpy(store: SqlStore) -> None:
    """In the same order, with the same cosines, for forty questions."""
    memory = MeaningIndex(Embedder())  # type: ignore[arg-type]  # it embeds, as the real one does
    for number in range(ARTICLES):
        memory.add(*keep(store, number))
    shared = StoredMeaning(Embedder(), store).catch_up()
    for question in QUESTIONS:
        ours, theirs = shared.nearest(question, 10), memory.nearest(question, 10)
        assert [place for place, _ in ours] == [place for place, _ in theirs]
        assert [near for _, near in ours] == pytest.approx([near for _, near in theirs], abs=1e-4)
        places = [place for place, _ in ours] + [("nobody", 0), ("a1", 99)]
        assert shared.nearness(question, places) == pytest.approx(
            memory.nearness(question, places), abs=1e-4
        )


def test_an_edited_article_is_embedded_anew(store: SqlStore) -> None:
    """Its older sentences are gone at once, the new ones come with the next look."""
    keep(store, 1)
    keep(store, 2)
    shared = StoredMeaning(Embedder(), store).catch_up()
    assert len(shared.nearest("Question", 99)) == 2 * SENTENCES
    keep(store, 1, "second")
    assert {place[0] for place, _ in shared.nearest("Question", 99)} == {"a2"}
    shared.catch_up()
    assert len(shared.nearest("Question", 99)) == 2 * SENTENCES
    text = told(1, "second")[0].text
    said = text[: text.index(".") + 1]
    assert shared.nearest(said, 1)[0][1] == pytest.approx(1, abs=1e-3)


def test_a_vector_of_words_that_changed_meanwhile_is_not_kept(store: SqlStore) -> None:
    keep(store, 1)
    rows = store.without_vectors(limit=99)
    keep(store, 1, "other")  # of the same length
    made = [(number, words, [1.0] + [0.0] * (DIMENSIONS - 1)) for number, words in rows]
    assert store.save_vectors(made) == 0
    assert StoredMeaning(Embedder(), store).nearest("Question", 5) == []


def test_a_file_and_a_server_without_the_extension_keep_none(
    database: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then vectors stay in memory, by numpy."""
    opened = open_store(str(database))
    assert not opened.make_vectors()
    opened.close()
    monkeypatch.setattr(vectors, "THERE", vectors.text("SELECT false"))
    monkeypatch.setattr(vectors, "MAKE", ("CREATE EXTENSION no_such_extension",))
    server = open_store(postgres)
    assert not server.make_vectors()
    assert server.add(Item(replace(told(1)[0], id="b")), seen=NOW).article_id == "b"
    server.close()
