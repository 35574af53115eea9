"""How many reprints with edits are found when they are stored, beside other ways.

    python -m benchmarks.copies TEXTS.jsonl [--wire 1000]

Each line is ``{"id", "text"}``. A wire text of each is stored, and of every second one a reprint
that an outlet made: the end cut off (0 to 60%), words changed (0 to 10%), sentences of its own
added (up to half of what is left). The truth is every pair of which the shorter text shares at
least half of its five-word runs with the longer one, found by comparing all with all. Beside the
store: MinHash with LSH by rensa, where it is installed, with the same exact check behind it, and
64-bit simhash within 3 bits. Timed is a whole ``add`` with its commit, and the part of it that
looks for copies.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from bot.model import Item
from bot.store import open_store
from bot.store.identity import shared_part
from bot.store.word_runs import sampled
from summarizer.model import Article
from summarizer.origins import COPIED
from summarizer.similarity import Shingles, shingles, words
from summarizer.text import sentences

SEEN = datetime(2026, 3, 12, 8, tzinfo=UTC)
FEWEST_WORDS = 120
Pair = frozenset[str]


def main() -> int:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("texts", type=Path)
    asked.add_argument("--wire", type=int, default=1000)
    options = asked.parse_args()
    lines = options.texts.read_text(encoding="utf-8").splitlines()
    texts = [str(json.loads(line)["text"]) for line in lines]
    wire = [text for text in dict.fromkeys(texts) if len(words(text)) >= FEWEST_WORDS]
    articles = printed(wire[: options.wire], random.Random(7))
    runs = {article.id: shingles(article.text) for article in articles}
    truth = all_pairs(runs)
    reprints = [article.id for article in articles if article.id.startswith("reprint")]
    print(
        f"{len(articles)} articles, {len(reprints)} of them reprints; {len(truth)} pairs share half"
    )
    found, seconds = by_store(articles)
    told("the store", found, truth)
    print(f"one add with its commit: {1000 * seconds / len(articles):.1f} ms")
    began = time.perf_counter()
    rows = sum(len(sampled(article.text).indexed) for article in articles)
    each = (time.perf_counter() - began) / len(articles)
    print(f"indexed runs an article: {rows / len(articles):.0f}, hashed in {1000 * each:.1f} ms")
    told("simhash, 64 bits, 3 apart", by_simhash(articles), truth)
    try:
        told("rensa's MinHash LSH, then exact", by_rensa(runs), truth)
    except ImportError:
        print("rensa is not installed: pip install rensa")
    return 0


def printed(wire: list[str], chance: random.Random) -> list[Article]:
    """Return the wire's texts and the reprints of every second one, in the order they appear."""
    made = [
        Article(f"wire{n}", text, f"Wire {n}", "Wire", f"https://wire.example/{n}")
        for n, text in enumerate(wire)
    ]
    for number, text in enumerate(wire[::2]):
        told = edited(text, wire[chance.randrange(len(wire))], chance)
        url = f"https://paper{number}.example/1"
        made.append(Article(f"reprint{number}", told, f"Reprint {number}", f"Paper {number}", url))
    return made


def edited(text: str, other: str, chance: random.Random) -> str:
    """Return a text as a paper reprints it."""
    cut = [sentence.span.of(text) for sentence in sentences(text)]
    kept = cut[: max(3, round(len(cut) * chance.uniform(0.4, 1.0)))]
    rate = chance.uniform(0, 0.1)
    changed = [
        " ".join(w if chance.random() > rate else "also" for w in one.split()) for one in kept
    ]
    own = [sentence.span.of(other) for sentence in sentences(other)]
    added = own[: round(len(changed) * chance.uniform(0, 0.5))]
    first = added[: len(added) // 3]
    return " ".join([*first, *changed, *added[len(first) :]])


def all_pairs(runs: dict[str, Shingles]) -> set[Pair]:
    """Compare all with all, by way of every run that two share."""
    holders: dict[tuple[str, ...], list[str]] = {}
    for name, own in runs.items():
        for run in own:
            holders.setdefault(run, []).append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        shared.update(combinations(names, 2))
    return {
        frozenset(pair) for pair in shared if shared_part(*(runs[name] for name in pair)) >= COPIED
    }


def by_store(articles: list[Article]) -> tuple[set[Pair], float]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder, "copies.sqlite3")))
        began = time.perf_counter()
        for article in articles:
            store.add(Item(article, article.outlet), seen=SEEN)
        seconds = time.perf_counter() - began
        found = {
            frozenset((article.id, other))
            for article in articles
            for other in store.copies(article.id)
        }
        carried = {article.id: store.article_by_url(article.url) for article in articles}
        store.close()
    same = {
        frozenset((name, held.id)) for name, held in carried.items() if held and held.id != name
    }
    return found | same, seconds


def by_simhash(articles: list[Article]) -> set[Pair]:
    marks = {article.id: simhash(article.text) for article in articles}
    return {
        frozenset((one, other))
        for one, other in combinations(marks, 2)
        if (marks[one] ^ marks[other]).bit_count() <= 3
    }


def simhash(text: str) -> int:
    """Charikar's fingerprint over the text's five-word runs (Manku et al. 2007)."""
    weights = [0] * 64
    for run in shingles(text):
        mark = int.from_bytes(hashlib.blake2b(" ".join(run).encode(), digest_size=8).digest())
        for bit in range(64):
            weights[bit] += 1 if mark >> bit & 1 else -1
    return sum(1 << bit for bit in range(64) if weights[bit] > 0)


def by_rensa(runs: dict[str, Shingles]) -> set[Pair]:
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - only where it is installed

    index = RMinHashLSH(threshold=0.3, num_perm=128, num_bands=32)
    names = list(runs)
    found: set[Pair] = set()
    for number, name in enumerate(names):
        sketch = RMinHash(num_perm=128, seed=7)
        sketch.update([" ".join(run) for run in runs[name]])
        near: Iterable[int] = index.query(sketch)
        found |= {
            frozenset((name, names[other]))
            for other in near
            if shared_part(runs[name], runs[names[other]]) >= COPIED
        }
        index.insert(number, sketch)
    return found


def told(name: str, found: set[Pair], truth: set[Pair]) -> None:
    right = len(found & truth)
    precision = right / len(found) if found else 0.0
    print(f"| {name} | recall {right / len(truth):.3f} | precision {precision:.3f} |")


if __name__ == "__main__":
    sys.exit(main())
