"""A writer killed with SIGKILL a thousand times: no acknowledged row lost, the database whole.

Run: ``python benchmarks/kills.py [--kills 1000]`` (Linux or macOS; some minutes; prints figures,
and ends with a fault when a row is lost or the database is damaged).

Each life is a real process of its own that opens the store and writes: articles, analyses,
frozen slots, claims and sent marks. It tells what was acknowledged over a pipe, one line each,
after the question has returned; it is killed at a random moment. Then the store is opened again
and everything that was acknowledged, in this life and all before, must be there.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery_model import Delivery, DeliveryState
from bot.model import Item
from bot.store import SqlStore, open_store
from summarizer.model import Analysis, Article, Entity, EntityKind, Sentence, Span

NOW = datetime(2024, 10, 20, 12, tzinfo=UTC)
SEED = 9
LONGEST_LIFE_SECONDS = 0.1
YOUNG = 0.2
"""So many are killed from their first moment on, while they open the database; the others once
they have begun to write."""


def written(number: int) -> Article:
    text = f"Ada Lind closed harbour number {number}. Fishers of bay {number} protested."
    return Article(f"a{number}", text, f"Harbour {number}", "The Almira Post")


def derived(article: Article) -> Analysis:
    cut = article.text.index(".") + 1
    sentences = (Sentence(Span(0, cut), 0), Sentence(Span(cut + 1, len(article.text)), 0))
    return Analysis(1, sentences, (Entity("Ada Lind", EntityKind.PERSON, (), (Span(0, 8),)),))


def write(place: Path, first: int, pipe: int) -> None:
    """Write until killed, telling each acknowledged step: what it was, and its number."""
    store = open_store(str(place))
    number = first
    while True:
        article = written(number)
        store.add(Item(article, "feed"), seen=NOW)
        os.write(pipe, b"article %d\n" % number)
        store.save_analysis(article.id, derived(article))
        os.write(pipe, b"analysis %d\n" % number)
        part = Delivery("fake:1", NOW + timedelta(minutes=number), 0, "payload")
        store.freeze([part], shown={f"s{number}": [article.id]})
        os.write(pipe, b"frozen %d\n" % number)
        store.claim(part)
        os.write(pipe, b"claimed %d\n" % number)
        store.mark_sent(part, f"m{number}")
        os.write(pipe, b"sent %d\n" % number)
        number += 1


def life(place: Path, first: int, chance: random.Random) -> list[tuple[str, int]]:
    """Let a writer live for a moment; return what it had acknowledged when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write(place, first, writing)
    os.close(writing)
    if chance.random() > YOUNG:
        select.select([reading], [], [], 10)
    time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        lines = told.read().decode().splitlines()
    return [(what, int(number)) for what, number in (line.split() for line in lines)]


def missing(store: SqlStore, acknowledged: list[tuple[str, int]]) -> list[str]:
    """Return what was acknowledged and is not there."""
    lost = []
    for what, number in acknowledged:
        slot = NOW + timedelta(minutes=number)
        state = {part.state for part in store.parts("fake:1", slot)}
        there = {
            "article": lambda n=number: store.article(f"a{n}") == written(n),
            "analysis": lambda n=number: store.analysis(f"a{n}") == derived(written(n)),
            "frozen": lambda state=state: bool(state),
            "claimed": lambda state=state: bool(state - {DeliveryState.FROZEN}),
            "sent": lambda state=state: state == {DeliveryState.SENT},
        }[what]
        if not there():
            lost.append(f"{what} {number}")
    return lost


def damage(place: Path) -> str:
    """Return SQLite's own verdict on the file and on the full-text index."""
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("INSERT INTO sentence_words(sentence_words) VALUES ('integrity-check')")
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=1000)
    options = parser.parse_args()
    chance = random.Random(SEED)
    began = time.perf_counter()
    everything: list[tuple[str, int]] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "news.sqlite3"
        open_store(str(place)).close()
        for kill in range(options.kills):
            first = (everything[-1][1] if everything else 0) + 10
            acknowledged = life(place, first, chance)
            again = time.perf_counter()
            store = open_store(str(place))
            slowest = max(slowest, time.perf_counter() - again)
            lost = missing(store, acknowledged)
            store.close()
            everything += acknowledged
            if lost or (kill % 100 == 99 and damage(place) != "ok"):
                raise SystemExit(f"after kill {kill + 1}: lost {lost}, {damage(place)}")
        store = open_store(str(place))
        lost = missing(store, everything)
        found = len(store.search(["harbour"], limit=10**6))
        store.close()
        verdict = damage(place)
    print(
        f"{options.kills} kills, {len(everything)} acknowledged rows, {len(lost)} lost,"
        f" integrity {verdict}, {found} sentences in the index,"
        f" slowest opening {1000 * slowest:.0f} ms, {time.perf_counter() - began:.0f} s"
    )
    if lost or verdict != "ok":
        raise SystemExit(1)


if __name__ == "__main__":
    main()
