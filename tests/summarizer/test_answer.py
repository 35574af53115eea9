"""Candidates become an answer: findings with their claims and chains, or the nearest and why."""

from datetime import UTC, datetime

from summarizer.answer import Candidate, answer
from summarizer.model import (
    Analysis,
    Article,
    Attribution,
    Claim,
    Quotation,
    Sentence,
    Source,
    SourceKind,
    Span,
    Stance,
)

TOLD = "The bridge at Velden cracked on Monday."
SAID = "Orla Finch said that 40 bolts were missing."
DENIED = "The builder, Per Lund, denied that 40 bolts were missing."


def article(number: int, *sentences: str, day: int = 1) -> Article:
    moment = datetime(2026, 3, day, 12, tzinfo=UTC)
    url = f"https://post.example/{number}"
    return Article(str(number), " ".join(sentences), "Bridge", "The Post", url, moment)


def candidates(printed: Article, *claims: Claim) -> list[Candidate]:
    spans, at = [], 0
    for part in printed.text.split(". "):
        end = at + len(part) + (0 if part.endswith(".") else 1)
        spans.append(Sentence(Span(at, end), 0))
        at = end + 1
    analysis = Analysis(1, tuple(spans), (), claims)
    return [Candidate(printed, analysis, number) for number in range(len(spans))]


def claim(printed: Article, content: str, source: str, stance: Stance, sentence: int) -> Claim:
    start = printed.text.rindex(content)
    at = printed.text.index(source)
    said = Source((Span(at, at + len(source)),), source, SourceKind.PERSON)
    cue = (Span(at + len(source), at + len(source) + 1),)
    attribution = Attribution(cue, stance, Quotation.INDIRECT, said, (said,))
    return Claim((Span(start, start + len(content)),), attribution, sentence)


def test_an_own_voice_sentence_has_no_claim_and_the_outlet_as_chain() -> None:
    """The whole sentence is the content then."""
    found = answer("did the bridge at Velden crack?", candidates(article(1, TOLD, SAID)))
    (finding,) = found.findings
    assert finding.citation.quote == TOLD
    assert finding.claim is None
    assert [(s.name, s.kind, s.spans) for s in finding.chain] == [
        ("The Post", SourceKind.OUTLET, ())
    ]


def test_a_claim_comes_with_its_content_and_chain() -> None:
    """The content that answers is marked; the outlet stands first in the chain."""
    printed = article(1, TOLD, SAID)
    said = claim(printed, "40 bolts were missing", "Orla Finch", Stance.SAYS, 1)
    found = answer("forty bolts were missing, says who", candidates(printed, said))
    (finding,) = found.findings
    assert [span.of(printed.text) for span in finding.content] == ["40 bolts were missing"]
    assert [source.name for source in finding.chain] == ["The Post", "Orla Finch"]


def test_a_denial_is_shown_as_a_dispute_of_the_finding() -> None:
    """Support and denial never share a list."""
    printed = article(1, SAID, DENIED)
    claims = (
        claim(article(1, SAID, DENIED), "40 bolts were missing", "Per Lund", Stance.DENIES, 1),
    )
    found = answer("40 bolts were missing", candidates(printed, *claims))
    assert [finding.citation.quote for finding in found.findings] == [SAID]
    (dispute,) = found.findings[0].corroboration.disputes
    assert dispute.citation.quote == DENIED


def test_a_yes_or_no_question_is_answered_by_a_denial() -> None:
    """Where only a denial is stored it answers the question, with its stance."""
    printed = article(1, DENIED)
    denial = claim(printed, "40 bolts were missing", "Per Lund", Stance.DENIES, 0)
    found = answer("were 40 bolts missing?", candidates(printed, denial))
    (finding,) = found.findings
    assert (finding.claim, finding.denial) == (denial, "denies it")
    assert (
        not answer("did Lund deny that 40 bolts were missing?", candidates(printed, denial))
        .findings[0]
        .denial
    )
    assert answer("40 bolts were missing", candidates(printed, denial)).none


def test_a_question_of_light_words_alone_is_compared_too() -> None:
    """ "Confirm the reports" has no telling word but the verb that asks for a stance."""
    doubt = "Orla Finch said that she could not verify the reports."
    printed = article(1, SAID, doubt)
    said = claim(printed, "she could not verify the reports", "Orla Finch", Stance.DECLINES, 1)
    found = answer("Did Finch confirm the reports?", candidates(printed, said))
    assert found.findings[0].citation.quote == doubt


def test_nothing_said_gives_the_nearest_with_the_reason() -> None:
    """The nearest passages are no findings."""
    found = answer("41 bolts were missing", candidates(article(1, TOLD, SAID)))
    assert found.none
    assert next((f.citation.quote, why) for f, why in found.nearest) == (
        SAID,
        "another number: 40, not 41",
    )


def test_what_someone_says_takes_the_claims_of_that_source_alone() -> None:
    """Other people's claims and the outlet's own words are left out."""
    printed = article(1, TOLD, SAID, DENIED)
    orla = claim(article(1, TOLD, SAID), "40 bolts were missing", "Orla Finch", Stance.SAYS, 1)
    lund = claim(printed, "40 bolts were missing", "Per Lund", Stance.DENIES, 2)
    found = answer("what does Finch say?", candidates(printed, orla, lund))
    assert [finding.claim for finding in found.findings] == [orla]


def test_the_newest_of_equals_comes_first() -> None:
    """Equally good passages are told apart by their day."""
    old, new = article(1, TOLD, day=1), article(2, f"{TOLD[:-1]} at noon.", day=2)
    found = answer("the bridge at Velden cracked", [*candidates(old), *candidates(new)])
    assert [finding.citation.article.id for finding in found.findings] == ["2", "1"]


def test_the_same_words_are_found_once() -> None:
    """Copies count as carriers elsewhere."""
    copies = [*candidates(article(1, TOLD)), *candidates(article(2, TOLD))]
    assert len(answer("the bridge at Velden cracked", copies).findings) == 1


def test_an_empty_question_finds_nothing() -> None:
    """Nothing asked, nothing found, no error."""
    assert answer("", candidates(article(1, TOLD))).none
