"""Invented articles to keep the bot busy with, and what the measurements of waiting share."""

from __future__ import annotations

import random
import sqlite3
import statistics
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

NAMES = ("Harbour Board", "Meret Oltean", "the Guild of Engineers", "Aldous Finch", "Jory Venn")
VERBS = ("said", "confirmed", "denied", "warned", "told reporters")
THINGS = ("the port", "the reservoir", "the tunnel", "the ferry", "the market", "the bridge")


def article(number: int, chance: random.Random) -> str:
    """Return an invented article of about 300 words."""
    sentences = [
        f"{chance.choice(NAMES).capitalize()} {chance.choice(VERBS)} on Friday that "
        f"{chance.choice(THINGS)} would be closed for {chance.randint(2, 90)} days after "
        f"{chance.choice(THINGS)} had failed {chance.randint(2, 9)} times."
        for _ in range(15)
    ]
    return f"Closure {number} of {chance.choice(THINGS)}\n\n" + "\n\n".join(sentences) + "\n"


def stored(folder: Path, table: str = "analyses") -> int:
    """Return how many articles another process has analysed, by its database in this folder.

    With ``articles`` for the table, how many it has stored.
    """
    try:
        with closing(sqlite3.connect(folder / "news.sqlite3")) as database:
            (number,) = database.execute(f"select count(*) from {table}").fetchone()
            return int(number)
    except sqlite3.OperationalError:
        return 0


def spread(times: Sequence[float]) -> str:
    """Return the spread of times (in seconds) in words (in milliseconds)."""
    if len(times) < 2:
        return "too few"
    cuts = [1000 * cut for cut in statistics.quantiles(times, n=100)]
    most = 1000 * max(times)
    return (
        f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms, most {most:.0f} ms"
    )
