"""How likely a passage is the answer, from what speaks for it: two small tables of weights.

*Relevance* orders the passages of one question; *sureness* tells from 0 to 1 whether the best of
them answers it at all. Both are sums of a measure times a weight, so that each answer can be
explained. The weights stand in ``lexicon/evidence_weights.txt``; how they were got is told there,
and ``benchmarks.weights`` makes them anew. Contradictions are not weighed: they refuse
(``agreement``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from summarizer.evidence import Evidence
from summarizer.lexicon import rows
from summarizer.question import Asked, Query

ENOUGH = 0.6
"""The sureness from which on a passage is an answer."""

SURE = 0.85
"""The sureness from which on that is said without reserve: nine of ten such answers are right, of
those below half (our own questions, cross-validated; ``docs/quality.md``)."""

_MOST_AHEAD, _MOST_BEHIND, _MOST_CLEAR = 4.0, 3.0, 3.0


class Standing(NamedTuple):
    """What sureness is told from: the passage, the question, and how far ahead it is of others."""

    words: float
    squared: float
    telling: float
    verbs: float
    both: float
    content: float
    unheard: float
    named_around: float
    number: float
    focus: float
    nearness: float
    behind: float
    ahead: float
    clear: float
    polar: float
    open: float
    says: float
    stance: float
    negated: float
    supports: float
    related: float


@dataclass(frozen=True, slots=True)
class Weights:
    """One column of the table: a weight for each measure, and what is added to all."""

    relevance: tuple[float, ...]
    sureness: tuple[float, ...]
    base: float


def relevance(evidence: Evidence) -> float:
    """Return how relevant a passage is; only differences within one question mean anything."""
    weights = _weights_for(evidence)
    return sum(map(float.__mul__, weights.relevance, evidence))


def sureness(query: Query, evidence: Evidence, *, lead: float, clear: float) -> float:
    """Return from 0 to 1 how sure it is that the passage answers.

    ``lead`` is how much more relevant it is than the best passage that contradicts the question
    (negative where that one is more relevant), ``clear`` than the next that does not.
    """
    weights = _weights_for(evidence)
    standing = standing_of(query, evidence, lead=lead, clear=clear)
    return 1 / (1 + math.exp(-weights.base - sum(map(float.__mul__, weights.sureness, standing))))


def standing_of(query: Query, evidence: Evidence, *, lead: float, clear: float) -> Standing:
    """Return the measures that sureness is told from."""
    return Standing(
        words=evidence.words,
        squared=evidence.words**2,
        telling=evidence.telling,
        verbs=evidence.verbs,
        both=evidence.telling * evidence.verbs,
        content=evidence.content,
        unheard=evidence.unheard,
        named_around=evidence.named_around,
        number=evidence.number,
        focus=evidence.focus,
        nearness=evidence.nearness,
        behind=max(-_MOST_BEHIND, min(lead, 1.0)),
        ahead=max(1.0, min(lead, _MOST_AHEAD)),
        clear=min(clear, _MOST_CLEAR),
        polar=float(query.polar),
        open=float(bool(query.open_slot)),
        says=float(query.asked is Asked.SAYS),
        stance=evidence.stance,
        negated=float(query.negated),
        supports=evidence.supports,
        related=evidence.related,
    )


def _weights_for(evidence: Evidence) -> Weights:
    return _weights(1 + bool(evidence.nearness) + 2 * bool(evidence.supports))


@cache
def _weights(column: int) -> Weights:
    table = {(row[0]): float(row[column]) for row in rows("evidence_weights")}
    return Weights(
        tuple(table[f"relevance.{name}"] for name in Evidence._fields),
        tuple(table[f"sureness.{name}"] for name in Standing._fields),
        table["sureness"],
    )
