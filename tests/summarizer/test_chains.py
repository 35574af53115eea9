"""Sources within sources, outermost first, and when a claim was said."""

from __future__ import annotations

from datetime import date

import pytest

from summarizer.analysis import analyze_text
from tests.summarizer.told import Told

SUNDAY = date(2026, 3, 15)


def test_a_claim_alone_has_its_own_source_as_chain() -> None:
    told = Told("The pier sank, Colm Tarrant said.").claim("The pier sank", "said", "Colm Tarrant")
    assert told.chain() == ["Colm Tarrant"]


def test_no_source_no_chain() -> None:
    told = Told("The pier reportedly sank.").claim("The pier", "reportedly")
    assert told.chain() == []


def test_who_is_told_is_the_outer_source() -> None:
    told = Told("The pier sank, two officials told Reuters on Friday.")
    told.claim("The pier sank", "told", "two officials")
    assert told.chain() == ["Reuters", "two officials"]


def test_the_articles_own_outlet_is_no_link() -> None:
    told = Told("The pier sank, two officials told Reuters.", outlet="Reuters")
    told.claim("The pier sank", "told", "two officials")
    assert told.chain() == ["two officials"]


def test_who_is_cited_is_the_inner_source() -> None:
    """The one cited becomes the claim's own source."""
    told = Told("The pier sank, Reuters reported, citing two officials.")
    told.claim("The pier sank", "reported", "Reuters")
    assert told.chain() == ["Reuters", "two officials"]
    source = told.chained()[0].attribution.source
    assert source is not None
    assert source.name == "two officials"
    assert source.spans[0].of(told.text) == "two officials"


def test_an_outlet_that_quotes_someone() -> None:
    """Both "quoted X as saying" and "which cited X" lead to the one who is quoted."""
    told = Told("Reuters quoted two officials as saying that the pier sank.")
    told.claim("that the pier sank", "saying", "Reuters")
    assert told.chain() == ["Reuters", "two officials"]
    told = Told("The pier sank, according to a report in Reuters, which cited two officials.")
    told.claim("The pier sank", "according to", "a report in Reuters, which cited two officials")
    assert told.chain() == ["Reuters", "two officials"]


def test_an_interview_and_a_report_carried_by_someone() -> None:
    told = Told("The pier sank, Colm Tarrant said in an interview with Radio Fanal.")
    told.claim("The pier sank", "said", "Colm Tarrant")
    assert told.chain() == ["Radio Fanal", "Colm Tarrant"]
    told = Told("“It sank,” Colm Tarrant was quoted as saying by state television.")
    told.claim("“It sank,”", "saying", "Colm Tarrant")
    assert told.chain() == ["state television", "Colm Tarrant"]


def test_a_claim_inside_a_claim_has_the_outer_source_before_it() -> None:
    text = "Ada Brook said that Colm Tarrant had told her that the pier sank."
    told = Told(text)
    told.claim("that Colm Tarrant had told her that the pier sank", "said", "Ada Brook")
    told.claim("that the pier sank", "told", "Colm Tarrant")
    assert told.chain() == ["Ada Brook", "Colm Tarrant"]


def test_a_follow_up_keeps_the_outlet() -> None:
    text = "The pier sank, Colm Tarrant told Reuters. “Nobody was on it,” Tarrant said."
    told = Told(text).claim("The pier sank", "told", "Colm Tarrant")
    told.claim("“Nobody was on it,”", "said", "Tarrant", after="“Nobody")
    assert told.chain() == ["Reuters", "Colm Tarrant"]


def test_the_officials_are_those_whom_the_outlet_cited() -> None:
    text = "The pier sank, Reuters said, citing officials of the port. The officials blamed rust."
    told = Told(text).claim("The pier sank", "said", "Reuters")
    told.claim("rust", "blamed", "The officials")
    assert told.chain() == ["Reuters", "officials of the port"]


def test_someone_else_is_not_drawn_into_the_chain() -> None:
    text = "The pier sank, Colm Tarrant told Reuters. “Nobody was on it,” Ada Brook said."
    told = Told(text).claim("The pier sank", "told", "Colm Tarrant")
    told.claim("“Nobody was on it,”", "said", "Ada Brook")
    assert told.chain() == ["Ada Brook"]


def test_state_media_around_a_speech() -> None:
    """What the minister of a report says next comes through the same state media."""
    text = (
        "Foreign Minister Choe Myong-ho condemned the drills, North Korea's state media said. "
        "“They will regret it,” Choi said in a statement."
    )
    told = Told(text)
    told.claim(
        "Foreign Minister Choe Myong-ho condemned the drills",
        "said",
        "North Korea's state media",
    )
    told.claim("“They will regret it,”", "said", "Choi", after="“They")
    assert told.chain() == ["North Korea's state media", "Choe Myong-ho"]


def test_who_found_the_document() -> None:
    """A document found by someone comes from them, through the outlet that told of it first."""
    text = (
        "Recruits filled in a form, CNN reported. Found by Ukrainian officials, the form, in two "
        "tongues, is seen as proof that troops moved."
    )
    told = Told(text).claim("Recruits filled in a form", "reported", "CNN")
    told.claim("that troops moved", "is seen")
    assert told.chain() == ["CNN", "Ukrainian officials"]


def test_chains_end_with_the_claims_source() -> None:
    told = Told("The pier sank, two officials told Reuters.")
    told.claim("The pier sank", "told", "two officials")
    for claim in told.chained():
        assert claim.attribution.chain[-1] == claim.attribution.source


def _day(text: str, content: str, cue: str, source: str) -> tuple[str, date | None] | None:
    when = Told(text).claim(content, cue, source).dated(SUNDAY)[0].attribution.when
    return (when.words, when.day) if when else None


def test_when_beside_the_cue() -> None:
    """The time behind the cue, in the source or at the head of the sentence is the claim's."""
    friday, saturday = date(2026, 3, 13), date(2026, 3, 14)
    said = ("The pier sank", "said", "Tarrant")
    assert _day("The pier sank, Tarrant said on Friday.", *said) == ("Friday", friday)
    assert _day("The pier sank, Tarrant said in a note on Friday.", *said) == ("Friday", friday)
    assert _day("On Friday, Tarrant said the pier sank.", "the pier sank", "said", "Tarrant") == (
        "Friday",
        friday,
    )
    assert _day(
        "The pier sank, a report on Saturday said.", "The pier sank", "said", "a report on Saturday"
    ) == ("Saturday", saturday)


def test_a_time_in_the_content_is_not_when_it_was_said() -> None:
    text = "Tarrant said the pier sank on Friday."
    assert _day(text, "the pier sank on Friday", "said", "Tarrant") is None


def test_a_time_in_a_clause_about_the_source_is_not_when_it_spoke() -> None:
    text = "Tarrant, who resigned on Wednesday, denied that the pier sank."
    who = "Tarrant, who resigned on Wednesday"
    assert _day(text, "that the pier sank", "denied", who) is None


def test_open_words_are_kept() -> None:
    text = "The pier sank, Tarrant said last week."
    assert _day(text, "The pier sank", "said", "Tarrant") == ("last week", None)


def test_a_clause_behind_the_cue_keeps_its_own_time() -> None:
    text = "The pier sank, Tarrant said, and on Friday divers left."
    assert _day(text, "The pier sank", "said", "Tarrant") is None


def test_who_speaks_through_a_lawyer_has_the_lawyer_before() -> None:
    told = Told("The captain says, through his lawyer, that the pier sank.")
    told.claim("that the pier sank", "says", "The captain")
    assert told.chain() == ["his lawyer", "The captain"]


def test_who_is_named_behind_a_claim_with_a_speaker_passes_it_on() -> None:
    """ "X said that ..., Y said" is Y's word on what X said; the speaker alone is no chain."""
    told = Told("Witnesses told police that the pier sank, the poll showed.")
    told.claim("that the pier sank", "told", "Witnesses")
    assert told.chain() == ["the poll", "Witnesses"]
    told = Told("“We saw that the pier sank,” Colm Tarrant said.")
    told.claim("that the pier sank,", "saw", "We")
    assert told.chain() == ["We"]


def test_an_outlet_quoting_someone_stands_before_whom_it_quotes() -> None:
    """Also where the source's words were taken as one."""
    told = Told("State television, quoting Colm Tarrant, said that the pier sank.")
    told.claim("that the pier sank", "said", "State television, quoting Colm Tarrant")
    assert told.chain() == ["State television", "Colm Tarrant"]


def test_that_is_never_a_link() -> None:
    """What a sentence points back at tells nobody anything."""
    told = Told("That contradicts an account by officials, who said the pier sank.")
    told.claim("an account by officials, who said the pier sank", "contradicts", "That")
    told.claim("the pier sank", "said", "officials")
    assert "That" not in told.chain(1)


def test_officials_who_are_pointed_at_again_keep_their_outlet() -> None:
    """ "The officials" of three sentences ago still speak through the paper that cited them."""
    text = (
        "The price was fixed, the Skarvik Gazette reported, citing officials of the trade ministry. "
        "Shares rose by six percent in Namwol. The contract runs for a decade from next year. "
        "The officials said that it was a good price."
    )
    chain = analyze_text(text).claims[-1].attribution.chain
    assert [link.name for link in chain] == [
        "Skarvik Gazette",
        "officials of the trade ministry",
    ]


def test_who_is_named_behind_quoted_words_speaks_for_the_one_quoted() -> None:
    """A closing quotation mark before "according to" hides no comma."""
    claims = analyze_text(
        "The council said that the wording was “vague” and could be “misread,” according to"
        " Ada Brook, a lawyer who was in the room."
    ).claims
    chains = {tuple(source.name for source in claim.attribution.chain) for claim in claims}
    assert chains == {("Ada Brook",), ("Ada Brook", "The council")}


def test_a_sentence_that_was_posted_is_the_word_of_who_posted_it() -> None:
    (claim,) = analyze_text("The pier has sunk, the harbour office posted on its page.").claims
    assert claim.attribution.source is not None
    assert claim.attribution.source.name == "the harbour office"


@pytest.mark.parametrize(
    "text",
    [
        "“It sank,” Colm Tarrant was quoted as saying by radio station RTV.",
        "The pier sank, Colm Tarrant told the Marrow television network RTV.",
    ],
)
def test_words_beside_its_name_tell_that_it_is_an_outlet(text: str) -> None:
    (claim,) = analyze_text(text).claims
    assert [source.name for source in claim.attribution.chain] == ["RTV", "Colm Tarrant"]
