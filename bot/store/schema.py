"""The tables, as SQLAlchemy knows them. The migrations make them; a test holds the two equal.

The full-text index over sentences is no table of this list: see ``bot.store.sentences``. What is
posted is in ``bot.store.posted``.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

from bot.store.columns import Moment, Numbers, Text
from summarizer.model import ENGLISH

STEPS = tuple(f"{number:04}" for number in range(1, 13))
"""The migrations, oldest first. A database that names none of them is of a newer version."""

HEAD = STEPS[-1]

metadata = MetaData()
NOT_ANALYSED = -1

articles = Table(
    "articles",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("wording", Text, nullable=False, index=True),
    Column("moment", Moment, nullable=False, index=True),
    Column("seen", Moment, nullable=False, index=True),
    Column("changed", Moment, nullable=False),
    Column("analysed", Integer, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("language", Text, nullable=False, server_default=ENGLISH),
)
"""``wording`` is the hash of the words; ``moment`` is published, else first seen; ``changed`` is
when the present text was first seen; ``analysed`` is the version of the
analysis kept, ``NOT_ANALYSED`` for none; ``body`` is the article as JSON, and ``language`` that of
the article: each has stories of its own."""

sightings = Table(
    "sightings",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("mark", Text, primary_key=True),
    Column("article_id", Text, nullable=False, index=True),
    Column("seen", Moment, nullable=False),
)
"""Every id (kind ``id``), canonical address (``address``) and feed's own id (``guid``) ever seen,
and the article that it landed on. Outlives the article, so that an old item is not news again.

What a feed held when it was added is ``passed`` (the feed and the id) and ``passed-address``,
which names that feed instead of an article."""

carriages = Table(
    "carriages",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("outlet", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("feed", Text, primary_key=True, index=True),
    Column("url", Text, nullable=False),
    Column("seen", Moment, nullable=False),
)

word_runs = Table(
    "word_runs",
    metadata,
    Column("fortnight", Integer, primary_key=True),
    Column("run", BigInteger, primary_key=True),
    Column("slot", Integer, primary_key=True),
    Column("article_key", Integer, nullable=False),
    Column("runs", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Some of the five-word runs of each article, by a hash, and how many it has in all. The last
article of each slot stays that holds a run; older fortnights are dropped."""

copies = Table(
    "copies",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("other_id", Text, primary_key=True, index=True),
)
"""Pairs of articles that are mostly the same words, each pair once."""

versions = Table(
    "versions",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("seen", Moment, nullable=False),
)
"""Earlier texts; ``seen`` is when that text was first seen."""

analyses = Table(
    "analyses",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

sentences = Table(
    "sentences",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("finish", Integer, nullable=False),
)
"""Body sentences. ``id`` is the article's key and the sentence's index: see ``sentence_id``."""

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folded", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("mentions", Integer, nullable=False),
    Index("names_folded", "folded", "kind", unique=True),
    Index("names_mentions", "mentions"),
)
"""Every entity's name, once a kind, with how many stored sentences mention it."""

name_starts = Table(
    "name_starts",
    metadata,
    Column("start", Text, primary_key=True),
    Column("name_id", Integer, primary_key=True),
)
"""A name or alias from each of its words on ("kim jong un", "jong un", "un"), for completion."""

mentions = Table(
    "mentions",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("moment", Moment, primary_key=True),
    Column("sentence_id", BigInteger, primary_key=True),
    Column("name_id", Integer, nullable=False),
    Column("own", Boolean, nullable=False),
    Index("mentions_sentence", "sentence_id"),
)
"""Which sentence mentions the bearer of a name or alias; ``own`` marks the full name's row."""

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("first", Moment),
    Column("last", Moment),
)

story_articles = Table(
    "story_articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("story_id", Text, nullable=False, index=True),
    Column("position", Integer, nullable=False),
)

unplaced = Table(
    "unplaced",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("article_key", Integer, nullable=False),
    Column("language", Text, nullable=False),
)
"""The analysed articles that are in no story yet: see ``bot.store.unplaced``."""

keepsakes = Table(
    "keepsakes",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
"""States that others keep here whole, such as the clusterer's."""

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("state_media", Boolean, nullable=False),
)

readers = Table(
    "readers",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("workspace", Text, primary_key=True),
)
"""Which workspaces ever added a feed, empty for the config: see ``bot.store.scope``. Outlives the
wish to poll the feed, as its articles do."""

feed_states = Table(
    "feed_states",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_poll", Moment),
    Column("last_success", Moment),
    Column("next_poll", Moment, index=True),
    Column("interval_seconds", Float, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("moved_to", Text, nullable=False),
    Column("moved_seen", Integer, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("ttl_seconds", Float, nullable=False),
    Column("skip_hours", Numbers, nullable=False),
    Column("skip_days", Numbers, nullable=False),
)

told_feeds = Table(
    "told_feeds",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("seen", Moment, nullable=False),
)
"""Which channels know that a feed is broken."""

readings = Table(
    "readings",
    metadata,
    Column("address", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("seen", Moment, nullable=False),
)
"""Why an address (canonical, and as it was given) gave no article when it was last read."""
