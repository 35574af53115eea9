"""The door of workers to the store: what is left to do, in pieces that each finds by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Feed, FeedState
from bot.ports import Store
from summarizer.model import Article


class BacklogStore(Store, Protocol):
    """A store that can say what is left to do, and in which pieces."""

    def unanalysed_count(self, version: int, *, most: int) -> int:
        """Return how many articles have no analysis of this version, counted up to ``most``."""

    def unanalysed_batches(self, version: int, *, most: int) -> list[int]:
        """Return the first batches that hold an article without an analysis of this version."""

    def batches_of(self, ids: Sequence[str]) -> list[int]:
        """Return the batches that hold these articles."""

    def unanalysed_in(self, version: int, batch: int) -> list[Article]:
        """Return the articles of a batch without an analysis of this version."""

    def due_among(self, now: datetime, urls: Sequence[str]) -> list[tuple[Feed, FeedState]]:
        """Return those of these feeds that are to be polled at ``now``."""
