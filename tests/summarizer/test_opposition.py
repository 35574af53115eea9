"""What counts as the opposite of a claim: the act itself is denied, of the same thing."""

from __future__ import annotations

import pytest

from tests.summarizer.disputing import DENIES, OTHERWISE, kinds


@pytest.mark.parametrize(
    ("claim", "reply", "kind"),
    [
        (
            "The police said that the climber, Osk Tarrin, was wearing a rope.",
            "The guide, Mara Holt, said that Osk Tarrin was not wearing a rope.",
            DENIES,
        ),
        (
            "The guide, Mara Holt, said that Osk Tarrin was not wearing a rope when he slipped.",
            "The police said that the climber, Osk Tarrin, was wearing a rope.",
            OTHERWISE,
        ),
        (
            "Farmers in Orn said that the new dam weakens the fishing villages.",
            "Ida Roth said that the new dam strengthens the fishing villages.",
            OTHERWISE,
        ),
    ],
)
def test_the_same_act_told_and_denied(claim: str, reply: str, kind: object) -> None:
    """Either may be the claim; a word and its opposite say it as well."""
    assert kinds(claim, reply) == [kind]


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "A fire broke out in the chapel of Velm on Friday, the fire chief said.",
            "The vicar, Osk Tarrin, said he was not in the chapel when the fire broke out.",
        ),
        (
            "The vicar, Osk Tarrin, said he was not in the chapel when the fire broke out.",
            "A fire broke out in the chapel of Velm on Friday, the fire chief said.",
        ),
        (
            "A fire damaged the chapel of Velm on Friday, the fire chief said.",
            "Nobody was hurt in the fire at the chapel of Velm on Friday, the mayor said.",
        ),
        (
            "The police said that the driver was stopped and refused to leave his car.",
            "Witnesses said that the driver was stopped, refusing to leave his car.",
        ),
        (
            "The rule requires offices to ask whether their work harms rare birds, Ida Roth said.",
            "Osk Tarrin said that offices may go on if they find that no rare birds are harmed.",
        ),
        (
            "The agency said that the old rule allows the mayor to use the fund.",
            "Ida Roth said that she would not allow the mayor to use the fund.",
        ),
        (
            "The farmers said that if it had rained, the dam would not have broken in May.",
            "The mayor said that the dam had broken in May.",
        ),
        (
            "A reader of the Orn Echo said that she had decided not to buy the cream.",
            "Mara Holt said that she had wanted to buy the cream.",
        ),
        (
            "A man of Velm was killed in a fall from the Orn ridge, the police said.",
            "A woman who lives in Velm said that the Orn ridge was steep in the snow.",
        ),
    ],
)
def test_words_in_common_with_a_negation_are_no_dispute(claim: str, reply: str) -> None:
    """The negation must strike the act, and neither side may only suppose it or name its time."""
    assert kinds(claim, reply) == []
