"""A parse points into the text it was given and keeps to the sentences it was given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import parse as parsing
from summarizer.parse import parse
from summarizer.text import sentences


def test_tokens_point_into_the_text_as_it_was_given() -> None:
    text = "“It\xa0is so,” said\nMs. Okoro’s aide.\n\nNobody \ud800 spoke."
    doc = parse(text, sentences(text))
    assert len(doc.text) == len(text)
    assert {text[t.idx : t.idx + len(t)] for t in doc} >= {"“", "Okoro", "’s", "aide", "spoke"}


def test_a_subject_is_found_before_its_verb() -> None:
    text = "The minister said the port would close."
    doc = parse(text, sentences(text))
    said = next(token for token in doc if token.text == "said")
    assert [child.text for child in said.children if child.dep_ == "nsubj"] == ["minister"]


def test_names_are_left_out_on_request() -> None:
    text = "Ada Brandt flew to Oslo."
    assert parse(text, sentences(text)).ents
    assert not parse(text, sentences(text), names=False).ents


def test_batches_change_no_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "  " + "The mayor spoke.  She left.\n\n" * 7
    whole = [(token.idx, token.text) for token in parse(text, sentences(text))]
    monkeypatch.setattr(parsing, "BATCH", 3)
    assert [(token.idx, token.text) for token in parse(text, sentences(text))] == whole


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from('ab A.?"“”’\n\ud800'), max_size=80))
def test_any_text_is_parsed_into_its_own_sentences(text: str) -> None:
    found = sentences(text)
    doc = parse(text, found)
    assert len(doc.text) == len(text)
    starts = {sentence.span.start for sentence in found}
    assert len(list(doc.sents)) == max(len(starts), 1 if len(doc) else 0)


def test_markup_datelines_and_capitals_do_not_lead_the_parser_astray() -> None:
    text = "OSLO, May 3 (AP) — The <b>mayor</b> spoke.\n\nMAYOR SAYS PORT WILL CLOSE"
    doc = parse(text, sentences(text))
    assert len(doc.text) == len(text)
    seen = [token.text for token in doc if not token.is_space]
    assert seen[:4] == ["The", "mayor", "spoke", "."]
    assert seen[4:] == ["Mayor", "Says", "Port", "Will", "Close"]


def test_each_word_is_described_the_same_whatever_was_read_before() -> None:
    text = "There were ships. They were waiting."
    cut = sentences(text)
    first = [(token.pos_, token.lemma_) for token in parse(text, cut)]
    parse("There were none.", sentences("There were none."))
    assert [(token.pos_, token.lemma_) for token in parse(text, cut)] == first


@pytest.mark.parametrize("word", ["co-operative", "re-election", "Pre-trial"])
def test_a_beginning_that_never_stands_alone_is_no_word(word: str) -> None:
    """No rule can cut such a word at its hyphen."""
    text = f"A {word} was closed."
    assert word in [token.text for token in parse(text, sentences(text))]
