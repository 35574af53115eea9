"""The composition root: builds every part, hands it its doors, and alone reads the clock."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from importlib.metadata import version
from pathlib import Path

from bot import config as configuration
from bot.cards.digest import digest_card
from bot.chat.console import Console
from bot.compose import compose_digest
from bot.config import DEMO, RANKERS, Config
from bot.gather import Gather, Report
from bot.message import Message
from bot.model import CONSOLE, Feed, Settings
from bot.outlets import owners_in
from bot.respond import Desk, Responder
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder
from bot.store import SqlStore, open_store
from summarizer.analysis import analyze
from summarizer.model import Analysis, Article

__all__ = ["RANKERS", "VERSION", "Application", "application", "configure"]

VERSION = version("whosaid")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock


def configure(path: Path | None, *, database: str | None) -> Config:
    """Load the config; ``database`` from the command line wins.

    Raises:
        ConfigError: faults, each on its own line.

    """
    config = configuration.load(path)
    return config.model_copy(update={"database": database}) if database else config


class Analysts:
    """Processes that analyse articles, so that a busy analysis never delays an answer."""

    def __init__(self) -> None:
        """Start nothing yet: a question needs no analyst."""
        self._pool: ProcessPoolExecutor | None = None

    async def __call__(self, article: Article) -> Analysis:
        """Analyse one article in another process."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=max(1, min(4, (os.cpu_count() or 2) - 1)),
                mp_context=multiprocessing.get_context("spawn"),
                initializer=signal.signal,
                initargs=(signal.SIGINT, signal.SIG_IGN),
            )
        return await asyncio.get_running_loop().run_in_executor(self._pool, analyze, article)

    def close(self) -> None:
        """Stop the processes; what they were at is dropped and done anew next time."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)


def settings_of(config: Config) -> Settings:
    """Return what answering and publishing need of the config."""
    return Settings(
        version=VERSION,
        sentences=config.briefing.sentences,
        ranker=config.briefing.ranker,
        zone=config.digest.zone,
        times=tuple(time.fromisoformat(words) for words in config.digest.times),
        stories=config.digest.stories,
        length=config.digest.length,
        skip_empty=config.digest.skip_empty,
    )
