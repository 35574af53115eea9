"""A passage answers only where numbers, names, negation and roles agree."""

import math
from dataclasses import replace

import pytest

from summarizer.agreement import judge
from summarizer.bags import read_bag
from summarizer.model import EntityKind, Span, Stance
from summarizer.question import read_question
from summarizer.said import Said
from summarizer.terms import read_terms


def verdict(question: str, sentence: str, **more: object) -> str:
    """Return the reason why not, empty for a match; the sentence is the outlet's own."""
    said = Said(sentence, (), ("The Post",), own_voice=True, outlet="The Post", **more)
    return judge(read_question(question), said).reason


BOATS = "Norway sent about 400 boats to Denmark on Monday."


@pytest.mark.parametrize(
    "question",
    [
        "Norway sent 400 boats to Denmark",
        "did norway dispatch four hundred ships to denmark?",
        "400 boats were sent to Denmark by Norway",
        "How many boats did Norway send to Denmark?",
        "Norwegian boats sent to Denmark",
        "Did Oslo send 400 boats?",
    ],
)
def test_the_same_in_other_words_is_a_match(question: str) -> None:
    """Synonyms, passives, numbers in words, demonyms and capitals say the same."""
    assert verdict(question, BOATS) == ""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Norway sent 4,000 boats to Denmark", "another number: 400, not 4,000"),
        ("Denmark sent 400 boats to Norway", "roles swapped: Norway, not Denmark"),
        ("400 boats were sent to Norway by Denmark", "roles swapped: Norway, not Denmark"),
        ("Sweden sent 400 boats to Denmark", "another country: Norway, not Sweden"),
        ("Norway sent 400 boats to Iceland", "another country: Denmark, not Iceland"),
        ("Norway did not send 400 boats to Denmark", "says the opposite"),
        ("Norway sent 400 cows to Denmark", "counts something else: boats, not cows"),
        ("Norway opened a museum of herring", "says something else"),
    ],
)
def test_a_near_miss_is_refused_with_its_reason(question: str, reason: str) -> None:
    """Each kind of near miss is told in words."""
    assert verdict(question, BOATS) == reason


def test_a_part_counts_what_the_whole_counts() -> None:
    """Of "212 of the country's 540 large hospitals" both numbers count hospitals."""
    sentence = "The party said 212 of the country's 540 large hospitals had no record."
    assert not verdict("over 200 big hospitals had no record", sentence).startswith("another")
    assert verdict("300 hospitals had no record", sentence).startswith("another number")


def test_a_low_number_said_in_passing_is_not_compared() -> None:
    """ "Just two floors" is no number that must be given; three dead are not two dead."""
    sentence = "The director said patients from the sixth and seventh floors made up 29 cases."
    assert not verdict("29 cases from just two floors", sentence).startswith("does not give")
    assert verdict("two dead", "Three people are dead.").startswith("another number")


def test_the_very_words_are_about_the_same_people() -> None:
    """Who does what is not asked again where the sentence has the question word for word."""
    sentence = "For one crown Northgate has bought 114 branches that nobody else wanted."
    assert verdict("Northgate has bought 114 branches that nobody else wanted", sentence) == ""


def test_what_a_number_counts_matters() -> None:
    """400 boats and 30 nurses are not 30 boats."""
    sentence = "Norway sent 400 boats and 30 nurses."
    assert verdict("Norway sent 30 nurses", sentence) == ""
    assert verdict("Norway sent 30 boats", sentence) == "another number: 400, not 30"


def test_a_denial_is_no_support() -> None:
    """A source that denies it disputes it."""
    sentence = "Norway denied sending 400 boats."
    said = Said(sentence, (Span(14, 31),), ("Norway",), Stance.DENIES)
    found = judge(read_question("Norway sent 400 boats"), said)
    assert (found.reason, found.disputes) == ("denies it", True)
    assert judge(read_question("did Norway deny sending 400 boats?"), said).matches


def test_declining_to_confirm_is_no_support() -> None:
    """ "Declined to confirm" is a dispute of a kind, never a match."""
    sentence = "Norway declined to confirm that it sent 400 boats."
    said = Said(sentence, (Span(28, 49),), ("Norway",), Stance.DECLINES)
    found = judge(read_question("Norway sent 400 boats"), said)
    assert (found.reason, found.disputes) == ("declines to confirm it", True)


def test_another_source_is_refused() -> None:
    """Who is said to say it must be who says it."""
    sentence = "The bridge is safe, Orla Finch said."
    said = Said(sentence, (Span(0, 18),), ("Orla Finch",), Stance.SAYS)
    assert judge(read_question("Orla Finch said that the bridge is safe"), said).matches
    reason = judge(read_question("Per Lund said that the bridge is safe"), said).reason
    assert reason == "another source: Orla Finch, not Per Lund"


def test_meaning_helps_words_but_never_overrules_numbers() -> None:
    """Nearness by meaning lets other words pass; another number stays another number."""
    sentence = "The old crossing will not collapse, its builder promised in 1990."
    question = "the aged viaduct will not fall down"
    assert verdict(question, sentence) != ""
    near = "Some 400 vessels left Bergen for Aarhus."
    assert verdict("300 boats went from Bergen", near, nearness=0.9).startswith("another number")


def test_an_opposite_word_says_the_opposite() -> None:
    """ "Intact" is not "broken", whatever else they share."""
    assert verdict("the wall of the bridge is broken", "The wall of the bridge is intact.") != ""
    assert verdict("Norway's shares rose 4 percent", "Norway's shares fell 4 percent.") != ""


def test_a_bound_is_part_of_a_number() -> None:
    """Up to 20 is not up to 30; more than 300 is said by 400."""
    sentence = "Norway sent up to 20 boats."
    assert verdict("Norway sent up to 30 boats", sentence) == "another number: 20, not 30"
    assert verdict("Norway sent more than 300 boats", BOATS) == ""


def test_one_number_of_several_is_enough_for_each() -> None:
    """Both numbers of a share are read."""
    sentence = "Some 212 of the country's 540 large harbours had no crane."
    assert verdict("212 of 540 large harbours had no crane", sentence) == ""


@pytest.mark.parametrize(
    ("question", "sentence", "reason"),
    [
        ("guards did not stop the convoy", "Guards stopped the convoy.", "says the opposite"),
        ("the hall was painted, not rebuilt", "The hall was painted in May.", ""),
        ("has anybody been arrested?", "Nobody has been arrested.", "says the opposite"),
        (
            "the council told the mayor of the leak",
            "The council was told of the leak by the mayor.",
            "roles swapped: mayor, not council",
        ),
        ("the NWA shut the bridge", "The Northern Water Authority shut the bridge.", ""),
        (
            "the bridge was shut on Monday",
            "A bridge shut on Friday.",
            "another day: Friday, not Monday",
        ),
    ],
)
def test_negation_doers_and_initials_are_read_in_both(
    question: str, sentence: str, reason: str
) -> None:
    """A contrast is no negation, initials are names, and a passive turns the parts."""
    assert verdict(question, sentence) == reason


def test_who_left_a_body_does_not_speak_for_it() -> None:
    """ "Former officials of the Harbour Service" are not the Harbour Service."""
    sentence = "Two former officials of the Harbour Service said that the bridge is safe."
    said = Said(sentence, (Span(49, 72),), ("Two former officials of the Harbour Service",))
    reason = judge(read_question("Harbour Service said that the bridge is safe"), said).reason
    assert reason.startswith("another source")


@pytest.mark.parametrize(
    ("question", "sentence", "reason"),
    [
        ("Orm sold 40 boats to Velden", "Velden bought 40 boats from Orm.", ""),
        ("Velden sold 40 boats to Orm", "Velden bought 40 boats from Orm.", "roles swapped"),
        ("Lund took 3 million from Orm", "Lund took 3 million from Velden.", "another party"),
        ("was the record not complete", "The record was incomplete.", ""),
        ("police found proof of fraud", "Police found no proof of fraud.", "says the opposite"),
    ],
)
def test_deeds_are_seen_from_both_ends(question: str, sentence: str, reason: str) -> None:
    """Selling is buying seen from the other end; "from Velden" is not "from Orm"."""
    found = verdict(question, sentence)
    assert found.startswith(reason)
    assert bool(found) is bool(reason)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Norway offered hospitals to Denmark",
            "Norway's Health Ministry offered them to Denmark.",
        ),
        ("Norway offered hospitals", "Norway's army has offered its neighbour two hospitals."),
        ("Lund faces ten years if convicted", "If convicted of theft, Lund faces ten years."),
        ("romanoff praised the snow", "General Ilya Romanov praised the snow."),
        ("Yu Min-ah wants the bill", "Health Minister Ryu Min-ah wants the bill."),
        ("PM lowered the flags", "Prime Minister Harriet Voss lowered the flags."),
        ("nobody but the firm counts the dead", "The firm is the only one that counts the dead."),
    ],
)
def test_the_same_people_in_other_words_are_no_others(question: str, sentence: str) -> None:
    """A country's ministry acts for it; names are spelt and shortened in more ways than one."""
    reason = verdict(question, sentence)
    assert reason in {"", "says only part of it", "says something else"}


def test_what_a_ministry_does_is_done_by_its_own_country() -> None:
    """Whoever it is done to does not do it."""
    told = "Norway's army attacked Denmark."
    assert verdict("Norway attacked Denmark", told) == ""
    assert verdict("Denmark attacked Norway", told).startswith("roles swapped")


def firmness(question: str, sentence: str) -> float:
    """Return how sure a reader must be to overrule the reason."""
    said = Said(sentence, (), ("The Post",), own_voice=True, outlet="The Post")
    return judge(read_question(question), said).firm


def test_some_reasons_stand_more_firmly_than_others() -> None:
    """No reader overrules another number; a number left out may stand in the sentence before."""
    number = firmness("Norway sent 4,000 boats to Denmark", BOATS)
    names = firmness("Sweden sent 400 boats to Denmark", BOATS)
    left_out = firmness("Norway sent 400 boats to Denmark", "Norway sent boats to Denmark.")
    assert number == math.inf
    assert number > names > left_out


def test_what_is_left_out_never_hides_what_contradicts() -> None:
    """The firmest reason counts where there are several."""
    denied = "Norway denied sending boats."
    said = Said(denied, (Span(14, 27),), ("Norway",), Stance.DENIES)
    found = judge(read_question("Norway sent 400 boats"), said)
    assert (found.reason, found.firm, found.disputes) == ("denies it", math.inf, True)


def test_not_before_a_day_answers_when() -> None:
    """An open question of when is not denied by a "not"."""
    told = "The operator did not expect trains in the valley before Saturday."
    assert verdict("when will trains run in the valley", told) != "says the opposite"
    assert verdict("trains were expected in the valley", told) == "says the opposite"


def test_money_is_no_country() -> None:
    """ "U.S. $45 billion" tells of no other country."""
    told = "The new capital is to cost U.S. $45 billion, the minister said."
    assert "country" not in verdict("how much will Norway's new capital cost", told)


def test_a_body_is_meant_by_whose_it_is() -> None:
    """ "Lind's church" is the church of an article on Lind; a country's agency is not another's."""
    sentence = "He went to help orphans, according to the Harbour Light Church."
    (lind,) = read_terms("Lind")
    people = ((lind, EntityKind.PERSON),)
    said = Said(
        sentence,
        (Span(0, 23),),
        ("Harbour Light Church",),
        Stance.SAYS,
        known=read_bag("Adam Lind"),
        elsewhere=people,
    )
    assert not judge(read_question("what does Lind's church say"), said).reason.startswith(
        "another"
    )
    assert judge(read_question("what does Dahl's church say"), said).reason.startswith("another")
    place = replace(said, elsewhere=((lind, EntityKind.PLACE),))
    assert judge(read_question("what does Lind's church say"), place).reason.startswith("another")
