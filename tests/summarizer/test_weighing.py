"""More that speaks for a passage never makes it less likely the answer."""

from dataclasses import replace

import pytest

from summarizer.agreement import among, judge
from summarizer.evidence import Evidence
from summarizer.lexicon import rows
from summarizer.question import read_question
from summarizer.said import Said
from summarizer.weighing import ENOUGH, Standing, relevance

BOATS = Said("Norway sent 400 boats to Denmark.", (), ("The Post",), own_voice=True)


def test_the_table_has_each_measure_once() -> None:
    """No measure is left out, none is weighed twice."""
    names = [name for name, *_ in rows("evidence_weights")]
    wanted = [f"relevance.{name}" for name in Evidence._fields]
    wanted += [f"sureness.{name}" for name in Standing._fields]
    assert sorted(names) == sorted([*wanted, "sureness"])


@pytest.mark.parametrize("measure", ["words", "around", "article", "speaker"])
def test_more_of_the_question_is_more_relevant(measure: str) -> None:
    """The measures that matter most count for a passage, by words and by meaning."""
    evidence = judge(read_question("Norway sent boats"), BOATS).evidence
    for nearness in (0.0, 0.5):
        for supports in (0.0, 1.5):
            known = evidence._replace(nearness=nearness, supports=supports)
            less, more = (known._replace(**{measure: value}) for value in (0.0, 1.0))
            assert relevance(more) > relevance(less)


def test_a_nearer_passage_that_contradicts_makes_unsure() -> None:
    """The further a contradiction is ahead, the less sure the passage behind it."""
    query = read_question("Norway sent 400 boats to Denmark")
    verdict = judge(query, BOATS)
    far, near = (among(query, verdict, lead=lead, clear=1.0).score for lead in (3.0, -3.0))
    assert near < far
    assert verdict.score >= ENOUGH


def test_meaning_counts_for_a_passage() -> None:
    """The nearer in meaning, the more relevant."""
    query = read_question("Norwegian vessels were dispatched")
    far, near = (judge(query, replace(BOATS, nearness=cosine)) for cosine in (0.2, 0.8))
    assert near.relevance > far.relevance
