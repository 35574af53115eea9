"""Whether a clause says of the matter of a claim that it is not so, or that the opposite is.

Words in common make no dispute: an act of the claim has to be denied, or the denied one told, and
each side must have a good part of the other's words. Grounds, conditions and what should be are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from summarizer.bags import Bag, read_bag
from summarizer.polarity import antonyms, none_of
from summarizer.similarity import stem
from summarizer.terms import Term, TermKind, read_terms
from summarizer.text import blank
from summarizer.topic import (
    ALIKE,
    CLAUSES,
    LEAST,
    MOST,
    SAME_DAY,
    Topic,
    asserted,
    has,
    head_of,
    is_deed,
    is_negated,
    negative,
    other_count,
    telling,
    turned,
)

_CONTRAST = re.compile(r",\s+(?:and\s+)?not\b[^,;.”\"]*|\b(?:rather than|instead of)\b.*")

_NEGATIVE = re.compile(
    r"\b(?:no\w*|cannot|fail\w*|refus\w*|declin\w*|refrain\w*|rul\w+ out|den(?:y|ies|ied)"
    r"|stop\w*|unable)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Without one of these no clause is negated: most need no further look."""

_UNDECIDED = re.compile(
    r"\bn(?:ot|or is it|o way to)\s+(?:yet\s+)?(?:be\s+)?(?:determined|known?|clear|established"
    r"|say|said|tell)\b"
    r"|\b(?:whether|if|unless)\b|\bI (?:demand|hope|want|wish|ask)\b",
    re.IGNORECASE,
)

_NO_DENIAL = re.compile(
    r"\b(?:(?:is |was )?not (?:the (?:first|only|last)|only|just|merely|surpris\w+|enough|always"
    r"|necessarily|all|every\w*|yet|known|clear|sure)"
    r"|(?:is|was)n['’]t (?:the (?:first|only|last)|only|just|surpris\w+|enough|clear|sure)"
    r"|(?:may|might)(?: not|n['’]t)|(?:would|could)(?: not|n['’]t)(?! have)|no(?=,)|not to"
    r"|(?:no ?(?:one|body|thing)|none) else|(?:no|any) other"
    r"|never (?:so|been (?:so|more|better)))\b",
    re.IGNORECASE,
)
"""Negations that leave what is said as it is: "not the first time", "nobody else"."""

_ASKED = re.compile(r"\?[”\"’']?\s*$")

_DOING = re.compile(r"\W*not \w+ing\b", re.IGNORECASE)
"""A deed left undone that something is said of ("not paying makes him smart")."""

_THIRD, _HALF = 1 / 3, 1 / 2
"""The share of a claim's words that its denial must have, for it may be short; and of the words of
what is told against a denial that this must have."""

_PLENTY = 3
"""So many words in common are a good part of any statement."""

_LOOSE = frozenset(
    stem(word)
    for row in (
        "think thought believe know knew known want see seen go going went come get got make made",
        "take took taken say feel felt like need right real good way use try work help look",
    )
    for word in row.split()
)
"""Acts that are said of anything: they make no matter of their own."""


def opposed(matter: Topic, words: str) -> bool:
    """Tell whether a clause of ``words`` says of the same matter what the claim does not."""
    if not (matter.negated or _NEGATIVE.search(words)) or _ASKED.search(words):
        return False
    if _DOING.match(words) or _DOING.match(matter.head):
        return False
    if matter.glance.count_in(words) < (1 if matter.negated else LEAST):
        return False  # most words need no further look
    for clause in CLAUSES.split(_CONTRAST.sub("", words)):
        if _UNDECIDED.search(clause):
            continue
        said = _NO_DENIAL.sub(blank, asserted(clause))
        if _done_after_all(matter, said) if matter.negated else _not_done(matter, said):
            return True
    return False


def _done_after_all(matter: Topic, clause: str) -> bool:
    """Tell whether a clause says that what the claim denies was done."""
    found, head = read_bag(clause), _denied_part(matter.head)
    acts = [term for term in read_terms(head) if telling(term)]
    held = [term for term in acts if has(term, found)]
    if not _enough(held, acts, found, named=_named_in(matter.head, found)):
        return False
    struck = _struck(head)
    if negative(matter.head) and not (struck and _weighs(head, struck) and has(struck, found)):
        return False
    there = [term for term in read_terms(head_of(clause)) if telling(term)]
    if not _several(there, read_bag(head)):
        return False
    if len(held) < _HALF * len(there):
        return False
    return not any(is_negated(clause, term) for term in there)


@lru_cache(maxsize=64)
def _denied_part(head: str) -> str:
    """Return the part of a claim that says no: "were not turned back", not "but advised"."""
    said = _NO_DENIAL.sub(blank, asserted(head) or head)
    return next((part for part in CLAUSES.split(said) if negative(part)), said)


def _not_done(matter: Topic, clause: str) -> bool:
    """Tell whether a clause denies an act of the claim, or that there was what it was done to."""
    head = head_of(clause)
    there = [term for term in read_terms(head) if telling(term)]
    held = [term for term in there if has(term, matter.around)]
    named = _named_in(head, matter.around)
    if not _enough(held, there, matter.around, named=named):
        return False
    found = read_bag(head)
    said = [term for term in matter.acts if has(term, found)]
    if len(said) < min(_PLENTY, _THIRD * len(matter.acts)) or not _several(said, found):
        return False
    struck = _struck(head)
    claimed = read_bag(asserted(matter.head))
    return struck is not None and _weighs(head, struck) and has(struck, claimed)


def _weighs(clause: str, struck: Term) -> bool:
    """Tell whether it is an act that a clause denies, or a thing of which there is none."""
    return (is_deed(struck) and struck.stem not in _LOOSE) or none_of(clause, struck)


def _struck(clause: str) -> Term | None:
    """Return what a clause says no of: the first telling word behind its negation."""
    return next((t for t in read_terms(clause) if telling(t) and is_negated(clause, t)), None)


def _several(terms: Iterable[Term], found: Bag) -> bool:
    """Tell whether two of the words are held, or one and a name: "shooting" alone is not "shot"."""
    return len({term.stem for term in terms if has(term, found)}) > 1


def contrary(matter: Topic, words: str, published: datetime | None) -> bool:
    """Tell whether words tell the opposite act of the same thing, on the same day.

    "The bridge was closed" against "the bridge stayed open"; prices that rose on one day may fall
    on the next, and four that died say nothing of ten that survived.
    """
    if matter.published is None or published is None:
        return False
    if abs(published - matter.published) > SAME_DAY or not turned(matter, words):
        return False
    if other_count(matter, words):
        return False
    for clause in CLAUSES.split(_CONTRAST.sub("", words)):
        head = head_of(clause)
        if not _UNDECIDED.search(clause) and _turned_round(matter, head):
            return True
    return False


def _turned_round(matter: Topic, head: str) -> bool:
    """Tell whether a clause has an act's opposite where the claim has the act, and all else of it.

    Both are said alike: "was not open" does not contradict "was closed".
    """
    found = read_bag(head)
    for act in matter.acts:
        opposites = antonyms(act.stem)
        against = [term for term in read_terms(head) if term.stem in opposites]
        if not against or has(act, found):
            continue
        others = [term for term in matter.acts if term is not act]
        held = [term for term in others if found.best(term) >= ALIKE]
        if not held or len(held) < MOST * len(others):
            continue
        there = [term for term in read_terms(head) if telling(term) and term not in against]
        if len([term for term in there if has(term, matter.around)]) < MOST * len(there):
            continue
        if is_negated(head, against[0]) == is_negated(matter.head, act):
            return True
    return False


def _named_in(words: str, found: Bag) -> bool:
    return any(t.kind is TermKind.NAME and found.best(t) >= ALIKE for t in read_terms(words))


def _enough(held: list[Term], acts: list[Term], found: Bag, *, named: bool) -> bool:
    """Tell whether most words are held, two at least, one as it stands or a name, and an act."""
    return (
        len(held) > 1
        and len(held) >= MOST * len(acts)
        and (named or any(term.stem in found.stems for term in held))
        and any(is_deed(term) and term.stem not in _LOOSE for term in held)
    )
