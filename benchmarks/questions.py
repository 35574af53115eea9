"""Answers to the labelled questions: right sentence, right source, wrong answers, by class.

    python -m benchmarks.questions [--half dev|test|all] [--set FILE ...] [--embed] [--show]

A question that an article answers counts as right when the first finding's sentence is the
labelled one (or overlaps it), and its source when it shares a name with the labelled source.
An unsupported question is answered wrongly when there is any finding at all.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.demo_news import DEMO, read_demo
from bot.model import Item
from bot.retrieve import Retriever
from bot.store import open_store
from summarizer.analysis import analyze
from summarizer.answer import answer
from summarizer.model import Answer, Finding
from summarizer.question import read_question

SETS = (DEMO / "questions.jsonl", DEMO.parent.parent / "tests" / "quality" / "questions.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", default="dev", choices=("dev", "test", "all"))
    parser.add_argument("--set", nargs="*", type=Path, default=[s for s in SETS if s.exists()])
    parser.add_argument("--embed", action="store_true")
    parser.add_argument("--show", action="store_true", help="print each wrong answer")
    options = parser.parse_args()
    questions = [
        json.loads(line) for name in options.set for line in name.read_text("utf-8").splitlines()
    ]
    questions = [q for q in questions if options.half in {"all", q["half"]}]
    retriever = prepare(embed=options.embed)
    score(questions, retriever, show=options.show)


def prepare(*, embed: bool) -> Retriever:
    """Analyse the demo into a store in memory."""
    store = open_store(":memory:")
    meaning = None
    articles = read_demo()
    for article in articles:
        stored = store.add(Item(article), seen=article.published or articles[0].published)
        kept = store.article(stored.article_id)
        store.save_analysis(kept.id, analyze(kept))
    if embed:
        from bot.embed import open_meaning  # noqa: PLC0415 - an optional extra

        meaning = open_meaning(store)
    print(f"{len(articles)} articles; {store.searched().articles} stored")
    return Retriever(store, meaning)


def score(questions: list[dict], retriever: Retriever, *, show: bool) -> None:
    """Ask every question and print the table."""
    counts: dict[str, Counter] = defaultdict(Counter)
    took = []
    for question in questions:
        began = time.perf_counter()
        query = read_question(question["question"])
        found = answer(query, retriever.candidates(query))
        took.append(time.perf_counter() - began)
        marks = judge(question, found)
        for name in (question["class"], "supported" if question["supported"] else "unsupported"):
            counts[name].update(marks)
            counts[name]["asked"] += 1
        if show and not marks.get("right" if question["supported"] else "refused"):
            explain(question, found)
    print(f"{'class':16}{'asked':>6}{'sentence':>10}{'any of 5':>10}{'source':>8}{'wrong':>7}")
    for name, count in counts.items():
        shares = [count[key] / count["asked"] for key in ("right", "among", "source", "wrong")]
        cells = "".join(f"{share:>9.0%}" for share in shares)
        print(f"{name:16}{count['asked']:>6}{cells}")
    took.sort()
    print(f"p50 {took[len(took) // 2] * 1e3:.0f} ms, worst {took[-1] * 1e3:.0f} ms a question")


def judge(question: dict, found: Answer) -> dict[str, int]:
    if not question["supported"]:
        return {"refused": int(found.none), "wrong": int(not found.none)}
    if found.none:
        return {"unanswered": 1}
    first = found.findings[0]
    right = same_sentence(question["sentence"], first)
    return {
        "right": int(right),
        "among": int(any(same_sentence(question["sentence"], f) for f in found.findings)),
        "source": int(same_source(question["source"], first)),
        "wrong": int(not right),
    }


def same_sentence(wanted: str, finding: Finding) -> bool:
    asked, quote = words(wanted), words(finding.citation.quote)
    return bool(asked & quote) and len(asked & quote) >= 0.6 * min(len(asked), len(quote))


def same_source(wanted: str, finding: Finding) -> bool:
    source = finding.chain[-1] if len(finding.chain) > 1 else None
    if not wanted:
        return source is None
    return source is not None and bool(names(wanted) & names(f"{source.name} {source.role}"))


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def names(text: str) -> set[str]:
    return words(text) - {"the", "a", "an", "of", "and", "in", "at", "to"}


def explain(question: dict, found: Answer) -> None:
    print(f"\n{question['id']} [{question['class']}] {question['question']}")
    print(f"   wanted  {question['sentence'][:160]} <{question['source']}>")
    for finding in found.findings[:2]:
        print(f"   said    {finding.score:.2f} {finding.citation.quote[:160]}", end=" ")
        print(f"<{finding.chain[-1].name}>")
    for finding, reason in found.nearest[:3]:
        print(f"   near    {finding.score:.2f} [{reason}] {finding.citation.quote[:130]}")


if __name__ == "__main__":
    main()
