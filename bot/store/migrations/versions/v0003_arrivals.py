"""Articles by when they were first seen: what arrived late belongs to the next digest."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Index the moment of arrival."""
    op.create_index("ix_articles_seen", "articles", ["seen"])
