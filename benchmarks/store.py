"""What the store costs: adding, analysing, asking, opening, and room on the disk.

Run: ``python benchmarks/store.py [--articles 2000]`` (20 sentences an article; prints figures).
The articles are made of drawn words, with word counts as uneven as in news (Zipf).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.model import Item
from bot.store import SqlStore, open_store
from summarizer.model import Analysis, Article, Entity, EntityKind, Sentence, Span

NOW = datetime(2024, 1, 1, tzinfo=UTC)
SEED = 4
SENTENCES = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Newsroom:
    """Draws articles."""

    def __init__(self, names: int) -> None:
        self.chance = random.Random(SEED)
        self.words = [self._word() for _ in range(30_000)]
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]
        self.names = [f"{self._word().title()} {self._word().title()}" for _ in range(names)]

    def _word(self) -> str:
        return "".join(self.chance.choices(LETTERS, k=self.chance.randint(3, 9)))

    def article(self, number: int) -> tuple[Article, Analysis]:
        parts, sentences, spans = [], [], []
        start = 0
        for index in range(SENTENCES):
            name = self.names[int(len(self.names) * self.chance.random() ** 2)]
            drawn = self.chance.choices(self.words, self.weights, k=18)
            text = f"{name} {' '.join(drawn)}."
            parts.append(text)
            sentences.append(Sentence(Span(start, start + len(text)), index))
            spans.append((name, Span(start, start + len(name))))
            start += len(text) + 2
        entities = tuple(
            Entity(name, EntityKind.PERSON, (name.split()[1],), (span,)) for name, span in spans
        )
        moment = NOW + timedelta(minutes=number)
        article = Article(
            f"a{number}",
            "\n\n".join(parts),
            parts[0],
            f"Outlet {number % 40}",
            url=f"https://outlet{number % 40}.example/{number}",
            published=moment,
        )
        return article, Analysis(1, tuple(sentences), entities)


def timed(name: str, ask: Callable[[int], object], count: int = 200) -> None:
    """Print the median and the 99th of this many questions, in milliseconds, and the CPU of one."""
    spent = []
    busy = time.process_time()
    for number in range(count):
        began = time.perf_counter()
        ask(number)
        spent.append(1000 * (time.perf_counter() - began))
    busy = 1000 * (time.process_time() - busy) / count
    spent.sort()
    print(
        f"  {name}: p50 {spent[count // 2]:.1f} ms, p99 {spent[int(count * 0.99)]:.1f} ms,"
        f" CPU {busy:.1f} ms"
    )


def opening(place: Path) -> float:
    began = time.perf_counter()
    store = open_store(str(place))
    store.articles([article.id for article in store.published_between(NOW, NOW.replace(year=2025))])
    store.close()
    return 1000 * (time.perf_counter() - began)


def fill(store: SqlStore, room: Newsroom, numbers: Sequence[int]) -> None:
    adding = analysing = busy = 0.0
    for number in numbers:
        article, analysis = room.article(number)
        busy -= time.process_time()
        began = time.perf_counter()
        store.add(Item(article, f"https://outlet{number % 40}.example/rss"), seen=NOW)
        between = time.perf_counter()
        store.save_analysis(article.id, analysis)
        adding += between - began
        analysing += time.perf_counter() - between
        busy += time.process_time()
    print(
        f"  add {1000 * adding / len(numbers):.2f} ms an article,"
        f" save_analysis {1000 * analysing / len(numbers):.2f} ms ({SENTENCES} sentences),"
        f" both {1000 * busy / len(numbers):.2f} ms of CPU"
    )


def ask(store: SqlStore, room: Newsroom, articles: int) -> None:
    draw = room.chance
    common, rare = room.words[:200], room.words[200:]
    ids = [f"a{draw.randrange(articles)}" for _ in range(200)]
    middle = NOW + timedelta(minutes=articles // 2)
    timed("search, 6 rarer words", lambda _: store.search(draw.sample(rare, 6)))
    timed("search, 6 common words", lambda _: store.search(draw.sample(common, 6)))
    timed("search since, 6 common", lambda _: store.search(draw.sample(common, 6), since=middle))
    timed("entities, one letter", lambda number: store.entities(LETTERS[number % 26]))
    timed("entities, three letters", lambda _: store.entities(draw.choice(room.names)[:3]))
    timed("mentions of the commonest", lambda _: store.mentions(room.names[0]))
    timed("days of the commonest", lambda _: store.mention_days(room.names[0]))
    timed("analysis", lambda number: store.analysis(ids[number]))
    timed("article", lambda number: store.article(ids[number]))
    timed("searched", lambda _: store.searched())
    timed("last day", lambda _: store.published_between(middle, middle + timedelta(days=1)), 20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--names", type=int, default=20_000)
    options = parser.parse_args()
    room = Newsroom(options.names)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "news.sqlite3"
        began = time.perf_counter()
        store = open_store(str(place))
        print(f"  a new database: {1000 * (time.perf_counter() - began):.0f} ms")
        fill(store, room, range(60))
        store.close()
        print(f"  opening with 60 articles, all read: {opening(place):.0f} ms")
        store = open_store(str(place))
        fill(store, room, range(60, options.articles))
        print(f"{options.articles} articles, {options.articles * SENTENCES} sentences")
        ask(store, room, options.articles)
        store.close()
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(f"  {size / options.articles / 1000:.1f} kB an article on the disk")


if __name__ == "__main__":
    main()
