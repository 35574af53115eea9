"""Many articles, one text: the briefing of a story from all the outlets that tell it.

Every sentence is a slice of one of the articles. What several outlets tell counts more; what was
said once is not said again, and copies of one text count once. Which articles make a story is
decided in ``stories``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.briefing import passage, told_by
from summarizer.model import Analysis, Article, Briefing, LineKind, Passage, Span
from summarizer.ranking import Vector, among_many, vectors
from summarizer.similarity import containment, dot, shingles, words
from summarizer.standalone import dangles, fit, goes_on, sound, within_quotes

RANKER = "roundup"

_MOST_ARTICLES = 16
_MOST_SENTENCES = 60
"""The newest articles of a story and their first sentences that are read; bounds time."""

_NEARLY_FULL_WORDS = 80

_LEDE_SENTENCES = 3
"""A lede stands among so many first sentences."""

_COPIED = 0.5
_SAME = 0.6
_SHARED_TRIGRAMS = 0.3
"""A sentence is said already when its cosine with a chosen one, or its share of three-word runs
in the chosen ones, is higher."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence of one of the articles; ``place`` is (article, order in it)."""

    article: Article
    analysis: Analysis
    span: Span
    place: tuple[int, int]
    fit: bool
    needs_previous: bool

    @property
    def quote(self) -> str:
        return self.span.of(self.article.text)

    @property
    def tells_its_title(self) -> bool:
        return told_by(self.article.title, self.quote)


def roundup(
    title: str,
    articles: Sequence[tuple[Article, Analysis]],
    *,
    sentences: int = 3,
    words_at_most: int | None = None,
    leading: Mapping[str, float] | None = None,
) -> Briefing:
    """Brief a story in at most ``sentences`` sentences, or at most so many words if given.

    ``articles`` are oldest first; so are the sentences of the briefing. Only a text measured in
    words may hold a sentence that opens on a "he" or "but", and only right after the sentence
    that it goes on from. ``leading`` tells for article ids how much they are wanted first: then the
    briefing begins with the lede of one of them, whose score times that is the greatest.
    """
    found = _candidates(_distinct(articles), going_on=words_at_most is not None)
    quotes, places = [one.quote for one in found], [one.place for one in found]
    chosen = _Choice(found, among_many(quotes, places, brief=words_at_most is None))
    if leading is not None:
        chosen.begin_with_a_lede(leading)
    if words_at_most is None:
        chosen.take(count=sentences, length=None)
    else:
        chosen.take(count=len(found), length=words_at_most)
    return Briefing(title, chosen.passages(), RANKER)


def _distinct(articles: Sequence[tuple[Article, Analysis]]) -> list[tuple[Article, Analysis]]:
    """Return the newest articles without those that copy an earlier one, oldest first."""
    kept: list[tuple[Article, Analysis]] = []
    runs: list[frozenset[tuple[str, ...]]] = []
    for article, analysis in articles:
        mine = shingles(article.text)
        if any(max(containment(mine, o), containment(o, mine)) >= _COPIED for o in runs):
            continue
        kept.append((article, analysis))
        runs.append(mine)
        kept, runs = kept[-_MOST_ARTICLES:], runs[-_MOST_ARTICLES:]
    return kept


def _candidates(
    articles: Sequence[tuple[Article, Analysis]], *, going_on: bool
) -> list[_Candidate]:
    """Return the leading body sentences of the articles; fit or not, all of them set the scene."""
    found = []
    for number, (article, analysis) in enumerate(articles):
        body = [s for s in analysis.sentences if s.kind is LineKind.BODY][:_MOST_SENTENCES]
        inside = within_quotes(article.text, body)
        for order, one in enumerate(body):
            quote = one.span.of(article.text)
            shown = one.span not in inside and (fit(quote) or (going_on and sound(quote)))
            place = (number, order)
            after = goes_on(quote) if going_on else dangles(quote)
            found.append(_Candidate(article, analysis, one.span, place, shown, after))
    return found


class _Choice:
    """Sentences chosen one by one, each the best that says something new and still fits in."""

    def __init__(self, found: Sequence[_Candidate], scores: Sequence[float]) -> None:
        self._found = found
        self._scores = list(scores)
        self._alike: Sequence[Vector] = vectors([one.quote for one in found])
        self._lengths = [len(one.quote.split()) for one in found]
        self._runs = [_trigrams(one.quote) for one in found]
        self._told: set[tuple[str, ...]] = set()
        self._waiting = [at for at, one in enumerate(found) if one.fit]
        self._chosen: list[int] = []
        self._lede: int | None = None

    def begin_with_a_lede(self, leading: Mapping[str, float]) -> None:
        """Choose the best of the first fit sentences that stand near the head of an article.

        One that hardly says more than its headline gives way to the next of them.
        """
        near = [at for at in self._waiting if self._found[at].place[1] < _LEDE_SENTENCES]
        heads: dict[str, int] = {}
        for at in sorted(near, key=lambda at: self._found[at].tells_its_title):
            heads.setdefault(self._found[at].article.id, at)
        if not heads:
            return
        best = max(heads, key=lambda name: leading.get(name, 0.0) * self._scores[heads[name]])
        self._lede = heads[best]
        title = self._found[self._lede].article.title
        self._waiting = [
            at
            for at in self._waiting
            if at != self._lede and not told_by(title, self._found[at].quote)
        ]
        self._choose(self._lede)

    def take(self, *, count: int, length: int | None) -> None:
        """Choose at most ``count`` sentences of at most ``length`` words in all."""
        left = length
        while len(self._chosen) < count:
            open_now = [at for at in self._waiting if self._may_follow(at)]
            if left is not None:
                open_now = [at for at in open_now if self._lengths[at] <= left]
            if not open_now:
                return
            best = max(open_now, key=lambda at: (self._worth(at, left), -at))
            self._waiting.remove(best)
            if self._said(best):
                continue
            self._choose(best)
            if left is not None:
                left -= self._lengths[best]

    def passages(self) -> tuple[Passage, ...]:
        """Return what was chosen: the leading lede, then the rest as the articles have it."""
        picked = [self._found[at] for at in sorted(self._chosen, key=self._order)]
        return tuple(passage(one.article, one.analysis, one.span) for one in picked)

    def _order(self, at: int) -> tuple[bool, int]:
        return (at != self._lede, at)

    def _worth(self, at: int, left: int | None) -> float:
        """Return a sentence's score; near the end one that fills the text is worth more."""
        if left is None or left >= _NEARLY_FULL_WORDS:
            return self._scores[at]
        return self._scores[at] * math.sqrt(self._lengths[at] / left)

    def _may_follow(self, at: int) -> bool:
        """Tell whether a sentence stands alone, or right after the one that it goes on from."""
        one = self._found[at]
        return not one.needs_previous or (one.place[1] > 0 and at - 1 in self._chosen)

    def _said(self, at: int) -> bool:
        runs = self._runs[at]
        return bool(runs) and len(runs & self._told) > _SHARED_TRIGRAMS * len(runs)

    def _choose(self, best: int) -> None:
        self._chosen.append(best)
        self._told |= self._runs[best]
        still = []
        for at in self._waiting:
            likeness = dot(self._alike[at], self._alike[best])
            if likeness <= _SAME:
                self._scores[at] *= 1 - likeness
                still.append(at)
        self._waiting = still


def _trigrams(text: str) -> frozenset[tuple[str, ...]]:
    run = words(text)
    return frozenset(zip(run, run[1:], run[2:], strict=False))
