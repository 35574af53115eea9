"""The best passages are read again beside the question, and ordered by what the reader holds."""

from collections.abc import Sequence
from datetime import UTC, datetime

from summarizer.analysis import analyze_text
from summarizer.answer import answer, compared
from summarizer.model import Analysis, Article, LineKind, Sentence, Span
from summarizer.passages import Candidate
from summarizer.question import read_question
from summarizer.rereading import MOST_READ, Passage, Reading, known_of, passage_of

CAPTION = "The old bridge at Velden."
TOLD = "The bridge at Velden cracked on Monday."
AFTER = "Nobody was on the bridge at Velden when it did."
ASKED = "what happened to the bridge at Velden"


def candidates(*sentences: str, caption: str = "") -> list[Candidate]:
    parts = [sentences[0], *([caption] if caption else []), *sentences[1:]]
    text, cut, at = " ".join(parts), [], 0
    for part in parts:
        kind = LineKind.CAPTION if part == caption else LineKind.BODY
        cut.append(Sentence(Span(at, at + len(part)), 0, kind))
        at += len(part) + 1
    article = Article("1", text, "Bridge", "The Post", "", datetime(2026, 3, 1, tzinfo=UTC))
    analysis = Analysis(1, tuple(cut))
    return [Candidate(article, analysis, n) for n, s in enumerate(cut) if s.kind is LineKind.BODY]


class Liking:
    """A reader that holds one sentence for the answer, and keeps what it was given."""

    def __init__(self, liked: str) -> None:
        self.liked = liked
        self.given: list[tuple[str, list[Passage]]] = []

    def __call__(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.given.append((question, list(passages)))
        return [
            Reading(6.0, 6.0) if one.sentence == self.liked else Reading(-6.0, -6.0)
            for one in passages
        ]


def test_what_the_reader_holds_for_the_answer_comes_first() -> None:
    """Whichever of two alike passages it is."""
    for liked in (TOLD, AFTER):
        reader = Liking(liked)
        _, judged = compared(read_question(ASKED), candidates(TOLD, AFTER), reader)
        assert judged[0].said.sentence == liked
        assert reader.given[0][0] == ASKED


def test_what_the_reader_does_not_hold_for_an_answer_is_none() -> None:
    """The same passage answers where it does."""
    found = candidates(TOLD)
    asked = "did the bridge at Velden crack"
    liked, disliked = (answer(asked, found, reader=Liking(one)) for one in (TOLD, ""))
    assert [one.citation.quote for one in liked.findings] == [TOLD]
    assert liked.findings[0].score > 0.9
    assert disliked.none or disliked.findings[0].score < liked.findings[0].score


def test_only_the_most_relevant_are_read() -> None:
    """The others come behind them, and are not lost."""
    many = candidates(*(f"The bridge at Velden cracked at {n} places." for n in range(2, 20)))
    reader = Liking("")
    _, judged = compared(read_question(ASKED), many, reader)
    ((_, read),) = reader.given
    assert len(read) == MOST_READ
    assert len(judged) == len(many)
    assert {one.said.sentence for one in judged[:MOST_READ]} == {one.sentence for one in read}


def test_a_passage_has_its_title_and_the_body_sentence_before_it() -> None:
    """A caption between them is none; the first has nothing before it."""
    first, second = candidates(TOLD, AFTER, caption=CAPTION)
    assert passage_of(first) == Passage("Bridge", "", TOLD)
    assert passage_of(second) == Passage("Bridge", TOLD, AFTER)


def test_a_passage_tells_who_speaks_and_what_its_short_names_mean() -> None:
    """What the sentence says itself is not told again; who says it comes first."""
    text = (
        "Oda Lind, the chief warden of the Marrow Water Board (MWB), was in Dorn. "
        '"Nobody asked the MWB," she said. It rained.'
    )
    analysis = analyze_text(text)
    told = [known_of(text, analysis, sentence.span) for sentence in analysis.sentences]
    assert told[1].startswith("Oda Lind, the chief warden")
    assert "Marrow Water Board" in told[1]
    assert told[0] == told[2] == ""


def test_nothing_found_needs_no_reader() -> None:
    """It is not asked about nothing."""
    reader = Liking(TOLD)
    assert answer(ASKED, [], reader=reader).none
    assert reader.given in ([], [(ASKED, [])])
