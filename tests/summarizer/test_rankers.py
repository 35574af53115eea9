"""Rankers: one score a sentence from each, on our words, alike on every run."""

from __future__ import annotations

import pytest

from summarizer.rankers import DEFAULT_RANKER, RANKERS, rank

ARTICLE = (
    "The harbour of Port Ellery was closed on Monday after a crane fell into the main channel.",
    "Nobody was hurt, but the crane blocks the only channel that is deep enough for freighters.",
    "Engineers from the harbour board said that lifting the crane would take 3.5 days.",
    "The weather was mild for the season.",
    "Two freighters with grain wait outside the harbour for the channel to open.",
    "A baker on the quay sold out of buns by nine.",
)


@pytest.mark.parametrize("name", sorted(set(RANKERS) - {"lexrank"}))
def test_gives_every_sentence_a_score(name: str) -> None:
    """The scores tell sentences apart; sumy's LexRank, with edges of 0 or 1, often does not."""
    scores = rank(ARTICLE, ranker=name)
    assert len(scores) == len(ARTICLE)
    assert len(set(scores)) > 1


@pytest.mark.parametrize("name", sorted(RANKERS))
def test_gives_the_same_scores_again(name: str) -> None:
    """The same sentences give the same scores."""
    assert rank(ARTICLE, ranker=name) == rank(list(ARTICLE), ranker=name)


@pytest.mark.parametrize("name", sorted(RANKERS))
@pytest.mark.parametrize(
    "sentences",
    [(), ("",), ("!!!", "..."), ("One sentence stands alone.",), ("The same.",) * 5],
    ids=["none", "empty", "marks", "one", "equal"],
)
def test_takes_odd_articles(name: str, sentences: tuple[str, ...]) -> None:
    """Articles of nothing, of marks, of one sentence and of equal sentences are all ranked."""
    assert len(rank(sentences, ranker=name)) == len(sentences)


@pytest.mark.parametrize("name", ["lexrank", "textrank", "lsa", "kl", "reduction"])
def test_long_articles_are_cut_for_slow_rankers(name: str) -> None:
    """Sentences past what a slow ranker can take come last, in any order."""
    many = [
        f"Sentence {number} tells of ship {number} and of the harbour." for number in range(320)
    ]
    scores = rank(many, ranker=name)
    assert len(scores) == 320
    assert max(scores[300:]) < max(scores[:50])


def test_sumy_counts_words_with_digits() -> None:
    """Two sentences that share only a percentage are linked for sumy's TextRank."""
    linked = rank(
        ("Prices rose 3.5%.", "Wages grew 3.5%.", "Cats sleep.", "Dogs bark loudly."),
        ranker="textrank",
    )
    assert linked[0] > linked[2]


def test_an_unknown_name_is_a_key_error() -> None:
    """A name that the table lacks is refused."""
    with pytest.raises(KeyError):
        rank(ARTICLE, ranker="oracle")


def test_ours_prefers_the_centre_and_the_start() -> None:
    """The first sentence on the subject comes first; the aside about buns does not."""
    scores = rank(ARTICLE, ranker=DEFAULT_RANKER)
    assert scores.index(max(scores)) == 0
    assert scores[5] < scores[4]


def test_ours_prefers_the_shorter_of_two_that_say_it() -> None:
    """Padding makes a sentence less worth showing."""
    short = "The harbour of Port Ellery closed after a crane fell into the channel on Monday."
    padded = (
        short[:-1] + ", " + ", ".join(["as one could see from any window of the town"] * 4) + "."
    )
    scores = rank(("Ships wait for the harbour channel.", short, padded), ranker=DEFAULT_RANKER)
    assert scores[1] > scores[2]
