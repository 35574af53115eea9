"""What our own tables know of countries, outlets and agencies, found by their words.

The tables are common knowledge, written for this project. A name that is not in them is simply
unknown: nothing is concluded from its absence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from summarizer.lexicon import rows, several
from summarizer.model import EntityKind


class Use(StrEnum):
    """How a word stands for what the table knows."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"


@dataclass(frozen=True, slots=True)
class Known:
    """One line of a table.

    ``called`` is what readers call it after "the" ("news outlet"). ``country`` is where it
    belongs, for a country the country itself. ``owner`` is empty when unknown.
    """

    name: str
    kind: EntityKind
    country: str = ""
    called: tuple[str, ...] = ()
    owner: str = ""
    outlet: bool = False
    state: bool = False
    zone: str = ""

    @property
    def nation(self) -> bool:
        """Tell whether it is a country."""
        return self.kind is EntityKind.PLACE


Surface = tuple[tuple[str, ...], Known, Use]


def plain(words: str) -> str:
    """Return the words with straight apostrophes and single spaces."""
    return " ".join(words.replace("’", "'").split())


@cache
def surfaces() -> dict[str, tuple[Surface, ...]]:
    """Return all names in the tables by their first word, the longest first."""
    found: dict[str, list[Surface]] = {}
    for words, known, use in (*_countries(), *_outlets(), *_agencies()):
        parts = tuple(plain(words).split())
        found.setdefault(parts[0], []).append((parts, known, use))
    return {word: tuple(sorted(group, key=lambda s: -len(s[0]))) for word, group in found.items()}


def match(words: Sequence[str], start: int = 0) -> Surface | None:
    """Return the longest table entry that begins at ``words[start]``."""
    if start >= len(words):
        return None
    for surface in surfaces().get(words[start], ()):
        if tuple(words[start : start + len(surface[0])]) == surface[0]:
            return surface
    return None


def lookup(name: str) -> Known | None:
    """Return what the tables know under exactly this name, with or without "the".

    An acronym in brackets behind it does not matter.
    """
    words = plain(name.split(" (", maxsplit=1)[0]).split()
    for start in range(2 if words and words[0].lower() == "the" else 1):
        surface = match(words, start)
        if surface and start + len(surface[0]) == len(words) and surface[2] is Use.NAME:
            return surface[1]
    return None


def country_of(words: str) -> Known | None:
    """Return the country that a name, a demonym or a capital stands for."""
    parts = plain(words).split()
    surface = match(parts)
    if surface and len(surface[0]) == len(parts) and surface[1].nation:
        return surface[1]
    return None


def _countries() -> list[tuple[str, Known, Use]]:
    found: list[tuple[str, Known, Use]] = []
    for name, demonyms, capitals, others, zone in rows("countries"):
        known = Known(name, EntityKind.PLACE, country=name, called=("country", "nation"), zone=zone)
        found.extend((other, known, Use.NAME) for other in (name, *several(others)))
        found.extend((demonym, known, Use.DEMONYM) for demonym in several(demonyms))
        found.extend((capital, known, Use.CAPITAL) for capital in several(capitals))
    return found


def _outlets() -> list[tuple[str, Known, Use]]:
    found: list[tuple[str, Known, Use]] = []
    for name, others, owner, country, called, state in rows("outlets"):
        known = Known(
            name,
            EntityKind.ORGANISATION,
            country=country,
            called=several(called),
            owner=owner,
            outlet=True,
            state=state == "state",
        )
        found.extend((other, known, Use.NAME) for other in (name, *several(others)))
    return found


def _agencies() -> list[tuple[str, Known, Use]]:
    found: list[tuple[str, Known, Use]] = []
    for name, others, country, called in rows("agencies"):
        known = Known(name, EntityKind.ORGANISATION, country=country, called=several(called))
        found.extend((other, known, Use.NAME) for other in (name, *several(others)))
    return found
