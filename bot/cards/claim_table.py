"""Claim records as rows of a CSV file, one cell a value, none of them a formula (pure)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = (
    "id",
    "source",
    "source_role",
    "source_kind",
    "stance",
    "quotation",
    "negated",
    "cue",
    "hedges",
    "content",
    "content_spans",
    "sentence",
    "span",
    "source_spans",
    "cue_spans",
    "chain",
    "said_on",
    "said_words",
    "outlet",
    "title",
    "published",
    "updated",
    "url",
    "link",
    "article_id",
    "text_sha256",
    "story",
    "analysis_version",
)

AROUND_COLUMNS = (
    "carried_by",
    "outlets",
    "origins",
    "origin_names",
    "disputes",
    "disputed_by",
    "disputing_sentences",
    "disputing_links",
)
"""Those of a claim that was compared with its story."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet reads a cell that begins so as a formula (OWASP, "CSV Injection")."""


def heading(*, alone: bool = False) -> str:
    """Return the line of column names; ``alone`` those of claims not compared with their story."""
    return _line(COLUMNS if alone else COLUMNS + AROUND_COLUMNS)


def row(record: Mapping[str, Any]) -> str:
    """Return a claim record (``bot.cards.claim_record``) as one line of CSV, ended by CRLF.

    Spans read ``12-30;41-50``, a chain ``AJP > CNN``, lists are parted by semicolons, sentences by
    upright strokes. A cell of words that would be a formula begins with an apostrophe, which
    spreadsheets do not show.
    """
    source, article = record["source"], record["article"]
    cells = {
        **record,
        "source": source["name"],
        "source_role": source["role"],
        "source_kind": source["kind"],
        "negated": "yes" if record["negated"] else "no",
        "hedges": "; ".join(record["hedges"]),
        "content_spans": _spans(record["content_spans"]),
        "span": _spans([record["span"]]),
        "source_spans": _spans(record["source_spans"]),
        "cue_spans": _spans(record["cue_spans"]),
        "chain": " > ".join(link["name"] for link in record["chain"]),
        **{key: article[key] for key in ("outlet", "title", "published", "updated", "url")},
        "link": article["link"],
        "article_id": article["id"],
        "text_sha256": article["text_sha256"],
    }
    columns: tuple[str, ...] = COLUMNS
    if "disputes" in record:
        columns += AROUND_COLUMNS
        cells |= _around(record["also"], record["disputes"])
    return _line(tuple(_safe(cells[column]) for column in columns))


def _around(also: Mapping[str, Any], disputes: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Return the cells that tell who else carries a claim, and who disputes it."""
    origins = dict.fromkeys(carrier["origin"] for carrier in also["carriers"])
    return {
        "carried_by": "; ".join(also["outlets"]),
        "outlets": len(also["outlets"]),
        "origins": also["origins"],
        "origin_names": "; ".join(origins),
        "disputes": len(disputes),
        "disputed_by": "; ".join(_disputing(dispute) for dispute in disputes),
        "disputing_sentences": " | ".join(
            " ".join(dispute["sentence"].split()) for dispute in disputes
        ),
        "disputing_links": " ".join(dispute["link"] for dispute in disputes if dispute["link"]),
    }


def _disputing(dispute: Mapping[str, Any]) -> str:
    """Say who disputes a claim and how: "two officials (another number: 5,000)"."""
    number = f": {dispute['number']}" if dispute["number"] else ""
    return f"{dispute['source'] or 'somebody not named'} ({dispute['dissent']}{number})"


def _spans(spans: list[list[int]]) -> str:
    return ";".join(f"{start}-{end}" for start, end in spans)


def _safe(value: object) -> str:
    words = "" if value is None else str(value)
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA_STARTS) else words


def _line(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue()
