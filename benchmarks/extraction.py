"""How well stories are cut out of pages.

    python benchmarks/extraction.py TRUTH.jsonl PAGES

Each line of the truth is ``{"set", "id", "url", "text", "captions"}``; the page is
PAGES/set/id.html.gz. Printed by set: precision, recall and F1 of 4-grams (mean precision of pages
with output, mean recall of all, F1 of the means), captions let through, pages a second; and the
same of trafilatura alone. ``page`` is for scoring tools that take a callable.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

import trafilatura

from bot.feeds.extract import extract

WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


def page(html: str, url: str) -> dict[str, object]:
    """Return what is read from a page, under the names of scoring tools."""
    found = extract(html, url=url)
    about = found.about
    return {
        "text": found.text,
        "title": about.title,
        "authors": list(about.authors),
        "date": about.published,
        "site": about.outlet,
        "url": about.url,
    }


def alone(html: str, url: str) -> dict[str, object]:
    """Return what trafilatura finds alone."""
    return {
        "text": trafilatura.extract(html, url=url, favor_precision=True, include_comments=False)
    }


def grams(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)) if words)


def leaks(caption: str, text: Counter[tuple[str, ...]]) -> bool:
    found = grams(caption)
    return len(found) > 1 and sum(gram in text for gram in found) >= 0.7 * len(found)


def score(
    name: str,
    read: Callable[[str, str], dict[str, object]],
    rows: list[dict[str, Any]],
    pages: Path,
) -> None:
    rates: dict[str, list[tuple[float, float]]] = defaultdict(list)
    captions = [0, 0]
    began = time.process_time()
    for row in rows:
        path = pages / row["set"] / f"{row['id']}.html.gz"
        html = gzip.decompress(path.read_bytes()).decode("utf-8")
        told, truth = grams(str(read(html, row["url"])["text"] or "")), grams(row["text"])
        both = sum((told & truth).values())
        rates[row["set"]].append(
            (both / max(1, sum(told.values())), both / max(1, sum(truth.values())))
        )
        for caption in row.get("captions", []):
            if len(grams(caption)) > 1 and not leaks(caption, truth):
                captions[1] += 1
                captions[0] += leaks(caption, told)
    seconds = time.process_time() - began
    for group, pairs in sorted(rates.items()):
        precision, recall = mean(p for p, _ in pairs), mean(r for _, r in pairs)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"| {name} | {group} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    pace = len(rows) / seconds
    print(f"{name}: {captions[0]} of {captions[1]} captions let through, {pace:.0f} pages a second")


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("truth", type=Path)
    asked.add_argument("pages", type=Path)
    options = asked.parse_args()
    rows = [json.loads(line) for line in options.truth.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row.get("text") is not None]
    for name, read in (("whosaid", page), ("trafilatura alone", alone)):
        score(name, read, rows, options.pages)


if __name__ == "__main__":
    main()
