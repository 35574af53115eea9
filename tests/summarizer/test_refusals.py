"""Who will not or cannot confirm declines, however he puts it."""

import pytest

from summarizer.analysis import analyze_text
from summarizer.model import Stance


@pytest.mark.parametrize(
    "words",
    [
        "Defence minister Ada Ruiz said that she cannot verify the reports of a landing.",
        "The mayor said he would not comment on the dismissal of the harbour master.",
        "The port authority said it was unable to confirm the number of the missing.",
    ],
)
def test_a_speaker_who_cannot_confirm_declines(words):
    """ "She said that she cannot verify" is no statement of fact."""
    assert [claim.attribution.stance for claim in analyze_text(words).claims] == [Stance.DECLINES]


def test_saying_that_others_cannot_is_a_statement():
    """What somebody says of others is said, not declined; it is they who decline."""
    claims = analyze_text("The mayor said inspectors could not verify the harbour log.").claims
    assert [claim.attribution.stance for claim in claims] == [Stance.SAYS, Stance.DECLINES]
    assert [link.name for link in claims[1].attribution.chain] == ["The mayor", "inspectors"]


@pytest.mark.parametrize(
    ("words", "source", "content"),
    [
        ("The mayor would not say why.", "The mayor", "why"),
        ("They were forged, he told the judge, though the banker would not say by whom.",
         "the banker", "by whom"),
        ("The harbour firm did not respond to a request for comment.", "The harbour firm",
         "a request for comment"),
        ("The mayor could not be reached for comment on Monday.", "The mayor",
         "could not be reached for comment on Monday"),
        ("The ministry neither confirmed nor denied the report.", "The ministry", "the report"),
        ("The harbour firm had no comment on the report.", "The harbour firm", "the report"),
        ("The police would not be drawn on the number of suspects.", "The police",
         "the number of suspects"),
        ("The minister stopped short of confirming that talks had begun.", "The minister",
         "that talks had begun"),
        ("The army gave no reason for the delay.", "The army", "the delay"),
        ("The harbour firm has yet to comment on the claims.", "The harbour firm", "the claims"),
        ("The broadcaster was unable to verify the footage.", "The broadcaster", "the footage"),
        ("There was no immediate comment from the ministry.", "the ministry",
         "no immediate comment"),
        ("A spokesman for the firm did not return calls seeking comment.",
         "A spokesman for the firm", "did not return calls seeking comment"),
    ],
)  # fmt: skip
def test_who_will_not_speak_declines(words: str, source: str, content: str) -> None:
    """Also where no verb of speech tells it; the content is what is refused."""
    found = [
        (claim.attribution.source.name, " ".join(span.of(words) for span in claim.content))
        for claim in analyze_text(words).claims
        if claim.attribution.stance is Stance.DECLINES and claim.attribution.source
    ]
    assert found == [(source, content)]


def test_who_confirms_one_thing_may_refuse_another():
    """The refusal behind "but" is the speaker's, no part of what is confirmed."""
    words = "The bank confirmed that it had the letter but would not say who had sent it."
    claims = analyze_text(words).claims
    assert [(str(c.attribution.stance), c.content[0].of(words)) for c in claims] == [
        ("confirms", "that it had the letter"),
        ("declines to confirm", "who had sent it"),
    ]
