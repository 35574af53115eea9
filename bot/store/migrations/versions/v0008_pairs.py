"""Copies are kept pair by pair: a round-up of two stories is a copy of both."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the pairs of what was kept."""
    op.create_table(
        "pairs",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("other_id", sa.Text, primary_key=True),
    )
    op.execute("INSERT INTO pairs SELECT article_id, first_id FROM copies")
    op.drop_table("copies")
    op.rename_table("pairs", "copies")
    op.create_index("ix_copies_other_id", "copies", ["other_id"])
