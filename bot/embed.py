"""Sentences by meaning: the optional extra ``embed``. Everything works without it.

all-MiniLM-L6-v2 (Apache-2.0) with int8 weights on onnxruntime, the vocabulary vendored in
``bot.vocabulary``, and exact search over all vectors with numpy. Nothing is downloaded. What a
near sentence is worth is decided by those who ask: ``bot.retrieve`` and the core.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.minilm import model_file, must_be_installed, open_network, open_tokenizer
from bot.ports import ArticleStore
from bot.retrieve import Place
from summarizer.model import Analysis, Article, LineKind

Vectors = NDArray[np.float32]
_Mark = tuple[int, int, int] | None

DIMENSIONS = 384
LONGEST = 128
"""Word pieces that are read of a text: what the model was trained on."""

NOT_INSTALLED = (
    "search by meaning is not installed: run pip install 'whosaid[embed]', or set embed = false"
)

_ROOM = 4096
_EVER = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))


class Embedder:
    """Texts -> unit vectors. The same text always gives the same vector, alone or among others."""

    def __init__(self) -> None:
        """See that the model is there; it is loaded with the first text.

        Raises:
            ConfigError: the extra is not installed.

        """
        must_be_installed(NOT_INSTALLED)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text: the mean over its word pieces."""
        rows = [self._one(text) for text in texts]
        return np.vstack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - of an optional extra
        return open_network(model_file(NOT_INSTALLED))

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401 - the same
        made = open_tokenizer()
        made.enable_truncation(LONGEST)
        return made

    def _one(self, text: str) -> Vectors:
        """Embed one text. Not in batches: the int8 model scales by what else is in the batch."""
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        (states,) = self._session.run(None, given)
        mean = np.asarray(states[0], np.float32).mean(axis=0)
        unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return unit


class MeaningIndex:
    """Vectors of body sentences in memory (768 bytes each), searched exactly.

    ``path`` keeps them between starts; they are a cache and can be made again from the store.
    One process makes them (``catch_up``), others may read what it has kept (``follow``).
    """

    def __init__(self, embedder: Embedder, path: Path | None = None) -> None:
        self._embedder = embedder
        self._path = path
        self._last: tuple[str, Vectors] = ("", np.zeros(DIMENSIONS, np.float32))
        self._seen: _Mark = None
        self._empty()
        self.follow()

    def __len__(self) -> int:
        """Return how many sentences are indexed."""
        return len(self._places)

    def add(self, article: Article, analysis: Analysis) -> None:
        """Index an article's body sentences, replacing those of an older text."""
        if article.id in self._articles:
            self._drop(article.id)
        body = [
            (number, sentence.span.of(article.text))
            for number, sentence in enumerate(analysis.sentences)
            if sentence.kind is LineKind.BODY
        ]
        self._append(
            [(article.id, number) for number, _ in body],
            self._embedder.embed([text for _, text in body]),
        )
        self._articles.add(article.id)

    def catch_up(self, store: ArticleStore) -> Self:
        """Index every analysed article of the store that is not indexed yet, and keep all."""
        known = len(self)
        for article in store.published_between(*_EVER):
            if article.id not in self._articles:
                analysis = store.analysis(article.id)
                if analysis is not None:
                    self.add(article, analysis)
        if len(self) > known:
            self.save()
        return self

    def follow(self) -> Self:
        """Take in what was kept at the path since; mostly that is more behind the same."""
        if self._path is not None and (mark := _mark(self._path)) != self._seen:
            self._load(self._path)
            self._seen = mark
        return self

    def nearest(self, text: str, limit: int) -> list[tuple[Place, float]]:
        """Return the places of the nearest sentences with their cosines, best first."""
        count = len(self._places)
        if not count or limit < 1:
            return []
        asked = self._asked(text)
        cosines = np.concatenate(
            [
                self._vectors[start : min(start + 65536, count)].astype(np.float32) @ asked
                for start in range(0, count, 65536)
            ]
        )
        top = np.argpartition(-cosines, min(limit, count) - 1)[:limit]
        best = sorted(top.tolist(), key=lambda row: (-cosines[row], row))
        return [(self._places[row], float(cosines[row])) for row in best]

    def nearness(self, text: str, places: Sequence[Place]) -> list[float]:
        """Return the cosine of ``text`` with the sentence at each place, 0 where unknown."""
        asked = self._asked(text)
        rows = [self._rows.get(place) for place in places]
        return [0.0 if row is None else float(self._vectors[row] @ asked) for row in rows]

    def _asked(self, text: str) -> Vectors:
        if self._last[0] != text:
            self._last = (text, self._embedder.embed([text])[0])
        return self._last[1]

    def save(self) -> None:
        """Write the vectors to the path, whole or not at all; without a path do nothing."""
        if self._path is None:
            return
        part = self._path.with_suffix(".part")
        ids, numbers = self._as_arrays()
        with part.open("wb") as file:
            np.savez(file, ids=ids, numbers=numbers, vectors=self._vectors[: len(self)])
        part.replace(self._path)

    def _load(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as kept:
                ids, numbers, vectors = kept["ids"], kept["numbers"], kept["vectors"]
        except (OSError, ValueError, KeyError):
            return  # a cache: made again from the store
        known = len(self)
        ours = zip(self._as_arrays(), (ids, numbers), strict=True)
        if not all(np.array_equal(here, there[:known]) for here, there in ours):
            self._empty()
            known = 0
        more = zip(ids[known:].tolist(), numbers[known:].tolist(), strict=True)
        self._append(list(more), vectors[known:])
        self._articles.update(place[0] for place in self._places[known:])

    def _as_arrays(self) -> tuple[NDArray[np.str_], NDArray[np.int32]]:
        """Return the articles' ids and the sentences' numbers, row by row."""
        ids = np.array([place[0] for place in self._places], np.str_)
        return ids, np.array([place[1] for place in self._places], np.int32)

    def _empty(self) -> None:
        self._places: list[Place] = []
        self._rows: dict[Place, int] = {}
        self._articles: set[str] = set()
        self._vectors = np.zeros((_ROOM, DIMENSIONS), np.float16)

    def _append(self, places: Sequence[Place], vectors: NDArray[Any]) -> None:
        start = len(self._places)
        self._places += places
        self._rows.update((place, row) for row, place in enumerate(self._places[start:], start))
        room = len(self._vectors)
        while len(self._places) > room:
            room *= 2
        if room > len(self._vectors):
            more = np.zeros((room - len(self._vectors), DIMENSIONS), np.float16)
            self._vectors = np.concatenate([self._vectors, more])
        self._vectors[start : len(self._places)] = vectors

    def _drop(self, article_id: str) -> None:
        keep = [row for row, place in enumerate(self._places) if place[0] != article_id]
        kept = self._vectors[keep]
        self._places = [self._places[row] for row in keep]
        self._rows = {place: row for row, place in enumerate(self._places)}
        self._vectors[: len(kept)] = kept
        self._articles.discard(article_id)


def _mark(path: Path) -> _Mark:
    """Return what tells one version of a file from another; None where there is no file."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_mtime_ns, told.st_size


def open_meaning(store: ArticleStore, path: Path | None = None) -> MeaningIndex:
    """Open the index over a store and bring it up to date.

    Raises:
        ConfigError: the extra ``embed`` is not installed.

    """
    return MeaningIndex(Embedder(), path).catch_up(store)
