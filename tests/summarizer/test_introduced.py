"""Whom an article describes before it names them, and whom it never names."""

import pytest

from summarizer.analysis import analyze_text
from summarizer.model import Source


def sources_of(text: str) -> list[Source]:
    claims = analyze_text(text).claims
    return [claim.attribution.source for claim in claims if claim.attribution.source]


NAMED = (
    (
        (
            "Divers were turned back on Wednesday, the head of the mission said. Two boats were "
            "stopped short of the island, Runa Aster said in a statement."
        ),
        "Runa Aster",
        "the head of the mission",
    ),
    (
        (
            "The governor of the Bank of Marrow has told parliament that it would pay. In a letter "
            "to the house Ines Calder wrote that losses would be shared."
        ),
        "Ines Calder",
        "the governor of the Bank of Marrow",
    ),
    (
        (
            "A ship's cook who is accused of theft told a court in Dorn that he had never been "
            "asked. Pavel Rood, 47, denied having taken the silver."
        ),
        "Pavel Rood",
        "a ship's cook",
    ),
    (
        (
            "The data are false, a marine researcher said on Monday. Oda Lind, a researcher at the "
            "Marine Institute, said that she had read them."
        ),
        "Oda Lind",
        "a researcher at the Marine Institute",
    ),
    (
        (
            "Veloria's spy agency said on Monday that tanks had moved. The Central Intelligence "
            "Directorate (CID) said in a statement that there were forty."
        ),
        "Central Intelligence Directorate (CID)",
        "Veloria's spy agency",
    ),
    (
        (
            "General Anton Vesk said on Friday that the road was closed. There had been no shots, "
            "the spokesman for the Defence Ministry said."
        ),
        "Anton Vesk",
        "the spokesman for the Defence Ministry",
    ),
)


@pytest.mark.parametrize(("text", "name", "role"), NAMED)
def test_the_name_that_comes_later_is_taken_over(text: str, name: str, role: str) -> None:
    """Both claims have the same source; it is described by the words of the lead or its own."""
    said = sources_of(text)
    assert [(one.name, one.role) for one in said] == [(name, role)] * 2


@pytest.mark.parametrize(
    "text",
    [
        (
            "A senior official, who asked not to be named, said that the ship was late. Ivan Dorn, "
            "a senior official, said otherwise."
        ),
        "The ship was late, an official said on Monday. Ivan Dorn said otherwise.",
        "The dam held, the head of the mission said. Ivan Dorn, a baker, said it did not.",
        "The dam held, the minister of water said. Ivan Dorn, head of the port, said it did not.",
        "Ivan Dorn said the dam held. Ada Moll said it broke. It leaked, the head of the port said.",
    ],
)
def test_nobody_is_given_a_name_that_may_be_anothers(text: str) -> None:
    """Officials stay unnamed, and a name that is told to be something else is another's."""
    first, *_ = (
        one for one in sources_of(text) if "Dorn" not in one.name and "Moll" not in one.name
    )
    assert first.entity is None


def test_whom_only_a_caption_names_is_passed_over() -> None:
    """The one whom the body names next is meant."""
    text = (
        "Minister Ada Quill arrives at the port on May 3, 2023. (AP Photo/Tom Brask)\n\n"
        "The data are false, a marine researcher said on Monday.\n\n"
        "Oda Lind of the Marine Institute said that she had read them."
    )
    assert {one.name for one in sources_of(text)} == {"Oda Lind"}
