"""What all tests share: databases to use, and no time limit on generated cases."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeStore
from hypothesis import settings
from peers.postgres.server import NoServerError, empty, make_database, migrated, server

from bot.ports import Store
from bot.store import open_store

# A busy machine fails no generated case.
settings.register_profile("whosaid", deadline=None)
settings.load_profile("whosaid")


@pytest.fixture(scope="session", name="migrated")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, brought up to date once for all tests."""
    place = tmp_path_factory.mktemp("migrated") / "news.sqlite3"
    open_store(str(place)).close()
    return place


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """An empty database of the test's own."""
    return Path(shutil.copy(migrated, tmp_path / "news.sqlite3"))


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str, worker_id: str) -> Iterator[tuple[str, str]]:
    """The address of a PostgreSQL server, and that of a database of ours on it."""
    # Not below pytest's own folder: that one is closed to the user that the server runs as.
    folder = Path(tempfile.gettempdir(), f"whosaid-{testrun_uid[:12]}")
    try:
        with server(folder) as address:
            made = make_database(address, f"whosaid_{worker_id}")
            migrated(made)
            yield address, made
    except NoServerError as fault:
        pytest.skip(str(fault))


@pytest.fixture
def postgres(postgres_server: tuple[str, str]) -> str:
    """The address of a PostgreSQL database without a row."""
    _, made = postgres_server
    empty(made)
    return made


@pytest.fixture(params=["database", "postgres"])
def each_database(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(params=["memory", "database", "postgres"])
def each_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind, the fake one too."""
    if request.param == "memory":
        yield FakeStore()
        return
    opened = open_store(str(request.getfixturevalue(request.param)))
    yield opened
    opened.close()
