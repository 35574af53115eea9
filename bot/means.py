"""What answers are made by, read from the config once: plain values, which other processes get."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

from bot.config import DEMO, Config
from bot.model import Settings
from bot.outlets import owners_in, state_media_in
from bot.store import folder_of, is_on_server


@dataclass(frozen=True, slots=True)
class Means:
    """Values alone. ``owners`` are pairs of an outlet and who owns it, as the user knows them.

    ``meaning`` asks for search by meaning, whose index is kept at ``vectors`` where the database
    keeps none; ``reader`` for the model that reads the best passages again.
    """

    database: str
    settings: Settings
    owners: tuple[tuple[str, str], ...] = ()
    state_media: frozenset[str] = frozenset()
    meaning: bool = False
    reader: bool = False
    vectors: Path | None = None

    def without_models(self) -> Means:
        """Return the means of a process that leaves to others what needs a model."""
        return replace(self, meaning=False, reader=False)


def means_of(config: Config, version: str) -> Means:
    """Return what answering and publishing need of the config.

    Raises:
        ConfigError: a table of outlets cannot be read.

    """
    tables = list(_outlet_tables(config))
    return Means(
        database=config.database,
        settings=_settings_of(config, version),
        owners=tuple(owners_in(tables).items()),
        state_media=state_media_in(tables),
        meaning=config.answers.meaning,
        reader=config.answers.reader,
        vectors=beside(config, "meaning.npz"),
    )


def shows_demo(config: Config) -> bool:
    """Tell whether the demo is wanted; never where others share the database."""
    alone = not (config.has_token or is_on_server(config.database))
    return config.news.demo and alone and Path(DEMO).is_dir()


def beside(config: Config, name: str) -> Path | None:
    """Return where a file of ours is kept beside the database; None when that is in memory."""
    folder = folder_of(config.database)
    return folder / name if folder else None


def _settings_of(config: Config, version: str) -> Settings:
    return Settings(
        version=version,
        sentences=config.briefing.sentences,
        ranker=config.briefing.ranker,
        zone=config.digest.zone,
        times=tuple(time.fromisoformat(words) for words in config.digest.times),
        length=config.digest.length,
        skip_empty=config.digest.skip_empty,
        alerts_per_hour=config.alerts.per_hour,
    )


def _outlet_tables(config: Config) -> Iterator[Path]:
    demo = Path(DEMO, "outlets.toml")
    if shows_demo(config) and demo.exists():
        yield demo
    yield from map(Path, config.news.outlets)
