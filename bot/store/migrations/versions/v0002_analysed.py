"""Which analysis an article has stands with the article: what lacks one is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Move the version from the analyses to their articles."""
    op.add_column(
        "articles", sa.Column("analysed", sa.Integer, nullable=False, server_default="-1")
    )
    op.execute(
        "UPDATE articles SET analysed = coalesce("
        "(SELECT version FROM analyses WHERE analyses.article_id = articles.id), -1)"
    )
    op.create_index("ix_articles_analysed", "articles", ["analysed"])
    op.drop_index("ix_analyses_version", "analyses")
    with op.batch_alter_table("analyses") as analyses:
        analyses.drop_column("version")
