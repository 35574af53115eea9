"""A passage that is set aside by its words alone would have been set aside by its terms too."""

import pytest

from summarizer.slots import COVERED, Verdict, compare
from summarizer.terms import read_terms
from summarizer.wordbook import concepts_in

CONTENT = "that Tarskan troops moved 8,000 soldiers into the Oru Gap on Monday"


@pytest.mark.parametrize(
    "passage",
    [
        "Tarsk moved some 8,000 troops to the Oru Gap.",
        "North Korea sent 12,000 soldiers, the NIS said.",
        "The O'Neill firm's U.S. arm bought Acme-Foods for $3.2 bn.",
        "it rained",
        "",
    ],
)
def test_concepts_hold_all_stems_and_senses_of_the_terms(passage):
    """Nothing that a term stands for is missing among the words, places and numbers apart."""
    concepts, initials = concepts_in(passage)
    for term in read_terms(passage):
        if term.number is None and not term.place:
            assert {term.stem, *term.senses} <= concepts
        if term.capital and not term.place:
            assert term.text[0].lower() in initials


def test_a_passage_about_something_else_is_told_so():
    """Few words in common: neither said nor opposed, and no more than half is shared."""
    found = compare(CONTENT, "The ferry's licence was renewed in December.")
    assert (found.verdict, found.covered < COVERED) == (Verdict.OTHER, True)


def test_a_name_spelled_otherwise_is_not_set_aside():
    """One letter more in a name, another form of a people: still the same claim."""
    found = compare("Tarskan soldiers crossed Orugap", "Tarsk soldiers crossed Orrugap at dawn")
    assert found.verdict is Verdict.SAYS


def test_what_a_claim_sets_itself_against_leaves_the_other_words_in_place():
    """Words behind a long "rather than" are looked up where they stand."""
    painted = "The mayor painted {} mended the old iron bridge over the river Ede in the spring."
    found = compare(painted.format("rather than"), painted.format("and"))
    assert found.verdict is not Verdict.OPPOSES
