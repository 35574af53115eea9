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
from bot.store.database import Database, insert
from bot.store.identity import FEWEST_RUNS, shared_part
from bot.store.scope import EVERYTHING, Scope
from summarizer.model import Article
from summarizer.origins import COPIED
from summarizer.similarity import Shingles, shingles

FORTNIGHT = timedelta(days=14)
INDEXED = 4
"""One in so many runs is indexed: of 20 shared runs all are missed once in 300 times."""

MOST_RUNS = 2_000
MOST_COMPARED = 8
"""So many articles, those that share most, are compared run by run."""

Run = tuple[str, ...]


class Copies:
    """The question about copies."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def copies(self, article_id: str) -> list[str]:
        """Return the ids of other articles that are mostly the same words, as they came."""
        table = schema.copies.c
        with self._database.reading() as connection:
            first = _first_of(connection, article_id)
            ids = connection.scalars(
                select(schema.articles.c.id)
                .outerjoin(schema.copies, table.article_id == schema.articles.c.id)
                .where(or_(table.first_id == first, schema.articles.c.id == first))
                .where(self._scope.article(schema.articles.c.id))
                .order_by(schema.articles.c.key)
            )
            return [one for one in ids if one != article_id]


def note_copy(connection: Connection, key: int, article: Article, seen: datetime) -> None:
    """Index an article under its row number, and keep of which earlier one it is a copy."""
    runs = shingles(article.text)
    sample = indexed(runs)
    fortnight = _fortnight(seen)
    first = _copied(connection, key, runs, sample, fortnight)
    if first not in {"", article.id}:
        kept = insert(schema.copies).values(article_id=article.id, first_id=first)
        connection.execute(kept.on_conflict_do_nothing())
    if sample:
        connection.execute(
            insert(schema.word_runs).on_conflict_do_nothing(),
            [{"fortnight": fortnight, "run": run, "article_key": key} for run in sample],
        )
    old = schema.word_runs.c.fortnight < fortnight - 1
    if connection.scalar(select(schema.word_runs.c.run).where(old).limit(1)) is not None:
        connection.execute(schema.word_runs.delete().where(old))


def forget_copy(connection: Connection, key: int, article: Article, seen: datetime) -> None:
    """Drop an article's runs and whose copy it is; it has still the text that was indexed."""
    table = schema.word_runs
    connection.execute(
        table.delete().where(
            table.c.fortnight.in_((_fortnight(seen), _fortnight(seen) - 1)),
            table.c.run.in_(indexed(shingles(article.text))),
            table.c.article_key == key,
        )
    )
    connection.execute(schema.copies.delete().where(schema.copies.c.article_id == article.id))


def indexed(runs: Iterable[Run]) -> list[int]:
    """Return the runs' hashes that are indexed: the same ones of equal runs, in any text."""
    hashes = {_hash(run) for run in runs}
    return sorted(one for one in hashes if one % INDEXED == 0)[:MOST_RUNS]


def _hash(run: Run) -> int:
    digest = hashlib.blake2b(" ".join(run).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _fortnight(seen: datetime) -> int:
    return (seen - schema.EPOCH) // FORTNIGHT


def _copied(
    connection: Connection, key: int, runs: Shingles, sample: list[int], fortnight: int
) -> str:
    """Return the first article of which these runs are a copy; "" when there is none."""
    if len(runs) < FEWEST_RUNS:
        return ""
    table = schema.word_runs.c
    shared = (
        select(table.article_key)
        .where(table.fortnight.in_((fortnight, fortnight - 1)), table.run.in_(sample))
        .where(table.article_key != key)
        .group_by(table.article_key)
        .order_by(func.count().desc(), table.article_key)
        .limit(MOST_COMPARED)
    )
    found: list[tuple[float, str]] = []
    for row in list(connection.scalars(shared)):
        body = connection.scalar(select(schema.articles.c.body).where(schema.articles.c.key == row))
        other = decode(Article, body) if body else None
        if other is not None and (share := shared_part(runs, shingles(other.text))) >= COPIED:
            found.append((share, other.id))
    best = max(found, key=lambda pair: pair[0], default=(0.0, ""))[1]
    return _first_of(connection, best) if best else ""


def _first_of(connection: Connection, article_id: str) -> str:
    table = schema.copies.c
    return (
        connection.scalar(select(table.first_id).where(table.article_id == article_id))
        or article_id
    )
