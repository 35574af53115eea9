"""Many articles, one text: ROUGE-1 F1 of 100 and 250 words, and how much is said twice.

Run: python -m benchmarks.multi --data DIR [--set multinews100] [--limit 60]

DIR holds JSONL files with "documents" and "references" a line. Said twice is the share of
three-word runs that stood in the text before.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.rouge import records, rouge1
from summarizer.model import Analysis, Article
from summarizer.roundup import roundup
from summarizer.text import sentences


def said_twice(text: str) -> float:
    """Return the share of repeated trigrams."""
    words = text.lower().split()
    runs = list(zip(words, words[1:], words[2:], strict=False))
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


def measure(path: Path, words: int, limit: int) -> None:
    """Print one line for one set and length."""
    scores, twice, lengths = [], [], []
    for record in records(path, limit):
        told = [
            (Article(str(number), text, "", f"outlet {number}"), Analysis(1, sentences(text)))
            for number, text in enumerate(record["documents"])
        ]
        made = roundup("", told, words_at_most=words)
        quotes = [passage.citation.quote for passage in made.passages]
        scores.append(rouge1(quotes, record["references"]))
        twice.append(said_twice(" ".join(quotes)))
        lengths.append(sum(len(quote.split()) for quote in quotes))
    print(
        f"{path.stem} ({len(scores)}), {words} words: ROUGE-1 {np.mean(scores):.2f}, "
        f"said twice {100 * np.mean(twice):.2f} %, {np.mean(lengths):.0f} words"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", default="multinews100")
    parser.add_argument("--limit", type=int, default=10_000)
    options = parser.parse_args()
    for words in (100, 250):
        measure(options.data / f"{options.set}.jsonl", words, options.limit)


if __name__ == "__main__":
    main()
