"""Recall at 1 and 5 and MRR on claims and the verified claim that each restates.

    python -m benchmarks.claims FILE.json [--embed VECTORS.npy] [--store]

FILE holds ``corpus`` ([id, text] pairs) and ``queries`` ({"q", "gold": ids}). Identical texts
count as one answer. By words: FTS5 with porter over its own table, or with ``--store`` through
``bot.store``. With ``--embed`` fused with search by meaning; the vectors are kept in the file
named (10,000 texts take some three minutes to embed).
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.model import Item
from bot.retrieve import DEEP, fuse
from bot.store import open_store
from summarizer.model import Analysis, Article, Sentence, Span
from summarizer.searching import words_of

Search = Callable[[str], list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--embed", type=Path)
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args()
    data = json.loads(options.file.read_text("utf-8"))
    texts = [text for _, text in data["corpus"]]
    rows = {str(one): row for row, (one, _) in enumerate(data["corpus"])}
    gold = [{texts[rows[str(one)]] for one in query["gold"]} for query in data["queries"]]
    questions = [query["q"] for query in data["queries"]]
    by_words = through_store(texts) if options.store else through_table(texts)
    report("words", by_words, questions, gold, texts)
    if options.embed:
        by_meaning = through_vectors(texts, options.embed)
        report("meaning", by_meaning, questions, gold, texts)

        def fused(question: str) -> list[int]:
            rankings = [[("", row) for row in by(question)] for by in (by_words, by_meaning)]
            return [row for (_, row), _ in fuse(rankings)]

        report("fused", fused, questions, gold, texts)


def report(
    name: str, search: Search, questions: list[str], gold: list[set[str]], texts: list[str]
) -> None:
    """Print recall and MRR of one way to search."""
    began = time.perf_counter()
    ranks = []
    for question, right in zip(questions, gold, strict=True):
        found = list(dict.fromkeys(texts[row] for row in search(question)))
        ranks.append(next((n for n, text in enumerate(found) if text in right), None))
    took = (time.perf_counter() - began) / len(questions)
    one, five = (
        sum(rank is not None and rank < depth for rank in ranks) / len(ranks) for depth in (1, 5)
    )
    mrr = sum(1 / (rank + 1) for rank in ranks if rank is not None) / len(ranks)
    print(f"{name:8} R@1 {one:.3f}  R@5 {five:.3f}  MRR {mrr:.3f}  {took * 1e3:.1f} ms a query")


def through_table(texts: list[str]) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE said USING fts5(words, tokenize='porter unicode61')")
    database.executemany("INSERT INTO said(rowid, words) VALUES (?, ?)", enumerate(texts))

    def search(question: str) -> list[int]:
        match = " OR ".join('"' + word.replace('"', " ") + '"' for word in words_of(question))
        asked = "SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT ?"
        return [row for (row,) in database.execute(asked, (match, DEEP))] if match else []

    return search


def through_store(texts: list[str]) -> Search:
    store = open_store(":memory:")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    row_of: dict[str, int] = {}
    for row, text in enumerate(texts):
        article = Article(f"claim-{row}", text, "", "claims", f"https://claims.example/{row}")
        kept = store.add(Item(article), seen=moment).article_id
        if kept not in row_of:
            row_of[kept] = row
            whole = Analysis(1, (Sentence(Span(0, len(text)), 0),))
            store.save_analysis(kept, whole)

    def search(question: str) -> list[int]:
        return [row_of[hit.article_id] for hit in store.search(words_of(question), limit=DEEP)]

    return search


def through_vectors(texts: list[str], path: Path) -> Search:
    from bot.embed import Embedder  # noqa: PLC0415 - an optional extra

    embedder = Embedder()
    if not path.exists():
        np.save(path, embedder.embed(texts))
    vectors = np.load(path)

    def search(question: str) -> list[int]:
        cosines = vectors @ embedder.embed([question])[0]
        return np.argsort(-cosines)[:DEEP].tolist()

    return search


if __name__ == "__main__":
    main()
