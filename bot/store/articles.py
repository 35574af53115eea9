"""Articles as they came: kept once, with who carried them and what they said before.

What is derived from an article's text is in ``bot.store.index``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Select, select

from bot.model import Carriage, Item, Stored
from bot.store import schema
from bot.store.codec import decode
from bot.store.database import Database
from bot.store.identity import canonical
from bot.store.landing import land
from bot.store.scope import EVERYTHING, Scope, covers, readers_of, seen_by
from bot.store.sightings import ADDRESS, sighted
from summarizer.model import Article

BATCH = 500
"""Ids asked for in one question."""


class Articles:
    """The questions about articles as they came."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def add(self, item: Item, *, seen: datetime) -> Stored:
        """Keep an item once: new, the same again, carried by another outlet, or edited.

        An item that was carried word for word and now has words of its own leaves the article
        that it was carried on and becomes an article. Other words for an article that more
        people see than read this item's feed are not kept: a server must not rewrite another's.
        """
        with self._database.writing() as connection:
            return land(connection, item, seen)

    def article(self, article_id: str) -> Article | None:
        """Return one article."""
        return next(iter(self.articles([article_id])), None)

    def article_by_url(self, url: str) -> Article | None:
        """Return the article that was printed at this address, by its canonical form."""
        with self._database.reading() as connection:
            landed = sighted(connection, ADDRESS, canonical(url))
        return self.article(landed) if landed else None

    def read_with(self, feed: str, article_id: str) -> bool:
        """Tell whether all who read a feed are shown this article already."""
        with self._database.reading() as connection:
            return covers(seen_by(connection, article_id), readers_of(connection, feed))

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
        shown = select(moments.moment).where(self._scope.article(moments.id))
        newest = shown.order_by(moments.moment.desc()).limit(1)
        with self._database.reading() as connection:
            dated: datetime | None = connection.scalar(newest.where(moments.moment != moments.seen))
            return dated or connection.scalar(newest)

    def carriages(self, article_id: str) -> list[Carriage]:
        """Return every feed and outlet that carried the article, oldest first."""
        return self.carriages_of([article_id]).get(article_id, [])

    def carriages_of(self, ids: Sequence[str]) -> dict[str, list[Carriage]]:
        """Return who carried each of these articles, oldest first, as ``carriages`` does."""
        table = schema.carriages.c
        question = select(table.article_id, table.outlet, table.url, table.feed, table.seen)
        found: dict[str, list[Carriage]] = defaultdict(list)
        for first in range(0, len(ids), BATCH):
            wanted = table.article_id.in_(ids[first : first + BATCH])
            shown = question.where(wanted, self._scope.carriage(table.feed))
            with self._database.reading() as connection:
                for row in connection.execute(shown.order_by(table.seen, table.outlet)):
                    found[row.article_id].append(Carriage(*row))
        return found

    def unanalysed(self, version: int) -> list[Article]:
        """Return the articles without an analysis of this version or a newer one."""
        return self._found(
            select(schema.articles.c.body)
            .where(schema.articles.c.analysed < version)
            .order_by(schema.articles.c.key)
        )

    def _found(self, question: Select[str]) -> list[Article]:
        shown = question.where(self._scope.article(schema.articles.c.id))
        with self._database.reading() as connection:
            found = [decode(Article, body) for body in connection.scalars(shown)]
            return self._as_carried(connection, found)

    def _as_carried(self, connection: Connection, found: Sequence[Article]) -> list[Article]:
        """Return articles under an outlet and address that they were carried under for this scope.

        The words may have come first by a feed that only others read.
        """
        if self._scope.workspace is None:
            return list(found)
        table = schema.carriages.c
        carried: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        question = select(table.article_id, table.outlet, table.url, table.address)
        for first in range(0, len(found), BATCH):
            wanted = table.article_id.in_([one.id for one in found[first : first + BATCH]])
            shown = question.where(wanted, self._scope.carriage(table.feed))
            rows = connection.execute(shown.order_by(table.seen, table.outlet))
            for article_id, outlet, url, address in rows:
                carried[article_id].append((outlet, url, address))
        return [_readdressed(article, carried[article.id]) for article in found]


def _readdressed(article: Article, carried: Sequence[tuple[str, str, str]]) -> Article:
    """Return the article under the first of these carriages, unless one of them is its own."""
    own = canonical(article.url)
    if any(address == own for _, _, address in carried):
        return article
    outlet, url, _ = carried[0]
    return replace(article, outlet=outlet, url=url)
