"""The layout of a database: told apart from others, and brought up to date by the migrations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import NewerDatabase, StoreError
from bot.store.database import Database
from bot.store.schema import HEAD, STEPS


def bring_up_to_date(
    database: Database, place: str, *, after: Callable[[Connection], None] | None = None
) -> None:
    """Migrate an open database to this version where it is older, and fill an empty one.

    ``after`` is done in the transaction of the migration.

    Raises:
        NewerDatabase: a newer version of this program wrote it.
        StoreError: another program made it.

    """
    with database.reading() as connection:
        if current(connection, place):
            return
    with database.writing() as connection:
        if not current(connection, place):
            migrate(connection)
            if after is not None:
                after(connection)


def current(connection: Connection, place: str) -> bool:
    """Tell whether the database is of this version; False when it is older or empty.

    Raises:
        NewerDatabase: a newer version of this program wrote it.
        StoreError: another program made it.

    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return False
    if "alembic_version" not in tables:
        raise StoreError(
            f"the database {place}: another program made it (it has the table {min(tables)});"
            " name another one with --database"
        )
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version is not None and version not in STEPS:
        raise NewerDatabase(
            f"the database {place} was written by a newer version of this program (its layout is"
            f" {version}, this one knows {HEAD}): install the newer version, or name another one"
            " with --database; nothing was changed"
        )
    return version == HEAD


def migrate(connection: Connection) -> None:
    """Bring the database up to date, in the connection's transaction."""
    # Imported here: it takes longer than opening a database that is up to date.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
