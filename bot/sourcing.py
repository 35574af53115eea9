"""The source of a claim, from the store: find passages, judge them, count who else says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.ports import Store
from bot.retrieve import Retriever
from summarizer.answer import Candidate, answer
from summarizer.corroboration import corroborate
from summarizer.model import Analysis, Answer, Article, Carrier, Corroboration, Finding
from summarizer.question import read_question


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
        around = _articles(candidates)
        findings = tuple(self._corroborated(finding, around) for finding in found.findings)
        return replace(found, findings=findings)

    def _corroborated(
        self, finding: Finding, around: Sequence[tuple[Article, Analysis]]
    ) -> Finding:
        others = {
            article.id: [
                (carriage.outlet, carriage.url)
                for carriage in self._store.carriages(article.id)
                if carriage.outlet != article.outlet
            ]
            for article, _ in around
        }
        counted = corroborate(finding, around, carriages=others, owners=self._owners)
        disputes = _distinct((*finding.corroboration.disputes, *counted.disputes))
        return replace(finding, corroboration=Corroboration(counted.carriers, disputes))


def _articles(candidates: Sequence[Candidate]) -> list[tuple[Article, Analysis]]:
    return list({c.article.id: (c.article, c.analysis) for c in candidates}.values())


def _distinct(disputes: Sequence[Carrier]) -> tuple[Carrier, ...]:
    """Keep the first of disputes that show the same words."""
    return tuple({dispute.citation.quote: dispute for dispute in reversed(disputes)}.values())[::-1]
