"""Citations of the demo news open at their sentence, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from peers import chromium

from benchmarks.demo_news import read_demo
from summarizer.briefing import choose
from summarizer.citation import cite
from summarizer.model import Article, Span
from summarizer.text import sentences

PROGRAM = chromium.find()

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="needs Chromium (Debian: chromium)")

TWINS = Article(
    "twins",
    "The board met on Tuesday. It voted 7-2, with Smith & Sons abstaining, for the pier.\n\n"
    "The board met on Tuesday. “Nobody,” said the mayor, “asked me.” It was a well-attended, "
    "twelve-hour meeting, and after it the second pier was closed to freight, to ferries and to "
    "anglers until the engineers had looked at every pile of it, he said.",
    "Twins",
    "The Post",
)


def demo() -> list[Article]:
    """Return the demo's articles, each once."""
    return list({article.id: article for article in read_demo() if article.text}.values())


async def test_citations_of_the_demo_open_at_their_sentence(tmp_path: Path) -> None:
    """The lede of each briefing, and twins, dashes and commas, are where the link leads."""
    articles = [*demo(), TWINS]
    pages = {str(at): (one.title, one.text) for at, one in enumerate(articles)}
    assert PROGRAM is not None
    missed = []
    async with chromium.Browser(PROGRAM, tmp_path, pages) as browser:
        for at, article in enumerate(articles):
            served = replace(article, url=f"{browser.address}/{at}")
            for span in cited(article):
                citation = cite(served, span)
                words = " ".join(citation.quote.split())
                twins = article.text[: span.start].count(words)
                if not await browser.opens_at(citation.link, words, twins=twins):
                    missed.append((article.title, words))
    assert missed == []


async def test_a_link_to_words_that_are_not_there_opens_at_the_top(tmp_path: Path) -> None:
    """What the test above looks at can fail: without a match a page is not scrolled."""
    assert PROGRAM is not None
    async with chromium.Browser(PROGRAM, tmp_path, {"0": (TWINS.title, TWINS.text)}) as browser:
        words = "The board met on Tuesday."
        assert not await browser.opens_at(f"{browser.address}/0#:~:text=nobody%20voted", words)


def cited(article: Article) -> tuple[Span, ...]:
    """Return the first sentence that a briefing shows; of the twins all but what is on top."""
    cut = sentences(article.text)
    if article is TWINS:
        return tuple(sentence.span for sentence in cut[1:])
    return choose(article.text, cut, title=article.title)[:1]
