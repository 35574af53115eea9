"""Analyses, and search over the sentences that they cut.

All of it is derived from articles: it can be dropped and made again. Who is mentioned where is
in ``bot.store.names``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Select, func, select, tuple_

from bot.errors import StoreError
from bot.model import DOWN_AFTER_FAILURES, Hit
from bot.store import schema
from bot.store.codec import decode, encode
from bot.store.database import Database
from bot.store.identity import fold
from bot.store.names import forget_names, index_names
from bot.store.scope import EVERYTHING, Scope, article_key
from bot.store.sentences import forget_sentences, hits, index_sentences, search_words
from bot.store.unplaced import list_unplaced, strike_unplaced
from summarizer.model import Analysis, Article, Searched

BATCH = 500
"""Ids asked for in one question."""

PAGE = 50
"""Articles read at once when all are walked through."""


class Index:
    """The questions about what is derived from articles."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def save_analysis(
        self, article_id: str, analysis: Analysis, *, of_text: str | None = None
    ) -> None:
        """Keep an analysis, index its body sentences and entities; replaces an older one.

        With ``of_text`` nothing is kept when that is no longer the article's text: it was edited
        while it was analysed. An analysis of an older version than the one kept is dropped.

        Raises:
            StoreError: no such article.

        """
        table = schema.articles.c
        question = select(table.key, table.moment, table.analysed, table.body)
        with self._database.writing(derived=True) as connection:
            row = connection.execute(question.where(table.id == article_id)).one_or_none()
            if row is None:
                raise StoreError(f"no article {article_id} is stored: nothing to analyse")
            article = decode(Article, row.body)
            if row.analysed > analysis.version or of_text not in {None, article.text}:
                return
            forget(connection, row.key, article)
            connection.execute(
                schema.analyses.insert().values(article_id=article_id, body=encode(analysis))
            )
            _mark(connection, row.key, analysis.version)
            list_unplaced(connection, [article_id])
            index_sentences(connection, row.key, article, analysis.sentences)
            index_names(connection, row.key, row.moment, analysis)

    def analysis(self, article_id: str) -> Analysis | None:
        """Return the newest analysis of an article."""
        with self._database.reading() as connection:
            body = connection.scalar(
                select(schema.analyses.c.body).where(
                    schema.analyses.c.article_id == article_id,
                    self._scope.article(schema.analyses.c.article_id),
                )
            )
        return _decoded(body) if body else None

    def analyses_of(self, ids: Sequence[str]) -> dict[str, Analysis]:
        """Return the newest analysis of each of these articles that has one."""
        table = schema.analyses.c
        question = select(table.article_id, table.body)
        found: dict[str, Analysis] = {}
        for first in range(0, len(ids), BATCH):
            wanted = table.article_id.in_(ids[first : first + BATCH])
            shown = question.where(wanted, self._scope.article(table.article_id))
            with self._database.reading() as connection:
                rows = connection.execute(shown).all()
            found |= {article_id: _decoded(body) for article_id, body in rows}
        return found

    def analysed(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        names: Sequence[str] = (),
    ) -> Iterator[tuple[Article, Analysis]]:
        """Yield articles published (else first seen) in [since, until) with analyses, oldest first.

        With ``names``, only those that mention one of them. They are read a page at a time:
        others may write between pages, and what comes meanwhile may be missed.
        """
        articles, analyses = schema.articles.c, schema.analyses.c
        question = (
            select(articles.moment, articles.key, articles.body, analyses.body)
            .join(schema.analyses, analyses.article_id == articles.id)
            .where(self._scope.article(articles.id))
            .order_by(articles.moment, articles.key)
            .limit(PAGE)
        )
        if since is not None:
            question = question.where(articles.moment >= since)
        if until is not None:
            question = question.where(articles.moment < until)
        if names:
            question = question.where(articles.key.in_(_naming(names)))
        page = question
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(page).all()
            for _, _, article, analysis in rows:
                yield decode(Article, article), decode(Analysis, analysis)
            if len(rows) < PAGE:
                return
            last = rows[-1]
            page = question.where(tuple_(articles.moment, articles.key) > (last[0], last[1]))

    def search(
        self, words: Sequence[str], *, since: datetime | None = None, limit: int = 50
    ) -> list[Hit]:
        """Return sentences that hold any of the words, best first (BM25, stemmed)."""
        with self._database.reading() as connection:
            return hits(connection, search_words(connection, words, since, limit, self._scope))

    def searched(self) -> Searched:
        """Return the denominators: articles, feeds, since when, which feeds are down."""
        feeds, states, moment = schema.feeds, schema.feed_states, schema.articles.c.moment
        with self._database.reading() as connection:
            articles = connection.scalar(select(func.count()).select_from(schema.articles))
            hidden = connection.scalar(self._hidden())
            first = select(moment).where(self._scope.article(schema.articles.c.id))
            since = connection.scalar(first.order_by(moment).limit(1))
            ours = self._scope.feed(feeds.c.channel)
            count = connection.scalar(select(func.count(func.distinct(feeds.c.url))).where(ours))
            down = connection.execute(
                select(feeds.c.url, func.max(feeds.c.title), states.c.last_success)
                .join(states, states.c.url == feeds.c.url)
                .where((states.c.failures >= DOWN_AFTER_FAILURES) | states.c.stopped, ours)
                .group_by(feeds.c.url, states.c.last_success)
                .order_by(feeds.c.url)
            )
            failing = [(title or url, success) for url, title, success in down]
        names, successes = tuple(name for name, _ in failing), tuple(at for _, at in failing)
        return Searched((articles or 0) - (hidden or 0), count or 0, since, names, successes)

    def _hidden(self) -> Select[int]:
        """Count the articles that this scope is not shown, of which there are few."""
        table = schema.carriages.c
        counted = select(func.count(func.distinct(table.article_id)))
        unread = table.feed.in_(self._scope.feeds_of_others())
        return counted.where(unread, ~self._scope.article(table.article_id))


def _naming(names: Sequence[str]) -> Select[int]:
    """Ask for the keys of articles that mention one of the names."""
    mentions = schema.mentions.c
    named = mentions.folded.in_([fold(name) for name in names])
    return select(article_key(mentions.sentence_id)).where(named)


@lru_cache(maxsize=512)
def _decoded(body: str) -> Analysis:
    """Read an analysis once; its stored words are the key, so another one is never taken for it."""
    return decode(Analysis, body)


def forget(connection: Connection, key: int, article: Article) -> None:
    """Drop all that was derived from an article, which still has the text that it came from."""
    forget_sentences(connection, key, article)
    forget_names(connection, key)
    connection.execute(schema.analyses.delete().where(schema.analyses.c.article_id == article.id))
    _mark(connection, key, schema.NOT_ANALYSED)
    strike_unplaced(connection, [article.id])


def _mark(connection: Connection, key: int, version: int) -> None:
    articles = schema.articles
    connection.execute(articles.update().where(articles.c.key == key).values(analysed=version))
