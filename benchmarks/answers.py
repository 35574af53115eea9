"""Questions with their whole cards, refusals, and the worst answers, as Markdown.

    python -m benchmarks.answers > docs/answers.md

The articles are those of ``benchmarks.questions``, grouped into stories, so that carriers and
disputes are counted as the bot counts them. Where the extra ``embed`` is installed the best
passages are read again by its reader, as ``make run`` has it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from benchmarks.questions import SETS, judge, prepare
from bot.cards.answer import answer_card
from bot.chat.terminal import as_text
from bot.cross_encoder import open_reader
from bot.retrieve import Retriever
from bot.sourcing import SourceFinder
from bot.store import SqlStore
from summarizer.stories import cluster

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
ASKED = (
    "did tarsk send 8k troops to the border?",
    "who says the soldiers came by rail",
    "how many people were on the ferry?",
    "who told the ferry to wait outside the harbour?",
    "did the harbour director confirm that the ferry was told to wait",
    "what does Rusk say about the Kessarian figure",
    "does the Caja's president deny that money is gone",
    "were passwords stolen from Daram?",
    "who said the bank was short of cash, not of assets",
    "Vashkov: spies counted the same train four times",
    "has kessary denied calling up reservists",
    "how much does haesong pay for a tonne of ammonia",
    "why was the search at kessary hydro brought forward",
    "when will the road be reopened",
    "“The state is not a mattress.”",
    "900m loss for taxpayers - where does that come from",
    "did ferrant offer bassano the foreign ministry",
    "who thinks only arms makers benefit from the scandal",
    "gate four was groaning for a year?? who said",
    "MSIB chief: do they have the black box of the ferry?",
)
REFUSED = (
    "Kessary says Tarsk moved 12,000 troops to the Oru Gap",
    "Tarsk's spy agency says Kessary moved 8,000 troops to the Oru Gap",
    "Haesong moved 8,000 troops to the Oru Gap",
    "Vashkov confirmed that additional soldiers were sent to the border",
    "Groth said the dam is safe today",
    "Rusk verified the figure of 8,000",
    "savings co-op in Haesong shut with 240 million missing",
    "Ansel Mercantile to take over Northgate for one crown",
    "who said the dam was blown up by saboteurs",
    "what does the archbishop say about the ferry",
)
WORST = 10


def main() -> None:
    retriever = prepare(embed=False, quiet=True)
    finder = with_stories(retriever)
    print("# Answers over the demo news\n")
    print("What `python -m benchmarks.answers` prints; the news is invented. As in the console:")
    print("on Slack and Discord the lines with › are buttons.\n\n## Twenty questions\n")
    for question in ASKED:
        show(finder, question)
    print("## Ten refusals\n")
    for question in REFUSED:
        show(finder, question)
    print(f"## The worst {WORST} answers\n")
    print("Of our labelled questions: answered most surely, and wrongly. What an article says")
    print("stands first, what was answered under it.\n")
    for sure, question, said in worst(finder)[:WORST]:
        wanted = question["sentence"] or "nothing: no article says it"
        print(f"- **{question['question']}** ({question['class']}, sure {sure:.2f})")
        print(f"  - right: {wanted}\n  - said: {said}")


def with_stories(retriever: Retriever) -> SourceFinder:
    """Group the stored articles, and answer from the store as the bot does."""
    store = retriever._store  # noqa: SLF001 - the benchmark made it
    group(store)
    return SourceFinder(store, retriever, {}, open_reader())


def group(store: SqlStore) -> None:
    """Group all that is stored into stories."""
    ever = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
    store.save_stories(cluster(store.published_between(*ever), now=NOW))


def show(finder: SourceFinder, question: str) -> None:
    card = as_text(answer_card(finder(question, NOW), stories={}), width=96)
    print(f"### {question}\n\n```\n{card.rstrip()}\n```\n")


def worst(finder: SourceFinder) -> list[tuple[float, dict, str]]:
    found = []
    for line in (line for name in SETS for line in name.read_text("utf-8").splitlines()):
        question = json.loads(line)
        answer = finder(question["question"], NOW)
        if answer.findings and not judge(question, answer).get("right"):
            first = answer.findings[0]
            found.append((first.score, question, first.citation.quote))
    return sorted(found, key=lambda one: -one[0])


if __name__ == "__main__":
    main()
