"""Whether two passages say the same: by the checks of ``agreement``, without a question.

"A hit B" and "B hit A" share every word, and so do "will" and "will not". Words decide whether
two passages are about the same thing at all; names, numbers, roles and negation then decide what
they make of it. Who says a passage is not looked at here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from summarizer.bags import NOTHING, Bag, read_bag
from summarizer.counts import other_number
from summarizer.parties import other_name, other_part
from summarizer.polarity import opposite
from summarizer.question import Query, claim_of
from summarizer.said import Said
from summarizer.spelling import initial
from summarizer.terms import TermKind
from summarizer.wordbook import concepts_in


class Verdict(StrEnum):
    """What a passage makes of a content: says it, says the opposite, or says something else."""

    SAYS = "says it"
    OPPOSES = "says the opposite"
    OTHER = "says something else"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict, the reason in words shown to readers, and the share of words in common."""

    verdict: Verdict
    reason: str = ""
    covered: float = 0.0


_RELATED = 0.5
"""A passage that cannot share so much of a content's terms is not read any further."""

COVERED = 0.6
"""The weighted share of a content's terms that a passage must have to be about the same."""


@lru_cache(maxsize=8192)
def compare(content: str, passage: str) -> Comparison:
    """Tell whether ``passage`` says ``content``, says the opposite, or says something else.

    Asymmetric: a passage may say more than the content. Every name and every quantity of the
    content must be in the passage. ``covered`` is exact from one half on, else at least as high
    as it would be.
    """
    query = claim_of(content)
    covered = _at_most(content, passage)
    found = read_bag(passage) if covered >= _RELATED else NOTHING
    covered = _covered(query, found) if covered >= _RELATED else covered
    if covered < COVERED:
        return Comparison(Verdict.OTHER, "about something else", covered)
    said = Said(passage, (), own_voice=True)
    if reason := other_name(query, said, found).reason or other_part(query, said, found):
        return Comparison(Verdict.OTHER, reason, covered)
    if reason := other_number(query, said, found).reason:
        rival = reason.startswith("another number")
        return Comparison(Verdict.OPPOSES if rival else Verdict.OTHER, reason, covered)
    if opposite(query, said, found):
        return Comparison(Verdict.OPPOSES, "one of the two is negated", covered)
    return Comparison(Verdict.SAYS, "", covered)


def _covered(query: Query, found: Bag) -> float:
    """Return the weighted share of the content's words that the passage has, numbers aside."""
    words = [term for term in query.terms if term.number is None]
    total = sum(term.weight for term in words)
    if not total:
        return 0.0
    return sum(term.weight * found.best(term) for term in words) / total


@lru_cache(maxsize=64)
def _sought(content: str) -> tuple[float, tuple[tuple[float, str, frozenset[str]], ...]]:
    """Return the weight of a content's words, and of each its own, its initial and its concepts.

    The initial stands for a name, which may be spelt otherwise; "*" for a place, which may be
    named in any words; nothing for another word.
    """
    words = [term for term in claim_of(content).terms if term.number is None]
    sought = (
        (
            term.weight,
            "*" if term.place else initial(term.text) if term.kind is TermKind.NAME else "",
            term.senses | term.heads | term.kinds | {term.stem},
        )
        for term in words
    )
    return sum(term.weight for term in words), tuple(sought)


def _at_most(content: str, passage: str) -> float:
    """Return a share that ``_covered`` cannot pass, from the passage's words alone.

    Nearly all passages are told apart by it, at a tenth of the cost of reading their terms.
    """
    total, words = _sought(content)
    concepts, initials = concepts_in(passage)
    held = sum(
        weight
        for weight, first, wanted in words
        if first == "*" or first in initials or not concepts.isdisjoint(wanted)
    )
    return held / total if total else 0.0
