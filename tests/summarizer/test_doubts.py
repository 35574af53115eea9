"""What a denial or a refusal is about: the thing told before, the denier, or nothing in question."""

from __future__ import annotations

import pytest

from summarizer.citation import cite
from summarizer.corroboration import corroborate
from summarizer.model import Finding
from tests.summarizer.disputing import DENIES, UNCONFIRMED, kinds, read

VIDEO = "The rebels said on Sunday that the video showed soldiers who burnt the mill of Velm."
PAID = "Witnesses said that the baker of Velm, Osk Tarrin, had stolen the flour of the mill."


@pytest.mark.parametrize(
    "reply",
    [
        "The Post could not independently verify the authenticity of the video.",
        "Mara Holt said that she could not confirm the legitimacy of the statement.",
        "The army has neither confirmed nor denied the stories.",
    ],
)
def test_what_is_not_verified_is_what_was_just_told(reply: str) -> None:
    """The authenticity of a video is that of what it is said to show."""
    assert kinds(f"{VIDEO} {reply}") == [UNCONFIRMED]


@pytest.mark.parametrize(
    "reply",
    [
        "A letter that the Post could not verify told of two cows in Orn.",
        "The army declined to comment on the ongoing work at the mill of Velm.",
        "The army would not say whether the mill of Velm had received any recent threats.",
        "The army gave no details of the origin of the video of the mill of Velm.",
        "The soldiers did not respond.",
        "It was not told how many soldiers were in the mill of Velm.",
    ],
)
def test_who_will_not_talk_of_something_else_holds_nothing_back(reply: str) -> None:
    """A thing in passing, a matter as a whole, and another question."""
    assert kinds(f"{VIDEO} {reply}") == []


@pytest.mark.parametrize(
    "reply",
    [
        "Osk Tarrin denied that he had stolen the flour.",
        "The baker, Osk Tarrin, denied having stolen any flour.",
        "Mara Holt denied that the baker had stolen the flour.",
    ],
)
def test_a_denial_names_the_act_and_its_doer(reply: str) -> None:
    """ "He" is who denies it."""
    assert kinds(PAID, reply) == [DENIES]


@pytest.mark.parametrize(
    "reply",
    [
        "Ida Roth denied that she had stolen flour from the mill.",
        "Mara Holt denied shooting at the clerks who ran to the mill.",
        "A judge denied a late request to stay the sale of the stolen flour.",
        "The town denied grain merchants access to the flour of the mill.",
        "Ida Roth played down the loss of the flour of the mill.",
        "The thief of the flour lies in wait for Osk Tarrin, said Mara Holt.",
        "The guild of the flour is made up of millers, said Mara Holt.",
        "“That does not happen often,” said Mara Holt.",
        "“This did not happen because of the flour,” said Mara Holt.",
        "It was said that a teacher of Velm had been denied.",
        "Mara Holt said that any such theft harmed the mill.",
    ],
)
def test_a_denial_of_another_thing_or_by_another_is_none(reply: str) -> None:
    """Requests, access, playing down, lying in wait, and another's own deeds."""
    assert kinds(f"{PAID} Rain fell. {reply}") == []


@pytest.mark.parametrize(
    "claim",
    [
        "A judge denied a request by Osk Tarrin to open the mill.",
        "If the mill is open, the baker steals the flour, Mara Holt said.",
        "The court decided not to open the mill.",
    ],
)
def test_decisions_and_conditions_state_nothing_to_be_disputed(claim: str) -> None:
    """Nobody says there that something is so."""
    assert kinds(claim, "Ida Roth said that the mill was open. Ida Roth denied that.") == []


def test_what_follows_in_the_sentence_of_a_denial_is_not_denied() -> None:
    """Who is told behind it says something new."""
    text = (
        "Mara Holt said that the well was clean, but the villagers disputed that report, "
        "and the Orn Echo said that a judge had asked for new tests."
    )
    article, analysis = read(text)
    tested = next(c for c in analysis.claims if "tests" in c.content[-1].of(text))
    found = Finding(cite(article, analysis.sentences[0].span), tested.content, tested, ())
    assert not corroborate(found, [(article, analysis)]).disputes


def test_that_is_the_last_statement_and_not_all_that_a_speaker_said() -> None:
    """ "That is not true" answers one thing."""
    text = (
        "Mara Holt said that the mill had burnt in May. She said that the baker had fled to Orn. "
        "“That is not true,” said Ida Roth."
    )
    assert kinds(text) == []
    assert kinds(text, sentence=1) == [DENIES]
