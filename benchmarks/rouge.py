"""ROUGE-1 F1 as the benchmarks of briefings need it: the best of the references, times 100."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rouge_score.rouge_scorer import RougeScorer

_SCORER = RougeScorer(["rouge1"], use_stemmer=True)


def rouge1(quotes: Sequence[str], references: Sequence[str]) -> float:
    """Return the best F1 of the sentences against any of the references."""
    text = "\n".join(quotes)
    return max(100 * _SCORER.score(one, text)["rouge1"].fmeasure for one in references)


def records(path: Path, limit: int) -> Iterator[dict[str, Any]]:
    """Yield the first ``limit`` records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == limit:
                return
            yield json.loads(line)
