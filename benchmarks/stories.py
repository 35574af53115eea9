"""Stories: B-cubed scores on grouped news, and what an article costs as they come.

Run: python -m benchmarks.stories --data DIR [--orders 3] [--stream 10000]

DIR holds cluster_ecbplus.jsonl and cluster_multinews.jsonl ("id", "text", "cluster" a line).
Each set is clustered in the order of the file and in shuffled orders (seed 1), with the one
setting that ships. The stream is made of the same texts with words of their own in each round, a
minute apart; it prints CPU seconds, and the cost of the first and the last thousand articles.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.rouge import records
from summarizer.model import Article
from summarizer.stories import Clusterer, cluster

_START = datetime(2026, 3, 9, tzinfo=UTC)
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
    """Print what ``count`` articles cost as they come."""
    texts = [row["text"] for name in _SETS for row in records(folder / f"{name}.jsonl", 10_000)]
    clusterer = Clusterer()
    marks = [time.process_time()]
    for number in range(count):
        again, at = divmod(number, len(texts))
        own = " ".join(f"{word}{again}" if word.istitle() else word for word in texts[at].split())
        article = Article(str(number), own if again else texts[at], "", "")
        clusterer.add(article, now=_START + timedelta(minutes=number))
        if (number + 1) % 1000 == 0:
            marks.append(time.process_time())
    took = [after - before for before, after in pairwise(marks)]
    print(
        f"{count} articles: {marks[-1] - marks[0]:.1f} s of CPU; thousands "
        + " ".join(f"{seconds:.1f}" for seconds in took)
        + f"; state {len(clusterer.to_bytes()) / 1e6:.1f} MB"
    )


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
