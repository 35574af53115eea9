"""What all tests share: a database to copy, and no time limit on generated cases."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from bot.store import open_store

# A busy machine fails no generated case.
settings.register_profile("whosaid", deadline=None)
settings.load_profile("whosaid")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, brought up to date once for all tests."""
    place = tmp_path_factory.mktemp("migrated") / "news.sqlite3"
    open_store(str(place)).close()
    return place


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """An empty database of the test's own."""
    return Path(shutil.copy(migrated, tmp_path / "news.sqlite3"))
