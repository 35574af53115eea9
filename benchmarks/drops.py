"""How well the lines of pasted articles are told apart.

    python benchmarks/drops.py DROPS.jsonl [--errors]

Each line of the file is ``{"title", "lines": [[text, kind], ...]}`` with the kinds title, body,
caption, credit, other. Printed are precision, recall and F1 of body lines (titles left out) and
how many captions, credits and others were taken for body. ``clean`` is for scoring tools that
want the cleaned text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from summarizer.copy import lines
from summarizer.model import LineKind


def clean(text: str, title: str) -> str:
    """Return the body lines of a drop."""
    return "\n".join(
        span.of(text) for span, kind in lines(text, title=title) if kind is LineKind.BODY
    )


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("drops", type=Path)
    asked.add_argument("--errors", action="store_true", help="print the lines that went wrong")
    options = asked.parse_args()
    kept: Counter[str] = Counter()
    all_lines: Counter[str] = Counter()
    for row in options.drops.read_text(encoding="utf-8").splitlines():
        drop = json.loads(row)
        text = "\n".join(line for line, _ in drop["lines"])
        labels = [kind for _, kind in lines(text, title=drop["title"])]
        for (line, truth), label in zip(drop["lines"], labels, strict=True):
            all_lines[truth] += 1
            kept[truth] += label is LineKind.BODY
            if (
                options.errors
                and truth != "title"
                and (truth == "body") != (label is LineKind.BODY)
            ):
                print(f"{truth:>8} taken for {label:<8} {line[:120]}")
    precision = kept["body"] / max(1, sum(kept.values()) - kept["title"])
    recall = kept["body"] / max(1, all_lines["body"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"body lines: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    for kind in ("caption", "credit", "other"):
        print(f"{kind}s taken for body: {kept[kind]} of {all_lines[kind]}")


if __name__ == "__main__":
    main()
