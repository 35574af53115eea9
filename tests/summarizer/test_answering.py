"""Denials that have few words in common with what they answer, or stand in its own sentence."""

from __future__ import annotations

import pytest

from tests.summarizer.disputing import DENIES, UNCONFIRMED, kinds


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "The farmers' league accused the mayor, Ida Roth, of closing the road to win votes.",
            "Ms Roth denied that the timing was political.",
        ),
        (
            "The wrestler Osk Tarrin said that he had paid the mayor, Ida Roth, 900 crowns.",
            "Ms Roth denied taking money.",
        ),
        (
            "The skipper, Mara Holt, said that shots had been fired across the bow.",
            "Ida Roth of the navy denied having fired at anybody.",
        ),
    ],
)
def test_a_denial_answers_what_was_said_just_before(claim: str, reply: str) -> None:
    """By an accusation, by the name of who denies, or by a word of it."""
    assert kinds(f"{claim} {reply}") == [DENIES]


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "The line said that 231 people had been aboard.",
            "Ida Roth of the navy denied having laid mines in the strait.",
        ),
        (
            "The union said that the ferry of Orn had stopped.",
            "Ida Roth denied that a house in Velm had been looted.",
        ),
        (
            "The union said that it had met the mayor, Ida Roth.",
            "Ms Roth denied a report in the Velm Echo that a bank had bought the mill.",
        ),
        (
            "The union said that it had met the mayor, Ida Roth. Rain fell in Orn. The mill burnt.",
            "Ms Roth denied taking money.",
        ),
    ],
)
def test_a_denial_of_another_matter_answers_nothing(claim: str, reply: str) -> None:
    """That it stands behind a statement, or names another report, is not enough."""
    assert kinds(f"{claim} {reply}") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Osk Tarrin said that the road was mined; the mayor, Ida Roth, denied that.", DENIES),
        (
            "Osk Tarrin said the road was mined, but the mayor, Ida Roth, could not confirm it.",
            UNCONFIRMED,
        ),
    ],
)
def test_a_denial_may_stand_in_the_sentence_of_what_it_denies(text: str, kind: object) -> None:
    """The sentence is shown as its own dispute."""
    assert kinds(text) == [kind]


def test_who_tells_of_a_denial_is_not_denied() -> None:
    """The denial within what somebody says is not against him."""
    assert kinds("Mara Holt said that Ida Roth had denied that the road was mined.") == []


def test_acts_that_news_tells_as_the_same_answer_each_other() -> None:
    """Firing answers shells, a debt what was owed."""
    text = (
        "Mara Holt said that the mill had owed the port 900 crowns. Ida Roth denied the debt. "
        "The army said that shells had struck the hospital. Osk Tarrin denied firing on the town."
    )
    assert kinds(text) == [DENIES]
    assert kinds(text, sentence=2) == [DENIES]


def test_a_long_claim_is_denied_by_a_part_of_it() -> None:
    """Three words of it in a denial of the act are enough."""
    claim = (
        "The head of the mission said that foreign observers who tried to reach a camp in the "
        "hills of Orn were turned back by soldiers at a checkpoint."
    )
    assert kinds(claim, "Ida Roth said that the observers were not turned back in Orn.") == [DENIES]
