"""Who said what is read off invented copy the way a reader would read it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.attribution import find
from summarizer.model import Claim, Quotation, Stance
from summarizer.parse import parse
from summarizer.text import sentences


def claims(text: str) -> tuple[Claim, ...]:
    cut = sentences(text)
    return find(parse(text, cut, names=False), text, cut)


def said(text: str) -> list[tuple[str | None, str, list[str]]]:
    """Return each claim as its source, its cue and the pieces of its content."""
    return [
        (
            claim.attribution.source.name if claim.attribution.source else None,
            " ".join(span.of(text) for span in claim.attribution.cue),
            [span.of(text) for span in claim.content],
        )
        for claim in claims(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The minister said that the port would close.", "The minister", "said",
         ["that the port would close"]),
        ("The port would close on Friday, the minister said.", "the minister", "said",
         ["The port would close on Friday"]),
        ("The port, the minister said, would close.", "the minister", "said",
         ["The port", "would close."]),
        ("Ada Brandt, who runs the port, told reporters on Monday that it was full.",
         "Ada Brandt, who runs the port", "told", ["that it was full"]),
        ("According to the union, the port is full.", "the union", "According to",
         ["the port is full."]),
        ("The port is full, according to a report by the union.", "a report by the union",
         "according to", ["The port is full"]),
        ("The company denied that it had known of the leak.", "The company", "denied",
         ["that it had known of the leak"]),
        ("The ministry promised to reopen the bridge by June.", "The ministry", "promised",
         ["to reopen the bridge by June"]),
        ("The office of the president ruled out a rescue.", "The office of the president",
         "ruled out", ["a rescue"]),
        ("She put the chance of a flood at one in five.", "She", "put",
         ["the chance of a flood at one in five"]),
        ("Ada Brandt called for all three ships to be kept in harbour.", "Ada Brandt", "called",
         ["all three ships to be kept in harbour"]),
        ("In the minister's view, the port was too loud.", "the minister", "In the minister's view",
         ["the port was too loud."]),
        ("In the village of Hask, the mayor, Greta Lindow, said that people had left.",
         "Greta Lindow", "said", ["that people had left"]),
        ("The mayor accused the company of hiding the leak.", "The mayor", "accused",
         ["hiding the leak"]),
        ("The poll found that most voters were undecided.", "The poll", "found",
         ["that most voters were undecided"]),
        ("The mayor called for a ban on old cranes.", "The mayor", "called",
         ["a ban on old cranes"]),
        ("The union's claim that the cranes are unsafe angered the owners.", "The union",
         "claim", ["that the cranes are unsafe"]),
        ("The mayor is worried about the old cranes.", "The mayor", "is worried",
         ["the old cranes"]),
    ],
)  # fmt: skip
def test_a_statement_has_its_source_its_cue_and_its_content(
    text: str, source: str, cue: str, content: list[str]
) -> None:
    assert said(text) == [(source, cue, content)]


def test_a_quotation_broken_by_its_speaker_is_one_claim() -> None:
    text = "“We waited for a month,” said Ada Brandt, the mayor. “Nobody came.”"
    assert said(text) == [
        ("Ada Brandt, the mayor", "said", ["“We waited for a month,”", "“Nobody came.”"])
    ]


def test_a_quotation_goes_on_over_paragraphs_until_it_is_closed() -> None:
    text = "“We waited for a month,” Ms. Brandt said. “Nobody came.\n\n“So we left.”"
    assert said(text) == [
        ("Ms. Brandt", "said", ["“We waited for a month,”", "“Nobody came.", "“So we left.”"])
    ]


def test_a_colon_leads_to_the_quotation_in_the_next_paragraph() -> None:
    text = 'The mayor wrote:\n\n"We are closing the port. It is not safe."'
    assert said(text) == [("The mayor", "wrote", ['"We are closing the port. It is not safe."'])]


def test_a_quotation_that_stands_free_follows_the_speaker_before_it() -> None:
    text = "The mayor said the port was full. “We have no room for another ship.”"
    assert [(source, content) for source, _, content in said(text)] == [
        ("The mayor", ["the port was full"]),
        ("The mayor", ["“We have no room for another ship.”"]),
    ]


def test_single_marks_quote_where_no_double_ones_stand() -> None:
    text = "Ms Brandt said: ‘We’re closing the port.’"
    assert said(text) == [("Ms Brandt", "said", ["‘We’re closing the port.’"])]


def test_two_verbs_share_their_subject() -> None:
    text = "The mayor condemned the delay as “shameful,” warning that more ships would leave."
    assert [(source, cue) for source, cue, _ in said(text)] == [
        ("The mayor", "condemned"),
        ("The mayor", "warning"),
    ]


def test_what_a_joined_verb_says_is_not_part_of_the_first_content() -> None:
    text = "The minister said that he could not verify the report but added that it was serious."
    assert said(text) == [
        ("The minister", "said", ["that he could not verify the report"]),
        ("The minister", "added", ["that it was serious"]),
    ]


def test_an_outlet_that_reports_a_speaker_leaves_the_speaker_standing() -> None:
    text = "The Harbour Times reported that union leaders said the cranes were unsafe."
    assert [source for source, _, _ in said(text)] == ["The Harbour Times", "union leaders"]


def test_a_speaker_s_own_plans_are_not_a_claim_apart() -> None:
    assert len(said("The mayor said she plans to leave office in May.")) == 1


def test_a_signature_names_who_is_quoted() -> None:
    text = "“The best fair I have seen in years.” — Ada Brandt"
    assert said(text) == [("Ada Brandt", "—", ["“The best fair I have seen in years.”"])]


def test_an_embedded_post_belongs_to_its_account() -> None:
    text = "We reopen the harbour at nine. — Harbour Office (@harbour) May 3, 2024"
    assert said(text) == [("Harbour Office (@harbour)", "—", ["We reopen the harbour at nine."])]


def test_a_transcript_gives_each_turn_to_its_speaker() -> None:
    text = "BRANDT: We are closing.\n\nOKORO: But why now?\n\nBRANDT: It is not safe."
    assert [(source, content) for source, _, content in said(text)] == [
        ("BRANDT", ["We are closing."]),
        ("OKORO", ["But why now?"]),
        ("BRANDT", ["It is not safe."]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ship is reportedly preparing to leave.",
        "The captain is thought to be in hiding.",
        "The company has long been suspected of hiding leaks.",
        "It was announced that the port would close.",
    ],
)
def test_hearsay_is_attributed_though_nobody_is_named(text: str) -> None:
    (claim,) = claims(text)
    assert claim.attribution.source is None
    assert claim.attribution.stance is Stance.REPORTED


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry confirmed that the bridge had fallen.", Stance.CONFIRMS),
        ("The ministry did not confirm that the bridge had fallen.", Stance.DECLINES),
        ("The ministry denied that the bridge had fallen.", Stance.DENIES),
        ("The ministry declined to say whether the bridge had fallen.", Stance.DECLINES),
        ("The union alleged that the bridge was unsafe.", Stance.ALLEGES),
        ("The mayor asked whether the bridge was safe.", Stance.ASKS),
        ("The union warned that the bridge would fall.", Stance.WARNS),
        ("The union said that the bridge would fall.", Stance.SAYS),
    ],
)
def test_the_cue_tells_the_stance(text: str, stance: Stance) -> None:
    (claim,) = claims(text)
    assert claim.attribution.stance is stance


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("“We are closing,” the mayor said.", Quotation.DIRECT),
        ("The mayor said that the port was closing.", Quotation.INDIRECT),
        ("The mayor said that the port was “dead.”", Quotation.MIXED),
    ],
)
def test_the_marks_tell_the_kind_of_quotation(text: str, quotation: Quotation) -> None:
    (claim,) = claims(text)
    assert claim.attribution.quotation is quotation


def test_negation_and_hedges_are_kept_as_they_stand() -> None:
    text = "The union did not say that the cranes might possibly fall."
    (claim,) = claims(text)
    assert claim.attribution.negated
    assert [hedge.of(text) for hedge in claim.attribution.hedges] == ["might", "possibly"]


def test_a_claim_knows_its_sentence() -> None:
    text = "Ships waited. The mayor said the port was full."
    assert [claim.sentence for claim in claims(text)] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "“",
        "He said",
        '"A," he said, "',
        "MAYOR SAYS PORT TO CLOSE",
        "<p>He said <b>it</b> was <i>over</i>.</p>",
        "Der Minister sagte, der Hafen werde geschlossen.",
        "\ud800 said that \udfff is so.",
        "according to",
        "He said that that that that said said.",
    ],
)
def test_odd_copy_breaks_nothing(text: str) -> None:
    for claim in claims(text):
        assert all(span.of(text).strip() for span in claim.content)


_WORDS = st.sampled_from(
    ["he", "said", "that", "“", "”", '"', "it is so", ",", ".", "\n\n", "according to", "the mayor",
     "was told", "reportedly", "claims", "to leave", ":", "—", "A. Brandt", "‘", "’", "denied", "\ud800"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join))
def test_every_span_lies_trimmed_inside_the_text(text: str) -> None:
    for claim in claims(text):
        attribution = claim.attribution
        source = attribution.source.spans if attribution.source else ()
        assert claim.content
        for span in (*claim.content, *attribution.cue, *source, *attribution.hedges):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()
        assert list(claim.content) == sorted(claim.content)
        assert all(
            not span.overlaps(other)
            for span in claim.content
            for other in claim.content
            if other != span
        )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (("Nine people were missing and 61 had been hurt, the Port Ellery Harbour Authority (PEHA) "
         "said."), "the Port Ellery Harbour Authority (PEHA)", "said",
         ["Nine people were missing and 61 had been hurt"]),
        (("The case is a symptom of mania, the ambassador of Tarsk in Ellery, Pavlen Sidrov, told "
         "DTA on Wednesday."), "the ambassador of Tarsk in Ellery, Pavlen Sidrov", "told",
         ["The case is a symptom of mania"]),
        (("Taxpayers stand to lose 900 million crowns from the rescue of Ansel Mercantile Bank, the "
         "leader of the opposition claimed on Wednesday, in an exchange that stopped the House."),
         "the leader of the opposition", "claimed",
         ["Taxpayers stand to lose 900 million crowns from the rescue of Ansel Mercantile Bank"]),
        ("By Monday evening 1.1 billion crowns had gone, central bank data show.",
         "central bank data", "show", ["By Monday evening 1.1 billion crowns had gone"]),
        (("More than 400 people were left without shelter after the burst of the dam, which the "
         "authorities had declared safe, the agency's correspondent reports."),
         "the agency's correspondent", "reports",
         [("More than 400 people were left without shelter after the burst of the dam, which the "
          "authorities had declared safe")]),
        ("“We heard the water first,” a woman who introduced herself as Katrin said by telephone.",
         "a woman who introduced herself as Katrin", "said", ["“We heard the water first,”"]),
        (("Depositors withdrew 1.1 billion crowns from Ansel Mercantile in the four days to Monday, "
          "according to the Central Bank of Belmora, after the lender delayed its accounts."),
         "the Central Bank of Belmora", "according to",
         ["Depositors withdrew 1.1 billion crowns from Ansel Mercantile in the four days to Monday"]),
    ],
)  # fmt: skip
def test_who_says_so_at_the_end_is_read_where_the_clause_before_is_long(
    text: str, source: str, cue: str, content: list[str]
) -> None:
    assert (source, cue, content) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "If this argument fails, the minister said, there are other tools.",
        "Asked about the leak, the minister said, “No.”",
        "Roe did well in polls by outlets such as Tide, Slate and Brook Report.",
        "He blasted her as a “disgrace”, the audience roared.",
    ],
)
def test_a_clause_before_a_speaker_is_no_content_where_another_follows(text: str) -> None:
    first = text.partition(",")[0]
    assert all(content != [first] for _, _, content in said(text))


def test_a_belonging_to_whose_is_nobody_who_speaks() -> None:
    text = "Ada Rusk, whose government guarantees the ceasefire, said that she could not tell."
    assert [source for source, _, _ in said(text)] == [
        "Ada Rusk, whose government guarantees the ceasefire"
    ]
