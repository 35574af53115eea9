"""Whether chosen sentences stand alone: dangling openings, half quotes, repeats, traceability.

Run: python -m benchmarks.standalone --data DIR [--set cnn_dev] [--ranker whosaid]

The counts use plain rules of their own, not those that choose: an opening on any pronoun or
demonstrative dangles ("this week" and "those who" too), an odd number of marks is unbalanced.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from benchmarks.rouge import records
from summarizer.briefing import choose
from summarizer.rankers import DEFAULT_RANKER, RANKERS
from summarizer.text import sentences

_DANGLING = re.compile(
    r"[\"“‘'(\[]*(?:(?:but|and|so|yet|or) )?"
    r"(?:he|she|it|they|him|her|his|hers|its|their|theirs|them|this|that|these|those)\b",
    re.IGNORECASE,
)


def unbalanced(sentence: str) -> bool:
    """Tell whether a quotation mark lacks its partner."""
    return sentence.count('"') % 2 == 1 or sentence.count("“") != sentence.count("”")


def measure(path: Path, ranker: str, limit: int) -> None:
    """Print one line for one set."""
    found = Counter[str]()
    for record in records(path, limit):
        text = record["text"]
        quotes = [span.of(text) for span in choose(text, sentences(text), ranker=ranker)]
        found["sentences"] += len(quotes)
        found["repeated"] += len(quotes) - len(set(quotes))
        for quote in quotes:
            found["dangling"] += bool(_DANGLING.match(quote))
            found["unbalanced"] += unbalanced(quote)
            found["not in the text"] += quote not in text
    total = found.pop("sentences")
    shares = ", ".join(f"{name} {100 * count / total:.2f} %" for name, count in found.items())
    print(f"{path.stem}: {total} sentences of {ranker}: {shares}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", nargs="*", default=["cnn_dev", "dm_train100"])
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument("--ranker", choices=sorted(RANKERS), default=DEFAULT_RANKER)
    options = parser.parse_args()
    for name in options.set:
        measure(options.data / f"{name}.jsonl", options.ranker, options.limit)


if __name__ == "__main__":
    main()
