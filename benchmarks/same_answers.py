"""Do both databases give the same answers? Asked of SQLite and of PostgreSQL alike.

    python -m benchmarks.same_answers [FILE.json] [--postgres ADDRESS] [--queries 1200]

FILE is that of ``benchmarks.claims``: its claims are stored in SQLite and moved to PostgreSQL by
``whosaid migrate``; printed is the share of questions whose first (and whose first five) hits are
the same on both. Then, and without a FILE only, the labelled questions of ``benchmarks.questions``
are asked of the articles that they are about, grouped into stories: a whole answer is the same
when it gives the same passages with the same sources, carriers and disputes. Without an address a
server is started as the tests do it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.answers import NOW, group
from benchmarks.postgres_server import made, server
from benchmarks.questions import SETS, fill_with_news
from bot.model import Hit, Item
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder
from bot.store import SqlStore, move_store, open_store
from summarizer.model import Analysis, Answer, Article, Sentence, Span
from summarizer.searching import words_of

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
DEEP = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--postgres", default="", metavar="ADDRESS")
    parser.add_argument("--queries", type=int, default=1200)
    options = parser.parse_args()
    with server() if not options.postgres else nullcontext(("", options.postgres)) as (_, address):
        if options.file:
            claims(options.file, made(address), options.queries)
        labelled(made(address))


def claims(file: Path, address: str, queries: int) -> None:
    data = json.loads(file.read_text("utf-8"))
    questions = [query["q"] for query in data["queries"]][:queries]
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder, "claims.sqlite3"))
        began = time.perf_counter()
        fill(place, [text for _, text in data["corpus"]])
        filled = time.perf_counter()
        rows = sum(one.rows for one in move_store(place, address, lambda *_: None))
        print(f"stored in {filled - began:.0f} s,", end=" ")
        print(f"{rows:,} rows moved and checked in {time.perf_counter() - filled:.0f} s")
        with opened(place) as one, opened(address) as other:
            compare(one, other, questions)


def labelled(address: str) -> None:
    """Ask our own labelled questions of both, and compare the whole answers."""
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder, "news.sqlite3"))
        with opened(place) as store:
            fill_with_news(store)
            group(store)
        move_store(place, address, lambda *_: None)
        lines = [line for name in SETS for line in name.read_text("utf-8").splitlines()]
        questions = [json.loads(line)["question"] for line in lines]
        with opened(place) as one, opened(address) as other:
            finders = [SourceFinder(store, Retriever(store), {}) for store in (one, other)]
            same = sum(
                said(finders[0](question, NOW)) == said(finders[1](question, NOW))
                for question in questions
            )
        share = same / len(questions)
        print(f"{len(questions)} labelled questions: the same whole answer {share:.1%}")


def said(answer: Answer) -> tuple[object, ...]:
    """Return all of an answer but the last digits of its scores."""
    found = tuple(replace(one, score=0.0) for one in answer.findings)
    near = tuple((replace(one, score=0.0), reason) for one, reason in answer.nearest)
    return found, near


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
