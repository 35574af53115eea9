"""The table of rankers: sentences and their words in, one score a sentence out.

Home of sumy. Its rankers run as they are, but on our sentences and our words, so that
numbers, dotted acronyms and hyphened names count. Ours is in ``ranking``. Choosing from the
scores, and what is fit to be shown, is the business of ``briefing``. Loading sumy takes half a
second and 25 MB, so it is loaded with the first question to one of its rankers.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

from summarizer.ranking import centroid, lead, whosaid
from summarizer.similarity import stem, stopwords, words

Ranker = Callable[[Sequence[str]], list[float]]
"""Sentences in reading order -> a score each; the higher, the better."""

DEFAULT_RANKER = "whosaid"

_MOST_SENTENCES = 300
"""How many sentences sumy is given: its rankers take time with their square (15 s at 2,000)."""

_MOST_FOR_SLOW_ONES = 60
"""The same for LSA and KL, which take time with their cube (83 s at 300)."""

_DIGITS = 9
"""Scores are rounded to so many digits: sumy sums over sets, whose order is not ours to fix."""


class _OurWords:
    """What sumy takes for a tokenizer: it asks for the words of a sentence, and gets ours."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return words(sentence)


def _sumy(room: str, name: str, *, most: int = _MOST_SENTENCES) -> Ranker:
    """Make a ranker of one of sumy's summarizers; sentences past ``most`` come last."""

    def rank(sentences: Sequence[str]) -> list[float]:
        ranker = getattr(import_module(f"sumy.summarizers.{room}"), name)(stem)
        ranker.stop_words = stopwords()
        return _rated(ranker, sentences, most)

    return rank


def _rated(ranker: Any, sentences: Sequence[str], most: int) -> list[float]:  # noqa: ANN401 - sumy is untyped
    """Ask a sumy ranker for all its ratings; sentences that it is not given come last."""
    given = sentences[:most]
    if not any(words(sentence) for sentence in given):
        return [0.0] * len(sentences)
    dom = import_module("sumy.models.dom")
    paragraph = dom.Paragraph([dom.Sentence(sentence, _OURS) for sentence in given])
    ratings: dict[int, float] = {}

    def keep(infos: Sequence[Any]) -> Sequence[Any]:
        ratings.update({info.order: round(float(info.rating), _DIGITS) for info in infos})
        return infos

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # LSA warns of short texts; it still ranks them
        ranker(dom.ObjectDocumentModel([paragraph]), keep)
    lowest = min(ratings.values(), default=0.0)
    return [ratings.get(order, lowest - 1) for order in range(len(sentences))]


_OURS = _OurWords()

RANKERS: Mapping[str, Ranker] = MappingProxyType(
    {
        "whosaid": whosaid,
        "lead": lead,
        "centroid": centroid,
        "lexrank": _sumy("lex_rank", "LexRankSummarizer"),
        "textrank": _sumy("text_rank", "TextRankSummarizer"),
        "luhn": _sumy("luhn", "LuhnSummarizer"),
        "lsa": _sumy("lsa", "LsaSummarizer", most=_MOST_FOR_SLOW_ONES),
        "kl": _sumy("kl", "KLSummarizer", most=_MOST_FOR_SLOW_ONES),
        "sumbasic": _sumy("sum_basic", "SumBasicSummarizer"),
        "reduction": _sumy("reduction", "ReductionSummarizer"),
    }
)
"""Every ranker by the name that commands and the config use."""


def rank(sentences: Sequence[str], *, ranker: str = DEFAULT_RANKER) -> list[float]:
    """Score sentences of one article, given in reading order.

    Raises:
        KeyError: no ranker has this name; ``RANKERS`` lists them.

    """
    return RANKERS[ranker](sentences)
