"""The first layout: articles, their analyses and index, stories, feeds, the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _articles()
    _index()
    _stories()
    _feeds()
    _outbox()


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _large(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        _text("wording"),
        _moment("moment"),
        _moment("seen"),
        _moment("changed"),
        _text("body"),
    )
    op.create_index("ix_articles_wording", "articles", ["wording"])
    op.create_index("ix_articles_moment", "articles", ["moment"])
    op.create_table("sightings", _key("kind"), _key("mark"), _text("article_id"), _moment("seen"))
    op.create_index("ix_sightings_article_id", "sightings", ["article_id"])
    op.create_table(
        "carriages",
        _key("article_id"),
        _key("outlet"),
        _key("address"),
        _key("feed"),
        _text("url"),
        _moment("seen"),
    )
    op.create_table(
        "versions",
        _key("article_id"),
        sa.Column("number", sa.Integer, primary_key=True),
        _text("title"),
        _text("text"),
        _moment("seen"),
    )
    op.create_table("analyses", _key("article_id"), _number("version"), _text("body"))
    op.create_index("ix_analyses_version", "analyses", ["version"])


def _index() -> None:
    op.create_table(
        "sentences",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        _number("start"),
        _number("finish"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _words_on_postgres()
    else:
        op.execute(
            "CREATE VIRTUAL TABLE sentence_words"
            " USING fts5(words, content='', tokenize='porter unicode61')"
        )
    op.create_table(
        "names",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("folded"),
        _text("kind"),
        _text("name"),
        _number("mentions"),
    )
    op.create_index("names_folded", "names", ["folded", "kind"], unique=True)
    op.create_index("names_mentions", "names", ["mentions"])
    op.create_table(
        "name_starts", _key("start"), sa.Column("name_id", sa.Integer, primary_key=True)
    )
    op.create_table(
        "mentions",
        _key("folded"),
        sa.Column("moment", sa.BigInteger, primary_key=True),
        sa.Column("sentence_id", sa.BigInteger, primary_key=True),
        _number("name_id"),
        sa.Column("own", sa.Boolean, nullable=False),
    )
    op.create_index("mentions_sentence", "mentions", ["sentence_id"])


def _words_on_postgres() -> None:
    op.create_table(
        "sentence_words",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("words", postgresql.TSVECTOR, nullable=False),
        _number("length"),
    )
    op.create_index("sentence_words_words", "sentence_words", ["words"], postgresql_using="gin")
    totals = op.create_table("sentence_totals", _large("sentences"), _large("words"))
    op.bulk_insert(totals, [{"sentences": 0, "words": 0}])


def _stories() -> None:
    op.create_table(
        "stories",
        _key("id"),
        _text("title"),
        sa.Column("first", sa.BigInteger),
        sa.Column("last", sa.BigInteger),
    )
    op.create_table("story_articles", _key("article_id"), _text("story_id"), _number("position"))
    op.create_index("ix_story_articles_story_id", "story_articles", ["story_id"])
    op.create_table("keepsakes", _key("name"), sa.Column("value", sa.LargeBinary, nullable=False))


def _feeds() -> None:
    op.create_table(
        "feeds",
        _key("url"),
        _key("channel"),
        _text("title"),
        _text("folder"),
        sa.Column("state_media", sa.Boolean, nullable=False),
    )
    op.create_table(
        "feed_states",
        _key("url"),
        _text("etag"),
        _text("modified"),
        _text("outcome"),
        _text("error"),
        _number("failures"),
        sa.Column("last_poll", sa.BigInteger),
        sa.Column("last_success", sa.BigInteger),
        sa.Column("next_poll", sa.BigInteger),
        sa.Column("interval_seconds", sa.Float, nullable=False),
        _number("articles"),
        _text("moved_to"),
        _number("moved_seen"),
        sa.Column("stopped", sa.Boolean, nullable=False),
    )


def _outbox() -> None:
    op.create_table("subscriptions", _key("channel"), _text("body"))
    op.create_table(
        "deliveries",
        _key("channel"),
        sa.Column("slot", sa.BigInteger, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        _text("payload"),
        _text("state"),
        _text("remote_id"),
        _number("attempts"),
        sa.Column("next_try", sa.BigInteger),
    )
    op.create_index("deliveries_state", "deliveries", ["state", "slot"])
    op.create_table(
        "briefed", _key("channel"), _key("story_id"), _key("article_id"), _moment("slot")
    )
