"""Articles as they came: kept once, with who carried them and what they said before.

What is derived from an article's text is in ``bot.store.index``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects.sqlite import insert

from bot.model import Carriage, Item, Landing, Stored, Version
from bot.store import schema
from bot.store.codec import decode, encode
from bot.store.database import Database
from bot.store.identity import canonical, filled, same_text, storable, wording
from bot.store.index import forget
from bot.store.names import move_mentions
from summarizer.model import Article

BATCH = 500
"""Ids asked for in one question."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A stored article with its row number; ``own`` when the item is printed under its address."""

    key: int
    article: Article
    changed: datetime
    own: bool


class Articles:
    """The questions about articles as they came."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, item: Item, *, seen: datetime) -> Stored:
        """Keep an item once: new, the same again, carried by another outlet, or edited.

        An item that was carried word for word and now has words of its own leaves the article
        that it was carried on and becomes an article.
        """
        article = storable(item.article)
        with self._database.writing() as connection:
            known = _known(connection, article)
            if known and (held := _held(connection, known, article)) is None:
                stored = Stored(Landing.SAME, known)  # seen before, and forgotten since
            elif known and held and same_text(held.article.text, article.text):
                stored = _again(connection, held, article)
            elif known and held and held.own:
                stored = _edited(connection, held, article, seen)
            else:
                stored = _first(connection, article, seen)
                _leave(connection, article, stored.article_id)
            _note(connection, Item(article, item.feed, item.guid), stored.article_id, seen)
        return stored

    def article(self, article_id: str) -> Article | None:
        """Return one article."""
        with self._database.reading() as connection:
            body = connection.scalar(
                select(schema.articles.c.body).where(schema.articles.c.id == article_id)
            )
        return decode(Article, body) if body else None

    def article_by_url(self, url: str) -> Article | None:
        """Return the article that was printed at this address, by its canonical form."""
        with self._database.reading() as connection:
            known = _sighted(connection, "address", canonical(url))
        return self.article(known) if known else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Return these articles in the given order; unknown ids are skipped."""
        found: dict[str, Article] = {}
        for first in range(0, len(ids), BATCH):
            wanted = schema.articles.c.id.in_(ids[first : first + BATCH])
            for article in self._found(select(schema.articles.c.body).where(wanted)):
                found[article.id] = article
        return [found[article_id] for article_id in ids if article_id in found]

    def published_between(self, since: datetime, until: datetime) -> list[Article]:
        """Return articles published (else first seen) in [since, until), oldest first."""
        moment = schema.articles.c.moment
        return self._found(
            select(schema.articles.c.body)
            .where(moment >= since, moment < until)
            .order_by(moment, schema.articles.c.key)
        )

    def newest(self) -> datetime | None:
        """Return when the newest dated article was published, in UTC.

        Where no article has a date it is when the newest was first seen.
        """
        moments = schema.articles.c
        newest = select(func.max(moments.moment))
        with self._database.reading() as connection:
            dated: datetime | None = connection.scalar(newest.where(moments.moment != moments.seen))
            return dated or connection.scalar(newest)

    def carriages(self, article_id: str) -> list[Carriage]:
        """Return every feed and outlet that carried the article, oldest first."""
        table = schema.carriages.c
        question = select(table.article_id, table.outlet, table.url, table.feed, table.seen)
        with self._database.reading() as connection:
            rows = connection.execute(
                question.where(table.article_id == article_id).order_by(table.seen, table.outlet)
            )
            return [Carriage(*row) for row in rows]

    def versions(self, article_id: str) -> list[Version]:
        """Return the earlier texts of an edited article, oldest first."""
        question = select(schema.versions).where(schema.versions.c.article_id == article_id)
        with self._database.reading() as connection:
            rows = connection.execute(question.order_by(schema.versions.c.number))
            return [Version(*row) for row in rows]

    def unanalysed(self, version: int) -> list[Article]:
        """Return the articles without an analysis of this version or a newer one."""
        return self._found(
            select(schema.articles.c.body)
            .where(schema.articles.c.analysed < version)
            .order_by(schema.articles.c.key)
        )

    def _found(self, question: Select[str]) -> list[Article]:
        with self._database.reading() as connection:
            return [decode(Article, body) for body in connection.scalars(question)]


def _sighted(connection: Connection, kind: str, mark: str) -> str | None:
    if not mark:
        return None
    table = schema.sightings.c
    return connection.scalar(select(table.article_id).where(table.kind == kind, table.mark == mark))


def _known(connection: Connection, article: Article) -> str | None:
    """Return the id of the article that this one landed on when it was seen before."""
    return _sighted(connection, "id", article.id) or _sighted(
        connection, "address", canonical(article.url)
    )


def _held(connection: Connection, article_id: str, item: Article) -> _Held | None:
    row = connection.execute(
        select(schema.articles.c.key, schema.articles.c.body, schema.articles.c.changed).where(
            schema.articles.c.id == article_id
        )
    ).one_or_none()
    if row is None:
        return None
    article = decode(Article, row.body)
    own = item.id == article.id or (
        bool(item.url) and canonical(item.url) == canonical(article.url)
    )
    return _Held(row.key, article, row.changed, own)


def _again(connection: Connection, held: _Held, article: Article) -> Stored:
    """Keep what this reading tells and the stored one left blank (a date, a byline)."""
    if held.own:
        fuller = filled(held.article, article)
        fuller = filled(fuller, held.article)
        if fuller != held.article:
            moment = fuller.published
            connection.execute(
                schema.articles.update()
                .where(schema.articles.c.key == held.key)
                .values(body=encode(fuller), **({"moment": moment} if moment else {}))
            )
            if moment:
                move_mentions(connection, held.key, moment)
    return Stored(Landing.SAME, held.article.id)


def _edited(connection: Connection, held: _Held, article: Article, seen: datetime) -> Stored:
    """Keep the older text as a version, and drop all that was derived from it."""
    older = held.article
    forget(connection, held.key, older)
    _keep_version(connection, older, held.changed)
    newer = filled(article, older)
    values: dict[str, object] = {"wording": wording(newer), "changed": seen, "body": encode(newer)}
    if newer.published:
        values["moment"] = newer.published
    connection.execute(
        schema.articles.update().where(schema.articles.c.key == held.key).values(values)
    )
    return Stored(Landing.UPDATED, older.id)


def _keep_version(connection: Connection, older: Article, seen: datetime) -> None:
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


def _first(connection: Connection, article: Article, seen: datetime) -> Stored:
    """Keep an item of which neither id nor address holds these words."""
    words = wording(article)
    if words:
        carried_on = connection.scalar(
            select(schema.articles.c.id)
            .where(schema.articles.c.wording == words)
            .order_by(schema.articles.c.key)
            .limit(1)
        )
        if carried_on:
            return Stored(Landing.CARRIED, carried_on)
    connection.execute(
        schema.articles.insert().values(
            id=article.id,
            wording=words,
            moment=article.published or seen,
            seen=seen,
            changed=seen,
            analysed=schema.NOT_ANALYSED,
            body=encode(article),
        )
    )
    return Stored(Landing.NEW, article.id)


def _leave(connection: Connection, article: Article, article_id: str) -> None:
    """End the carriage under this address on any other article."""
    if address := canonical(article.url):
        table = schema.carriages
        connection.execute(
            table.delete().where(
                table.c.article_id
                == select(schema.sightings.c.article_id)
                .where(schema.sightings.c.kind == "address", schema.sightings.c.mark == address)
                .scalar_subquery(),
                table.c.article_id != article_id,
                table.c.address == address,
            )
        )


def _note(connection: Connection, item: Item, article_id: str, seen: datetime) -> None:
    """Remember under which id and address, and by whom, the article was seen."""
    article = item.article
    address = canonical(article.url)
    for kind, mark in (("id", article.id), ("address", address)):
        if mark:
            sighting = insert(schema.sightings).values(
                kind=kind, mark=mark, article_id=article_id, seen=seen
            )
            connection.execute(
                sighting.on_conflict_do_update(
                    index_elements=["kind", "mark"], set_={"article_id": article_id}
                )
            )
    carriage = insert(schema.carriages).values(
        article_id=article_id,
        outlet=article.outlet,
        address=address,
        feed=item.feed,
        url=article.url,
        seen=seen,
    )
    connection.execute(carriage.on_conflict_do_nothing())
