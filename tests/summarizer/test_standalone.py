"""Sentences that stand alone: what may be shown away from its neighbours, and what may not."""

from __future__ import annotations

import pytest

from summarizer.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    Quotation,
    Source,
    SourceKind,
    Span,
    Stance,
)
from summarizer.similarity import shingles
from summarizer.standalone import dangles, fit, lead_in, repeats, within_quotes
from summarizer.text import sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor of Port Ellery closed the second pier on Tuesday.",
        '"The pier is closed," the mayor of Port Ellery said on Tuesday.',
        "This week the harbour board will meet in Port Ellery again.",
        "Those who own boats must move them before the weekend begins.",
        "But the harbour board has remained cautious about the second pier.",
        "U.S. grain prices rose 3.5% after the harbour closed.",
    ],
)
def test_whole_sentences_with_their_subject_are_fit(sentence: str) -> None:
    """A sentence that names what it is about may be shown."""
    assert fit(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He said that the second pier would be closed to freight.",
        "It was closed to freight, to ferries and to anglers.",
        "But that did not please the anglers of the town.",
        "And they went home without a word to the mayor.",
        '"She never came to the pier," the mayor said on Tuesday.',
        "His brother runs the only bakery on the quay of Port Ellery.",
        "However, the anglers of the town were not pleased at all.",
        "The latter was closed to freight by the harbour board.",
        "It's the third pier that the town has lost this year.",
    ],
)
def test_openings_that_point_back_are_not_fit(sentence: str) -> None:
    """What opens on a pronoun or goes on from another sentence does not stand alone."""
    assert dangles(sentence)
    assert not fit(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        'The mayor said that "the pier is closed.',
        "“We have never seen such a thing in all our years here.”",
        "The second pier of Port Ellery (pictured) was closed on Tuesday.",
        "Read more about the second pier on our harbour page today.",
        "PUBLISHED: 14:11 EST, 25 October 2013.",
        "The pier closed on Tuesday, as the mayor of the town",
        "Very short one.",
        "Ann Hale contributed to this report from Port Ellery.",
        "Anglers leave the second pier of Port Ellery (left) on Tuesday.",
    ],
)
def test_captions_teasers_and_half_quotes_are_not_fit(sentence: str) -> None:
    """Captions, credits, teasers, stamps, bare and half quotations are never shown."""
    assert not fit(sentence)


def test_sentences_inside_a_quotation_are_found() -> None:
    """The middle of a long quotation has no marks of its own, and is known to lie within."""
    text = (
        '"The pier is old. Nobody cared for it. We close it today," the mayor said. Anglers left.'
    )
    cut = sentences(text)
    inside = {span.of(text) for span in within_quotes(text, cut)}
    assert "Nobody cared for it." in inside
    assert "Anglers left." not in inside


def test_a_quotation_mark_without_a_partner_swallows_nothing() -> None:
    """A mark that the copy forgot to close does not make a quotation of the rest."""
    text = 'The "pier is closed. Anglers left the town. The mayor said "nothing" to them.'
    assert not within_quotes(text, sentences(text))


def test_copies_repeat_and_other_sentences_do_not() -> None:
    """Nearly the same words repeat; the same subject in other words does not."""
    one = "The mayor of Port Ellery closed the second pier to freight on Tuesday morning."
    again = one.replace("Tuesday morning", "Tuesday")
    other = "Freight has used the second pier of Port Ellery for ninety years."
    assert repeats(shingles(one), shingles(again))
    assert not repeats(shingles(one), shingles(other))


def test_the_lead_in_is_the_name_behind_the_pronoun() -> None:
    """A pronoun that the analysis resolved gets the name in brackets; no other does."""
    text = "She said the pier would stay closed. It rained."
    source = Source((Span(0, 3),), "Ann Hale", SourceKind.PERSON)
    said = Attribution((Span(4, 8),), Stance.SAYS, Quotation.INDIRECT, source, (source,))
    analysis = Analysis(1, sentences(text), claims=(Claim((Span(9, 35),), said, 0),))
    article = Article("a", text, "", "")
    assert lead_in(article, analysis, Span(0, 36)) == "[Ann Hale]"
    assert lead_in(article, analysis, Span(37, len(text))) == ""


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("At this pace she would win by some 2,700 votes in the end.", False),
        ("“I have had to say it to six families,” he said on Tuesday.", False),
        ("“I said yes after four minutes,” Soldana said when he arrived.", True),
        ("Asked about the pier, the mayor said he would wait for a report.", True),
        ("Tarrant said he would wait for the report on the pier.", True),
    ],
)
def test_he_or_she_needs_somebody_before(sentence: str, *, alone: bool) -> None:
    """A "he" or "she" that follows nobody in its sentence dangles, wherever it stands."""
    assert fit(sentence) is alone
