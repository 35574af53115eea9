"""What is derived from articles: analyses, the full-text index, who is mentioned where.

All of it is a cache: it can be dropped and made again from the articles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.sqlite import insert

from bot.errors import StoreError
from bot.model import EntityCount, Hit
from bot.store import schema
from bot.store.codec import decode, encode
from bot.store.database import Database
from bot.store.identity import fold
from summarizer.model import Analysis, Article, Entity, LineKind, Searched, Sentence, Span

SENTENCE_BITS = 16
"""A sentence's id is its article's key, then its index in the analysis in this many bits."""

LAST_LETTER = chr(0x10FFFF)
STARTS = 8
"""From so many of its words on can a name be completed."""

SEARCH = """
SELECT sentence_words.rowid AS id, -bm25(sentence_words) AS score
FROM sentence_words {join}
WHERE sentence_words MATCH :query {since}
ORDER BY rank LIMIT :limit
"""
JOIN = "JOIN articles ON articles.key = sentence_words.rowid >> 16"
SINCE = "AND articles.moment >= :since"
ADD_WORDS = text("INSERT INTO sentence_words(rowid, words) VALUES (:id, :words)")
DROP_WORDS = text(
    "INSERT INTO sentence_words(sentence_words, rowid, words) VALUES ('delete', :id, :words)"
)


class Index:
    """The questions about what is derived from articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_analysis(
        self, article_id: str, analysis: Analysis, *, of_text: str | None = None
    ) -> None:
        """Keep an analysis, index its body sentences and entities; replaces an older one.

        With ``of_text`` nothing is kept when that is no longer the article's text: it was edited
        while it was analysed. An analysis of an older version than the one kept is dropped.

        Raises:
            StoreError: no such article.

        """
        with self._database.writing() as connection:
            row = connection.execute(
                select(
                    schema.articles.c.key, schema.articles.c.moment, schema.articles.c.body
                ).where(schema.articles.c.id == article_id)
            ).one_or_none()
            if row is None:
                raise StoreError(f"no article {article_id} is stored: nothing to analyse")
            article = decode(Article, row.body)
            if of_text is not None and of_text != article.text:
                return
            if _version(connection, article_id) > analysis.version:
                return
            forget(connection, row.key, article)
            connection.execute(
                schema.analyses.insert().values(
                    article_id=article_id, version=analysis.version, body=encode(analysis)
                )
            )
            _index_sentences(connection, row.key, article, analysis.sentences)
            _index_names(connection, row.key, row.moment, analysis)

    def analysis(self, article_id: str) -> Analysis | None:
        """Return the newest analysis of an article."""
        with self._database.reading() as connection:
            body = connection.scalar(
                select(schema.analyses.c.body).where(schema.analyses.c.article_id == article_id)
            )
        return decode(Analysis, body) if body else None

    def search(
        self, words: Sequence[str], *, since: datetime | None = None, limit: int = 50
    ) -> list[Hit]:
        """Return sentences that hold any of the words, best first (BM25, stemmed)."""
        query = _query(words)
        if not query or limit < 1:
            return []
        question = SEARCH.format(join=JOIN if since else "", since=SINCE if since else "")
        values: dict[str, object] = {"query": query, "limit": limit}
        if since:
            values["since"] = (since - schema.EPOCH) // schema.MICROSECOND
        with self._database.reading() as connection:
            found = [(row.id, row.score) for row in connection.execute(text(question), values)]
            return _hits(connection, found)

    def entities(self, prefix: str, *, limit: int = 25) -> list[EntityCount]:
        """Return entities of which a name's word starts with the prefix, most mentioned first.

        An alias completes to the full name. A name with two kinds counts once, as the commoner.
        """
        names = schema.names.c
        question = select(names.folded, names.name, names.kind, names.mentions).where(
            names.mentions > 0
        )
        if start := fold(prefix):
            starts = schema.name_starts.c
            fitting = select(starts.name_id).where(
                starts.start >= start, starts.start < start + LAST_LETTER
            )
            question = question.where(names.id.in_(fitting))
        with self._database.reading() as connection:
            rows = connection.execute(
                question.order_by(names.mentions.desc(), names.folded).limit(4 * limit)
            ).all()
        counts: dict[str, EntityCount] = {}
        for folded, name, kind, mentions in rows:
            first = counts.get(folded)
            counts[folded] = (
                EntityCount(first.name, first.kind, first.mentions + mentions)
                if first
                else EntityCount(name, kind, mentions)
            )
        return sorted(counts.values(), key=lambda count: -count.mentions)[:limit]

    def mentions(self, name: str, *, limit: int = 500) -> list[Hit]:
        """Return body sentences that mention the entity (name or alias, any case), newest first."""
        table = schema.mentions.c
        with self._database.reading() as connection:
            rows = connection.execute(
                select(table.sentence_id)
                .where(table.folded == fold(name))
                .order_by(table.moment.desc(), table.sentence_id)
                .limit(limit)
            )
            return _hits(connection, [(row.sentence_id, 0.0) for row in rows])

    def mention_days(self, name: str, *, zone: str = "UTC") -> dict[date, int]:
        """Return how many sentences mention the entity on each local day that has any, in order."""
        table = schema.mentions.c
        local = ZoneInfo(zone)
        with self._database.reading() as connection:
            rows = connection.execute(
                select(table.moment, func.count())
                .where(table.folded == fold(name))
                .group_by(table.moment)
                .order_by(table.moment)
            )
            days: Counter[date] = Counter()
            for moment, count in rows:
                days[moment.astimezone(local).date()] += count
        return dict(days)

    def searched(self) -> Searched:
        """Return the denominators: articles, feeds, since when, which feeds are down."""
        feeds, states = schema.feeds, schema.feed_states
        with self._database.reading() as connection:
            articles = connection.scalar(select(func.count()).select_from(schema.articles))
            since = connection.scalar(select(func.min(schema.articles.c.moment)))
            count = connection.scalar(select(func.count(func.distinct(feeds.c.url))))
            down = connection.execute(
                select(feeds.c.url, func.max(feeds.c.title))
                .join(states, states.c.url == feeds.c.url)
                .where((states.c.failures > 0) | states.c.stopped)
                .group_by(feeds.c.url)
                .order_by(feeds.c.url)
            )
            names = tuple(title or url for url, title in down)
        return Searched(articles or 0, count or 0, since, names)


def forget(connection: Connection, key: int, article: Article) -> None:
    """Drop all that was derived from an article, which still has the text that it came from."""
    first, last = sentence_id(key, 0), sentence_id(key + 1, 0) - 1
    sentences, mentions = schema.sentences, schema.mentions
    rows = connection.execute(select(sentences).where(sentences.c.id.between(first, last))).all()
    if rows:
        dropped = [{"id": row.id, "words": article.text[row.start : row.finish]} for row in rows]
        connection.execute(DROP_WORDS, dropped)
        connection.execute(sentences.delete().where(sentences.c.id.between(first, last)))
    within = mentions.c.sentence_id.between(first, last)
    counts = connection.execute(
        select(mentions.c.name_id, func.count())
        .where(within, mentions.c.own)
        .group_by(mentions.c.name_id)
    ).all()
    for name_id, count in counts:
        names = schema.names
        connection.execute(
            names.update().where(names.c.id == name_id).values(mentions=names.c.mentions - count)
        )
    connection.execute(mentions.delete().where(within))
    connection.execute(schema.analyses.delete().where(schema.analyses.c.article_id == article.id))


def move_mentions(connection: Connection, key: int, moment: datetime) -> None:
    """Date the mentions of an article anew, when its time of publication became known."""
    first, last = sentence_id(key, 0), sentence_id(key + 1, 0) - 1
    mentions = schema.mentions
    connection.execute(
        mentions.update().where(mentions.c.sentence_id.between(first, last)).values(moment=moment)
    )


def sentence_id(key: int, index: int) -> int:
    """Return the id of a sentence, by its article's key and its index in the analysis."""
    return key << SENTENCE_BITS | index


def _version(connection: Connection, article_id: str) -> int:
    question = select(schema.analyses.c.version).where(schema.analyses.c.article_id == article_id)
    version = connection.scalar(question)
    return -1 if version is None else version


def _query(words: Sequence[str]) -> str:
    """Return the words as quoted strings joined by OR: none of them is an operator."""
    quoted = dict.fromkeys(
        '"' + word.replace("\0", " ").replace('"', " ") + '"'
        for word in words
        if re.search(r"\w", word) and word.isprintable()
    )
    return " OR ".join(quoted)


def _hits(connection: Connection, found: Sequence[tuple[int, float]]) -> list[Hit]:
    """Return the hits of these sentence ids and scores, in their order."""
    if not found:
        return []
    sentences, articles = schema.sentences.c, schema.articles.c
    ids = [sentence for sentence, _ in found]
    keys = {sentence >> SENTENCE_BITS for sentence in ids}
    owners = {
        row.key: row.id
        for row in connection.execute(
            select(articles.key, articles.id).where(articles.key.in_(keys))
        )
    }
    spans = {
        row.id: Span(row.start, row.finish)
        for row in connection.execute(select(schema.sentences).where(sentences.id.in_(ids)))
    }
    return [
        Hit(owners[one >> SENTENCE_BITS], one & (1 << SENTENCE_BITS) - 1, spans[one], score)
        for one, score in found
    ]


def _body(sentences: Sequence[Sentence]) -> Iterator[tuple[int, Span]]:
    for index, sentence in enumerate(sentences[: 1 << SENTENCE_BITS]):
        if sentence.kind is LineKind.BODY:
            yield index, sentence.span


def _index_sentences(
    connection: Connection, key: int, article: Article, sentences: Sequence[Sentence]
) -> None:
    rows = [(sentence_id(key, index), span) for index, span in _body(sentences)]
    if not rows:
        return
    connection.execute(
        schema.sentences.insert(),
        [{"id": one, "start": span.start, "finish": span.end} for one, span in rows],
    )
    connection.execute(
        ADD_WORDS, [{"id": one, "words": span.of(article.text)} for one, span in rows]
    )


def _index_names(connection: Connection, key: int, moment: datetime, analysis: Analysis) -> None:
    """Note each sentence under the full names of those it mentions, then under their aliases."""
    body = list(_body(analysis.sentences))
    rows: dict[tuple[str, int], dict[str, object]] = {}
    bearers: list[tuple[int, tuple[str, ...], list[int]]] = []

    def note(surface: str, one: int, name_id: int, *, own: bool) -> None:
        row = {"folded": surface, "moment": moment, "sentence_id": one}
        rows.setdefault((surface, one), row | {"name_id": name_id, "own": own})

    for entity in analysis.entities:
        own, *aliases = map(fold, (entity.name, *entity.aliases))
        within = [
            sentence_id(key, index)
            for index, span in body
            if any(span.overlaps(mention) for mention in entity.mentions)
        ]
        fresh = [one for one in within if (own, one) not in rows]
        if own and within:
            name_id = _name(connection, entity, len(fresh), [own, *aliases])
            bearers.append((name_id, tuple(filter(None, aliases)), within))
            for one in fresh:
                note(own, one, name_id, own=True)
    for name_id, surfaces, within in bearers:
        for surface in surfaces:
            for one in within:
                note(surface, one, name_id, own=False)
    if rows:
        connection.execute(schema.mentions.insert(), list(rows.values()))


def _name(connection: Connection, entity: Entity, mentions: int, surfaces: Sequence[str]) -> int:
    """Count a name's mentions, remember its beginnings, and return its id."""
    names = schema.names
    added = insert(names).values(
        folded=surfaces[0], kind=str(entity.kind), name=entity.name, mentions=mentions
    )
    name_id: int = connection.execute(
        added.on_conflict_do_update(
            index_elements=["folded", "kind"], set_={"mentions": names.c.mentions + mentions}
        ).returning(names.c.id)
    ).scalar_one()
    starts = {
        surface[word.start() :]
        for surface in surfaces
        for word in [*re.finditer(r"\w+", surface)][:STARTS]
    }
    if starts:
        connection.execute(
            insert(schema.name_starts).on_conflict_do_nothing(),
            [{"start": start, "name_id": name_id} for start in sorted(starts)],
        )
    return name_id
