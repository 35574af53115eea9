"""Which workspaces read a feed: its articles are shown to them alone."""

import sqlalchemy as sa
from alembic import op

from bot.model import Channel

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Take down the readers of the feeds that are there."""
    readers = op.create_table(
        "readers",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("workspace", sa.Text, primary_key=True),
    )
    feeds = op.get_bind().execute(sa.text("SELECT url, channel FROM feeds")).all()
    rows = {(url, Channel(channel).workspace) for url, channel in feeds}
    if rows:
        op.bulk_insert(readers, [{"feed": url, "workspace": one} for url, one in sorted(rows)])
