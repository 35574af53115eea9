"""The digests that the docs show are of the demo news as it is."""

import re
from pathlib import Path

from benchmarks.demo_news import read_demo
from benchmarks.digests import HEAD, SHOWN

PAGE = Path(__file__).parents[2] / "docs" / "digests.md"
QUOTE = re.compile(r"(?m)^  (?! )(?P<quote>\S.*(?:\n  (?! )\S.*)*) — (?:.|\n  )+?$")


def flat(words):
    return " ".join(words.split())


def test_the_head_and_the_digests_are_those_that_the_command_prints():
    """Whoever changes the one is told to make the other anew."""
    page = PAGE.read_text("utf-8")
    assert page.startswith(HEAD), "python -m benchmarks.digests > docs/digests.md"
    assert re.findall(r"(?m)^## (.+)$", page) == [title for title, *_ in SHOWN]


def test_every_sentence_shown_stands_in_the_demo():
    """News in the docs is quoted as the bot quotes it: word for word."""
    demo = flat("\n".join(article.text for article in read_demo()))
    shown = [flat(hit["quote"]) for hit in QUOTE.finditer(PAGE.read_text("utf-8"))]
    sentences = [one for one in shown if not one.startswith(("Who says", "Carried", "Disputed"))]
    assert len(sentences) >= 15
    assert [one for one in sentences if one not in demo] == []
