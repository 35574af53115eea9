"""How long a question takes at 10k, 100k and 1M stored sentences: p50, p99, memory.

    python -m benchmarks.latency [--sentences 10000 100000] [--questions 100] [--ingest]

Articles of made-up sentences (20 each, Zipf's law over 40,000 words) go straight into the
store's tables in a temporary folder; questions are four to ten words of stored sentences.
``--ingest`` adds articles from another process all the while. Times are those of reading the
question, retrieving and answering, as a command does it: on the wall, and of this process's CPU
(which another load on the machine leaves alone); 1M sentences take some minutes and
3 GB of disk to build.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bot.model import Item
from bot.retrieve import Retriever
from bot.store import SqlStore, open_store
from summarizer.answer import answer
from summarizer.model import Analysis, Article, Entity, EntityKind, Sentence, Span
from summarizer.question import read_question

PER_ARTICLE = 20
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = 40_000
SYLLABLES = [
    consonant + vowel
    for consonant in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "ch")
    for vowel in "aeiou"
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--ingest", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "news.sqlite3")
        store, stored = open_store(path), 0
        makers = articles(random.Random(7), "a")
        for count in sorted(options.sentences):
            began = time.perf_counter()
            while stored < count:
                keep(store, *next(makers))
                stored += PER_ARTICLE
            print(f"{stored:>9,} sentences built in {time.perf_counter() - began:.0f} s")
            helper = multiprocessing.Process(target=ingest, args=(path,), daemon=True)
            if options.ingest:
                helper.start()
            report(store, options.questions)
            if options.ingest:
                helper.kill()
                helper.join()


def articles(chance: random.Random, name: str) -> Iterator[tuple[Article, Analysis]]:
    """Yield articles without end, each with an analysis that has two entities."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(WORDS)]
    weights = 1 / np.arange(2, WORDS + 2)
    numbers = np.random.default_rng(7)
    picks = iter(())
    number = 0
    while True:
        sentences = []
        for _ in range(PER_ARTICLE):
            length = chance.randint(10, 30)
            drawn = []
            for _ in range(length):
                pick = next(picks, None)
                if pick is None:
                    size = 200_000
                    picks = iter(numbers.choice(WORDS, size, p=weights / weights.sum()).tolist())
                    pick = next(picks)
                drawn.append(words[pick])
            drawn[0] = drawn[0].title()
            if chance.random() < 0.2:
                drawn[length // 2] = f"{chance.randint(2, 90_000):,}"
            sentences.append(" ".join(drawn) + ".")
        yield built(f"{name}{number}", sentences, START + timedelta(minutes=number))
        number += 1


def built(name: str, sentences: list[str], moment: datetime) -> tuple[Article, Analysis]:
    text, spans, at = " ".join(sentences), [], 0
    for sentence in sentences:
        spans.append(Sentence(Span(at, at + len(sentence)), len(spans) // 3))
        at += len(sentence) + 1
    entities = tuple(
        Entity(
            sentences[n].split()[0],
            EntityKind.OTHER,
            (),
            (Span(spans[n].span.start, spans[n].span.start + 3),),
        )
        for n in (0, 7)
    )
    url = f"https://news.example/{name}"
    article = Article(name, text, sentences[0][:60], "News", url, moment)
    return article, Analysis(1, tuple(spans), entities)


def keep(store: SqlStore, article: Article, analysis: Analysis) -> None:
    stored = store.add(Item(article), seen=article.published or START)
    store.save_analysis(stored.article_id, analysis)


def ingest(path: str) -> None:
    """Add articles until killed, as a gathering process would."""
    store = open_store(path)
    for article, analysis in articles(random.Random(11), "b"):
        keep(store, article, analysis)
        time.sleep(0.05)


def report(store: SqlStore, count: int) -> None:
    chance = random.Random(3)
    retriever = Retriever(store)
    newest = store.newest() or START
    sample = store.published_between(newest - timedelta(minutes=400), newest)
    took: dict[str, list[tuple[float, float]]] = {"ask": [], "complete": []}
    for _ in range(count):
        sentence = chance.choice(chance.choice(sample).text.split(". "))
        words = sentence.split()
        asked = " ".join(chance.sample(words, min(len(words), chance.randint(4, 10))))
        began = clocks()
        query = read_question(asked)
        answer(query, retriever.candidates(query), searched=store.searched())
        took["ask"].append(since(began))
        began = clocks()
        store.entities(words[0][:2])
        took["complete"].append(since(began))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, times in took.items():
        for kind, column in zip(("wall", "CPU"), zip(*times, strict=True), strict=True):
            ranked = sorted(column)
            p50, p99 = (
                ranked[len(ranked) // 2],
                ranked[min(len(ranked) - 1, len(ranked) * 99 // 100)],
            )
            print(f"  {name:9}{kind:5} p50 {p50 * 1e3:6.1f} ms   p99 {p99 * 1e3:6.1f} ms")
    print(f"  {memory:.0f} MB")


def clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def since(began: tuple[float, float]) -> tuple[float, float]:
    wall, cpu = clocks()
    return wall - began[0], cpu - began[1]


if __name__ == "__main__":
    main()
