"""Other numbers: of the same things, all of them, at the same time."""

from __future__ import annotations

import pytest

from tests.summarizer.disputing import NUMBER, kinds


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "The police said that 26 sailors were arrested in the harbour of Orn.",
            "The navy said that 31 sailors were arrested in the harbour of Orn.",
        ),
        (
            "The mayor said that about 400 houses were flooded in Velm.",
            "The insurers said that about 700 houses were flooded in Velm.",
        ),
    ],
)
def test_another_number_of_the_same_things(claim: str, reply: str) -> None:
    """Nearly all else is told alike."""
    assert kinds(claim, reply) == [NUMBER]


@pytest.mark.parametrize(
    ("claim", "reply"),
    [
        (
            "The police said that 26 sailors were arrested in the harbour of Orn.",
            "Another 31 sailors were arrested in the harbour of Orn, the navy said.",
        ),
        (
            "The police said that 26 sailors were arrested in the harbour of Orn.",
            "So far the navy has arrested 31 sailors in the harbour of Orn, Ida Roth said.",
        ),
        (
            "The police said that 26 sailors were arrested in the harbour of Orn.",
            "The navy said that 31 sailors of a grain ship had asked the court of Orn for bread.",
        ),
        (
            "The team said that Osk Tarrin ran 80 yards in the final.",
            "The league said that Osk Tarrin ran 50 yards in the final.",
        ),
        (
            "The police said that a man shot 14 guests, killing 11 in the hotel.",
            "The mayor said that a man shot and killed 11 guests in the hotel.",
        ),
        (
            "The navy said that it had seized six rifles, 12 pistols and 300 rounds in one raid.",
            "The army said that it had seized 14 rifles, 31 pistols and 923 rounds in five raids.",
        ),
    ],
)
def test_numbers_of_other_countings_are_no_rivals(claim: str, reply: str) -> None:
    """More of them, some of them, until now, lengths, and long lists."""
    assert kinds(claim, reply) == []
