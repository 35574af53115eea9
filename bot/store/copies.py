"""Which articles are mostly the same words: wire copy that outlets reprint with edits.

Every article keeps its own text, title and link; here stands only which of them are copies. A
quarter of all five-word runs is indexed, chosen by their hash, so that two texts that share many
runs share some of the indexed ones; who shares some is compared run by run. Figures:
``benchmarks/copies.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from bot.store import schema
from bot.store.codec import decode
from bot.store.columns import EPOCH
from bot.store.database import Database, insert
from bot.store.identity import shared_part
from bot.store.scope import EVERYTHING, Scope
from summarizer.model import Article
from summarizer.origins import COPIED
from summarizer.similarity import Shingles, shingles

FORTNIGHT = timedelta(days=14)
INDEXED = 4
"""One in so many runs is indexed: of 20 shared runs all are missed once in 300 times."""

MOST_RUNS = 2_000
CHARACTERS = 12
"""Of a stored article for each of its runs: about two words, so that runs are guessed too few."""

LEAST_SHARED = 0.2
"""Where half of the shorter text's runs are shared, about half of its indexed ones are."""

MOST_COMPARED = 12
"""So many articles, those that share most, are compared run by run."""

Run = tuple[str, ...]


class Copies:
    """The question about copies."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def copies(self, article_id: str) -> list[str]:
        """Return the ids of other articles that are mostly the same words, as they came."""
        articles = schema.articles.c
        with self._database.reading() as connection:
            others = _others(connection, article_id)
            question = select(articles.id).where(articles.id.in_(others))
            shown = question.where(self._scope.article(articles.id))
            return list(connection.scalars(shown.order_by(articles.key)))


def note_copies(connection: Connection, key: int, article: Article, seen: datetime) -> None:
    """Index an article under its row number, and keep of which others it is a copy now."""
    runs = shingles(article.text)
    sample = indexed(runs)
    fortnight = _fortnight(seen)
    near = _sharing(connection, key, sample, fortnight)
    near |= dict.fromkeys(_others(connection, article.id))
    _keep(connection, article.id, [other for other in near if _is_copy(connection, runs, other)])
    if sample:
        connection.execute(
            insert(schema.word_runs).on_conflict_do_nothing(),
            [{"fortnight": fortnight, "run": run, "article_key": key} for run in sample],
        )
    old = schema.word_runs.c.fortnight < fortnight - 1
    if connection.scalar(select(schema.word_runs.c.run).where(old).limit(1)) is not None:
        connection.execute(schema.word_runs.delete().where(old))


def forget_runs(connection: Connection, key: int, article: Article, seen: datetime) -> None:
    """Drop an article's runs from the index; it has still the text that was indexed."""
    table = schema.word_runs
    connection.execute(
        table.delete().where(
            table.c.fortnight.in_((_fortnight(seen), _fortnight(seen) - 1)),
            table.c.run.in_(indexed(shingles(article.text))),
            table.c.article_key == key,
        )
    )


def indexed(runs: Iterable[Run]) -> list[int]:
    """Return the runs' hashes that are indexed: the same ones of equal runs, in any text."""
    hashes = {_hash(run) for run in runs}
    return sorted(one for one in hashes if one % INDEXED == 0)[:MOST_RUNS]


def _hash(run: Run) -> int:
    digest = hashlib.blake2b(" ".join(run).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _fortnight(seen: datetime) -> int:
    return (seen - EPOCH) // FORTNIGHT


def _sharing(
    connection: Connection, key: int, sample: list[int], fortnight: int
) -> dict[str, None]:
    """Return the ids of the articles that share most indexed runs, those first.

    One of which far too few are shared for its length is no copy, and is not looked at.
    """
    table, articles = schema.word_runs.c, schema.articles.c
    number, length = func.count(), func.length(articles.body)
    shared = (
        select(articles.id, number, length)
        .join(schema.word_runs, table.article_key == articles.key)
        .where(table.fortnight.in_((fortnight, fortnight - 1)), table.run.in_(sample))
        .where(table.article_key != key)
        .group_by(articles.key, articles.id, length)
        .order_by(number.desc(), articles.key)
        .limit(MOST_COMPARED)
    )
    return {
        other: None
        for other, same, size in connection.execute(shared)
        if same >= LEAST_SHARED * min(len(sample), size / CHARACTERS / INDEXED)
    }


def _is_copy(connection: Connection, runs: Shingles, other: str) -> bool:
    """Compare run by run."""
    table = schema.articles.c
    body = connection.scalar(select(table.body).where(table.id == other)) or ""
    return body != "" and shared_part(runs, shingles(decode(Article, body).text)) >= COPIED


def _others(connection: Connection, article_id: str) -> list[str]:
    """Return the other articles of the pairs that an article is in."""
    table = schema.copies.c
    later = select(table.other_id).where(table.article_id == article_id)
    earlier = select(table.article_id).where(table.other_id == article_id)
    return list(connection.scalars(later.union(earlier)))


def _keep(connection: Connection, article_id: str, others: list[str]) -> None:
    """Replace the pairs of an article."""
    table = schema.copies
    mine = or_(table.c.article_id == article_id, table.c.other_id == article_id)
    connection.execute(table.delete().where(mine))
    if others:
        pairs = [{"article_id": article_id, "other_id": other} for other in others]
        connection.execute(insert(table), pairs)
