"""Passages are found by words and by meaning, fused, and read once from the store."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Item
from bot.retrieve import Place, Retriever, fuse
from bot.store import SqlStore, open_store
from summarizer.model import Analysis, Article, LineKind, Sentence, Span
from summarizer.question import read_question

MONDAY = datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture
def store() -> SqlStore:
    opened = open_store(":memory:")
    for number, (title, text, day) in enumerate(
        (
            ("Ferry", "The ferry struck the breakwater.", 0),
            ("Bank", "The bank lost 12,000 crowns.", 1),
            ("Bridge", "The bridge is shut.", 2),
        )
    ):
        url = f"https://post.example/{number}"
        article = Article(f"a{number}", text, title, "The Post", url, MONDAY + timedelta(days=day))
        kept = opened.add(Item(article), seen=MONDAY).article_id
        sentence = Sentence(Span(0, len(text)), 0)
        opened.save_analysis(kept, Analysis(1, (sentence,)))
    return opened


class Meanings:
    """An index by meaning that always thinks of one place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def nearest(self, text: str, limit: int) -> list[tuple[Place, float]]:
        return [(self.place, 0.8)]

    def nearness(self, text: str, places: Sequence[Place]) -> list[float]:
        return [0.8 if place == self.place else 0.1 for place in places]


def quotes(store: SqlStore, question: str, **more: datetime) -> list[str]:
    found = Retriever(store).candidates(read_question(question), **more)
    return [candidate.span.of(candidate.article.text) for candidate in found]


def test_a_number_in_other_words_finds_its_sentence(store: SqlStore) -> None:
    """The index holds digits; the question says them in letters."""
    assert quotes(store, "twelve thousand") == ["The bank lost 12,000 crowns."]


def test_operators_and_quotes_are_words(store: SqlStore) -> None:
    """Nothing that is typed is read as the index's own language."""
    assert quotes(store, '"ferry" AND NEAR(breakwater) * ^ :') == [
        "The ferry struck the breakwater."
    ]


def test_the_window_can_be_said(store: SqlStore) -> None:
    """Nothing older than ``since`` comes back."""
    assert quotes(store, "ferry", since=MONDAY + timedelta(days=1)) == []


def test_meaning_adds_what_words_miss(store: SqlStore) -> None:
    """A place that only the index by meaning knows is a candidate, with its nearness."""
    (hit,) = store.search(["bridge"])
    retriever = Retriever(store, Meanings((hit.article_id, 0)))
    (found,) = retriever.candidates(read_question("the viaduct was closed"))
    assert (found.article.title, found.nearness, found.score) == ("Bridge", 0.8, 1.0)


def test_nothing_asked_finds_nothing(store: SqlStore) -> None:
    """An empty question asks the store for nothing."""
    assert quotes(store, "") == []


def test_titles_and_captions_are_no_candidates(store: SqlStore) -> None:
    """Only body sentences can answer."""
    article = Article("t", "Ferry again.", "Ferry", "The Post", "https://post.example/t", MONDAY)
    kept = store.add(Item(article), seen=MONDAY).article_id
    title = Sentence(Span(0, 12), 0, LineKind.TITLE)
    store.save_analysis(kept, Analysis(1, (title,)))
    assert quotes(store, "again") == []


@given(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5))), max_size=3))
def test_fusing_keeps_every_place_once(rankings: list[list[Place]]) -> None:
    """No place is lost or doubled, and scores fall."""
    fused = fuse(rankings)
    assert {place for place, _ in fused} == {place for ranking in rankings for place in ranking}
    assert len({place for place, _ in fused}) == len(fused)
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)


def test_two_rankings_that_agree_beat_one() -> None:
    """Second in both comes before first in one."""
    fused = fuse([[("a", 0), ("b", 0)], [("c", 0), ("b", 0)]])
    assert fused[0][0] == ("b", 0)
