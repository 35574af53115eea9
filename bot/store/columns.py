"""The kinds of column that both databases keep alike: moments, text, some numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect
from sqlalchemy import (
    Text as AnyText,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds since 1970 UTC; comes back in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the microseconds of a moment."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the moment of these microseconds, in UTC."""
        return None if value is None else EPOCH + value * MICROSECOND


Text = AnyText().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text, compared byte by byte on both databases, as SQLite does by itself."""


class Numbers(TypeDecorator[tuple[int, ...]]):
    """Some whole numbers, kept as text ("0 1 23")."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the text of numbers."""
        return " ".join(map(str, value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...]:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the numbers of this text."""
        return tuple(map(int, (value or "").split()))
