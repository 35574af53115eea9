"""One article in, one analysis out; or a reason in words why not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.analysis import analyze, analyze_text
from summarizer.model import Analysis, Article, LineKind, SourceKind, Span
from summarizer.when import published_day

STORY = """Ferry ran aground after warning, harbour chief says

By Nell Orchard
PORT ELLERY, March 14 (AP) — The ferry was warned twice, harbour director Colm Tarrant said on Friday.

"She kept coming," Tarrant told Reuters. The owners denied that the crew had heard the warning.

Divers work at the wreck on Friday. Photo: Idris Calloway
"""


def spans(analysis: Analysis) -> list[Span]:
    found = [sentence.span for sentence in analysis.sentences]
    for entity in analysis.entities:
        found += [*entity.mentions, *entity.unsure]
    for claim in analysis.claims:
        told = claim.attribution
        found += [*claim.content, *told.cue, *told.hedges]
        for source in (*told.chain, *((told.source,) if told.source else ())):
            found += source.spans
        if told.when and told.when.span:
            found.append(told.when.span)
    return found


def test_a_story_from_end_to_end() -> None:
    """Who said it, with role, kind, chain and day, out of plain text."""
    published = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
    analysis = analyze_text(STORY, published=published)
    told = [claim.attribution for claim in analysis.claims]
    tarrant = [one for one in told if one.source and one.source.name == "Colm Tarrant"]
    assert len(tarrant) >= 2
    assert {one.source.kind for one in tarrant if one.source} == {SourceKind.PERSON}
    assert tarrant[0].source is not None
    assert tarrant[0].source.role == "harbour director"
    assert tarrant[0].when is not None
    assert tarrant[0].when.day == date(2026, 3, 13)
    assert [source.name for source in tarrant[1].chain] == ["Reuters", "Colm Tarrant"]


def test_lines_that_are_no_body_make_no_claims() -> None:
    analysis = analyze_text(STORY)
    kinds = {sentence.kind for sentence in analysis.sentences}
    assert LineKind.BYLINE in kinds
    for claim in analysis.claims:
        assert analysis.sentences[claim.sentence].kind is LineKind.BODY


def test_the_dateline_is_no_part_of_the_first_sentence() -> None:
    analysis = analyze_text(STORY)
    body = [one for one in analysis.sentences if one.kind is LineKind.BODY]
    assert body[0].span.of(STORY).startswith("The ferry was warned")


@pytest.mark.parametrize("mark", ["(VLP)", "(VLP) ", "Oslo, Norway (VLP)", "(VLP) - "])
def test_an_agency_glued_to_the_first_word_is_no_part_of_the_sentence(mark: str) -> None:
    text = f"{mark}The tower was shut on Monday, the fire service said."
    claim = analyze_text(text).claims[0]
    assert claim.content[0].of(text) == "The tower was shut on Monday"


def test_an_article_is_read_as_body() -> None:
    article = Article("a1", "The pier sank, Colm Tarrant said.", "A title", "The Gazette")
    analysis = analyze(article)
    assert [one.kind for one in analysis.sentences] == [LineKind.BODY]
    assert len(analysis.claims) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "12 345 678",
        "La ministra dijo el lunes que el puerto estaba cerrado y que los barcos no podían salir.",
        "Der Minister sagte am Montag, dass der Hafen geschlossen sei und kein Schiff fahre.",
        "국가정보원은 금요일 북한이 병력을 파견하기로 결정했다고 밝혔다.",
        "Министр сказал в понедельник, что порт закрыт и суда не могут выйти в море.",
    ],
)
def test_what_is_not_english_is_left_alone(text: str) -> None:
    """It says in words why nothing was analysed, and guesses nothing."""
    analysis = analyze_text(text)
    assert analysis.abstained
    assert not analysis.claims
    assert not analysis.entities


def test_the_day_of_publication_is_the_outlets() -> None:
    """Half past midnight in Seoul is that day in Seoul, whatever the clock elsewhere shows."""
    published = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)
    assert published_day(published, "Asia/Seoul") == date(2026, 3, 15)
    assert published_day(published, "") == date(2026, 3, 14)
    assert published_day(published, "Nowhere/At_All") == date(2026, 3, 14)
    assert published_day(None, "Asia/Seoul") is None


def test_the_same_text_comes_out_the_same() -> None:
    assert analyze_text(STORY) == analyze_text(STORY)


@pytest.mark.parametrize(
    "text",
    [
        STORY.replace("\n", " "),
        STORY.upper(),
        STORY.replace('"', "“"),
        STORY.replace("e", "\ud800"),
        f"<div><p>{STORY}</p></div>",
        STORY * 3,
        '"' * 30 + STORY,
    ],
)
def test_bad_copy_never_fails_and_spans_stay_inside(text: str) -> None:
    for span in spans(analyze_text(text)):
        assert 0 <= span.start < span.end <= len(text)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*STORY.split(), "“", "”", "\n\n", "he", "said", "\u2028", "("])))
def test_shuffled_copy_never_fails(words: list[str]) -> None:
    text = "The news is that it was said. " + " ".join(words)
    for span in spans(analyze_text(text)):
        assert 0 <= span.start < span.end <= len(text)
