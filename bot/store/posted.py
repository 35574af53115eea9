"""The tables of what is posted: wishes, deliveries, and what they showed."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, text

from bot.store.columns import Moment, Text
from bot.store.schema import metadata

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("slot", Moment, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("remote_id", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Moment),
    Column("name", Text, primary_key=True),
    Column("thread", Text, nullable=False),
    Column("expires", Moment),
    Index("deliveries_state", "state", "slot"),
    Index(
        "deliveries_name",
        "channel",
        "name",
        "part",
        unique=True,
        sqlite_where=text("name != ''"),
        postgresql_where=text("name != ''"),
    ),
)
"""Digests have the empty name; a note's name is its own in its channel."""

briefed = Table(
    "briefed",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("story_id", Text, primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("slot", Moment, nullable=False),
)

shown = Table(
    "shown",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("slot", Moment, primary_key=True, index=True),
    Column("name", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("article_id", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
"""The sentences that digests (the empty name) and notes showed, in order."""
