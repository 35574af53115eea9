"""What search by meaning costs at a size: memory, and time of a question, exact numpy search.

    python -m benchmarks.meaning [--sentences 100000 1000000] [--asked 30]

Needs the extra ``embed``. Each question is embedded for real and compared with every vector; the
vectors are random ones of the same kind, since what they say changes no time. Each size runs in
a process of its own, whose highest memory is printed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.made_up_news import PER_ARTICLE, stories
from bot.embed import DIMENSIONS, Embedder, MeaningIndex

NEAREST = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--asked", type=int, default=30)
    options = parser.parse_args()
    for count in options.sentences:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "meaning.npz")
            write(path, count)
            apart = multiprocessing.get_context("spawn").Process(
                target=measure, args=(path, count, options.asked)
            )
            apart.start()
            apart.join()


def measure(path: Path, count: int, asked: int) -> None:
    began = time.perf_counter()
    index = MeaningIndex(Embedder(), path)
    loaded = time.perf_counter() - began
    assert len(index) == count
    news = stories(5, "m")
    questions = [next(news)[1][0][0].title for _ in range(asked)]
    waits = []
    for question in questions:
        began = time.perf_counter()
        index.nearest(question, NEAREST)
        waits.append(time.perf_counter() - began)
    p50, p99 = (sorted(waits)[min(asked - 1, asked * part // 100)] * 1e3 for part in (50, 99))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>9,} sentences: p50 {p50:.0f} ms, p99 {p99:.0f} ms, opened in {loaded:.1f} s,"
        f" {memory:.0f} MB",
        flush=True,
    )


def write(path: Path, count: int) -> None:
    """Write random unit vectors as the index keeps its own."""
    chance = np.random.default_rng(1)
    vectors = np.empty((count, DIMENSIONS), np.float16)
    for start in range(0, count, 65_536):
        part = chance.standard_normal((min(65_536, count - start), DIMENSIONS), np.float32)
        vectors[start : start + len(part)] = part / np.linalg.norm(part, axis=1, keepdims=True)
    numbers = np.arange(count, dtype=np.int32)
    ids = np.char.add("a", (numbers // PER_ARTICLE).astype(str))
    np.savez(path, ids=ids, numbers=numbers % PER_ARTICLE, vectors=vectors)


if __name__ == "__main__":
    main()
