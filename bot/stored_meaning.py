"""Search by meaning over vectors that the database keeps: one index for all processes.

``bot.embed`` has the index in memory, for SQLite and for servers without pgvector.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

from bot.embed import Embedder, MeaningIndex, Vectors
from bot.ports import ArticleStore
from bot.retrieve import Place

BATCH = 64
"""Sentences that are embedded and kept together: about a second of one core."""


class Embeds(Protocol):
    """Texts -> unit vectors, as ``bot.embed.Embedder`` makes them."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""


class VectorStore(Protocol):
    """A store that keeps vectors, as ``bot.store.vectors`` does."""

    def make_vectors(self) -> bool:
        """Make room for vectors; False where the database keeps none."""

    def without_vectors(self, *, limit: int) -> list[tuple[int, str]]:
        """Return the numbers and words of sentences that have no vector."""

    def save_vectors(self, made: Sequence[tuple[int, str, Sequence[float]]]) -> int:
        """Keep vectors of sentences by number; return how many."""

    def nearest_vectors(self, asked: Sequence[float], *, limit: int) -> list[tuple[Place, float]]:
        """Return the sentences nearest to a unit vector with their cosines, best first."""

    def nearness_of_vectors(self, asked: Sequence[float], places: Sequence[Place]) -> list[float]:
        """Return the cosine with the sentence at each place, 0 where unknown."""


class StoredMeaning:
    """The door ``bot.retrieve.Meaning`` over a database with pgvector."""

    def __init__(self, embedder: Embeds, store: VectorStore) -> None:
        self._embedder = embedder
        self._store = store
        self._last: tuple[str, list[float]] = ("", [])

    def nearest(self, text: str, limit: int) -> list[tuple[Place, float]]:
        """Return the places of the nearest sentences with their cosines, best first."""
        return self._store.nearest_vectors(self._asked(text), limit=limit) if limit > 0 else []

    def nearness(self, text: str, places: Sequence[Place]) -> list[float]:
        """Return the cosine of ``text`` with the sentence at each place, 0 where unknown."""
        return self._store.nearness_of_vectors(self._asked(text), places)

    def catch_up(self) -> Self:
        """Embed every sentence that has no vector yet; what is edited meanwhile waits."""
        while rows := self._store.without_vectors(limit=BATCH):
            vectors = self._embedder.embed([words for _, words in rows])
            made = [
                (number, words, vector.tolist())
                for (number, words), vector in zip(rows, vectors, strict=True)
            ]
            if not self._store.save_vectors(made):
                break
        return self

    def _asked(self, text: str) -> list[float]:
        if self._last[0] != text:
            self._last = (text, self._embedder.embed([text])[0].tolist())
        return self._last[1]


def catch_up(meaning: MeaningIndex | StoredMeaning, store: ArticleStore) -> None:
    """Index what was stored since, wherever the index is."""
    if isinstance(meaning, MeaningIndex):
        meaning.catch_up(store)
    else:
        meaning.catch_up()


def meaning_over(store: VectorStore, place: Path | None) -> MeaningIndex | StoredMeaning:
    """Return the index over a store: in its database, else in memory and kept at ``place``.

    Raises:
        ConfigError: the extra ``embed`` is not installed.

    """
    if store.make_vectors():
        return StoredMeaning(Embedder(), store)
    return MeaningIndex(Embedder(), place)
