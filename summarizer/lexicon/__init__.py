"""The word lists: one entry a line in ``NAME.txt`` beside this file, read once.

It only reads the lists; what an entry means is for the room that asks. Lines that start with
``#`` are the list's heading and tell its source.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return the entries of the list ``name`` in the order of the file."""
    raw = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in raw.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the entries of ``name`` cut at ``|`` into trimmed fields."""
    return tuple(tuple(field.strip() for field in line.split("|")) for line in entries(name))


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of ``name`` as a set, for lists where the order means nothing."""
    return frozenset(entries(name))


def several(field: str) -> tuple[str, ...]:
    """Return the parts of one field, parted by semicolons; none of an empty field."""
    return tuple(part.strip() for part in field.split(";") if part.strip())
