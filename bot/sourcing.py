"""The source of a claim, from the store: find passages, judge them, count who else says it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice

from bot.cards.answer import SHOWN_FINDINGS
from bot.ports import Store
from bot.retrieve import Retriever
from bot.surroundings import Surroundings
from summarizer.answer import answer
from summarizer.model import Answer, Finding, Span
from summarizer.pool import Looked
from summarizer.question import read_question
from summarizer.rereading import Reader


class SourceFinder:
    """Answers from one store. ``owners`` maps outlets to owners that the user knows of.

    A ``reader`` reads the best passages again, beside the question.
    """

    def __init__(
        self,
        store: Store,
        retriever: Retriever,
        owners: Mapping[str, str],
        reader: Reader | None = None,
    ) -> None:
        """Keep the doors."""
        self._reader = reader
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
        asked = partial(answer, query, searched=searched, reader=self._reader, looked=Looked(query))
        found = asked(near)
        if found.none:
            found = asked(candidates)
        corroborated = tuple(self._corroborated(found.findings))
        return replace(found, question=question, findings=corroborated)

    def _corroborated(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that a card shows with who else carries and disputes them.

        One that an earlier one names among its carriers is left out.
        """
        return islice(self._each_corroborated(findings), SHOWN_FINDINGS)

    def _each_corroborated(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        named: set[tuple[str, Span]] = set()
        around = Surroundings(self._store, self._owners)
        for finding in findings:
            if (finding.citation.article.id, finding.citation.span) in named:
                continue
            counted = around.counted(finding)
            for carrier in counted.carriers:
                named.add((carrier.citation.article.id, carrier.citation.span))
            yield replace(finding, corroboration=counted)
