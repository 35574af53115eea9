"""Whether question and passage say yes or no to the same: negations, denials, antonyms."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from summarizer.bags import Bag, alike
from summarizer.lexicon import rows
from summarizer.model import Stance
from summarizer.question import Query, negated
from summarizer.said import Said
from summarizer.similarity import stem
from summarizer.terms import Term, TermKind
from summarizer.text import blank

_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|cannot|without|fail(?:s|ed)? to|"
    r"refus(?:es?|ed|ing) to|"
    r"declin(?:es?|ed|ing) to|refrain(?:s|ed|ing)? from|rul(?:es?|ed) out|den(?:y|ies|ied)|"
    r"stopp?(?:ed)? short of|unable to)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_NOT_NEGATION = re.compile(
    r"\b(?:no (?:fewer|less|more|later|sooner) than|not only|no doubt|not just|no longer be|"
    r"(?:nobody|no ?one|none|nothing) (?:but|except|other than))\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;:—\n]|[.!?,][\"”]|[.!?][’']?\s|,\s+(?:but|and|which|who)\b|\bbut\b", re.IGNORECASE
)
_CONTRAST = re.compile(
    r"(?:,|\bbut|\band)\s+not\b[^,;.”\"]*|\b(?:rather than|instead of)\b.*", re.IGNORECASE
)
"""What a claim sets itself against ("painted, not fixed"): not what it says."""

_REACH = 48
"""Characters before a verb in which a "not" still negates it."""

_NOUN_REACH = 20
"""The same before a noun ("no troops", "not one more soldier")."""


_NONE_OF = re.compile(
    r"\b(?:no|not (?:one|a|any)|without(?: any)?|zero)\s+(?:(?!longer|doubt)[\w-]+\s+){0,1}$",
    re.IGNORECASE,
)


@cache
def _antonyms() -> dict[str, frozenset[str]]:
    """Return stem -> the stems that say its opposite."""
    against: dict[str, set[str]] = {}
    for one, other in rows("antonyms"):
        for here, there in ((one, other), (other, one)):
            for word in here.split():
                against.setdefault(stem(word), set()).update(stem(each) for each in there.split())
    return {word: frozenset(others) for word, others in against.items()}


def antonyms(word: str) -> frozenset[str]:
    """Return the stems that say the opposite of a stem."""
    return _antonyms().get(word, frozenset())


def _contrary(query: Query, found: Bag) -> bool:
    """Tell whether the passage has the opposite of a word of the question, and not the word."""
    return any(
        not found.best(term) and not _antonyms().get(term.stem, frozenset()).isdisjoint(found.stems)
        for term in query.terms
        if term.kind is TermKind.WORD
    )


def opposite(query: Query, said: Said, found: Bag) -> bool:
    """Tell whether question and passage differ in polarity at a verb or word they share."""
    shared = [
        (asked, other)
        for asked in query.terms
        for other in found.terms
        if not asked.number
        and alike(asked, other) >= 0.85
        and _in_content(other, said)
        and not _in_contrast(other, said)
    ]
    claim = _CONTRAST.sub(blank, query.claim)
    if negated(claim) and any(_undone(asked, found) for asked in query.terms):
        return False
    if _contrary(query, found):
        return not negated(claim)
    denied = [pair for pair in shared if _negated_at(claim, pair[0], 0)]
    if denied:
        return not any(_negated_there(other, said) for _, other in denied)
    if any(none_of(said.sentence, there) and not none_of(claim, here) for here, there in shared):
        return True
    verbs = [other for asked, other in shared if asked.acts and not asked.capital]
    if negated(claim) or not verbs:
        there = any(
            negated_before(said.sentence, other.span.start, reach=_NOUN_REACH)
            for asked, other in shared
            if asked.kind is TermKind.WORD
        )
        return negated(claim) != (there or (negated(claim) and any(map(_negative(said), verbs))))
    return all(_negated_there(other, said) for other in verbs)


def _undone(asked: Term, found: Bag) -> bool:
    """Tell whether the passage says "incomplete" where the question has "not complete"."""
    word = asked.text.lower()
    return len(word) > 3 and any(stem(f"{start}{word}") in found.stems for start in _UN)


_UN = ("in", "un", "im", "ir", "il", "dis", "non")


def none_of(text: str, term: Term) -> bool:
    """Tell whether a noun is denied by its own "no": "no evidence", "not one more soldier"."""
    return term.kind is TermKind.WORD and bool(_NONE_OF.search(text[: term.span.start]))


def _negative(said: Said) -> Callable[[Term], bool]:
    return lambda term: _negated_there(term, said)


def _negated_there(term: Term, said: Said) -> bool:
    return _negated_at(said.sentence, term, _content_start(term, said))


def _in_content(term: Term, said: Said) -> bool:
    return not said.content or any(span.overlaps(term.span) for span in said.content)


def _in_contrast(term: Term, said: Said) -> bool:
    return any(
        match.start() <= term.span.start < match.end()
        for match in _CONTRAST.finditer(said.sentence)
    )


def _content_start(term: Term, said: Said) -> int:
    """Return where the content that holds the term starts: "denied" before it is its cue."""
    if said.stance is not Stance.DENIES:
        return 0
    return max((span.start for span in said.content if span.overlaps(term.span)), default=0)


def _negated_at(text: str, term: Term, floor: int) -> bool:
    return negated_before(text[floor:], term.span.start - floor)


def negated_before(text: str, offset: int, *, reach: int = _REACH) -> bool:
    """Tell whether an odd number of negations stands in the same clause shortly before."""
    start = max(0, offset - reach)
    while 0 < start < offset and text[start - 1].isalnum():  # half a word is none ("gover|nor")
        start += 1
    before = _NOT_NEGATION.sub(" ", text[start:offset])
    before = _CLAUSE_END.split(before)[-1]
    return len(_NEGATION.findall(before)) % 2 == 1
