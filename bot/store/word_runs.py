"""The index of five-word runs, by which texts that share many are found (pure but for the table).

Some of a text's runs are indexed, chosen by their hash, so that two texts that share many runs
share some of the indexed ones. Of the articles that hold a run only the last few are kept: a
text that all pages of an outlet end with costs no more than another, and of a wire text that
everybody prints the last prints are found. What is made of it is in ``bot.store.copies``.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from bot.store import schema
from bot.store.columns import EPOCH
from bot.store.database import insert
from summarizer.origins import COPIED

FORTNIGHT = timedelta(days=14)
WORDS = 5
INDEXED = ((64, 1), (128, 2), (256, 4))
"""Texts of fewer runs than this -> one in so many of their runs is indexed. What is indexed of a
long text is indexed of a short one too."""

INDEXED_OF_LONG = 8
MOST_RUNS = 500
HOLDERS = 16
"""The last so many articles are kept that hold a run, one in each slot."""

MOST_NEAR = 12
SPREAD = 3
"""Standard deviations below what a copy shares of the indexed runs: fewer it shares once in 740
times, and is missed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How many different runs of five words a text has, and the hashes of those indexed."""

    runs: int
    indexed: tuple[int, ...]


def sampled(text: str) -> Sample:
    """Choose the runs that are indexed: of equal runs the same ones, in any text."""
    words = re.findall(r"\w+", text.casefold())
    runs = zip(*(words[offset:] for offset in range(WORDS)), strict=False)
    hashes = {zlib.crc32(" ".join(run).encode("utf-8", "replace")) for run in runs}
    rate = _rate(len(hashes))
    chosen = sorted(one for one in hashes if one % rate == 0)
    return Sample(len(hashes), tuple(chosen[:MOST_RUNS]))


def _rate(runs: int) -> int:
    """Return of how many runs one is indexed, in a text of so many."""
    return next((rate for fewer, rate in INDEXED if runs < fewer), INDEXED_OF_LONG)


def index_runs(connection: Connection, key: int, sample: Sample, seen: datetime) -> None:
    """Put an article's runs in its slot, in the place of an earlier article's; drop old ones."""
    fortnight = _fortnight(seen)
    table = schema.word_runs
    connection.execute(table.delete().where(table.c.fortnight < fortnight - 1))
    if not sample.indexed:
        return
    row = insert(table)
    newer = {"article_key": row.excluded.article_key, "runs": row.excluded.runs}
    own = {"slot": key % HOLDERS, "article_key": key, "runs": sample.runs}
    connection.execute(
        row.on_conflict_do_update(index_elements=["fortnight", "run", "slot"], set_=newer),
        [{"fortnight": fortnight, "run": run, **own} for run in sample.indexed],
    )


def forget_runs(connection: Connection, key: int, text: str, seen: datetime) -> None:
    """Drop an article's runs from the index; ``text`` is what was indexed."""
    table = schema.word_runs
    connection.execute(
        table.delete().where(
            table.c.fortnight.in_(_fortnights(seen)),
            table.c.run.in_(sampled(text).indexed),
            table.c.slot == key % HOLDERS,
            table.c.article_key == key,
        )
    )


def sharing(connection: Connection, key: int, sample: Sample, seen: datetime) -> list[int]:
    """Return the row numbers of articles that share so much that they may be copies, most first."""
    table = schema.word_runs.c
    number = func.count()
    shared = (
        select(table.article_key, number, func.max(table.runs))
        .where(table.fortnight.in_(_fortnights(seen)), table.run.in_(sample.indexed))
        .where(table.article_key != key)
        .group_by(table.article_key)
        .order_by(number.desc(), table.article_key)
        .limit(MOST_NEAR)
    )
    found = connection.execute(shared).all()
    return [other for other, same, runs in found if same >= _fewest(sample.runs, runs)]


def _fewest(runs: int, others: int) -> float:
    """Return how many indexed runs two texts of so many runs share at least if one is a copy.

    Of the longer text fewer are indexed; each of the shared ones is with that chance.
    """
    longer = max(runs, others)
    chance = 1 / max(_rate(longer), longer / MOST_RUNS)
    mean = COPIED * min(runs, others) * chance
    return mean - SPREAD * math.sqrt(mean * (1 - chance)) - 1


def _fortnight(seen: datetime) -> int:
    return (seen - EPOCH) // FORTNIGHT


def _fortnights(seen: datetime) -> tuple[int, int]:
    """Return those in which copies are sought."""
    return _fortnight(seen), _fortnight(seen) - 1
