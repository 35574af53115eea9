"""Whom a source's words mean, and what kind of source that is."""

from __future__ import annotations

import pytest

from summarizer.analysis import analyze_text
from summarizer.model import SourceKind, Stance
from tests.summarizer.told import Told

PEOPLE = "Harbour director Colm Tarrant spoke first. Nurse Ada Brook listened. "


def test_a_short_name_is_told_in_full_with_its_role() -> None:
    told = Told(PEOPLE + "It will rain, Tarrant said.")
    told.claim("It will rain", "said", "Tarrant", after="It will")
    source = told.source()
    assert (source.name, source.role) == ("Colm Tarrant", "Harbour director")
    assert source.kind is SourceKind.PERSON
    assert source.entity is not None
    assert told.entities[source.entity].name == "Colm Tarrant"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("two officials", SourceKind.UNNAMED),
        ("people familiar with the matter", SourceKind.UNNAMED),
        ("witnesses", SourceKind.UNNAMED),
        ("a villager", SourceKind.UNNAMED),
        ("port authorities", SourceKind.UNNAMED),
        ("something odd", SourceKind.UNNAMED),
        ("an internal memo", SourceKind.DOCUMENT),
        ("court records", SourceKind.DOCUMENT),
        ("a study of 300 ships", SourceKind.DOCUMENT),
        ("police", SourceKind.ORGANISATION),
        ("the defense ministry", SourceKind.ORGANISATION),
        ("state television", SourceKind.STATE_MEDIA),
        ("Xinhua", SourceKind.STATE_MEDIA),
        ("Reuters", SourceKind.OUTLET),
        ("a local newspaper", SourceKind.OUTLET),
        ("the Skarvik Gazette", SourceKind.OUTLET),
        ("the Marrow broadcaster", SourceKind.OUTLET),
        ("the official VLP news agency", SourceKind.STATE_MEDIA),
        ("the intelligence agency", SourceKind.ORGANISATION),
        ("an alert posted on the ministry's page", SourceKind.DOCUMENT),
        ("a copy of a police affidavit", SourceKind.DOCUMENT),
        ("France", SourceKind.ORGANISATION),
        ("the FBI", SourceKind.ORGANISATION),
    ],
)
def test_kinds_of_source(source: str, kind: SourceKind) -> None:
    """The noun that speaks tells the kind; what is not known is an unnamed source."""
    told = Told(f"It rained all day. The pier had sunk by noon, {source} said.")
    told.claim("The pier had sunk by noon", "said", source)
    assert told.source().kind is kind


@pytest.mark.parametrize(
    ("beside", "role"),
    [
        ("M.D., head of the clinic", "head of the clinic"),
        ("head of the St. Corvin clinic", "head of the St. Corvin clinic"),
    ],
)
def test_full_stops_do_not_hide_an_office(beside: str, role: str) -> None:
    claims = analyze_text(f"Ada Brook, {beside}, said that nobody was ill.").claims
    assert {one.attribution.source.role for one in claims if one.attribution.source} == {role}


def test_unnamed_sources_keep_their_words() -> None:
    told = Told("The pier had sunk, two senior officials said.")
    told.claim("The pier had sunk", "said", "two senior officials")
    assert told.source().name == "two senior officials"


def test_an_outlets_report_is_the_outlet() -> None:
    """A report of an outlet is the outlet's word; a report of a rights group is a document."""
    told = Told("Troops moved, according to a CNN report on Saturday.")
    told.claim("Troops moved", "according to", "a CNN report on Saturday")
    assert (told.source().name, told.source().kind) == ("CNN", SourceKind.OUTLET)
    told = Told("Troops moved, according to a report by Human Rights Watch.")
    told.claim("Troops moved", "according to", "a report by Human Rights Watch")
    assert told.source().kind is SourceKind.DOCUMENT
    assert told.source().name == "a report by Human Rights Watch"


def test_the_norths_state_media_is_told_in_full() -> None:
    told = Told("North Korea sent troops. They were volunteers, the North's state media said.")
    told.claim("They were volunteers", "said", "the North's state media")
    assert told.source().name == "North Korea's state media"
    assert told.source().kind is SourceKind.STATE_MEDIA


def test_he_is_the_one_who_spoke_last() -> None:
    text = "The pier sank, Colm Tarrant said. “Nobody was on it,” he said."
    told = Told(text).claim("The pier sank", "said", "Colm Tarrant")
    told.claim("“Nobody was on it,”", "said", "he", after="“Nobody")
    assert told.source().name == "Colm Tarrant"


def test_she_is_never_a_man() -> None:
    text = "Ruth Callan met John Aske on Monday. “It is late,” she said."
    told = Told(text).claim("“It is late,”", "said", "she", after="“It")
    assert told.source().name == "Ruth Callan"


def test_an_unclear_pronoun_stays_as_it_stands() -> None:
    """Two who fit alike: the words stay, the kind is unnamed, nobody is guessed."""
    text = "Colm Tarrant and Bram Sorrel met. “It is late,” he said."
    told = Told(text).claim("“It is late,”", "said", "he", after="“It")
    assert (told.source().name, told.source().kind) == ("he", SourceKind.UNNAMED)
    assert told.source().entity is None


def test_people_named_in_a_quotation_are_not_its_speaker() -> None:
    text = "Nurse Ada Brook spoke. “Jane Vance never called,” she said."
    told = Told(text).claim("“Jane Vance never called,”", "said", "she", after="“Jane")
    assert told.source().name == "Ada Brook"


def test_it_is_the_outlet_that_reported() -> None:
    text = "Troops moved, according to a CNN report. Recruits filled in forms, it said."
    told = Told(text).claim("Troops moved", "according to", "a CNN report")
    told.claim("Recruits filled in forms", "said", "it", after="Recruits")
    assert told.source().name == "CNN"


def test_the_report_is_the_one_told_of_before() -> None:
    text = "The port lost money, an internal audit found. The audit blamed nobody."
    told = Told(text).claim("The port lost money", "found", "an internal audit")
    told.claim("nobody", "blamed", "The audit", after="The audit")
    assert told.source().name == "an internal audit"


def test_the_outlets_own_name_and_we_are_its_own_voice() -> None:
    text = "The fee is 400 crowns, the Skarvik Gazette found. We asked the port twice."
    told = Told(text, outlet="Skarvik Gazette")
    told.claim("The fee is 400 crowns", "found", "the Skarvik Gazette")
    told.claim("the port twice", "asked", "We", after="We asked")
    assert [told.source(at).kind for at in (0, 1)] == [SourceKind.OWN_VOICE] * 2


def test_i_in_a_quotation_is_the_one_quoted() -> None:
    text = "“I said it would sink,” Colm Tarrant recalled."
    told = Told(text).claim("“I said it would sink,”", "recalled", "Colm Tarrant")
    told.claim("it would sink", "said", "I")
    assert told.source().name == "Colm Tarrant"


def test_claims_of_nobody_keep_no_source() -> None:
    told = Told("The pier reportedly sank.").claim("The pier", "reportedly")
    assert told.sourced()[0].attribution.source is None


@pytest.mark.parametrize("opening", ["Its spokesman, General", "the ministry's spokesman, Gen."])
def test_a_name_behind_a_part_and_a_title_is_the_source(opening: str) -> None:
    """The part and the title before a name do not hide it."""
    text = f"The Defence Ministry was silent. It will rain, {opening} Orlen Vashkov said."
    [claim] = analyze_text(text).claims
    source = claim.attribution.source
    assert source is not None
    assert (source.name, source.kind) == ("Orlen Vashkov", SourceKind.PERSON)


def test_mere_evidence_is_nobodys_word() -> None:
    """Evidence shows and does not speak; a document that is named does."""
    assert not analyze_text(
        "Fresh evidence suggests the Guild's alleged plan to support a strike."
    ).claims
    [claim] = analyze_text("Court records show that the gates were left open.").claims
    assert claim.attribution.source is not None
    assert claim.attribution.source.kind is SourceKind.DOCUMENT


@pytest.mark.parametrize("object_", ["it", "that"])
def test_a_denial_of_what_was_said_before_is_a_claim(object_: str) -> None:
    """ "Denied it" has its speaker and its stance though its content only points back."""
    text = f"The gates were left open, the union said on Monday. The mayor, Ada Ruiz, denied {object_}."
    last = analyze_text(text).claims[-1].attribution
    assert last.stance is Stance.DENIES
    assert last.source is not None
    assert last.source.name == "Ada Ruiz"


def test_who_would_not_say_declines() -> None:
    """A refusal is told from what was merely left unsaid."""
    said = analyze_text("The mayor would not say whether the gates were open.").claims
    left = analyze_text("The mayor did not say that the gates were open.").claims
    assert [claim.attribution.stance for claim in said] == [Stance.DECLINES]
    assert [claim.attribution.stance for claim in left] == [Stance.SAYS]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "A spokesman for the mayor, Edna Rusk, said that nothing would change.",
            "A spokesman for the mayor, Edna Rusk",
            SourceKind.UNNAMED,
        ),
        (
            "A group calling itself Grey Heron claimed that it has the records.",
            "Grey Heron",
            SourceKind.ORGANISATION,
        ),
        (
            "A man who calls himself Spike said that he has the records.",
            "Spike",
            SourceKind.PERSON,
        ),
        (
            "Marrow's Foreign Ministry said that it was studying the pictures.",
            "Marrow's Foreign Ministry",
            SourceKind.ORGANISATION,
        ),
        (
            "Two gates were unsafe, according to a report seen by Skarvik Gazette.",
            "a report",
            SourceKind.DOCUMENT,
        ),
        (
            "The rebels' radio station, Free Hills, said that the depot was gone.",
            "Free Hills",
            SourceKind.OUTLET,
        ),
    ],
)
def test_whom_the_words_beside_a_name_mean(text: str, name: str, kind: SourceKind) -> None:
    """A spokesman is not his master, and a name that one gives oneself is a name."""
    (source,) = {claim.attribution.source for claim in analyze_text(text).claims}
    assert source is not None
    assert (source.name, source.kind) == (name, kind)


def test_a_clause_about_them_does_not_hide_whom_the_officials_are() -> None:
    """They are the two of the sentence before."""
    claims = analyze_text(
        "Two officials briefed on the matter said that the count was off. The officials, who "
        "asked not to be named because they may not speak, said that it was 5,000."
    ).claims
    names = [claim.attribution.source.name for claim in claims if claim.attribution.source]
    assert set(names) == {"Two officials briefed on the matter"}


def test_the_one_told_by_his_age_is_the_only_one_named_before() -> None:
    """And nobody where two were."""
    told = '"We had to decide it today," the 78-year-old said at an event.'
    claims = analyze_text(f"Sepp Blatten met the club on Monday. {told}").claims
    assert {claim.attribution.source.name for claim in claims if claim.attribution.source} == {
        "Sepp Blatten"
    }
    first = analyze_text(f"Ada Lind met Per Dahl on Monday. {told}").claims[0].attribution.source
    assert first
    assert first.name == "the 78-year-old"
