"""The real bot behind the adapters, over each database."""

import asyncio
from pathlib import Path

import pytest
from peers.newsroom import SEVEN, stocked

from bot.store import move_store


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with some of the demo news, as it stood shortly before seven."""
    place = tmp_path_factory.mktemp("stock") / "news.sqlite3"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.app.now", lambda: SEVEN - SEVEN.resolution)
        asyncio.run(stocked(str(place)))
    return place


@pytest.fixture
def each_newsroom(each_database: str, stock: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of each kind with that news, at seven."""
    monkeypatch.setattr("bot.app.now", lambda: SEVEN)
    move_store(str(stock), each_database, lambda *_: None)
    return each_database
