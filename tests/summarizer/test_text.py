"""Sentences and words of news copy are cut where a reader would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import sentences, tokens


def cut(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Gov. Ada Brandt met Dr. Lund on Monday.", "They spoke for an hour."],
        ["She moved to the U.S. in Jan. 2019.", "He stayed."],
        ["The plant is in the U.S.", "The owner is not."],
        ['"We are done," he said last month.', '"They will benefit."'],
        ["“Why now?” Mr. Okoro asked.", "Nobody answered."],
        ["“Is it so?” she asked.", "It was."],
        ["Sen. Lia Moss (D-Wis.), who voted no, left at 9 a.m. Friday.", "Others stayed."],
        ["Prices rose 3.5 percent.", "No. 4 in the list is tin."],
        ["It was the first row.\xa0And the last."[:21], "And the last."],
        ["They left!", "Nobody knew why."],
        ["“Mr. President, will you go?”", "He did not say."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_a_blank_line_ends_a_sentence_and_starts_a_paragraph() -> None:
    text = "Talks fail over tariffs\n\nThe ministers left.\n \nNobody spoke"
    assert cut(text) == ["Talks fail over tariffs", "The ministers left.", "Nobody spoke"]
    assert [sentence.paragraph for sentence in sentences(text)] == [0, 1, 2]


def test_a_wrapped_line_goes_on() -> None:
    text = "The harbour was closed on Tuesday after the\nstorm damaged two cranes."
    assert cut(text) == [text]


def test_lines_of_a_page_are_sentences_of_their_own() -> None:
    assert cut("Storm closes harbour\nBy Ada Brandt\nThe harbour closed.") == [
        "Storm closes harbour",
        "By Ada Brandt",
        "The harbour closed.",
    ]


def test_a_missing_space_after_a_quotation_does_not_hide_the_end() -> None:
    assert cut("“We have waited.”“We will wait.”") == ["“We have waited.”", "“We will wait.”"]


def test_words_keep_digits_dots_and_hyphens() -> None:
    text = "The U.S. said COVID-19 cost Oslo's traders 3.5% or 1,200.50 crowns; they don't agree."
    assert [word.of(text) for word in tokens(text)] == [
        *("The", "U.S.", "said", "COVID-19", "cost", "Oslo", "traders", "3.5%", "or"),
        *("1,200.50", "crowns", "they", "don't", "agree"),
    ]


@given(st.text(alphabet=st.characters() | st.sampled_from('ab AB.?!"“”’\n\r\ud800'), max_size=200))
def test_sentences_are_trimmed_ordered_and_cover_all_but_white_space(text: str) -> None:
    position = 0
    for sentence in sentences(text):
        quoted = sentence.span.of(text)
        assert quoted
        assert quoted == quoted.strip()
        assert not text[position : sentence.span.start].strip()
        position = sentence.span.end
    assert not text[position:].strip()


@given(st.text(max_size=200))
def test_words_lie_in_order_inside_the_text(text: str) -> None:
    position = 0
    for word in tokens(text):
        assert position <= word.start < word.end <= len(text)
        position = word.end


def test_what_is_far_too_long_for_a_sentence_is_cut() -> None:
    text = "port " * 2000
    assert max(len(part) for part in cut(text)) <= 1500
    assert "".join("".join(cut(text)).split()) == "port" * 2000
