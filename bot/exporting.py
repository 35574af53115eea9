"""Claim records, written out one at a time, as JSON lines or CSV.

Articles are read a page at a time, of the stories around them the last few are kept, and nothing
else is gathered up: a store of any size is written in the same memory. What a record holds is
decided in ``bot.cards``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TextIO

from bot.cards.answer_record import corroboration_record
from bot.cards.claim_record import Record, claim_record
from bot.cards.claim_table import heading, row
from bot.errors import UsageError
from bot.ports import Store
from bot.surroundings import Surroundings, finding_of
from summarizer.called import find_entity, names_of
from summarizer.model import Analysis, Claim

_NO_OWNERS: Mapping[str, str] = MappingProxyType({})


class Form(StrEnum):
    """What an export is written as."""

    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims: of articles published in [``since``, ``until``), by or about ``entity``.

    ``alone`` ones are not compared with their stories: far faster, without carriers and disputes.
    """

    since: datetime | None = None
    until: datetime | None = None
    entity: str = ""
    alone: bool = False


def export(
    store: Store,
    out: TextIO,
    *,
    wanted: Wanted,
    form: Form,
    owners: Mapping[str, str] = _NO_OWNERS,
) -> int:
    """Write the claims, oldest article first; return how many there were.

    ``owners`` maps outlets to owners that the user knows of, for counting origins.
    """
    around = None if wanted.alone else Surroundings(store, owners)
    if form is Form.CSV:
        out.write(heading(alone=wanted.alone))
    written = 0
    for record in _records(store, wanted, around):
        line = row(record) if form is Form.CSV else json.dumps(record, ensure_ascii=False) + "\n"
        out.write(line)
        written += 1
    return written


def window(since: str, until: str) -> tuple[datetime | None, datetime | None]:
    """Read the ends of a window: ISO days or moments, UTC where no offset is given.

    A day as the end is meant with all its hours.

    Raises:
        UsageError: one of them is no date, or the end lies before the beginning.

    """
    first, last = _moment(since, "--since", whole=False), _moment(until, "--until", whole=True)
    if first and last and first >= last:
        raise UsageError(f"--until {until} lies before --since {since}. Turn them round.")
    return first, last


def _records(store: Store, wanted: Wanted, around: Surroundings | None) -> Iterator[Record]:
    names = names_of(wanted.entity) if wanted.entity else ()
    for article, analysis in store.analysed(since=wanted.since, until=wanted.until, names=names):
        claims = [c for c in analysis.claims if not names or _concerns(c, analysis, wanted.entity)]
        held = store.story_of(article.id) if claims else None
        for claim in claims:
            record = claim_record(article, analysis, claim, story=held.id if held else "")
            if around is not None:
                counted = around.counted(finding_of(article, analysis, claim))
                record |= corroboration_record(counted)
            yield record


def _concerns(claim: Claim, analysis: Analysis, name: str) -> bool:
    """Tell whether the entity of this name makes the claim, hands it on, or is spoken of in it."""
    number = find_entity(name, analysis)
    if number is None:
        return False
    source, chain = claim.attribution.source, claim.attribution.chain
    if any(one is not None and one.entity == number for one in (source, *chain)):
        return True
    mentions = analysis.entities[number].mentions
    return any(piece.overlaps(mention) for piece in claim.content for mention in mentions)


def _moment(words: str, option: str, *, whole: bool) -> datetime | None:
    if not words:
        return None
    try:
        if len(words) <= len("2026-03-09"):
            day = datetime.combine(date.fromisoformat(words), time(), UTC)
            return day + timedelta(days=1) if whole else day
        moment = datetime.fromisoformat(words)
    except (ValueError, OverflowError) as fault:
        raise UsageError(
            f"{option} {words[:40]} is no date. Write 2026-03-09 or 2026-03-09T07:00+09:00."
        ) from fault
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
