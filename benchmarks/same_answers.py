"""Do both databases give the same answers? The claim set asked of SQLite and of PostgreSQL.

    python -m benchmarks.same_answers FILE.json [--postgres ADDRESS] [--queries 1200]

FILE is that of ``benchmarks.claims``. The claims are stored in SQLite and moved to PostgreSQL by
``whosaid migrate``; printed is the share of questions whose first (and whose first five) hits are
the same on both. Without an address a server is started as the tests do it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.postgres_server import database
from bot.model import Hit, Item
from bot.store import SqlStore, move_store, open_store
from summarizer.model import Analysis, Article, Sentence, Span
from summarizer.searching import words_of

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
DEEP = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--postgres", default="", metavar="ADDRESS")
    parser.add_argument("--queries", type=int, default=1200)
    options = parser.parse_args()
    data = json.loads(options.file.read_text("utf-8"))
    questions = [query["q"] for query in data["queries"]][: options.queries]
    with tempfile.TemporaryDirectory() as folder, database(options.postgres) as address:
        place = str(Path(folder, "claims.sqlite3"))
        fill(place, [text for _, text in data["corpus"]])
        began = time.perf_counter()
        moved = move_store(place, address, lambda *_: None)
        rows = sum(one.rows for one in moved)
        seconds = time.perf_counter() - began
        print(f"moved and checked {rows:,} rows in {seconds:.0f} s")
        with opened(place) as one, opened(address) as other:
            compare(one, other, questions)


@contextmanager
def opened(place: str) -> Iterator[SqlStore]:
    store = open_store(place)
    yield store
    store.close()


def fill(place: str, texts: list[str]) -> None:
    with opened(place) as store, store.database.writing():
        for row, text in enumerate(texts):
            article = Article(f"claim-{row}", text, "", "claims", f"https://claims.example/{row}")
            kept = store.add(Item(article), seen=MOMENT).article_id
            if kept == article.id:
                store.save_analysis(kept, Analysis(1, (Sentence(Span(0, len(text)), 0),)))


def compare(one: SqlStore, other: SqlStore, questions: list[str]) -> None:
    first = all_same = 0
    took = [0.0, 0.0]
    for question in questions:
        found = []
        for number, store in enumerate((one, other)):
            began = time.perf_counter()
            found.append(places(store.search(words_of(question), limit=DEEP)))
            took[number] += time.perf_counter() - began
        first += found[0][:1] == found[1][:1]
        all_same += found[0] == found[1]
    count = len(questions)
    print(f"{count:,} questions: the same first answer {first / count:.1%}", end=", ")
    print(f"the same first five in order {all_same / count:.1%}")
    print(f"SQLite {took[0] / count * 1e3:.1f} ms, PostgreSQL {took[1] / count * 1e3:.1f} ms each")


def places(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.article_id, hit.sentence) for hit in hits]


if __name__ == "__main__":
    main()
