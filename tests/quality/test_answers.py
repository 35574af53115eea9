"""A floor under the answers: our own questions, counted. A slide is seen before it lands.

Every fifth labelled question is asked of the demo news, by words alone. The counts are those of
the day when the questions of two more writers came, less a few that a change of a weight may move; ``benchmarks.questions``
gives the figures themselves.
"""

import json
from collections import Counter

import pytest

from benchmarks.questions import HELD, QUALITY, SETS, judge, prepare
from summarizer.answer import answer
from summarizer.question import read_question

EVERY = 5
RIGHT, SOURCE, WRONG = 0.56, 0.54, 0.15
"""The floor: shares of the questions with an answer, and of those without one."""


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    """Asked, right, right source and wrongly answered questions."""
    lines = [line for path in SETS for line in path.read_text("utf-8").splitlines()]
    retriever, found = prepare(embed=False), Counter[str]()
    for line in lines[::EVERY]:
        question = json.loads(line)
        query = read_question(question["question"])
        marks = judge(question, answer(query, retriever.candidates(query)))
        kind = "supported" if question["supported"] else "unsupported"
        found.update({f"{kind} {mark}": number for mark, number in marks.items()})
        found[kind] += 1
    return found


def test_the_right_sentence_comes_first(counts: Counter[str]) -> None:
    """Most questions with an answer get it."""
    assert counts["supported right"] >= RIGHT * counts["supported"]


def test_the_right_source_is_named(counts: Counter[str]) -> None:
    """With the sentence comes who says it."""
    assert counts["supported source"] >= SOURCE * counts["supported"]


def test_few_unsupported_questions_are_answered(counts: Counter[str]) -> None:
    """No more near misses are taken for support."""
    assert counts["unsupported wrong"] <= WRONG * counts["unsupported"]


def test_every_question_has_what_the_scorer_reads() -> None:
    """Each line names its class, its half, and a sentence where an article answers it."""
    for path in {*SETS, *QUALITY.glob("questions*.jsonl")}:
        for line in path.read_text("utf-8").splitlines():
            question = json.loads(line)
            assert question["class"]
            assert question["half"] == ("test" if path in HELD else "dev")
            assert bool(question["sentence"]) is question["supported"]
