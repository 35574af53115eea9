"""What is reported without anybody's name, and who is meant where "one" or "the Service" speaks."""

from __future__ import annotations

import pytest

from summarizer.analysis import analyze_text
from summarizer.model import Stance


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Unconfirmed reports said that two people had been hurt.", "that two people had been hurt"),
        ("The gunmen fled across the border, according to media reports.",
         "The gunmen fled across the border"),
        ("The mayor, who reportedly resigned on Monday, was not there.",
         "The mayor resigned on Monday"),
        ("A pilot who is accused of taking bribes was not there on Monday.",
         "A pilot of taking bribes"),
        ("A man suspected of setting the fire was arrested on Monday.",
         "A man of setting the fire"),
        ("Rumour has it that the old club will be sold.", "that the old club will be sold"),
        ("It emerged that the ship had carried arms.", "that the ship had carried arms"),
        ("Residents of the town were told to boil their water.", "to boil their water"),
        ("The ferry was ordered by radio to hold off for an hour.", "to hold off for an hour"),
        ("Shares in the line jumped on reports of a foreign bid.", "a foreign bid"),
    ],
)  # fmt: skip
def test_what_nobody_named_says_is_reported(text: str, content: str) -> None:
    found = [
        " ".join(span.of(text) for span in claim.content)
        for claim in analyze_text(text).claims
        if claim.attribution.stance is Stance.REPORTED and claim.attribution.source is None
    ]
    assert found == [content]


def test_a_denial_by_nobody_named_puts_its_content_as_not_so() -> None:
    text = "The mayor said that the old pier was safe. That account was disputed on Monday."
    denied = analyze_text(text).claims[-1]
    assert denied.attribution.source is None
    assert denied.attribution.negated
    assert denied.attribution.stance is Stance.REPORTED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Security Service said that it had arrested men. The Service said they had a plan.",
            "Security Service",
        ),
        (
            "Two members of the crew said they had slept. One said that the alarm had failed.",
            "Two members of the crew",
        ),
    ],
)
def test_a_short_name_means_the_one_named_before(text: str, name: str) -> None:
    source = analyze_text(text).claims[-1].attribution.source
    assert source is not None
    assert source.name == name


def test_a_pointer_to_another_story_is_no_claim() -> None:
    text = (
        "The pier is shut, the council said on Monday.\n\n"
        "Read more: The mayor says the pier was never inspected by anyone.\n\n"
        "It was built in 1911 and will be rebuilt in the spring."
    )
    assert len(analyze_text(text).claims) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The union called on the government to resign.",
        "The union urged members to vote against the deal.",
        "The police told residents of the town to stay indoors.",
        "The captain was told by the coastguard to wait.",
        "Reporters asked the mayor if the pier was safe.",
        "The minister appealed to residents to stay indoors.",
    ],
)
def test_what_somebody_is_asked_or_told_to_do_is_asked_for(text: str) -> None:
    assert [claim.attribution.stance for claim in analyze_text(text).claims] == [Stance.ASKS]


def test_what_a_message_is_purportedly_leaves_who_says_it() -> None:
    text = "In a message purportedly from the Front, the group announced that it had moved."
    told = [claim.attribution.source for claim in analyze_text(text).claims]
    assert [source and source.name for source in told] == ["Front"]


def test_who_does_it_by_saying_so_says_it() -> None:
    text = "Ada Orlov added fuel to the fire by saying on Saturday that the dam was unsafe."
    source = analyze_text(text).claims[0].attribution.source
    assert source
    assert source.name == "Ada Orlov"
