"""Articles as they came: kept once, with who carried them and what they said before.

What is derived from an article's text is in ``bot.store.index``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects.sqlite import insert

from bot.model import Carriage, Item, Landing, Stored
from bot.store import schema
from bot.store.codec import decode, encode
from bot.store.copies import forget_copy, note_copy
from bot.store.database import Database
from bot.store.identity import alike, canonical, filled, same_text, storable, wording
from bot.store.index import forget
from bot.store.names import move_mentions
from bot.store.sightings import (
    ADDRESS,
    GUID,
    ID,
    guid_mark,
    is_passed_over,
    known,
    known_by_guid,
    sight,
    sighted,
)
from bot.store.versions import keep_version
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
        item = replace(item, article=storable(item.article))
        with self._database.writing() as connection:
            landed = known(connection, item)
            if landed is None and is_passed_over(connection, item):
                return Stored(Landing.SAME, item.article.id)
            held = _held(connection, landed, item)
            if landed and held is None:
                stored = Stored(Landing.SAME, landed)  # seen before, and forgotten since
            else:
                stored = _land(connection, held, item, seen)
            _note(connection, item, stored.article_id, seen)
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
            landed = sighted(connection, ADDRESS, canonical(url))
        return self.article(landed) if landed else None

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


def _held(connection: Connection, landed: str | None, item: Item) -> _Held | None:
    """Return the stored article that the item is, or was, or is carried on."""
    if landed is None:
        found = _row(connection, known_by_guid(connection, item) or "", item)
        return replace(found, own=True) if found and alike(found.article, item.article) else None
    return _row(connection, landed, item)


def _row(connection: Connection, article_id: str, item: Item) -> _Held | None:
    table = schema.articles.c
    row = connection.execute(
        select(table.key, table.body, table.changed).where(table.id == article_id)
    ).one_or_none()
    if row is None:
        return None
    article = decode(Article, row.body)
    same = item.article.id == article.id
    url = canonical(item.article.url)
    return _Held(
        row.key, article, row.changed, same or (bool(url) and url == canonical(article.url))
    )


def _land(connection: Connection, held: _Held | None, item: Item, seen: datetime) -> Stored:
    """Keep an item: on the article that holds it, or as a new one."""
    article = item.article
    if held and same_text(held.article.text, article.text):
        return _again(connection, held, article)
    if held and held.own and (article.url or alike(held.article, article)):
        return _edited(connection, held, article, seen)
    if held and held.own:  # the feed gave another story the same id of its own
        article = replace(article, id=f"{article.id[:8]}{wording(article)[:8]}")
    stored = _first(connection, article, seen)
    _leave(connection, article, stored.article_id)
    return stored


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
    forget_copy(connection, held.key, older, seen)
    keep_version(connection, older, held.changed)
    newer = filled(article, older)
    values: dict[str, object] = {"wording": wording(newer), "changed": seen, "body": encode(newer)}
    if newer.published:
        values["moment"] = newer.published
    connection.execute(
        schema.articles.update().where(schema.articles.c.key == held.key).values(values)
    )
    note_copy(connection, held.key, newer, seen)
    return Stored(Landing.UPDATED, older.id)


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
    made = connection.execute(
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
    assert made.inserted_primary_key is not None
    note_copy(connection, made.inserted_primary_key[0], article, seen)
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
    for kind, mark in (
        (ID, article.id),
        (ID, article_id),
        (ADDRESS, address),
        (GUID, guid_mark(item)),
    ):
        sight(connection, kind, mark, article_id, seen)
    carriage = insert(schema.carriages).values(
        article_id=article_id,
        outlet=article.outlet,
        address=address,
        feed=item.feed,
        url=article.url,
        seen=seen,
    )
    connection.execute(carriage.on_conflict_do_nothing())
