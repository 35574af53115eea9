"""The words of body sentences in PostgreSQL, searched as SQLite's FTS5 searches them.

PostgreSQL's own ranking knows no rarity of words, so a search here is BM25 over a GIN index, on
words cut and stemmed as FTS5's ``porter unicode61`` does it: both databases give the same
answers. How often a word stands in a sentence can be asked by label: its second place is marked
C, its third B, those after A. The places of a phrase are counted.

Formula: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
with k1 = 1.2 and b = 0.75, as in https://sqlite.org/fts5.html#the_bm25_function.
"""

from __future__ import annotations

import math
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import snowballstemmer
from sqlalchemy import BigInteger, Connection, Float, column, func, select, text

from bot.store import schema
from bot.store.scope import Scope, article_key

Found = tuple[int, float]
"""A sentence's id, and its score."""

Row = Mapping[str, object]
"""``id`` and ``words``: a sentence and its text."""

LONGEST = 255
"""Characters of a word that are kept; what is longer is no word that anybody asks for."""

LEAST_IDF = 1e-6
"""What a word in more than half of the sentences still counts (as in FTS5)."""

SURELY = 2
"""How many times the limit a word's reckoned count is from which on it is not counted."""

SHARES_SECONDS = 600.0
"""How long a connection keeps the statistics that it has read."""

LABELS = ("", "C", "B", "A")
"""The label of the first, second, third and any later place of a word."""

MOST_PLACES = 16_383
"""PostgreSQL counts no further; a sentence has fewer words."""

ADD = text(
    "INSERT INTO sentence_words(id, words, length) VALUES (:id, cast(:words AS tsvector), :length)"
)
DROP = text("DELETE FROM sentence_words WHERE id BETWEEN :first AND :last")
COUNT = text(
    "SELECT count(*) FROM (SELECT 1 FROM sentence_words"
    " WHERE words @@ cast(:term AS tsquery) LIMIT :limit) AS matches"
)
NEWEST = text(
    "SELECT min(id) FROM (SELECT id FROM sentence_words"
    " WHERE words @@ cast(:term AS tsquery) ORDER BY id DESC LIMIT :limit) AS matches"
)
SHARES = text(
    "SELECT most_common_elems::text::text[] AS words, most_common_elem_freqs AS shares"
    " FROM pg_stats WHERE schemaname = current_schema()"
    " AND tablename = 'sentence_words' AND attname = 'words'"
)
"""The commonest words, as PostgreSQL looks them up in a sample now and then."""
BY_INDEX = text("SET LOCAL enable_seqscan = off")
"""With some millions of sentences the planner takes reading them all for as good as the index,
since it cannot know the terms of a join: 103 s instead of 0.2 with twenty millions."""
ENDS = text("SELECT min(id), max(id) FROM sentence_words")
LAST = text("SELECT max(id) FROM sentence_words")
TOTALS = text("SELECT sentences, words FROM sentence_totals")
CHANGE_TOTALS = text(
    "UPDATE sentence_totals SET sentences = sentences + :sentences, words = words + :words"
)
LENGTHS = text(
    "SELECT count(*), coalesce(sum(length), 0) FROM sentence_words"
    " WHERE id BETWEEN :first AND :last"
)
MATCHES = """
SELECT sentence.id,
    term.idf * 2.2 * times.n
    / (times.n + 1.2 * (0.25 + 0.75 * sentence.length / :average)) AS score
FROM unnest(cast(:terms AS text[]), cast(:idfs AS float8[])) AS term(word, idf)
JOIN sentence_words AS sentence ON sentence.words @@ cast(term.word AS tsquery)
CROSS JOIN LATERAL (SELECT CASE
    WHEN term.word LIKE '%<->%' THEN (SELECT count(*) FROM (
        SELECT place - part.n
        FROM unnest(string_to_array(term.word, ' <-> ')) WITH ORDINALITY AS part(token, n)
        JOIN unnest(sentence.words) AS held ON held.lexeme = btrim(part.token, '''')
        CROSS JOIN unnest(held.positions) AS place
        GROUP BY place - part.n
        HAVING count(*) = array_length(string_to_array(term.word, ' <-> '), 1)) AS phrases)
    WHEN NOT sentence.words @@ cast(term.word || '\\:CBA' AS tsquery) THEN 1
    WHEN NOT sentence.words @@ cast(term.word || '\\:BA' AS tsquery) THEN 2
    WHEN NOT sentence.words @@ cast(term.word || '\\:A' AS tsquery) THEN 3
    ELSE 4 END) AS times(n)
WHERE sentence.id >= :first
"""
"""A row for each term that a sentence holds, with what it counts."""

_matches = text(MATCHES).columns(column("id", BigInteger), column("score", Float)).subquery()
_score = func.sum(_matches.c.score).label("score")
SEARCH = (
    select(_matches.c.id, _score).group_by(_matches.c.id).order_by(_score.desc(), _matches.c.id)
)

WORD = re.compile(r"[^\W_]+")
ACCENTS = re.compile("[\u0300-\u036f]")
LATER_ENDING = re.compile(r"[aeiouy][^aeiouy]\w*(?:bl|log)i$")

_porter = snowballstemmer.stemmer("porter")


def add(connection: Connection, rows: Sequence[Row]) -> None:
    """Index the words of sentences that are not indexed yet."""
    cut = [(row["id"], tokens(str(row["words"]))) for row in rows]
    values = [{"id": one, "words": _literal(words), "length": len(words)} for one, words in cut]
    connection.execute(ADD, values)
    total = sum(len(words) for _, words in cut)
    connection.execute(CHANGE_TOTALS, {"sentences": len(rows), "words": total})


def drop(connection: Connection, texts: Mapping[int, str]) -> None:
    """Take the sentences of an article out of the index, by the ids of all that it has."""
    within = {"first": min(texts), "last": max(texts)}
    sentences, words = connection.execute(LENGTHS, within).one()
    connection.execute(DROP, within)
    connection.execute(CHANGE_TOTALS, {"sentences": -sentences, "words": -words})


def last(connection: Connection) -> int | None:
    """Return the last id whose words are indexed."""
    newest: int | None = connection.execute(LAST).scalar()
    return newest


def count(connection: Connection, term: str, limit: int) -> int:
    """Return how many sentences hold a term, ``limit`` at most.

    The index is read to the end for it, which takes long for a common word: one that PostgreSQL's
    statistics tell to be common is not counted. What once was common stays so: each connection
    remembers the terms that reached the limit.
    """
    common: set[tuple[str, int]] = connection.info.setdefault("common", set())
    if (term, limit) in common:
        return limit
    held = limit
    if _expected(connection, term) <= SURELY * limit:
        held = connection.execute(COUNT, {"term": term, "limit": limit}).scalar() or 0
    if held == limit:
        common.add((term, limit))
    return held


def newest(connection: Connection, term: str, limit: int) -> int:
    """Return the first id of the newest ``limit`` sentences that hold a term.

    Where the term is surely common it is reckoned from how common it is: to fetch all that hold
    it, in order to find the newest, took 9 s with a million articles.
    """
    expected = _expected(connection, term)
    if expected > SURELY * limit:
        start, end = connection.execute(ENDS).one()
        return int(end - (end - start) * limit / expected) if end else 0
    return connection.execute(NEWEST, {"term": term, "limit": limit}).scalar() or 0


def _expected(connection: Connection, term: str) -> float:
    """Return how many sentences hold a word by the statistics; 0 for what they do not list."""
    shares, until = connection.info.get("shares", ({}, 0.0))
    if time.monotonic() >= until:
        found = connection.execute(SHARES).one_or_none()
        listed = zip(found.words or (), found.shares or (), strict=False) if found else ()
        shares = {_quoted(word): share for word, share in listed}
        connection.info["shares"] = (shares, time.monotonic() + SHARES_SECONDS)
    share: float = shares.get(term, 0.0)
    return share * connection.execute(TOTALS).one().sentences if share else 0.0


def search(  # noqa: PLR0913 - as wide as the question is
    connection: Connection,
    counts: Sequence[tuple[str, int]],
    *,
    first: int,
    since: datetime | None,
    limit: int,
    scope: Scope,
) -> list[Found]:
    """Return the ids from ``first`` on that hold any of the terms, best first, with BM25 scores.

    ``counts`` are the terms, each with how many sentences hold it; one that comes twice counts
    twice. With ``since`` only articles published (else seen) from then on count.
    """
    sentences, words = connection.execute(TOTALS).one()
    connection.execute(BY_INDEX)
    question = SEARCH.where(scope.sentence(_matches.c.id)).limit(limit)
    if since:
        articles = schema.articles
        own = articles.c.key == article_key(_matches.c.id)
        question = question.where(own, articles.c.moment >= since)
    values: dict[str, object] = {
        "terms": [term for term, _ in counts],
        "idfs": [_idf(sentences, held) for _, held in counts],
        "average": max(words, 1) / max(sentences, 1),
        "first": first,
    }
    return [(row.id, float(row.score)) for row in connection.execute(question, values)]


def terms(words: Sequence[str]) -> list[str]:
    """Return the words as terms of a question, each word once: none of them is an operator.

    A word that is cut in several ("U.S.") is a phrase. Two words of one stem ("war", "wars") are
    two equal terms, and count twice, as in FTS5.
    """
    once = dict.fromkeys(words)
    return list(filter(None, (" <-> ".join(map(_quoted, tokens(word))) for word in once)))


def tokens(words: str) -> list[str]:
    """Cut a text into stemmed words without case and accents, as ``porter unicode61`` does."""
    return [_stemmed(token[:LONGEST]) for token in WORD.findall(_plain(words).lower())]


def _plain(words: str) -> str:
    """Return the words without the accents of Latin letters; others keep theirs."""
    if words.isascii():
        return words
    apart = ((letter, unicodedata.normalize("NFD", letter)) for letter in words)
    bare = "".join(parts[0] if parts[0].isascii() else letter for letter, parts in apart)
    return ACCENTS.sub("", bare)


@lru_cache(maxsize=65_536)
def _stemmed(token: str) -> str:
    """Stem a word; with the two endings that Porter added to his rules later, as in FTS5."""
    stem = str(_porter.stemWord(token)) if len(token) > 2 else token
    if LATER_ENDING.search(stem):
        return str(_porter.stemWord(stem[:-1] + ("e" if stem.endswith("bli") else "")))
    return stem


def _idf(sentences: int, held: int) -> float:
    return max(math.log((sentences - held + 0.5) / (held + 0.5)), LEAST_IDF) if sentences else 0.0


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _literal(words: Sequence[str]) -> str:
    """Write the words with their places as PostgreSQL reads a tsvector."""
    seen: Counter[str] = Counter()
    parts = []
    for place, word in enumerate(words[:MOST_PLACES], 1):
        parts.append(f"{_quoted(word)}:{place}{LABELS[min(seen[word], len(LABELS) - 1)]}")
        seen[word] += 1
    return " ".join(parts)
