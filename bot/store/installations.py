"""Workspaces in which a chat app is installed. Tokens come and go encrypted."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Column, Table, Text, select

from bot.model import Installation
from bot.store.columns import Moment
from bot.store.database import Database, insert
from bot.store.schema import metadata

TABLE = Table(
    "installations",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("bot_user", Text, nullable=False),
    Column("installer", Text, nullable=False),
    Column("since", Moment, nullable=False),
)
"""One row a workspace. ``token`` is encrypted."""


class Installations:
    """The questions about installations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def installation(self, workspace: str) -> Installation | None:
        """Return the installation in a workspace (``slack:T1``)."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(TABLE).where(TABLE.c.workspace == workspace)
            ).one_or_none()
        return Installation(*row) if row else None

    def installations(self) -> list[Installation]:
        """Return all installations, by workspace."""
        with self._database.reading() as connection:
            rows = connection.execute(select(TABLE).order_by(TABLE.c.workspace))
            return [Installation(*row) for row in rows]

    def save_installation(self, installation: Installation) -> None:
        """Keep an installation, replacing the workspace's older one."""
        row = asdict(installation)
        kept = insert(TABLE).values(row)
        with self._database.writing() as connection:
            connection.execute(kept.on_conflict_do_update(index_elements=["workspace"], set_=row))

    def remove_installation(self, workspace: str) -> bool:
        """Forget an installation with its token; False when there was none."""
        with self._database.writing() as connection:
            gone = connection.execute(TABLE.delete().where(TABLE.c.workspace == workspace))
            return gone.rowcount > 0
