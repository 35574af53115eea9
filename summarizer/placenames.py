"""The country that words of a text stand for: its names, people, capital, and nicknames."""

from __future__ import annotations

import re
from functools import cache

from summarizer.lexicon import rows, several
from summarizer.wordbook import TOKEN

_DOLLARS = re.compile(r"\.?\s?(?:\$|dollars?\b)")
"""What makes money of "U.S.": "U.S. $45 billion"."""


@cache
def places_by_first_word() -> dict[str, dict[tuple[str, ...], str]]:
    """Return first word -> all words -> country, all in lower case, the longest names first."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    for country, names in _place_names():
        for name in names:
            parts = tuple(match.group().lower() for match in TOKEN.finditer(name))
            table.setdefault(parts[0], {}).setdefault(parts, country)
    return {
        first: dict(sorted(found.items(), key=lambda entry: -len(entry[0])))
        for first, found in table.items()
    }


def _place_names() -> list[tuple[str, tuple[str, ...]]]:
    countries = [
        (name, (name, *several(demonyms), *several(capital), *several(others)))
        for name, demonyms, capital, others, *_ in rows("countries")
    ]
    return countries + [(name, (name, *several(more))) for name, more in rows("place_nicknames")]


def place_at(text: str, tokens: list[re.Match[str]], at: int) -> tuple[int, str]:
    """Return (how many tokens, country) of the place named at ``at``; (1, "") for none."""
    found = places_by_first_word().get(tokens[at].group().lower())
    if not found:
        return 1, ""
    longest = len(next(iter(found)))
    words = tuple(match.group().lower() for match in tokens[at : at + longest])
    for count in range(len(words), 0, -1):
        country = found.get(words[:count])
        end = at + count
        if country and _meant(text, tokens[at:end], tokens[end : end + 1]):
            return count, country
    return 1, ""


def _meant(text: str, group: list[re.Match[str]], after: list[re.Match[str]]) -> bool:
    """Tell a place from a word that looks like one: "us", "the North Sea", "turkey"."""
    written = text[group[0].start() : group[-1].end()]
    if written in {"us", "Us", "un", "sk", "turkey", "chad", "jordan", "georgia", "polish"}:
        return False
    if written[0] == "U" and _DOLLARS.match(text, group[-1].end()):
        return False
    if written.lower() in {"the north", "the south"}:
        named = bool(after) and text[after[0].start()].isupper()
        return written[4:5].isupper() and not named
    return True
