"""Answers to the labelled questions: right sentence, right source, wrong answers, by class.

    python -m benchmarks.questions [--held] [--set FILE ...] [--embed] [--reader] [--show]

They are asked of the demo news and of ten articles in other manners
(``tests/quality/attribution``). A question that an article answers counts as right when the first
finding's sentence is the labelled one (or overlaps it), and its source when it shares a name with
the labelled source. A question may name further right answers in ``also``: the column "strict"
counts the first label alone. "found" is the share whose sentence is among the twenty best
candidates, before any is judged. An unsupported question is answered wrongly when there is any
finding at all. With ``--held`` the held-out questions are asked, which nobody who writes rules
reads: never show them.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

from benchmarks.demo_news import DEMO, read_demo
from bot.cross_encoder import open_reader
from bot.model import Item
from bot.retrieve import Retriever
from bot.store import SqlStore, open_store
from summarizer.analysis import analyze
from summarizer.answer import answer
from summarizer.model import Answer, Article, Finding
from summarizer.passages import Candidate
from summarizer.question import read_question
from summarizer.rereading import Reader

QUALITY = DEMO.parent.parent / "tests" / "quality"
SETS = (
    DEMO / "questions.jsonl",
    QUALITY / "questions.jsonl",
    QUALITY / "questions-2.jsonl",
    QUALITY / "questions-3.jsonl",
    QUALITY / "questions-4.jsonl",
    QUALITY / "questions-5.jsonl",
    QUALITY / "questions-6.jsonl",
)
HELD = tuple(QUALITY / f"questions-held{number}.jsonl" for number in ("", "-2", "-3"))
FOUND_AMONG = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="ask the held-out questions instead")
    parser.add_argument("--set", nargs="*", type=Path)
    parser.add_argument("--embed", action="store_true")
    parser.add_argument("--reader", action="store_true", help="read the best again by the model")
    parser.add_argument("--show", action="store_true", help="print each wrong answer")
    options = parser.parse_args()
    if options.held and options.show:
        parser.error("held-out questions are not to be read: leave out --show")
    files = options.set or (HELD if options.held else SETS)
    questions = [
        json.loads(line) for name in files for line in name.read_text("utf-8").splitlines()
    ]
    retriever = prepare(embed=options.embed)
    reader = open_reader() if options.reader else None
    score(questions, retriever, reader, show=options.show)


def prepare(*, embed: bool, quiet: bool = False) -> Retriever:
    """Analyse the articles into a store in memory."""
    store = open_store(":memory:")
    meaning = None
    articles = fill_with_news(store)
    if embed:
        from bot.embed import open_meaning  # noqa: PLC0415 - an optional extra

        meaning = open_meaning(store)
    if not quiet:
        print(f"{articles} articles; {store.searched().articles} stored")
    return Retriever(store, meaning)


def fill_with_news(store: SqlStore) -> int:
    """Store and analyse the articles that the questions are about; return how many."""
    articles = [*read_demo(), *read_others()]
    for article in articles:
        stored = store.add(Item(article), seen=article.published or articles[0].published)
        kept = store.article(stored.article_id)
        store.save_analysis(kept.id, analyze(kept))
    return len(articles)


def read_others() -> list[Article]:
    """Return the marked articles that are not of the demo: other manners, other events."""
    marked = [
        json.loads(line)
        for name in ("dev", "test")
        for line in (QUALITY / "attribution" / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    return [
        Article(
            one["id"],
            one["text"],
            one["title"],
            one["outlet"],
            published=datetime.fromisoformat(one["published"]),
            dateline=one["dateline"],
        )
        for one in marked
        if one["id"].startswith("extra-")
    ]


def score(
    questions: list[dict], retriever: Retriever, reader: Reader | None = None, *, show: bool
) -> None:
    """Ask every question and print the table."""
    counts: dict[str, Counter] = defaultdict(Counter)
    took = []
    for question in questions:
        began = time.perf_counter()
        query = read_question(question["question"])
        candidates = retriever.candidates(query)
        found = answer(query, candidates, reader=reader)
        took.append(time.perf_counter() - began)
        marks = judge(question, found) | was_found(question, candidates)
        for name in (question["class"], "supported" if question["supported"] else "unsupported"):
            counts[name].update(marks)
            counts[name]["asked"] += 1
        if show and not marks.get("right" if question["supported"] else "refused"):
            explain(question, found)
    columns = ("right", "strict", "among", "found", "source", "wrong", "sure", "misled")
    print(f"{'class':16}{'asked':>6}" + "".join(f"{name:>9}" for name in columns))
    for name, count in counts.items():
        cells = "".join(f"{count[key] / count['asked']:>9.0%}" for key in columns)
        print(f"{name:16}{count['asked']:>6}{cells}")
    took.sort()
    print(f"p50 {took[len(took) // 2] * 1e3:.0f} ms, worst {took[-1] * 1e3:.0f} ms a question")


def labels(question: dict) -> list[dict]:
    """Return every right answer, the first label first."""
    return [question, *question.get("also", ())]


def judge(question: dict, found: Answer) -> dict[str, int]:
    if not question["supported"]:
        plain = not found.none and found.sure and not found.findings[0].denial
        return {
            "refused": int(found.none),
            "wrong": int(not found.none),
            "misled": int(plain),
        }
    if found.none:
        return {"unanswered": 1}
    first, answers = found.findings[0], labels(question)
    said = [one for one in answers if same_sentence(one["sentence"], first.citation.quote)]
    return {
        "right": int(bool(said)),
        "strict": int(same_sentence(question["sentence"], first.citation.quote)),
        "among": int(
            any(
                same_sentence(one["sentence"], finding.citation.quote)
                for one in answers
                for finding in found.findings
            )
        ),
        "source": int(any(same_source(one["source"], first) for one in said or answers)),
        "wrong": int(not said),
        "sure": int(bool(said) and found.sure),
        "misled": int(not said and found.sure and not first.denial),
    }


def was_found(question: dict, candidates: list[Candidate]) -> dict[str, int]:
    if not question["supported"]:
        return {}
    quotes = [one.span.of(one.article.text) for one in candidates[:FOUND_AMONG]]
    return {
        "found": int(
            any(same_sentence(one["sentence"], q) for one in labels(question) for q in quotes)
        )
    }


def same_sentence(wanted: str, quoted: str) -> bool:
    asked, quote = words(wanted), words(quoted)
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
