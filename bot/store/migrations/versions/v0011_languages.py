"""The language of an article, so that the stories of each are made by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; all that was stored so far is English, and so is the clusterer's state."""
    op.add_column("articles", sa.Column("language", sa.Text, nullable=False, server_default="en"))
    op.execute("UPDATE keepsakes SET name = 'stories:en' WHERE name = 'stories'")
