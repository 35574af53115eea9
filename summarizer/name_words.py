"""Words that tell what a capitalised name is: titles, words of bodies, given names."""

from __future__ import annotations

import re

from summarizer.lexicon import rows, words

TITLES = frozenset(row[0] for row in rows("titles"))
ORGANISATION_WORDS = frozenset(row[0] for row in rows("organisation_words"))
GIVEN_NAMES = {row[0]: row[1] for row in rows("given_names")}
FAMILY_NAMES_FIRST = words("family_names_first")
_PLAIN_PARTS = frozenset(row[0] for row in rows("plain_parts"))
"""Kin and the like, which stand before a name in lower case only: "Son" is a family name."""
SEX = {row[0]: row[1] for name in ("titles", "plain_parts") for row in rows(name) if len(row) > 1}
"""m or f where a title or part tells."""
PARTS = _PLAIN_PARTS | {row[0] for row in rows("role_nouns") if row[1] == "person"}
"""What somebody may be, in lower case: trades, offices, kin."""
INITIALS = re.compile(r"(?:[A-Z]\.)+$")
"""Given names that only their first letters stand for: "L.M." of "L.M. Murphy"."""


def is_title(word: str) -> bool:
    """Tell whether a word is a title: in lower case, or in capitals as "CEO" is always."""
    bare = word.removeprefix("vice-").removeprefix("co-")
    return bare in TITLES or bare in PARTS or (word.isupper() and word.lower() in TITLES)
