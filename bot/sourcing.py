"""The source of a claim, from the store: find passages, judge them, count who else says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.ports import Store
from bot.retrieve import Retriever
from summarizer.answer import answer
from summarizer.corroboration import corroborate
from summarizer.model import Analysis, Answer, Article, Carrier, Corroboration, Finding, Span
from summarizer.question import read_question

Read = tuple[Article, Analysis]

MOST_AROUND = 60
"""The newest articles of a story that are looked at for who else carries or disputes a claim."""


class SourceFinder:
    """Answers from one store. ``owners`` maps outlets to owners that the user knows of."""

    def __init__(self, store: Store, retriever: Retriever, owners: Mapping[str, str]) -> None:
        """Keep the doors."""
        self._store = store
        self._retriever = retriever
        self._owners = owners

    def __call__(self, question: str, now: datetime) -> Answer:  # noqa: ARG002 - windows will need it
        """Return who says it, or that no stored article does."""
        query = read_question(question)
        candidates = self._retriever.candidates(query)
        found = answer(query, candidates, searched=self._store.searched())
        return replace(found, findings=tuple(self._corroborated(found.findings)))

    def _corroborated(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings with who else carries and disputes them.

        One that an earlier one names among its carriers is left out.
        """
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
        others = {
            article.id: [
                (carriage.outlet, carriage.url)
                for carriage in self._store.carriages(article.id)
                if carriage.outlet != article.outlet
            ]
            for article, _ in around
        }
        counted = corroborate(finding, around, carriages=others, owners=self._owners)
        ids = {article.id for article, _ in around}
        near = [d for d in finding.corroboration.disputes if d.citation.article.id in ids]
        return Corroboration(counted.carriers, _distinct((*near, *counted.disputes)))

    def _around(self, article: Article) -> list[Read]:
        """Return the articles of the same story: only those carry or dispute its claims.

        The same words in another event ("three people died") are neither.
        """
        story = self._store.story_of(article.id)
        ids = story.articles[-MOST_AROUND:] if story else (article.id,)
        articles = self._store.articles(tuple(dict.fromkeys((article.id, *ids))))
        analysed = ((one, self._store.analysis(one.id)) for one in articles)
        return [(one, analysis) for one, analysis in analysed if analysis is not None]


def _distinct(disputes: Sequence[Carrier]) -> tuple[Carrier, ...]:
    """Keep the first of disputes that show the same words."""
    return tuple({dispute.citation.quote: dispute for dispute in reversed(disputes)}.values())[::-1]
