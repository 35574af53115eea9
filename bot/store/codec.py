"""Values of the models <-> JSON text, exactly, without naming a field twice.

Knows nothing of tables. An object is written without the fields that have their default, so
that a field added to a model later reads as its default from older rows; a field that is no
longer known is skipped. Aware times keep their offset and, where they have one, their zone
(``2024-10-20T12:29:00+09:00[Asia/Seoul]``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from bot.errors import StoreError
from summarizer.model import Span

Value = TypeVar("Value")
Step = Callable[[Any], Any]
Steps = tuple[Step, Step]


def encode(value: object) -> str:
    """Return a dataclass value of the models as JSON text in ASCII."""
    kind: Any = type(value)
    written, _ = _steps(kind)
    return json.dumps(written(value), separators=(",", ":"))


def decode(kind: type[Value], text: str) -> Value:
    """Return the value of this dataclass that ``encode`` wrote.

    Raises:
        StoreError: the text is not what ``encode`` writes for this class.

    """
    wanted: Any = kind
    _, read = _steps(wanted)
    try:
        value: Value = read(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as fault:
        raise StoreError(
            f"a stored {kind.__name__} cannot be read back ({fault}): the database is damaged;"
            " restore it from a backup"
        ) from fault
    return value


def write_time(moment: datetime) -> str:
    """Return the ISO form of a moment, with the zone's name in brackets where it has one."""
    zone = moment.tzinfo
    name = zone.key if isinstance(zone, ZoneInfo) else None
    return f"{moment.isoformat()}[{name}]" if name else moment.isoformat()


def read_time(text: str) -> datetime:
    """Return the moment that ``write_time`` wrote, in the same zone."""
    iso, _, name = text.rstrip("]").partition("[")
    moment = datetime.fromisoformat(iso)
    if not name:
        return moment
    local = moment.replace(tzinfo=ZoneInfo(name))
    return local if local.utcoffset() == moment.utcoffset() else local.replace(fold=1)


@cache
def _steps(kind: Any) -> Steps:  # noqa: ANN401, PLR0911 - a type as hints give it; one return a kind
    """Return how values of a type are written and read."""
    origin = get_origin(kind)
    if kind is Span:
        return _write_span, _read_span
    if is_dataclass(kind):
        return _record(kind)
    if origin is tuple:
        return _row(get_args(kind))
    if origin in {Union, UnionType}:
        return _optional(get_args(kind))
    if kind is datetime:
        return write_time, read_time
    if kind in {date, time}:
        return kind.isoformat, kind.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str, kind
    if kind in {str, int, float, bool}:
        return _same, _same
    raise TypeError(f"no JSON form for {kind}")


def _same(value: Any) -> Any:  # noqa: ANN401 - JSON knows these values as they are
    return value


def _write_span(span: Span) -> list[int]:
    return [span.start, span.end]


def _read_span(pair: list[int]) -> Span:
    start, end = pair
    return Span(start, end)


def _optional(kinds: tuple[Any, ...]) -> Steps:
    (inner,) = (kind for kind in kinds if kind is not NoneType)
    written, read = _steps(inner)
    return (
        lambda value: None if value is None else written(value),
        lambda value: None if value is None else read(value),
    )


def _row(kinds: tuple[Any, ...]) -> Steps:
    if kinds[-1] is Ellipsis:
        written, read = _steps(kinds[0])
        return (
            lambda values: [written(value) for value in values],
            lambda values: tuple([read(value) for value in values]),
        )
    steps = [_steps(kind) for kind in kinds]
    return (
        lambda values: [step[0](value) for step, value in zip(steps, values, strict=True)],
        lambda values: tuple(step[1](value) for step, value in zip(steps, values, strict=True)),
    )


def _default(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _record(kind: Any) -> Steps:  # noqa: ANN401 - any dataclass of the models
    hints = get_type_hints(kind)
    table = [(field.name, *_steps(hints[field.name]), _default(field)) for field in fields(kind)]
    readers = {name: read for name, _, read, _ in table}

    def write(value: object) -> dict[str, Any]:
        record = {}
        for name, written, _, default in table:
            part = getattr(value, name)
            if default is MISSING or part != default:
                record[name] = written(part)
        return record

    def read(record: dict[str, Any]) -> object:
        return kind(
            **{name: readers[name](part) for name, part in record.items() if name in readers}
        )

    return write, read
