"""The earlier texts of articles that their outlets edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.model import Version
from bot.store import schema
from bot.store.database import Database
from summarizer.model import Article


class Versions:
    """The question about earlier texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self, article_id: str) -> list[Version]:
        """Return the earlier texts of an edited article, oldest first."""
        question = select(schema.versions).where(schema.versions.c.article_id == article_id)
        with self._database.reading() as connection:
            rows = connection.execute(question.order_by(schema.versions.c.number))
            return [Version(*row) for row in rows]


def keep_version(connection: Connection, older: Article, seen: datetime) -> None:
    """Keep a text as a version, once: some feeds swap a full and a short text at every poll."""
    versions = schema.versions
    of_article = versions.c.article_id == older.id
    if connection.scalar(select(func.count()).where(of_article, versions.c.text == older.text)):
        return
    last = connection.scalar(select(func.max(versions.c.number)).where(of_article))
    connection.execute(
        versions.insert().values(
            article_id=older.id,
            number=1 + (last or 0),
            title=older.title,
            text=older.text,
            seen=seen,
        )
    )
