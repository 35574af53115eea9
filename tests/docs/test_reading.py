"""docs/reading.md names every outcome of reading that the code can tell."""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
NAMED = re.compile(
    r'outcome=["\']([a-z-]+)["\']|^\s*\d{3}: \("([a-z-]+)"|^PRIVATE = "([a-z-]+)"', re.MULTILINE
)
LISTED = re.compile(r'^\s*"((?:login|paywall|cookie|error)[a-z-]*)",$', re.MULTILINE)
OF_FILES = {"no-such-path", "no-feeds", "odd-answer", "ok"}
"""Told of paths and lists, or too rare to explain."""


def test_every_outcome_is_explained():
    code = "\n".join(file.read_text() for file in (HERE / "bot" / "feeds").glob("*.py"))
    told = {name for found in NAMED.findall(code) for name in found if name}
    told |= set(LISTED.findall(code))
    page = (HERE / "docs" / "reading.md").read_text()
    assert len(told) > 25
    assert {name for name in told if f"`{name}`" not in page} <= OF_FILES
