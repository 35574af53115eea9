"""JSON lines in, JSON lines out: the core's analysis, summary and clustering for scripts (pure).

Records that lack what is needed become an error with the line's number; nothing is dropped
silently. Reading and writing the streams is the command line's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.errors import InputError
from summarizer.analysis import analyze_text
from summarizer.briefing import choose
from summarizer.model import Analysis, Article, Claim, Entity, Source, Span
from summarizer.stories import cluster
from summarizer.text import sentences as cut

Record = dict[str, Any]


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
        "sentences": [_pair(span) for span in spans],
        "summary": " ".join(span.of(text) for span in spans),
    }


def clustered(many: Iterable[Record]) -> Iterator[Record]:
    """Return ``{"id", "story"}`` for each record ``{"id", "title", "text", "published"?}``."""
    articles = [
        Article(
            id=str(record["id"]),
            text=record["text"],
            title=record.get("title") or "",
            outlet=record.get("outlet") or "",
            published=_moment(record.get("published")),
        )
        for record in many
    ]
    for article, story in zip(articles, cluster(articles), strict=True):
        yield {"id": article.id, "story": story}


def analysis_record(analysis: Analysis, text: str) -> Record:
    """Return an analysis as JSON values; all spans are half-open character offsets."""
    return {
        "abstained": analysis.abstained,
        "sentences": [
            {"span": _pair(sentence.span), "kind": str(sentence.kind)}
            for sentence in analysis.sentences
        ],
        "entities": [_entity(entity) for entity in analysis.entities],
        "attributions": [_claim(claim, text) for claim in analysis.claims],
    }


def _entity(entity: Entity) -> Record:
    return {
        "name": entity.name,
        "kind": str(entity.kind),
        "aliases": list(entity.aliases),
        "description": entity.description,
        "mentions": [_pair(span) for span in entity.mentions],
        "possibly": [_pair(span) for span in entity.unsure],
    }


def _claim(claim: Claim, text: str) -> Record:
    attribution = claim.attribution
    source, when = attribution.source, attribution.when
    return {
        "source": [_pair(span) for span in source.spans] if source else [],
        "cue": [_pair(span) for span in attribution.cue],
        "content": [_pair(span) for span in claim.content],
        "sentence": claim.sentence,
        "stance": str(attribution.stance),
        "quotation": str(attribution.quotation),
        "negated": attribution.negated,
        "hedges": [_pair(span) for span in attribution.hedges],
        "who": _source(source) if source else None,
        "chain": [_source(link) for link in attribution.chain],
        "when": {"words": when.words, "day": when.day.isoformat() if when.day else None}
        if when
        else None,
        "words": " … ".join(span.of(text) for span in claim.content),
    }


def _source(source: Source) -> Record:
    return {
        "name": source.name,
        "role": source.role,
        "kind": str(source.kind),
        "spans": [_pair(span) for span in source.spans],
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _moment(words: object) -> datetime | None:
    """Read an ISO date or date and time; anything else is no date."""
    try:
        return datetime.fromisoformat(str(words)) if words else None
    except ValueError:
        return None
