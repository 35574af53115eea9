"""Stories: B-cubed scores on grouped news, and what an article costs as they come.

Run: python -m benchmarks.stories --data DIR [--orders 3] [--stream 10000]

DIR holds cluster_ecbplus.jsonl and cluster_multinews.jsonl ("id", "text", "cluster" a line).
Each set is clustered in the order of the file and in shuffled orders (seed 1), with the one
setting that ships.

The stream is news made at run time of the same texts (seed 2): each event is told again in
rounds, its names and half of its long words renamed throughout so that it is another event, each
telling with a third of its sentences left out, one in six reprinted with a sentence cut. Events
begin at any time of 60 days, so that stories close meanwhile, and tellings follow within a day or
two. Printed are CPU seconds in all and of each thousand articles, the size of the state, and
B-cubed scores against the events.
"""

from __future__ import annotations

import argparse
import random
import time
import zlib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.rouge import records
from summarizer.model import Article
from summarizer.stories import Clusterer, cluster
from summarizer.text import sentences

_START = datetime(2026, 3, 9, tzinfo=UTC)
_STREAM_DAYS = 60
_SETS = ("cluster_ecbplus", "cluster_multinews")


def b_cubed(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1, times 100 (Bagga and Baldwin, 1998)."""
    true, made = defaultdict(set), defaultdict(set)
    for name, group in gold.items():
        true[group].add(name)
        made[found[name]].add(name)
    both = {name: len(true[gold[name]] & made[found[name]]) for name in gold}
    precision = sum(n / len(made[found[name]]) for name, n in both.items()) / len(gold)
    recall = sum(n / len(true[gold[name]]) for name, n in both.items()) / len(gold)
    return 100 * precision, 100 * recall, 200 * precision * recall / (precision + recall)


def measure(path: Path, orders: int) -> None:
    """Print one line for each order of one set."""
    rows = list(records(path, 10_000))
    gold = {row["id"]: row["cluster"] for row in rows}
    shuffle = random.Random(1)
    for order in range(orders):
        if order:
            shuffle.shuffle(rows)
        articles = [Article(row["id"], row["text"], "", "") for row in rows]
        made = cluster(articles, now=_START)
        found = {name: story.id for story in made for name in story.articles}
        precision, recall, both = b_cubed(gold, found)
        print(f"{path.stem} order {order}: P {precision:.1f} R {recall:.1f} F1 {both:.1f}")


def stream(folder: Path, count: int) -> None:
    """Print what ``count`` articles cost as they come, and how well they are grouped."""
    told = made_news(folder, count)
    clusterer, stories = Clusterer(), {}
    marks = [time.process_time()]
    for number, (article, _) in enumerate(told, 1):
        clusterer.add(article, now=_START)
        stories |= {story.id: story for story in clusterer.changed()}
        if number % 1000 == 0:
            marks.append(time.process_time())
    took = [after - before for before, after in pairwise(marks)]
    print(
        f"{len(told)} articles: {marks[-1] - marks[0]:.1f} s of CPU; thousands "
        + " ".join(f"{seconds:.1f}" for seconds in took)
        + f"; state {len(clusterer.to_bytes()) / 1e6:.1f} MB"
    )
    gold = {article.id: event for article, event in told}
    found = {name: story.id for story in stories.values() for name in story.articles}
    precision, recall, both = b_cubed(gold, found)
    print(f"{len(set(gold.values()))} events: P {precision:.1f} R {recall:.1f} F1 {both:.1f}")


def made_news(folder: Path, count: int) -> list[tuple[Article, str]]:
    """Return ``count`` articles with the event that each tells of, oldest first."""
    events = defaultdict(list)
    for name in _SETS:
        for row in records(folder / f"{name}.jsonl", 10_000):
            cut = [one.span.of(row["text"]) for one in sentences(row["text"])]
            events[row["cluster"]].append(cut)
    draw, made, again = random.Random(2), [], 0
    while len(made) < count:
        for event, texts in events.items():
            start = _START + timedelta(days=draw.uniform(0, _STREAM_DAYS))
            tellings = [_telling(cut, again, draw) for cut in texts]
            tellings += [_reprint(text, draw) for text in tellings if draw.random() < 1 / 6]
            made += [
                (start + timedelta(hours=draw.expovariate(1 / 12)), text, f"{event} {again}")
                for text in tellings
            ]
        again += 1
    draw.shuffle(made)
    made = sorted(made[:count])
    return [
        (Article(str(number), text, "", "", published=when), event)
        for number, (when, text, event) in enumerate(made)
    ]


def _telling(cut: list[str], again: int, draw: random.Random) -> str:
    kept = [sentence for sentence in cut if draw.random() < 2 / 3] or cut[:1]
    return " ".join(_own(word, again) for sentence in kept for word in sentence.split())


def _own(word: str, again: int) -> str:
    """Return a word of an event: names are its own, and so are half of the long words."""
    if not again or not word.isalpha():
        return word
    common = len(word) < 6 or zlib.crc32(f"{word.lower()} {again}".encode()) % 2
    if common and not word.istitle():
        return word
    return word + f"{again:x}".translate(str.maketrans("0123456789", "ghijklmnop"))


def _reprint(text: str, draw: random.Random) -> str:
    cut = [one.span.of(text) for one in sentences(text)]
    if len(cut) > 1:
        cut.pop(draw.randrange(len(cut)))
    return " ".join(cut)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--orders", type=int, default=3)
    parser.add_argument("--stream", type=int, default=0)
    options = parser.parse_args()
    for name in _SETS:
        measure(options.data / f"{name}.jsonl", options.orders)
    if options.stream:
        stream(options.data, options.stream)


if __name__ == "__main__":
    main()
