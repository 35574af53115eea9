"""Whether two words are spellings of one name."""

from __future__ import annotations

import re
from functools import cache

from summarizer.lexicon import rows

_SLAVIC = re.compile(r"(?<=[oe])(?:ff|w)$")
"""Ends of names that other papers write with a "v" ("Romanoff", "Romanov")."""


def spelt_alike(first: str, second: str) -> bool:
    """Tell whether two lower-case name words are spellings of one: one letter in five or more."""
    first, second = usual(first), usual(second)
    allowed = 0 if min(len(first), len(second)) < 4 else 1 if len(first) < 9 else 2
    if first[:1] != second[:1] or abs(len(first) - len(second)) > allowed:
        return first == second
    return _edits(first, second, allowed) <= allowed


def usual(name: str) -> str:
    """Return one spelling of a lower-case name that is written in several ("yoo", "ryu")."""
    return _romanised().get(name) or _SLAVIC.sub("v", name)


def initial(name: str) -> str:
    """Return the letter that all spellings of a name have in common, in lower case."""
    return usual(name.lower())[:1]


@cache
def _romanised() -> dict[str, str]:
    """Return a family name in lower case -> the first of its spellings in the table."""
    lines = [line.lower().split() for (line,) in rows("romanised_names")]
    return {name: names[0] for names in lines for name in names}


def _edits(first: str, second: str, limit: int) -> int:
    """Return the Levenshtein distance, or anything above ``limit`` once it is passed."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        last, row[0] = row[0], i
        for j, b in enumerate(second, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
        if min(row) > limit:
            return limit + 1
    return row[-1]
