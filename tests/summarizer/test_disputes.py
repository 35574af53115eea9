"""Disputes: another side that denies the same act, counts otherwise or would not confirm it."""

from __future__ import annotations

import pytest

from summarizer.citation import cite
from summarizer.corroboration import corroborate
from summarizer.model import Dissent, Finding
from tests.summarizer.disputing import (
    DENIES,
    NUMBER,
    OTHERWISE,
    UNCONFIRMED,
    disputed,
    kinds,
    read,
)

TROOPS = "Kessary said on Monday that Tarsk had moved about 8,000 troops to the Oru Gap."


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (
            "“Not one additional soldier has been sent to the Oru Gap,” General Vashkov said.",
            DENIES,
        ),
        ("General Orlen Vashkov denied that any troops had been sent to the Oru Gap.", DENIES),
        ("General Orlen Vashkov rejected reports that troops were moved to the Oru Gap.", DENIES),
        ("Officials in Brel said that the number of troops in the Oru Gap was 5,000.", NUMBER),
        ("Officials in Brel said that Tarsk had moved 5,000 soldiers to the Oru Gap.", NUMBER),
        (
            "Edmund Rusk said he could not confirm that troops had been moved to the gap.",
            UNCONFIRMED,
        ),
        ("Edmund Rusk declined to comment on reports that soldiers were sent there.", UNCONFIRMED),
    ],
)
def test_another_article_of_the_story_disputes_it_in_other_words(reply: str, kind: Dissent) -> None:
    """Troops are soldiers, moved is sent, and what the reply does is told apart."""
    assert kinds(TROOPS, reply) == [kind]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("Tarsk dismissed the claim.", DENIES),
        ("Orlen Vashkov denied it.", DENIES),
        ("Orlen Vashkov, a general, disputed that account on Monday.", DENIES),
        ("Orlen Vashkov called the report fiction.", DENIES),
        ("That account was disputed.", DENIES),
        ("Edmund Rusk would not confirm the figure.", UNCONFIRMED),
        ("Edmund Rusk said that he could not verify the Kessarian figure.", UNCONFIRMED),
        ("The claim could not be independently verified.", UNCONFIRMED),
    ],
)
def test_words_that_point_back_dispute_what_stands_before(reply: str, kind: Dissent) -> None:
    """ "Denied it" is read with the sentence before; so is "the figure"."""
    assert kinds(f"{TROOPS} {reply}") == [kind]


@pytest.mark.parametrize(
    "reply",
    [
        "The minister, Dario Kess, denied that he would resign.",
        "Orlen Vashkov denied that the road to Brel was shut.",
        "Orlen Vashkov denied that Tarsk had broken the obligation to give notice of movements.",
        "Orlen Vashkov said that the exercise involved 2,500 troops who live in the area.",
        "Orlen Vashkov declined to say when the exercise would end.",
        "Orlen Vashkov said that Tarsk would send no letters to the mission.",
        "Haesong confirmed that Tarsk had moved about 8,000 troops to the Oru Gap.",
        "The Oru Gap is 60 kilometres long.",
        "Mirela Kovarin did not say how many trains there were.",
    ],
)
def test_another_matter_of_the_same_story_is_no_dispute(reply: str) -> None:
    """A denial of something else, another quantity and a refusal to tell how are none."""
    assert kinds(TROOPS, reply) == []


def test_a_denial_points_at_the_nearest_claim_only() -> None:
    """What stood before it of somebody else is not denied."""
    text = (
        f"{TROOPS} The wheat harvest failed in Ede, farmers said on Tuesday. "
        "The farm minister, Ida Roth, denied it."
    )
    assert kinds(text) == []
    assert kinds(text, sentence=1) == [DENIES]


def test_nobody_disputes_himself() -> None:
    """A source that says it otherwise later, or whose spokesman does, is no other side."""
    later = "Daram Telecom denied that the data of customers had been stolen."
    assert kinds("Daram Telecom said that the data of 90 customers had been stolen.", later) == []
    boss = "“The data of 60 customers were stolen,” said Pyo Jin-ho, the head of Daram Telecom."
    assert kinds("Daram Telecom said that the data of 90 customers had been stolen.", boss) == []


def test_a_toll_that_grows_is_no_dispute() -> None:
    """More dead on the next day is an update; on the same day it is another number."""
    first = "The fire killed 14 people in the harbour, the police said."
    more = "The fire killed 17 people in the harbour, the mayor said."
    today, tomorrow = read(more, name="b"), read(more, name="b", hours=24)
    assert [kind for kind, _ in disputed(read(first), today)] == [NUMBER]
    assert disputed(read(first), tomorrow) == []


def test_what_is_said_against_a_denial_says_otherwise() -> None:
    """The claim that a denial denies disputes the denial."""
    denial = "“Not one additional soldier has been sent to the Oru Gap,” General Vashkov said."
    assert kinds(denial, "Kessary said that Tarsk had sent soldiers to the Oru Gap.") == [OTHERWISE]


def test_the_other_number_is_told_as_it_stands() -> None:
    """The number comes with the dispute, in the words of the sentence."""
    other = "Officials in Brel said that Tarsk had moved five thousand soldiers to the Oru Gap."
    article, analysis = read(TROOPS)
    found = Finding(
        cite(article, analysis.sentences[0].span),
        analysis.claims[0].content,
        analysis.claims[0],
        (),
    )
    shown = corroborate(found, [(article, analysis), read(other, name="b")]).disputes
    assert [one.number for one in shown] == ["five thousand"]


def test_a_refusal_after_another_refusal_is_of_the_same_reports() -> None:
    """ "Cannot verify the reports" is read with the sentence before that names the reports."""
    text = (
        f"{TROOPS} Belmora declined to comment on reports that troops had been moved to the Oru Gap. "
        "Its ally Edmund Rusk said he could not verify the reports."
    )
    assert kinds(text) == [UNCONFIRMED, UNCONFIRMED]


def test_other_prints_of_a_dispute_are_left_out() -> None:
    """One who denies it in two articles is named once."""
    denial = "General Orlen Vashkov denied that any troops had been sent to the Oru Gap."
    assert kinds(TROOPS, denial, denial) == [DENIES]


def test_the_deputy_of_a_body_speaks_for_it() -> None:
    """A body is not disputed by who bears its name in his role."""
    guild = (
        "The Seafarers' Guild said that the rudder had failed in January. "
        "Davy Marrow, the secretary of the Seafarers' Guild, denied that the rudder had failed."
    )
    assert kinds(guild) == []


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "The ministry said that the bridge over the Ede was closed.",
            "The mayor of Hask said that the bridge over the Ede was open.",
        ),
        (
            "The bank said that the prices of bread had risen in the capital.",
            "Union leaders said that the prices of bread had fallen in the capital.",
        ),
    ],
)
def test_the_opposite_act_on_the_same_thing_says_otherwise(claim: str, reply: str) -> None:
    """No word of denial is needed, on the same day."""
    assert kinds(claim, reply) == [OTHERWISE]
    apart = read(claim), read(reply, name="b", hours=30)
    assert disputed(*apart) == []


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "The ministry said that the bridge over the Ede was closed.",
            "The mayor of Hask said that the bridge over the Ede was not open.",
        ),
        (
            "The ministry said that the bridge over the Ede was closed.",
            "The mayor of Hask said that the schools of the valley were open.",
        ),
        (
            "Doctors said that 400 patients of the hospital had died.",
            "Nurses said that 900 patients of the hospital had survived.",
        ),
    ],
)
def test_opposite_words_of_other_things_are_no_dispute(claim: str, reply: str) -> None:
    """Twice negated is the same, and other things and other people may fare otherwise."""
    assert kinds(claim, reply) == []


def test_a_number_that_is_put_at_another_stands_against_the_deed() -> None:
    """ "The saving" is what was saved, whichever side is asked about."""
    told = "The ministry said that the plant would save 2.2 million tonnes of coal a year."
    put = "Analysts said that a study puts the saving at 1.3 million."
    assert kinds(told, put) == [NUMBER]
    assert kinds(put, told) == [NUMBER]
    assert kinds(told, "Analysts said that a study puts the cost at 1.3 million.") == []


def test_a_price_that_nobody_would_confirm_is_the_one_that_was_given() -> None:
    """The number and what it counts tell it again, also beside another verb."""
    claim = "A newspaper said that the country would pay 412 crowns a tonne."
    other = (
        "Officials said that it had been set at 412 crowns a tonne. "
        "A ministry spokesman would not confirm the price."
    )
    assert kinds(claim, other) == [UNCONFIRMED]


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "The guild said that the cranes of Orn were sold in May.",
            "Ida Roth said that it was not the first time that cranes of Orn were sold.",
        ),
        (
            "The guild said that the cranes of Orn were sold in May.",
            "Ida Roth said that the cranes of Orn should not be sold.",
        ),
        (
            "The guild said that the cranes of Orn were sold in May.",
            "Ida Roth said that nobody else had sold cranes in Orn.",
        ),
        (
            "The guild said that the cranes of Orn were sold in May.",
            "Ida Roth asked why the cranes of Orn were not sold.",
        ),
        (
            "The union said that the drivers would not work because the pay was late.",
            "Ida Roth said that the drivers work well.",
        ),
    ],
)
def test_a_negation_of_something_else_is_no_dispute(claim: str, reply: str) -> None:
    """Nor is what should be, what is asked, or a word or two of a long claim."""
    assert kinds(claim, reply) == []


def test_what_is_denied_is_told_apart_from_what_was_done_instead() -> None:
    """ "Not turned back but advised to return" denies the first."""
    denial = "The army said that the patrol was not turned back at Orn but told of a flood."
    assert kinds(denial, "Two drivers said that the patrol was turned back at Orn.") == [OTHERWISE]
