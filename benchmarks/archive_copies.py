"""An archive grown many times over inside PostgreSQL, by copies of what it holds.

Each copy is the whole archive again, as if it had been printed earlier: other articles, stories
and sentences, the same words and names, dates earlier by the archive's length a copy. So every
word and name becomes as many times more common, which is what costs in a larger archive; stories
do not grow. Reprints are not looked for among copies (``word_runs`` is left as it is).
"""

from __future__ import annotations

import time

import psycopg
from psycopg import sql

from bot.store.scope import SENTENCE_BITS

COPIES = (
    (
        "articles",
        (
            "SELECT key + n.n * {keys}, id || '~' || n.n, wording, moment - n.n * {length}, seen,"
            " changed, replace(body, '\"id\":\"' || id || '\"', '\"id\":\"' || id || '~' || n.n"
            " || '\"'), analysed, language"
        ),
        "key, id, wording, moment, seen, changed, body, analysed, language",
    ),
    ("analyses", "SELECT article_id || '~' || n.n, body", "article_id, body"),
    ("sentences", "SELECT id + n.n * {ids}, start, finish", "id, start, finish"),
    ("sentence_words", "SELECT id + n.n * {ids}, words, length", "id, words, length"),
    (
        "mentions",
        "SELECT folded, moment - n.n * {length}, sentence_id + n.n * {ids}, name_id, own",
        "folded, moment, sentence_id, name_id, own",
    ),
    (
        "stories",
        "SELECT id || '~' || n.n, title, first - n.n * {length}, last - n.n * {length}",
        "id, title, first, last",
    ),
    (
        "story_articles",
        "SELECT article_id || '~' || n.n, story_id || '~' || n.n, position",
        "article_id, story_id, position",
    ),
    (
        "carriages",
        "SELECT article_id || '~' || n.n, outlet, address, feed, url, seen",
        "article_id, outlet, address, feed, url, seen",
    ),
    (
        "unplaced",
        "SELECT article_id || '~' || n.n, article_key + n.n * {keys}, language",
        "article_id, article_key, language",
    ),
)
"""Tables, what is copied of each row, and into which columns."""

INDEXES = """
SELECT class.relname, pg_get_indexdef(class.oid), coalesce(rule.conname, ''),
    coalesce(pg_get_constraintdef(rule.oid), '')
FROM pg_index AS one
JOIN pg_class AS class ON class.oid = one.indexrelid
LEFT JOIN pg_constraint AS rule ON rule.conindid = one.indexrelid AND rule.contype IN ('p', 'u')
WHERE one.indrelid = %s::regclass
"""


def multiply(address: str, times: int) -> None:
    """Make an archive ``times`` as large: some two minutes and a gigabyte a million sentences."""
    began = time.perf_counter()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '1GB'")
        row = connection.execute("SELECT max(key), max(moment) - min(moment) FROM articles")
        keys, length = row.fetchone() or (0, 0)
        values = {
            "keys": sql.Literal(keys),
            "ids": sql.Literal(keys << SENTENCE_BITS),
            "length": sql.Literal(length),
        }
        for table, told, columns in COPIES:
            rebuilt = dropped(connection, table)
            connection.execute(
                sql.SQL("INSERT INTO {} ({}) {} FROM {}, generate_series(1, {}) AS n(n)").format(
                    sql.Identifier(table),
                    sql.SQL(columns),
                    sql.SQL(told).format(**values),
                    sql.Identifier(table),
                    sql.Literal(times - 1),
                )
            )
            for one in rebuilt:
                connection.execute(one)
            took = time.perf_counter() - began
            print(f"  {table} copied and indexed by {took:.0f} s", flush=True)
        connection.execute("SELECT setval('articles_key_seq', (SELECT max(key) FROM articles))")
        factor = {"times": times}
        connection.execute("UPDATE names SET mentions = mentions * %(times)s", factor)
        connection.execute(
            "UPDATE sentence_totals SET sentences = sentences * %(times)s,"
            " words = words * %(times)s",
            factor,
        )
        connection.execute("VACUUM ANALYZE")


def dropped(connection: psycopg.Connection, table: str) -> list[sql.Composable]:
    """Drop the indexes of a table, which are slow to fill row by row; return what makes them."""
    again: list[sql.Composable] = []
    name = sql.Identifier(table)
    for index, definition, rule, constraint in connection.execute(INDEXES, [table]).fetchall():
        if rule:
            again.append(
                sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                    name, sql.Identifier(rule), sql.SQL(constraint)
                )
            )
            drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(rule))
        else:
            again.append(sql.SQL(definition))
            drop = sql.SQL("DROP INDEX {}").format(sql.Identifier(index))
        connection.execute(drop)
    return again
