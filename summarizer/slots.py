"""Whether two passages say the same: by slots (names, numbers, negation, roles), not by likeness.

"A hit B" and "B hit A" share every word, and so do "will" and "will not". Words decide whether
two passages are about the same thing at all; the slots then decide what they make of it. No
parser is needed. Who says a passage is not looked at here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from summarizer.numbers import Number, NumberRole, agree, show
from summarizer.terms import Term, TermKind, alike, read_terms
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

_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|cannot|den(?:y|ies|ied|ying)|refus\w+"
    r"|reject\w*|dismiss\w*|fail(?:s|ed)? to|declin\w+|ruled out|stopped short of|untrue|false)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_NOT_A_NEGATION = re.compile(
    r"\b(?:not only|no longer than|no (?:fewer|less|more) than|no doubt|not just|no\. ?\d)",
    re.IGNORECASE,
)
_PASSIVE_BY = re.compile(
    r"\b(?:was|were|been|being|be|is|are|get|got)\s+(?:\w+ly\s+)?\w+\W+(?:[\w-]+\W+){0,4}?by\b",
    re.IGNORECASE,
)


def compare(content: str, passage: str) -> Comparison:
    """Tell whether ``passage`` says ``content``, says the opposite, or says something else.

    Asymmetric: a passage may say more than the content. Every name and every quantity of the
    content must be in the passage. ``covered`` is exact from one half on, else at least as high
    as it would be.
    """
    asked = read_terms(content)
    covered = _at_most(asked, passage)
    if covered >= _RELATED:
        found = read_terms(passage)
        covered = _covered(asked, found)
    if covered < COVERED:
        return Comparison(Verdict.OTHER, "about something else", covered)
    missing = _missing_name(asked, found)
    if missing:
        return Comparison(Verdict.OTHER, f"does not name {missing}", covered)
    if swapped(content, passage):
        return Comparison(Verdict.OTHER, "the roles are swapped", covered)
    number = _number_clash(asked, found)
    if number is not None:
        return Comparison(*number, covered)
    if negated(content) != negated(passage):
        return Comparison(Verdict.OPPOSES, "one of the two is negated", covered)
    return Comparison(Verdict.SAYS, "", covered)


@lru_cache(maxsize=8192)
def negated(text: str) -> bool:
    """Tell whether an odd number of negations stands in ``text``."""
    plain = _NOT_A_NEGATION.sub(" ", text)
    return len(_NEGATION.findall(plain)) % 2 == 1


def swapped(content: str, passage: str) -> bool:
    """Tell whether two names that both texts have stand in each other's place around one act.

    The order of two names around a shared verb or noun is compared, a passive with "by"
    turned round. Texts without such a triple are never called swapped.
    """
    mine, theirs = _roles(content), _roles(passage)
    turned = {(last, act, first) for first, act, last in theirs}
    return bool(mine & turned) and not mine & theirs


@lru_cache(maxsize=4096)
def _roles(text: str) -> frozenset[tuple[str, str, str]]:
    """Return (name before, act, name after) for each act between two neighbouring names."""
    terms = read_terms(text)
    names = [at for at, term in enumerate(terms) if term.text[:1].isupper()]
    passive = bool(_PASSIVE_BY.search(text))
    found = set()
    for before, after in pairwise(names):
        for term in terms[before + 1 : after]:
            if term.kind is TermKind.WORD:
                for act in term.acts or {term.stem}:
                    pair = (terms[before].stem, act, terms[after].stem)
                    found.add((pair[2], act, pair[0]) if passive else pair)
    return frozenset(found)


def _covered(asked: tuple[Term, ...], found: tuple[Term, ...]) -> float:
    """Return the weighted share of the asked terms that the found ones stand for."""
    words = [term for term in asked if term.number is None]
    total = sum(term.weight for term in words)
    if not total:
        return 0.0
    concepts = {concept for term in found for concept in (term.stem, *term.senses)}
    return sum(term.weight * _stands(term, found, concepts) for term in words) / total


def _at_most(asked: tuple[Term, ...], passage: str) -> float:
    """Return a share that ``_covered`` cannot pass, from the passage's words alone.

    Nearly all passages are told apart by it, at a tenth of the cost of reading their terms.
    """
    words = [term for term in asked if term.number is None]
    concepts, initials = concepts_in(passage)
    held = total = 0.0
    for term in words:
        total += term.weight
        named = term.kind is TermKind.NAME and term.text[:1].lower() in initials
        if term.place or named or term.stem in concepts or not term.senses.isdisjoint(concepts):
            held += term.weight
    return held / total if total else 0.0


def _stands(term: Term, found: tuple[Term, ...], concepts: set[str]) -> float:
    if term.stem in concepts:
        return 1.0
    if term.senses & concepts:
        return 0.85
    if term.kind is TermKind.NAME:
        return max((alike(term, other) for other in found if other.capital), default=0.0)
    return 0.0


def _missing_name(asked: tuple[Term, ...], found: tuple[Term, ...]) -> str:
    """Return a name of the content that the passage has not; one of a full name is enough."""
    concepts = {concept for term in found for concept in (term.stem, *term.senses)}
    names = [term for term in asked if term.kind is TermKind.NAME]
    run: list[Term] = []
    for term in names:
        if run and term.span.start - run[-1].span.end > 1:
            run = []
        run.append(term)
        last = term is names[-1] or names[names.index(term) + 1].span.start - term.span.end > 1
        if last and not any(_stands(one, found, concepts) for one in run):
            return " ".join(one.text for one in run)
    return ""


def _number_clash(asked: tuple[Term, ...], found: tuple[Term, ...]) -> tuple[Verdict, str] | None:
    """Return what is wrong with the passage's numbers: another count of the same, or none."""
    theirs = [(at, term.number) for at, term in enumerate(found) if term.number]
    for at, term in enumerate(asked):
        number = term.number
        if number is None or number.role is not NumberRole.QUANTITY:
            continue
        if any(agree(number, other) for _, other in theirs):
            continue
        noun = _counted(asked, at)
        rival = next((n for i, n in theirs if _rivals(number, n, noun, _counted(found, i))), None)
        if rival is not None:
            return Verdict.OPPOSES, f"says {show(rival.value)}, not {show(number.value)}"
        return Verdict.OTHER, f"does not say {show(number.value)}"
    return None


def _counted(terms: tuple[Term, ...], at: int) -> str:
    """Return the stem of what the number at ``at`` counts: the next word after it."""
    following = terms[at + 1 : at + 3]
    return next((term.stem for term in following if term.kind is TermKind.WORD), "")


def _rivals(number: Number, other: Number, noun: str, their_noun: str) -> bool:
    return (
        other.role is NumberRole.QUANTITY
        and other.unit == number.unit
        and bool(noun)
        and noun == their_noun
    )
