"""Questions in anybody's words are read as what must be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.model import Stance
from summarizer.question import Asked, read_question
from summarizer.searching import MOST_WORDS, search_words, words_of


@pytest.mark.parametrize(
    "text",
    [
        "Velden sent 400 boats",
        "is it true that Velden sent 400 boats?",
        "what's the source for the claim that Velden sent 400 boats?",
        "I heard that Velden sent 400 boats",
        "Velden sent 400 boats - says who",
        "Velden sent 400 boats, source?",
        "any source for Velden sent 400 boats",
        "where does it come from that Velden sent 400 boats",
    ],
)
def test_lead_ins_and_tails_are_dropped(text: str) -> None:
    """What is left is the claim itself."""
    assert read_question(text).claim == "Velden sent 400 boats"


def test_what_someone_says_names_the_source_and_the_topic() -> None:
    """ "What does X say about Y" asks for claims of X."""
    query = read_question("What does the harbour master say about the ferry?")
    assert (query.asked, query.source, query.claim) == (
        Asked.SAYS,
        "the harbour master",
        "the ferry",
    )


@pytest.mark.parametrize(
    ("text", "source", "claim"),
    [
        ("did Orla Finch deny that she resigned?", "Orla Finch", "she resigned"),
        ("Orla Finch said that the bridge is safe", "Orla Finch", "the bridge is safe"),
        ("according to the Tidewater Post, the bridge is safe", "the Tidewater Post", "the bridge"),
        ("The bridge is safe, Orla Finch said", "Orla Finch", "The bridge is safe"),
    ],
)
def test_who_is_said_to_say_it_is_told_from_what_is_said(
    text: str, source: str, claim: str
) -> None:
    """Source and claim are parted in the ways in which English attributes."""
    query = read_question(text)
    assert query.source == source.removeprefix("the ")
    assert query.claim.startswith(claim)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("who denied that the ferry sank", Stance.DENIES),
        ("who confirmed the death toll", Stance.CONFIRMS),
        ("who said that the ferry sank", None),
    ],
)
def test_a_stance_may_be_asked_for(text: str, stance: Stance | None) -> None:
    """ "Who denied" wants denials; "who said" takes any stance."""
    query = read_question(text)
    assert (query.asked, query.stance) == (Asked.WHO, stance)


def test_a_bank_that_reported_losses_is_no_source() -> None:
    """Verbs that tell a deed as often as words need "that" to make a source."""
    assert read_question("The bank reported losses of 3 million").source == ""


def test_negation_is_noted() -> None:
    """ "Didn't" and "never" negate, "no fewer than" does not."""
    assert read_question("Velden didn't send boats").negated
    assert not read_question("Velden sent no fewer than 400 boats").negated


@pytest.mark.parametrize("text", ["", "   ", "🙂", "?!", "\x00", "the of and"])
def test_nothing_to_look_for_makes_an_empty_query(text: str) -> None:
    """Wordless questions are empty, not errors."""
    assert read_question(text).empty


@given(st.text(max_size=5000))
def test_anything_can_be_asked(text: str) -> None:
    """No text breaks the reading, and few words are looked for however long it is."""
    query = read_question(text)
    assert len(search_words(query)) <= MOST_WORDS


def test_numbers_and_countries_are_looked_for_in_their_other_forms() -> None:
    """ "12k" finds "12,000" and "twelve thousand", "NK" finds "North Korea"."""
    found = words_of("did NK send 12k troops?")
    assert {"12,000", "twelve thousand", "north korea", "troops"} <= set(found)
    assert "did" not in found


def test_tags_are_read_as_words() -> None:
    """A tag is looked for whole and in its parts."""
    assert {"greatfire", "great", "fire"} <= set(words_of("#GreatFire https://x.example/1"))


def test_a_last_part_that_asks_who_says_it_is_the_question() -> None:
    """What stands before it is what somebody else says."""
    query = read_question("the army says none were hurt, who says burned soldiers came in")
    assert (query.asked, query.claim) == (Asked.WHO, "burned soldiers came in")
    assert read_question("Velden sent 400 boats, who says so").claim == "Velden sent 400 boats"


@pytest.mark.parametrize(
    "text", ["lol was there any alert that day", "omg did they find them", "is it shut or not"]
)
def test_chatter_before_a_question_leaves_it_one_of_yes_or_no(text: str) -> None:
    """A denial answers it."""
    assert read_question(text).polar


def test_nobody_but_one_is_no_negation() -> None:
    """ "Nobody but Orla counts them" says that Orla does."""
    assert not read_question("nobody but Orla Finch counts them").negated
    assert read_question("nobody counts them").negated


def test_short_forms_are_written_out() -> None:
    """People in a hurry write "ppl" and "didnt"; quotations and names keep their letters."""
    query = read_question("how many ppl got thru, and didnt Orla Finch say why?")
    assert query.text == "how many people got through, and didn't Orla Finch say why?"
    assert read_question("PPL and Rd. Wont Ltd").text == "PPL and Rd. Wont Ltd"


@pytest.mark.parametrize(
    ("text", "slot", "claim"),
    [
        ("the next sitting is when", "when", "the next sitting"),
        ("rail service in the valley back when?", "when", "rail service in the valley"),
        ("the ferry was towed where", "where", "the ferry was towed"),
    ],
)
def test_a_question_word_may_come_last(text: str, slot: str, claim: str) -> None:
    """What it stands for is sought all the same."""
    query = read_question(text)
    assert (query.open_slot, query.claim) == (slot, claim)


def test_who_would_not_say_is_asked_about() -> None:
    """The words of refusing are no part of a name."""
    query = read_question("the energy minister wouldnt say that the price is fixed")
    assert (query.source, query.stance) == ("the energy minister", Stance.DECLINES)
