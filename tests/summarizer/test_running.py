"""Each sentence that is quoted on is a claim of its own."""

from datetime import UTC, datetime

from summarizer.analysis import analyze_text
from summarizer.model import Claim, Stance

SAID = (
    '"Spring is late," the warden, Oda Lind, said on Monday. "The river is not." Nobody was hurt.\n\n'
    '"Ask me tomorrow," she said, "or ask the river."'
)


def claims() -> list[Claim]:
    return list(analyze_text(SAID, published=datetime(2026, 3, 10, tzinfo=UTC), zone="UTC").claims)


def test_a_quotation_that_runs_on_is_told_apart() -> None:
    """It has the same source and day, and no words of saying; the first claim keeps its own."""
    first, second, _ = claims()
    assert [span.of(SAID) for span in first.content] == ['"Spring is late,"']
    assert [span.of(SAID) for span in second.content] == ['"The river is not."']
    assert [span.of(SAID) for span in first.attribution.cue] == ["said"]
    assert second.attribution.cue == ()
    assert second.attribution.stance is Stance.SAYS
    for claim in (first, second):
        assert claim.attribution.source
        assert claim.attribution.source.name == "Oda Lind"
        assert claim.attribution.when
        assert claim.attribution.when.words == "Monday"
    assert (first.sentence, second.sentence) == (0, 1)


def test_what_one_sentence_quotes_stays_together() -> None:
    """Its two pieces stand around the words of saying."""
    *_, last = claims()
    assert [span.of(SAID) for span in last.content] == ['"Ask me tomorrow,"', '"or ask the river."']
