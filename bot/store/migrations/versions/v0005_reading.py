"""What reading learns: copies of articles, pages that gave none, feeds' wishes, who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and room for a feed's own wishes."""
    op.create_table(
        "word_runs",
        sa.Column("fortnight", sa.Integer, primary_key=True),
        sa.Column("run", sa.BigInteger, primary_key=True),
        sa.Column("article_key", sa.Integer, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("first_id", sa.Text, nullable=False),
    )
    op.create_index("ix_copies_first_id", "copies", ["first_id"])
    op.create_table(
        "readings",
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "told_feeds",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_carriages_feed", "carriages", ["feed"])
    op.create_index("ix_feed_states_next_poll", "feed_states", ["next_poll"])
    _wishes()


def _wishes() -> None:
    seconds = sa.Column("ttl_seconds", sa.Float, nullable=False, server_default="0")
    op.add_column("feed_states", seconds)
    for name in ("skip_hours", "skip_days"):
        op.add_column("feed_states", sa.Column(name, sa.Text, nullable=False, server_default=""))
