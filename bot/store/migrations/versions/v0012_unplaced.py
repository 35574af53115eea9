"""Analysed articles that are in no story yet are listed, so that nobody looks through all."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the list of what waits now."""
    op.create_table(
        "unplaced",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("article_key", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO unplaced SELECT articles.id, articles.key, articles.language FROM articles"
        " LEFT JOIN story_articles ON story_articles.article_id = articles.id"
        " WHERE story_articles.article_id IS NULL AND articles.analysed <> -1"
    )
