"""How PostgreSQL grows from 10,000 sentences to a million: moving, disk, storing, asking.

    python -m benchmarks.growth --folder DIR [--sentences 10000 100000 1000000] [--asked 100]
        [--articles 400] [--moved ADDRESS] [--copies N]

The made-up news of ``benchmarks.latency`` is built in DIR (once; ten minutes for a million) and
moved to PostgreSQL by ``whosaid migrate``. Then at each size: bytes on disk a sentence, how long it
takes to store an article (``store.add`` and its analysis), how long a look for articles in no story
takes, and how long people wait for ``ask``, idle and while two workers analyse ``--articles``
articles that lie there. An article has 20 sentences. ``--moved`` names a database that the last
size was moved to before, which saves the moving; some articles more stand in it afterwards. With
``--copies N`` the archive is then made N times as large (``archive_copies``; 20 make a million
articles of 50,000: half an hour and 20 GB) and all is measured once more.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from benchmarks import latency
from benchmarks.archive_copies import multiply
from benchmarks.made_up_news import START, stories
from benchmarks.postgres_server import made, server
from benchmarks.workers import news, now, percentiles, until, workers
from bot.model import Item
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder
from bot.store import SqlStore, move_store, open_store
from summarizer.model import ANALYSIS_VERSION

STORED = 60


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--sentences", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--asked", type=int, default=100)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--moved", default="", metavar="ADDRESS")
    parser.add_argument("--copies", type=int, default=1, metavar="N")
    options = parser.parse_args()
    with nullcontext((None, "")) if options.moved else server() as (_, address):
        for sentences in options.sentences:
            path = options.folder / f"made-up-{sentences}-v{ANALYSIS_VERSION}.sqlite3"
            if not path.exists():
                latency.build(path, sentences)
            target = options.moved or moved(path, made(address))
            print(f"{sentences:,} sentences", flush=True)
            questions = latency.asked_for(path, options.asked)[0]
            for copies in sorted({1, options.copies}):
                if copies > 1:
                    multiply(target, copies)
                    print(f"{copies * sentences:,} sentences", flush=True)
                store = open_store(target)
                measure(store, target, questions, options.articles)
                store.close()


def moved(path: Path, target: str) -> str:
    """Move a database to PostgreSQL as ``whosaid migrate`` does; return where it is."""
    began = time.perf_counter()
    rows = sum(one.rows for one in move_store(str(path), target, lambda *_: None))
    print(f"{rows:,} rows moved and checked in {time.perf_counter() - began:.0f} s", flush=True)
    return target


def measure(store: SqlStore, address: str, questions: list[str], articles: int) -> None:
    with store.database.reading() as connection:
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar()
        count = connection.exec_driver_sql("SELECT count(*) FROM sentences").scalar()
    print(f"  on disk {size / 1e6:,.0f} MB, {size / count:,.0f} bytes a sentence", flush=True)
    told("storing an article and its analysis", stored(store))
    told("looking for articles in no story", timed(store.unplaced_languages, [()] * 9))
    finder = SourceFinder(store, Retriever(store), {})
    asked = [(question, now()) for question in questions]
    timed(finder, asked[:5])
    told("ask, idle", timed(finder, asked))
    for number in range(articles):
        store.add(Item(news(number)), seen=now())
    with workers(address, 2):
        most = 1 << 20
        until(lambda: store.unanalysed_count(ANALYSIS_VERSION, most=most) < articles - 16)
        waits = timed(finder, asked)
        left = store.unanalysed_count(ANALYSIS_VERSION, most=most)
    told(f"ask, while 2 workers analyse ({left:,} of {articles:,} articles were left)", waits)


def stored(store: SqlStore) -> list[float]:
    """Return the milliseconds that each of some new articles took."""
    waits = []
    seed = time.time_ns() % 2**32  # other articles each time
    told = (pair for _, pairs in stories(seed, f"g{seed}-") for pair in pairs)
    for _, (article, analysis) in zip(range(STORED), told, strict=False):
        began = time.perf_counter()
        store.add(Item(article), seen=article.published or START)
        store.save_analysis(article.id, analysis)
        waits.append(1e3 * (time.perf_counter() - began))
    return waits


def timed(work: Callable[..., object], given: Sequence[tuple[object, ...]]) -> list[float]:
    """Return the milliseconds that each call took."""
    waits = []
    for words in given:
        began = time.perf_counter()
        work(*words)
        waits.append(1e3 * (time.perf_counter() - began))
    return waits


def told(state: str, waits: list[float]) -> None:
    p50, p99 = percentiles(waits)
    mean = statistics.mean(waits)
    print(f"  {state}: p50 {p50:.0f} ms, p99 {p99:.0f} ms, mean {mean:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
