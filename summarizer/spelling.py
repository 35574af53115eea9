"""Whether two words are spellings of one name."""

from __future__ import annotations


def spelt_alike(first: str, second: str) -> bool:
    """Tell whether two lower-case name words are spellings of one: one letter in five or more."""
    allowed = 0 if min(len(first), len(second)) < 4 else 1 if len(first) < 9 else 2
    if first[:1] != second[:1] or abs(len(first) - len(second)) > allowed:
        return first == second
    return _edits(first, second, allowed) <= allowed


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
