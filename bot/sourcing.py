"""The source of a claim, from the store: find passages, judge them, count who else says it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bot.ports import Store
from bot.retrieve import Retriever
from summarizer.answer import answer
from summarizer.corroboration import corroborate
from summarizer.model import Analysis, Answer, Article, Corroboration, Finding, Span
from summarizer.question import read_question

Read = tuple[Article, Analysis]

MOST_FOUND = 3
"""Findings that a card shows; comparing each with its story is half the cost of an answer."""

MOST_AROUND = 60
"""The newest articles of a story that are looked at for who else carries or disputes a claim."""


class SourceFinder:
    """Answers from one store. ``owners`` maps outlets to owners that the user knows of."""

    def __init__(self, store: Store, retriever: Retriever, owners: Mapping[str, str]) -> None:
        """Keep the doors."""
        self._store = store
        self._retriever = retriever
        self._owners = owners

    def __call__(
        self,
        question: str,
        now: datetime,  # noqa: ARG002 - windows will need it
        *,
        first: Collection[str] = (),
    ) -> Answer:
        """Return who says it, or that no stored article does.

        Where one of the articles ``first`` (ids) says it, the answer is from them alone.
        """
        query = read_question(question)
        candidates = self._retriever.candidates(query)
        searched = self._store.searched()
        near = [one for one in candidates if one.article.id in first]
        found = answer(query, near, searched=searched)
        if found.none:
            found = answer(query, candidates, searched=searched)
        return replace(found, findings=tuple(self._corroborated(found.findings)))

    def _corroborated(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield ``MOST_FOUND`` findings with who else carries and disputes them.

        One that an earlier one names among its carriers is left out.
        """
        return islice(self._each_corroborated(findings), MOST_FOUND)

    def _each_corroborated(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        named: set[tuple[str, Span]] = set()
        around: dict[str, list[Read]] = {}
        for finding in findings:
            article = finding.citation.article
            if (article.id, finding.citation.span) in named:
                continue
            if article.id not in around:
                read = self._around(article)
                around |= dict.fromkeys((one.id for one, _ in read), read)
            counted = self._counted(finding, around.get(article.id, []))
            for carrier in counted.carriers:
                named.add((carrier.citation.article.id, carrier.citation.span))
            yield replace(finding, corroboration=counted)

    def _counted(self, finding: Finding, around: Sequence[Read]) -> Corroboration:
        carried = self._store.carriages_of([article.id for article, _ in around])
        others = {
            article.id: [
                (carriage.outlet, carriage.url)
                for carriage in carried.get(article.id, ())
                if carriage.outlet != article.outlet
            ]
            for article, _ in around
        }
        return corroborate(finding, around, carriages=others, owners=self._owners)

    def _around(self, article: Article) -> list[Read]:
        """Return the articles of the same story: only those carry or dispute its claims.

        The same words in another event ("three people died") are neither.
        """
        story = self._store.story_of(article.id)
        ids = story.articles[-MOST_AROUND:] if story else (article.id,)
        articles = self._store.articles(tuple(dict.fromkeys((article.id, *ids))))
        analyses = self._store.analyses_of([one.id for one in articles])
        return [(one, analyses[one.id]) for one in articles if one.id in analyses]
