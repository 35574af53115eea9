"""A question -> the stored passages that may answer it, best first.

Full text always; by meaning too where the extra ``embed`` is installed, fused by reciprocal
rank. Whether a passage answers is for the core: nothing is refused here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.model import Hit
from bot.ports import ArticleStore
from summarizer.called import names_of
from summarizer.model import Analysis, Article, LineKind
from summarizer.passages import Candidate
from summarizer.question import Asked, Query
from summarizer.searching import search_words, words_of

FUSION_K = 10
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009, took 60).

Recall at 1 and 5 on CLEF-2020 (``benchmarks.claims``): .845 and .955; with 60 .840 and .947.
"""

DEEP = 60
"""Hits that are asked of each index."""

WHOLE_ARTICLES = 5
"""Articles of which every sentence is looked at: those whose hits are best together. What answers
may share no word with the question ("Nobody has been arrested") where its neighbours do."""

DEEP_IN, MOST_ABOUT = 160, 40
"""Mentions of a name that are looked at for an entity's card, and articles that are read for it.

Reading an article and its analysis takes about a millisecond; the counts on a card are of all.
"""

Place = tuple[str, int]
"""An article's id and the index of a sentence in its analysis."""


class Meaning(Protocol):
    """An index by meaning, as ``bot.embed`` builds it."""

    def nearest(self, text: str, limit: int) -> list[tuple[Place, float]]:
        """Return the places of the nearest sentences, best first."""

    def nearness(self, text: str, places: Sequence[Place]) -> list[float]:
        """Return the cosine of ``text`` with the sentence at each place, 0 where unknown."""


class Retriever:
    """Finds passages in a store. Not safe for several threads, as the store is not."""

    def __init__(self, store: ArticleStore, meaning: Meaning | None = None) -> None:
        self._store = store
        self._meaning = meaning

    def candidates(
        self, query: Query, *, since: datetime | None = None, limit: int = 30
    ) -> list[Candidate]:
        """Return at most ``limit`` passages, with scores from 1 (best) down to 0.

        Then come the other sentences of the articles found best, with a score of 0.
        """
        rankings = [self._by_words(query, since)]
        if query.asked is Asked.SAYS:
            rankings.append(self._by_source(query, since))
        if self._meaning is not None and query.claim:
            near = self._meaning.nearest(query.claim, DEEP)
            rankings.append(self._shown([place for place, _ in near]))
        found = with_whole_articles(self._read(fuse(rankings)[:limit], since))
        if self._meaning is None or not query.claim:
            return found
        places = [(one.article.id, one.sentence) for one in found]
        cosines = self._meaning.nearness(query.claim, places)
        return [replace(one, nearness=near) for one, near in zip(found, cosines, strict=True)]

    def about(self, name: str) -> list[tuple[Article, Analysis]]:
        """Return the newest articles that mention an entity, for its card."""
        hits = [hit for each in names_of(name) for hit in self._store.mentions(each, limit=DEEP_IN)]
        ids = list(dict.fromkeys(hit.article_id for hit in hits))
        found = sorted(self._store.articles(ids[: 2 * MOST_ABOUT]), key=_newest_first)
        newest = found[:MOST_ABOUT]
        analyses = self._store.analyses_of([article.id for article in newest])
        return [(one, analyses[one.id]) for one in newest if one.id in analyses]

    def _shown(self, places: Sequence[Place]) -> list[Place]:
        """Return the places in articles that the store shows: the index by meaning knows all."""
        ids = list(dict.fromkeys(article_id for article_id, _ in places))
        shown = {article.id for article in self._store.articles(ids)}
        return [place for place in places if place[0] in shown]

    def _by_words(self, query: Query, since: datetime | None) -> list[Place]:
        return _places(self._store.search(search_words(query), since=since, limit=DEEP))

    def _by_source(self, query: Query, since: datetime | None) -> list[Place]:
        """Return passages that mention the source, whatever they are about."""
        named = self._store.mentions(query.source, limit=DEEP)
        return _places(
            [*named, *self._store.search(words_of(query.source), since=since, limit=DEEP)]
        )

    def _read(
        self, ranked: Sequence[tuple[Place, float]], since: datetime | None
    ) -> list[Candidate]:
        """Fetch each article once; drop what is older than ``since`` or not analysed."""
        ids = list(dict.fromkeys(place[0] for place, _ in ranked))
        articles = {article.id: article for article in self._store.articles(ids)}
        analyses = self._store.analyses_of(list(articles))
        best = max((score for _, score in ranked), default=0.0) or 1.0
        return [
            Candidate(articles[one], analysis, sentence, score / best)
            for (one, sentence), score in ranked
            if (analysis := analyses.get(one)) is not None
            and _fits(articles[one], analysis, sentence, since)
        ]


def fuse(rankings: Iterable[Sequence[Place]]) -> list[tuple[Place, float]]:
    """Merge rankings by reciprocal rank: the sum of 1 / (10 + rank), best first."""
    scores: dict[Place, float] = {}
    for ranking in rankings:
        for rank, place in enumerate(dict.fromkeys(ranking), start=1):
            scores[place] = scores.get(place, 0.0) + 1 / (FUSION_K + rank)
    return sorted(scores.items(), key=lambda entry: -entry[1])


def with_whole_articles(found: Sequence[Candidate]) -> list[Candidate]:
    """Add the other body sentences of the best few articles behind the passages found."""
    together: dict[str, float] = {}
    for one in found:
        together[one.article.id] = together.get(one.article.id, 0.0) + one.score
    best = sorted(together, key=lambda article: -together[article])[:WHOLE_ARTICLES]
    known = {(one.article.id, one.sentence) for one in found}
    owners = {one.article.id: one for one in found}
    others = [
        replace(owner, sentence=number, score=0.0)
        for owner in (owners[article] for article in best)
        for number, sentence in enumerate(owner.analysis.sentences)
        if sentence.kind is LineKind.BODY and (owner.article.id, number) not in known
    ]
    return [*found, *others]


def _newest_first(article: Article) -> float:
    return -article.published.timestamp() if article.published else 0.0


def _places(hits: Iterable[Hit]) -> list[Place]:
    return [(hit.article_id, hit.sentence) for hit in hits]


def _fits(article: Article, analysis: Analysis, sentence: int, since: datetime | None) -> bool:
    if sentence >= len(analysis.sentences):
        return False
    if since and article.published and article.published < since:
        return False
    return analysis.sentences[sentence].kind is LineKind.BODY
