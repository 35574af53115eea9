"""JSON lines in, JSON lines out: the core's analysis, summary and clustering for scripts (pure).

Records that lack what is needed become an error with the line's number; nothing is dropped
silently. Reading and writing the streams is the command line's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from bot.cards.analysis import analysis_record
from bot.errors import InputError
from summarizer.analysis import analyze_text
from summarizer.briefing import choose
from summarizer.model import Article
from summarizer.stories import cluster
from summarizer.text import sentences as cut

Record = dict[str, Any]

_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in for the dates of articles of which none has one."""


def records(lines: Iterable[str], *, needs: tuple[str, ...]) -> Iterator[Record]:
    """Read JSON lines; empty lines are passed over.

    Raises:
        InputError: a line is not a JSON object or lacks a text field of ``needs``.

    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(f"Line {number} is not JSON: {error}", outcome="not-json") from error
        if not isinstance(record, dict):
            raise InputError(f"Line {number} is not a JSON object.", outcome="not-json")
        for name in needs:
            if not isinstance(record.get(name), str):
                raise InputError(f"Line {number} has no text in “{name}”.", outcome="not-json")
        yield record


def analyzed(record: Record) -> Record:
    """Return the analysis of one record ``{"id", "text", "published"?, "outlet"?}``."""
    text = record["text"]
    analysis = analyze_text(
        text, published=_moment(record.get("published")), outlet=record.get("outlet") or ""
    )
    return {"id": record.get("id")} | analysis_record(analysis, text)


def summarized(record: Record, *, sentences: int, ranker: str) -> Record:
    """Return ``{"id", "sentences", "summary"}`` for one record, in reading order."""
    text = record["text"]
    spans = choose(text, cut(text), count=sentences, ranker=ranker)
    return {
        "id": record.get("id"),
        "sentences": [[span.start, span.end] for span in spans],
        "summary": " ".join(span.of(text) for span in spans),
    }


def clustered(many: Iterable[Record]) -> Iterator[Record]:
    """Return ``{"id", "story"}`` for each record ``{"id", "title", "text", "published"?}``."""
    given = list(many)
    articles = [
        Article(
            id=f"{place}",
            text=record["text"],
            title=record.get("title") or "",
            outlet=record.get("outlet") or "",
            published=_moment(record.get("published")),
        )
        for place, record in enumerate(given)
    ]
    dated = [article.published for article in articles if article.published is not None]
    stories = cluster(articles, now=max(dated, default=_NO_DATE))
    story_of = {article_id: story.id for story in stories for article_id in story.articles}
    for article, record in zip(articles, given, strict=True):
        yield {"id": record.get("id"), "story": story_of[article.id]}


def _moment(words: object) -> datetime | None:
    """Read an ISO date or date and time, in UTC unless it says; anything else is no date."""
    try:
        read = datetime.fromisoformat(str(words)) if words else None
    except ValueError:
        return None
    return read if read is None or read.tzinfo else read.replace(tzinfo=UTC)
