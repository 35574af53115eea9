"""Turns of denial: called untrue, pleaded to, refused, conceded; and what each is said against."""

from __future__ import annotations

import pytest

from summarizer.model import Dissent
from tests.summarizer.disputing import DENIES, NUMBER, UNCONFIRMED, kinds

CHARGE = "Prosecutors in Velm accused the baker Osk Tarrin of selling the stolen flour."


@pytest.mark.parametrize(
    "reply",
    [
        "Osk Tarrin denied any wrongdoing.",
        "Tarrin pleaded not guilty.",
        "Tarrin said that he had done nothing wrong.",
        "“That is not true,” Tarrin told reporters.",
        "Osk Tarrin called that “a lie from start to finish”.",
        "Tarrin called the charge “pure invention”.",
        "His lawyer, Mara Holt, dismissed the charge as the fantasy of a rival.",
        "Mara Holt, his lawyer, said that she did not accept the allegations.",
        "Osk Tarrin, 41, has maintained his innocence.",
    ],
)
def test_who_is_accused_denies_it_in_many_turns(reply: str) -> None:
    """Guilt need not be named, nor what is called untrue."""
    assert kinds(f"{CHARGE} {reply}") == [DENIES]


@pytest.mark.parametrize(
    "reply",
    [
        "The mill dismissed him in May.",
        "A court rejected a request by two farmers to see the flour.",
        "The town denied him entry to the market.",
        "Osk Tarrin did not dispute the charge.",
        "Tarrin does not deny that he was at the mill, nor does he dispute the charge.",
        "Osk Tarrin refused to leave the bakery.",
        "Tarrin said that the sacks bore the wrong label.",
        "The mill, which did nothing wrong, is open again.",
        "Mara Holt, who would contest the will, was in court.",
    ],
)
def test_refusals_and_dismissals_of_other_kinds_deny_nothing(reply: str) -> None:
    """Men are dismissed, plans rejected, entry denied, and who does not dispute a thing grants it."""
    assert kinds(f"{CHARGE} {reply}") == []


def test_who_denies_wrongdoing_denies_what_he_is_accused_of() -> None:
    """What others told just before is not meant."""
    text = (
        f"{CHARGE} The fair of Velm opens on Friday, the mayor said. "
        "Tarrin, 41, denied any wrongdoing."
    )
    assert kinds(text) == [DENIES]
    assert kinds(text, sentence=1) == []


def test_a_claim_is_what_somebody_said() -> None:
    """What the outlet tells between is no claim."""
    text = (
        "The guild said that the new lock had failed twice. "
        "The lock was built in 1911 by two brothers. The harbour office rejected the claim."
    )
    assert kinds(text) == [DENIES]
    assert kinds(text, sentence=1) == []


def test_one_denial_is_of_the_last_statement_only() -> None:
    """Of an outlet's own sentences only the last is meant by "this"."""
    text = (
        "The slick has reached the beach of Orn. About 40 tonnes of oil were lost. "
        "Ida Roth of the fishermen's union disputed this."
    )
    assert kinds(text) == []
    assert kinds(text, sentence=1) == [DENIES]


def test_a_quotation_that_goes_on_is_its_speakers() -> None:
    """Nobody disputes himself in the next sentence of his own words."""
    text = (
        "“We do not build a wall at the ford,” Ida Roth said. “We build a dam at the ford.” "
        "“It takes a year,” she said."
    )
    assert kinds(text) == []
    assert kinds(text, sentence=1) == []


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("The ministry would neither confirm nor deny the report.", UNCONFIRMED),
        ("The ministry did not deny the report.", None),
        ("The ministry did not respond to a request for comment.", None),
        ("The ministry has not ruled out a second ferry.", None),
    ],
)
def test_what_is_conceded_is_not_held_back(reply: str, kind: Dissent | None) -> None:
    """Nor is what nobody was asked about."""
    text = f"Two officials said that the ferry had been sold to a bank. {reply}"
    assert kinds(text) == ([kind] if kind else [])


def test_a_figure_that_stands_alone_is_put_at_another() -> None:
    """The verb of putting may be the cue, outside of what is said."""
    text = (
        "The town says that the tunnel will save 900,000 crowns a year. "
        "A study by Halm College puts the saving at 400,000."
    )
    assert kinds(text) == [NUMBER]
    assert kinds(text, sentence=1) == [NUMBER]


def test_an_idea_that_is_told_is_what_is_denied() -> None:
    """The noun does not point back where its own clause says what it is."""
    claim = "Mara Holt said that the guard of the mill was no threat to anybody."
    reply = "The town rejected the idea that the guard was no threat."
    other = "The town rejected the idea that a wolf had been seen."
    assert kinds(claim, reply) == [DENIES]
    assert kinds(f"{claim} {other}") == []
