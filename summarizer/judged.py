"""Passages as they were judged, and their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from summarizer.agreement import Verdict
from summarizer.model import Claim
from summarizer.passages import Candidate
from summarizer.said import Said


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage, the claim in it that was compared, and how it stands to the question."""

    candidate: Candidate
    claim: Claim | None
    said: Said
    verdict: Verdict


_EQUAL, _EQUAL_WORDS = 0.75, 0.02
"""Passages that are apart in relevance, and in the share of the question they hold, by no more."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def order(judged: Judged) -> tuple[float, float]:
    """Order by relevance, the newest first where that is the same."""
    return (-round(judged.verdict.relevance, 3), -_moment(judged).timestamp())


def newest_of_equals(ordered: list[Judged]) -> list[Judged]:
    """Put the newest first of those that hold as much of the question as the best one.

    Reprints and updates differ in length and place; what they say of the question is the same.
    """
    if not ordered:
        return []
    best = ordered[0].verdict
    equals = [
        one
        for one in ordered
        if best.relevance - one.verdict.relevance <= _EQUAL
        and best.evidence.words - one.verdict.evidence.words <= _EQUAL_WORDS
    ]
    return [*sorted(equals, key=_moment, reverse=True), *(o for o in ordered if o not in equals)]


def distinct(judged: Iterable[Judged]) -> list[Judged]:
    """Keep one of passages with the same words (copies are counted as carriers elsewhere)."""
    kept: dict[str, Judged] = {}
    for one in judged:
        kept.setdefault(" ".join(one.said.sentence.lower().split()), one)
    return list(kept.values())


def _moment(judged: Judged) -> datetime:
    return judged.candidate.article.published or _EPOCH
