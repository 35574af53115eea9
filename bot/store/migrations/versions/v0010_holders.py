"""The last holders of a run of words are kept, not all; what was indexed otherwise is dropped.

Copies that were found stay; a reprint of what was stored before this step is not found.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table anew."""
    op.drop_table("word_runs")
    op.create_table(
        "word_runs",
        sa.Column("fortnight", sa.Integer, primary_key=True),
        sa.Column("run", sa.BigInteger, primary_key=True),
        sa.Column("slot", sa.Integer, primary_key=True),
        sa.Column("article_key", sa.Integer, nullable=False),
        sa.Column("runs", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
