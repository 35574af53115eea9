"""Words that stand for each other: synonyms, and a kind for one of its kind."""

import pytest

from summarizer.bags import alike, read_bag
from summarizer.lexicon import rows
from summarizer.terms import read_terms
from summarizer.wordbook import concepts_in, known_word


def likeness(asked: str, found: str) -> float:
    """Compare two single words."""
    return alike(read_terms(asked)[0], read_terms(found)[0])


@pytest.mark.parametrize(("asked", "found"), [("animal", "goat"), ("goat", "animal")])
def test_a_kind_and_one_of_it_stand_for_each_other_in_part(asked: str, found: str) -> None:
    """Less than a synonym does, either way; a bag says the same."""
    assert 0 < likeness(asked, found) < likeness("lorry", "truck") < 1
    assert read_bag(found).best(read_terms(asked)[0]) == likeness(asked, found)


def test_two_of_a_kind_are_two_things() -> None:
    """A bus is not a tractor, though both are vehicles."""
    assert likeness("bus", "tractor") == 0


def test_concepts_hold_everything_that_terms_are_compared_by() -> None:
    """What is told from the concepts of a text is never less than what its terms tell."""
    known = known_word("lorry")
    assert known is not None
    assert known.concepts <= concepts_in("A lorry turned over.")[0]


@pytest.mark.parametrize("table", ["synonyms", "kinds", "antonyms", "converses"])
def test_the_lists_are_single_lower_case_words_without_a_line_twice(table: str) -> None:
    """Each group has words on both sides, and stands there once."""
    lines = rows(table)
    assert len(set(lines)) == len(lines)
    for _, members in lines:
        assert members.split()
        assert all(word.islower() and word.replace("-", "").isalpha() for word in members.split())
