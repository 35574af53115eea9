"""The source of a claim, from the store: find passages, judge them, count who else says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.ports import Store
from bot.retrieve import Retriever
from summarizer.answer import answer
from summarizer.corroboration import corroborate
from summarizer.model import Analysis, Answer, Article, Carrier, Corroboration, Finding, Span
from summarizer.question import read_question

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
        findings = [self._corroborated(finding) for finding in found.findings]
        return replace(found, findings=_folded(findings))

    def _corroborated(self, finding: Finding) -> Finding:
        around = self._around(finding.citation.article)
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
        disputes = _distinct((*near, *counted.disputes))
        return replace(finding, corroboration=Corroboration(counted.carriers, disputes))

    def _around(self, article: Article) -> list[tuple[Article, Analysis]]:
        """Return the articles of the same story: only those carry or dispute its claims.

        The same words in another event ("three people died") are neither.
        """
        story = self._store.story_of(article.id)
        ids = story.articles[-MOST_AROUND:] if story else (article.id,)
        articles = self._store.articles(tuple(dict.fromkeys((article.id, *ids))))
        analysed = ((one, self._store.analysis(one.id)) for one in articles)
        return [(one, analysis) for one, analysis in analysed if analysis is not None]


def _folded(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Drop findings that an earlier one already names among its carriers."""
    kept: list[Finding] = []
    named: set[tuple[str, Span]] = set()
    for finding in findings:
        if (finding.citation.article.id, finding.citation.span) not in named:
            kept.append(finding)
        for carrier in finding.corroboration.carriers:
            named.add((carrier.citation.article.id, carrier.citation.span))
    return tuple(kept)


def _distinct(disputes: Sequence[Carrier]) -> tuple[Carrier, ...]:
    """Keep the first of disputes that show the same words."""
    return tuple({dispute.citation.quote: dispute for dispute in reversed(disputes)}.values())[::-1]
