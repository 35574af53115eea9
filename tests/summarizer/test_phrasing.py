"""What only asks is dropped from a question, and who is said to say it is parted from the rest."""

import pytest

from summarizer.model import Stance
from summarizer.phrasing import core_of, quoted
from summarizer.question import read_question
from summarizer.speakers import Asked, part


@pytest.mark.parametrize(
    "typed",
    [
        "the bridge cracked - who says so?",
        "the bridge cracked, whose figure",
        "the bridge cracked?? who's complaining",
        "good morning, the bridge cracked or not?",
        "source pls: the bridge cracked",
        "the bridge cracked, citing whom",
    ],
)
def test_greetings_and_tails_are_dropped(typed: str) -> None:
    """What is left is what an article must say."""
    assert core_of(typed) == "the bridge cracked"


@pytest.mark.parametrize(
    ("core", "kind", "source", "claim"),
    [
        ("Finch: the bridge is safe", Asked.CLAIM, "Finch", "the bridge is safe"),
        ("harbour police: nobody hurt", Asked.CLAIM, "harbour police", "nobody hurt"),
        ("health minister Finch on whether it is safe", Asked.SAYS, "health minister Finch", None),
        ("Finch admits the bridge is unsafe", Asked.CLAIM, "Finch", "the bridge is unsafe"),
        ("Finch accuses Lund of neglect", Asked.CLAIM, "Finch", "Lund of neglect"),
        ("can Velden confirm any number", Asked.CLAIM, "Velden", "any number"),
        ("did anyone confirm the number", Asked.WHO, "", "the number"),
        ("who argues that it is safe", Asked.WHO, "", "it is safe"),
    ],
)
def test_speakers_are_parted_from_what_they_say(
    core: str, kind: Asked, source: str, claim: str | None
) -> None:
    """Each way of naming a speaker is understood."""
    parted = part(core)
    assert parted is not None
    assert (parted.asked, parted.source) == (kind, source)
    assert claim is None or parted.claim == claim


@pytest.mark.parametrize(
    "core",
    [
        "shortage in Velden: does the minister agree",
        "the bank reported losses of 3 million",
        "the mandate expires on June 30",
        "the bridge over the Orm was shut",
        "the reports say it is going to rain: 40 boats",
    ],
)
def test_a_topic_is_no_speaker(core: str) -> None:
    """What comes before a colon, "on" or "reported" need not be anybody."""
    parted = part(core)
    assert parted is None or not parted.source.startswith(("shortage", "the bank", "the bridge"))


def test_a_quotation_is_taken_word_for_word() -> None:
    """ "I have to say it" in a quotation names no speaker."""
    typed = "“I have had to say it to six families”"
    assert quoted(typed) == "I have had to say it to six families"
    assert read_question(typed).source == ""


def test_a_denial_that_is_asked_about_is_wanted() -> None:
    """ "Disputes" and "rejects" ask for a denial."""
    query = read_question("Velden disputes the figure of 9.1m")
    assert (query.source, query.stance) == ("Velden", Stance.DENIES)


def test_a_day_that_is_asked_for_is_open() -> None:
    """ "Which day" stands for what the asker does not know."""
    assert read_question("which day did the bridge crack").open_slot == "when"
