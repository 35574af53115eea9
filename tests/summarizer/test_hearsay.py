"""Who passed a question on is cut off; whoever an article may name stays."""

import pytest

from summarizer.hearsay import without_hearsay


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("fwd from Jonas: the bridge is shut", "the bridge is shut"),
        ("Lena forwards: the bridge is shut", "the bridge is shut"),
        ("from amelie at the port: is the bridge shut", "is the bridge shut"),
        ("a friend of mine says that the bridge is shut", "the bridge is shut"),
        ("colleague in Oslo writes 'the bridge is shut'", "the bridge is shut'"),
        ("talk radio has it that the bridge is shut", "the bridge is shut"),
        ("rumour: the bridge is shut", "the bridge is shut"),
        ("Hello desk, is the bridge shut", "is the bridge shut"),
    ],
)
def test_informants_whom_no_article_names_are_cut_off(typed: str, left: str) -> None:
    """What stands after them is the question."""
    assert without_hearsay(typed) == left


@pytest.mark.parametrize(
    "typed",
    [
        "Marlow says: 'no troops moved'",
        "state radio says that the bridge is shut",
        "the union says the bridge is shut",
        "post office says losses fell",
        "a friend says so",
    ],
)
def test_possible_sources_stay(typed: str) -> None:
    """A name, a body or a station may be in an article; an empty rest helps nobody."""
    assert without_hearsay(typed) == typed
