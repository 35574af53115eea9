"""Rankers against reference summaries: ROUGE-1 F1 of three sentences, and lead's.

Run: python -m benchmarks.summaries --data DIR [--set cnn_dev] [--limit 100] [--ranker whosaid]

DIR holds JSONL files with "text" and "references" a line. Prints the mean of the ranker, of the
first three sentences, the difference with its paired bootstrap interval (95 %, 1,000 samples,
seed 7), and the CPU time of 2,000 sentences.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from benchmarks.rouge import records, rouge1
from summarizer.briefing import choose
from summarizer.rankers import DEFAULT_RANKER, RANKERS
from summarizer.text import sentences


def interval(differences: list[float]) -> tuple[float, float, float]:
    """Return the mean and the bounds that 95 % of the resampled means keep to."""
    values = np.array(differences)
    draws = np.random.default_rng(7).integers(0, len(values), (1000, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return float(values.mean()), float(low), float(high)


def measure(path: Path, ranker: str, limit: int) -> None:
    """Print one line for one set."""
    ours, lead = [], []
    for record in records(path, limit):
        text, cut = record["text"], sentences(record["text"])
        spans = choose(text, cut, count=3, ranker=ranker)
        ours.append(rouge1([span.of(text) for span in spans], record["references"]))
        lead.append(rouge1([one.span.of(text) for one in cut[:3]], record["references"]))
    mean, low, high = interval([a - b for a, b in zip(ours, lead, strict=True)])
    print(
        f"{path.stem} ({len(ours)}): {ranker} {np.mean(ours):.2f}, lead {np.mean(lead):.2f}, "
        f"difference {mean:+.2f} [{low:+.2f}, {high:+.2f}]"
    )


def time_long(path: Path, ranker: str) -> None:
    """Print the CPU time of choosing from the first 2,000 sentences of a set."""
    text = "\n\n".join(record["text"] for record in records(path, 300))
    cut = sentences(text)[:2000]
    start = time.process_time()
    choose(text, cut, ranker=ranker)
    print(f"{len(cut)} sentences: {time.process_time() - start:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", nargs="*", default=["cnn_dev", "dm_train100"])
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--ranker", choices=sorted(RANKERS), default=DEFAULT_RANKER)
    options = parser.parse_args()
    for name in options.set:
        measure(options.data / f"{name}.jsonl", options.ranker, options.limit)
    time_long(options.data / f"{options.set[0]}.jsonl", options.ranker)


if __name__ == "__main__":
    main()
