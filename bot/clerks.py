"""Keeping what was gathered in other processes, so that this one does nothing but answer.

They are those that analyse, and stand back where somebody waits for an answer. Each has a
connection of its own to the database, which is a file; an analysis is kept where it was made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from bot import keeping
from bot.model import Item, Stored
from bot.store import Mark, SqlStore, Starts, open_store
from bot.stored_meaning import catch_up, meaning_over
from summarizer.model import Analysis, Article

_Done = TypeVar("_Done")


class Run(Protocol):
    """Calls a function in another process, and again where that process is killed."""

    async def __call__(self, work: Callable[..., _Done], *given: object) -> _Done:
        """Return what the function returns."""


class Clerks:
    """Keep in other processes. What they were at when they were killed is done once all the same.

    An item that was stored already is the same again, and an analysis replaces its twin.
    """

    def __init__(self, run: Run, database: str) -> None:
        """``run`` calls them; ``database`` is the path that they open."""
        self._run = run
        self._database = database

    async def add(self, item: Item, *, seen: datetime) -> Stored:
        """Store an item."""
        return await self._run(_add, self._database, item, seen)

    async def analyse(self, article: Article) -> None:
        """Analyse an article and keep that."""
        await self._run(_analyse, self._database, article)

    async def set_aside(self, article: Article) -> None:
        """Keep that an article could not be analysed."""
        await self._run(_save, self._database, article, keeping.broken())

    async def place(self, now: datetime, language: str, *, most: int | None = None) -> int:
        """Place analysed articles in stories."""
        return await self._run(_place, self._database, now, language, most)

    async def index(self, place: Path | None) -> None:
        """Index by meaning what was stored since; see ``bot.stored_meaning.meaning_over``."""
        await self._run(_index, self._database, place)

    async def starts(self, known: Starts | None) -> Starts | None:
        """Read all names by how their words begin; None where what is known is still right."""
        return await self._run(_starts, self._database, known.mark if known else None)


@cache
def _store(database: str) -> SqlStore:
    """Open a database once a process; it is closed when the process ends."""
    return open_store(database)


def _starts(database: str, known: Mark | None) -> Starts | None:
    return _store(database).starts(known)


def _index(database: str, place: Path | None) -> None:
    """Keep nothing in memory: the index takes much, and this process has other work."""
    store = _store(database)
    catch_up(meaning_over(store, place), store)


def _add(database: str, item: Item, seen: datetime) -> Stored:
    return _store(database).add(item, seen=seen)


def _analyse(database: str, article: Article) -> None:
    from summarizer.analysis import analyze  # noqa: PLC0415 - only these processes load the model

    _save(database, article, analyze(article))


def _save(database: str, article: Article, analysis: Analysis) -> None:
    _store(database).save_analysis(article.id, analysis, of_text=article.text)


def _place(database: str, now: datetime, language: str, most: int | None) -> int:
    return keeping.place(_store(database), now, language, most)
