"""Two words may be spellings of one name."""

import pytest

from summarizer.spelling import initial, spelt_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [("romanoff", "romanov"), ("kerensky", "kerenski"), ("yu", "ryu"), ("pak", "park")],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    """A letter, the end of a Slavic name, a family name in another alphabet's other spelling."""
    assert spelt_alike(one, other)
    assert initial(one) == initial(other)


@pytest.mark.parametrize(("one", "other"), [("yu", "pak"), ("finch", "lund"), ("off", "of")])
def test_names_of_two(one: str, other: str) -> None:
    """Short names must be the same."""
    assert not spelt_alike(one, other)
