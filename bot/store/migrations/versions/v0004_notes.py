"""Notes in the outbox: parts that have a name instead of a slot, and may belong in a thread."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEPT = "channel, slot, part, payload, state, remote_id, attempts, next_try"


def upgrade() -> None:
    """Make the outbox anew around what it holds, since SQLite cannot widen a primary key."""
    op.drop_index("deliveries_state", "deliveries")
    op.rename_table("deliveries", "older_deliveries")
    if op.get_bind().dialect.name == "postgresql":  # there a key's name is taken in the schema
        op.execute("ALTER INDEX deliveries_pkey RENAME TO older_deliveries_pkey")
    op.create_table(
        "deliveries",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("slot", sa.BigInteger, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("remote_id", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.BigInteger),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("thread", sa.Text, nullable=False),
        sa.Column("expires", sa.BigInteger),
    )
    op.execute(
        f"INSERT INTO deliveries ({KEPT}, name, thread)"  # noqa: S608 - our own column names
        f" SELECT {KEPT}, '', '' FROM older_deliveries"
    )
    op.drop_table("older_deliveries")
    op.create_index("deliveries_state", "deliveries", ["state", "slot"])
    op.create_index(
        "deliveries_name",
        "deliveries",
        ["channel", "name", "part"],
        unique=True,
        sqlite_where=sa.text("name != ''"),
        postgresql_where=sa.text("name != ''"),
    )
