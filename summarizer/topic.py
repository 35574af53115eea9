"""What a claim is about, as far as a dispute turns on it: an act, a thing, and its numbers.

Two statements of one story are about the same matter when what the one does to what is what the
other does: both ways most of the words must be held, by the same word, a synonym or a noun of the
verb. Names alone ("the Oru Gap") make no matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from summarizer.bags import Bag, holds, read_bag
from summarizer.doubts import numeric
from summarizer.glance import Glance
from summarizer.lexicon import entries
from summarizer.model import Finding, Stance
from summarizer.numbers import NumberRole, agree
from summarizer.polarity import antonyms, negated_before
from summarizer.similarity import stem
from summarizer.terms import Term, TermKind, read_terms
from summarizer.wordbook import concepts_in

_TAIL = re.compile(
    r",\s+(?:in what|which|who|whose|where|when|after|before|as|with|while|hours after|adding"
    r"|saying|according to|about|the|an?)\b|[;—]"
)
CLAUSES = re.compile(
    r"(?:,\s*)?\b(?:and|but)\s+(?:\w+ed\s+|said\s+)?that\b|;|,\s+(?:but|adding that|saying)\b"
    r"|\bbut\b|,\s+and\b"
)
_PREPOSITION = re.compile(r"\b(?:of|for|from|to|in|on|about|with|over)\s+(?:[\w-]+\s+){0,2}$")

_WHY = re.compile(
    r"(?:^|,?\s+)(?:because(?! of)|if|unless|although|even though|until|when|while|where|after"
    r"|before|since)\b.*$"
    r"|\b(?:should|must|ought to|need)\s*(?:not|n['’]t)?\b.*$",
    re.IGNORECASE,
)
"""Grounds, times, conditions and what should be: nobody says there that it is so."""

_WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
LEAST = 2
"""Content words that the head of a claim keeps when its tail is cut."""

MOST, _REPEATED = 0.6, 0.7
"""The weighted shares of words that must be held: of a contrary clause by the claim, of a denial
by it, of the claim by what a denial points at. Chosen on the dev half of benchmarks.disputes."""

_MORE = frozenset({"additional", "extra", "single", "further", "so-called", "such", "existed"})
"""Words that a denial adds ("not one additional soldier") and a claim need not have."""

_FEW = 2

_SHORT = 5
"""A claim of more words than this is not denied by one of them ("denied the fraud")."""

_NONE_AT_ALL = re.compile(r"(?:that )?any\b(?! of)", re.IGNORECASE)
"""A denial that there is any of a thing ("denied that any money was missing")."""

_TELLING_NUMBER = 100
SAME_DAY = timedelta(hours=14)
"""What is told within so many hours is told of one state of things."""
ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Topic:
    """A claim as it is compared: its head's terms, and all terms of its sentence around it.

    ``opposites`` are the stems that say the opposite of one of its acts; ``glance`` tells other
    words that may be held by it.
    """

    head: str
    terms: tuple[Term, ...]
    around: Bag
    negated: bool
    published: datetime | None
    opposites: frozenset[str]
    glance: Glance = field(compare=False, repr=False)

    @property
    def acts(self) -> list[Term]:
        """The words of the head that are neither names nor numbers nor light."""
        return [term for term in self.terms if telling(term)]


def topic(finding: Finding) -> Topic:
    """Return what a finding is about."""
    text = finding.citation.article.text
    content = " ".join(span.of(text) for span in finding.content) or finding.citation.quote
    head = head_of(content)
    terms = read_terms(head)
    stance = finding.claim.attribution.stance if finding.claim else None
    negated = negative(head) != (stance is Stance.DENIES)
    around, published = read_bag(content), finding.citation.article.published
    opposites = frozenset[str]().union(*(antonyms(term.stem) for term in terms if telling(term)))
    akin = frozenset[str]().union(*(_kin(term.stem) for term in (*terms, *around.terms)))
    glance = Glance((*terms, *around.terms), akin)
    return Topic(head, terms, around, negated, published, opposites, glance)


def negative(words: str) -> bool:
    """Tell whether words say of one of their acts or things that it was not."""
    return any(is_negated(words, term) for term in read_terms(words) if telling(term))


def head_of(content: str) -> str:
    """Return a statement without what hangs on it behind a comma."""
    for cut in _TAIL.finditer(content):
        before = content[: cut.start()]
        if len([term for term in read_terms(before) if telling(term)]) >= LEAST:
            return before
    return content


def asserted(words: str) -> str:
    """Return what words say to be so, without grounds, times and conditions."""
    return _WHY.sub("", words)


def repeats(matter: Topic, words: str, noun: str = "") -> bool:
    """Tell whether ``words`` say the claim again, if in part: they are what a denial points at.

    Where it points by a noun such as "figure", the claim's number is enough.
    """
    terms, found = read_terms(words), read_bag(words)
    if numeric(noun) and any(_great(term) and holds(found, term) for term in matter.terms):
        counted = any(telling(term) and holds(found, term) for term in matter.terms)
        return agrees(matter, words) or (counted and negative(words) == matter.negated)
    if len([term for term in terms if telling(term)]) < LEAST:
        return False
    return agrees(matter, words) and _share(matter.terms, found) >= _REPEATED


def agrees(matter: Topic, words: str, *, denied: bool = False) -> bool:
    """Tell whether words have an act of the claim, if it has any, and say no where it says no.

    ``denied`` words are those of one who denies them.
    """
    found = read_bag(words)
    deeds = [term for term in matter.terms if is_deed(term)]
    said_no = any(is_negated(words, t) for t in read_terms(words) if has(t, matter.around))
    agreed = (said_no != denied) == matter.negated
    return agreed and (not deeds or any(has(term, found) for term in deeds))


def same_matter(matter: Topic, words: str) -> bool:
    """Tell whether words are about the same act on the same thing as the claim."""
    said = [term for term in read_terms(words) if term.weight >= 1 and term.number is None]
    acts = [term for term in said if telling(term)]
    held = [term for term in acts if has(term, matter.around)]
    if len(held) == 1 and len(acts) <= _FEW:
        last = held[0] is acts[-1] and not _hanging(words, held[0])
        enough = last and held[0].stem in matter.around.stems
        there = has(held[0], read_bag(asserted(matter.head)))
        short = len(matter.acts) <= _SHORT or bool(_NONE_AT_ALL.match(words))
        enough = enough and there and short
    else:
        deeds = [term for term in acts if is_deed(term)]
        enough = len(held) > 1 and (not deeds or any(term in held for term in deeds))
    names = [term for term in said if term.capital]
    if names and not any(has(term, matter.around) for term in names):
        return False
    return enough and _share(said, matter.around) >= _REPEATED and not other_count(matter, words)


def other_count(matter: Topic, words: str) -> bool:
    """Tell whether words are about other numbers than the claim's."""
    mine = [t.number for t in matter.terms if _great(t)]
    theirs = [t.number for t in read_terms(words) if _great(t)]
    return bool(mine and theirs) and not any(
        one and other and agree(one, other) for one in mine for other in theirs
    )


def turned(matter: Topic, head: str) -> bool:
    """Tell whether words have the opposite of an act of the claim, and not the act itself."""
    if matter.opposites.isdisjoint(concepts_in(head)[0]):
        return False
    found = read_bag(head)
    return any(
        not found.stems.isdisjoint(antonyms(act.stem)) and not has(act, found)
        for act in matter.acts
    )


def is_deed(term: Term) -> bool:
    """Tell whether a word tells of an act: a verb, or the noun of one."""
    return telling(term) and (bool(term.acts) or term.stem in _kindred())


def _great(term: Term) -> bool:
    number = term.number
    if number is None or number.role is not NumberRole.QUANTITY:
        return False
    return number.value >= _TELLING_NUMBER or number.unit == "%"


def _hanging(words: str, term: Term) -> bool:
    """Tell whether a word hangs on another by a preposition: "a forecast of losses"."""
    return bool(_PREPOSITION.search(words[: term.span.start]))


def has(term: Term, found: Bag) -> bool:
    """Tell whether a bag has a word, a synonym, or an act that news tells as the same."""
    if found.best(term) >= ALIKE:
        return True
    kin = _kindred().get(term.stem)
    return kin is not None and any(
        not kin.isdisjoint(_kindred().get(stem, ())) for stem in found.stems
    )


@cache
def _kindred() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for at, line in enumerate(entries("kindred_acts")):
        for word in line.split():
            groups.setdefault(stem(word), set()).add(at)
    return {word: frozenset(found) for word, found in groups.items()}


def _kin(stem: str) -> frozenset[str]:
    """Return the stems that news tells as the same act as a stem."""
    return frozenset[str]().union(*(_kindred_groups()[one] for one in _kindred().get(stem, ())))


@cache
def _kindred_groups() -> dict[int, frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for word, those in _kindred().items():
        for one in those:
            groups.setdefault(one, set()).add(word)
    return {one: frozenset(words) for one, words in groups.items()}


def _share(terms: list[Term] | tuple[Term, ...], found: Bag) -> float:
    total = sum(term.weight for term in terms)
    held = sum(term.weight * (holds(found, term) or has(term, found)) for term in terms)
    return held / total if total else 0.0


def telling(term: Term) -> bool:
    """Tell whether a word tells of the matter: no name, number, light word or filler."""
    word = term.kind is TermKind.WORD and term.number is None and term.weight >= 1
    return word and term.text.lower() not in _MORE


def is_negated(text: str, term: Term) -> bool:
    """Tell whether a word is negated where it stands; "without" denies no act."""
    return negated_before(_WITHOUT.sub(lambda hit: " " * len(hit.group()), text), term.span.start)
