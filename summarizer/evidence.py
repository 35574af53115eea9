"""What speaks for a passage as the answer to a question: a few measures, most from 0 to 1.

How much each is worth is for ``weights``; whether something in the passage contradicts the
question is for ``agreement``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.bags import Bag, alike, bag_of, holds
from summarizer.model import Span, Stance
from summarizer.numbers import NumberRole, agree
from summarizer.parties import other_source
from summarizer.question import Asked, Query
from summarizer.said import Said
from summarizer.terms import Term, TermKind, initials


class Evidence(NamedTuple):
    """The measures of one passage. A share of nothing is 1: what was not asked is not missing."""

    words: float
    """Share of the question's content, by weight, that the sentence holds."""
    around: float
    """Share that only its context holds: title, sentences before, names of the article."""
    before: float
    """Share that the sentence before holds, and it does not."""
    after: float
    """The same of the sentence after it."""
    run: float
    """The longest run of words in common, as a share of the question's words."""
    length: float
    """How long the sentence is, 1 from fifteen words on."""
    asks: float
    """1 for a sentence that is itself a question."""
    denies: float
    """1 where yes or no is asked, or a denial, and the source denies or will not confirm."""
    telling: float
    """Share of the words that are neither names nor numbers, verbs aside."""
    verbs: float
    """Share of the verbs."""
    content: float
    """Share of the words and verbs together, 0 where there are none."""
    unheard: float
    """Share of those that no passage at all has."""
    names: float
    """Share of the names."""
    named_around: float
    """Share of the names that only the context holds."""
    number: float
    """1 where the question gives a number and the sentence has it."""
    pairs: float
    """Share of the question's neighbouring terms that are neighbours in the sentence too."""
    focus: float
    """Share of what the sentence or the claim in it tells that the question asks about."""
    article: float
    """Share of the question that the article's passages found hold together."""
    found: float
    """How well the sentence was found by the index."""
    opening: float
    """1 for the first sentence of an article."""
    sourced: float
    """1 where somebody is named who says it."""
    fits: float
    """1 where the sentence holds what the question word asks for (a number, a day, a place)."""
    stance: float
    """1 where the question asks for a stance and the claim has it."""
    speaker: float
    """1 where the question names who says it and the sentence names him."""
    nearness: float
    """The cosine to the question by meaning, 0 where that is not known."""
    supports: float = 0.0
    """What a reader holds of it as an answer, as log-odds; 0 where none has read it."""
    related: float = 0.0
    """The same of its being about the very thing asked."""


_NEIGHBOURS = 32
"""Characters between two terms that still belong together."""

_HELD = 0.8
"""From here on a term counts as held by its sentence."""

_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|"
    r"july|august|september|october|november|december|yesterday|today|tonight|tomorrow|week|month|"
    r"year|hours?|minutes?|days?|weeks|months|years|a\.m|p\.m|noon|midnight|when|until|after|"
    r"before|since|19\d\d|20\d\d)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|since|as|due to|after|so that|in order|reason|caused?|over|for fear|to avoid|"
    r"which would|amid|following|therefore|why)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|outside|on|from|to|between|off|across)\s+(?:the\s+)?[A-Z“\w]")


def gather(query: Query, said: Said, found: Bag) -> Evidence:
    """Measure a passage; ``found`` are the terms of its sentence."""
    terms = query.terms or query.source_terms
    held = [_in_sentence(term, said, found) for term in terms]
    near = [max(0.0, _around(term, said) - here) for term, here in zip(terms, held, strict=True)]

    def share(values: Sequence[float], chosen: Callable[[Term], bool]) -> float:
        return _share(terms, values, chosen)

    return Evidence(
        words=share(held, _any),
        around=share(near, _any) if any(near) else 0.0,
        before=share([_beside(t, said.before, h) for t, h in zip(terms, held, strict=True)], _any),
        after=share([_beside(t, said.after, h) for t, h in zip(terms, held, strict=True)], _any),
        run=_run(query.claim, said.sentence),
        length=min(1.0, len(said.sentence.split()) / 15),
        asks=float(said.sentence.rstrip('"”’').endswith("?")),
        denies=float(
            (query.polar or query.stance is not None)
            and said.stance in {Stance.DENIES, Stance.DECLINES}
        ),
        telling=share(held, _is_telling),
        verbs=share(held, _is_verb),
        content=share(held, _is_content) if any(map(_is_content, terms)) else 0.0,
        unheard=share([float(not term.heard) for term in terms], _is_content)
        if any(map(_is_content, terms))
        else 0.0,
        names=share(held, _is_name),
        named_around=share(near, _is_name) if any(near) else 0.0,
        number=float(any(term.number and here for term, here in zip(terms, held, strict=True))),
        pairs=_pairs(query, found),
        focus=_focus(query, said, found),
        article=said.affinity,
        found=said.found,
        opening=float(said.opening),
        sourced=float(bool(said.sources) and not said.own_voice),
        fits=_fits(query, said, found),
        stance=float(query.stance is not None and query.stance is said.stance),
        speaker=float(bool(query.source_terms) and not other_source(query, said, found)),
        nearness=said.nearness,
    )


def _any(term: Term) -> bool:  # noqa: ARG001 - one of several choices of terms
    return True


def _is_name(term: Term) -> bool:
    return term.kind is TermKind.NAME


def _is_verb(term: Term) -> bool:
    return bool(term.acts) and term.kind is TermKind.WORD


def _is_telling(term: Term) -> bool:
    return term.kind is TermKind.WORD and term.weight >= 1 and not term.acts


def _is_content(term: Term) -> bool:
    return _is_verb(term) or _is_telling(term)


def _share(terms: Sequence[Term], values: Sequence[float], chosen: Callable[[Term], bool]) -> float:
    wanted = [
        (worth(term), value) for term, value in zip(terms, values, strict=True) if chosen(term)
    ]
    total = sum(weight for weight, _ in wanted)
    return sum(weight * value for weight, value in wanted) / total if total else 1.0


def worth(term: Term) -> float:
    """Return what a term counts for: its kind's weight, by how rare it is among the passages."""
    return term.weight * term.rarity


def _in_sentence(term: Term, said: Said, found: Bag) -> float:
    if term.number:
        asked = term.number
        return float(any(other.number and agree(asked, other.number) for other in found.terms))
    if term.text.isupper() and term.text in initials(found.terms, said.sentence):
        return 1.0
    return max(found.best(term), 0.9 * said.same.best(term))


def _around(term: Term, said: Said) -> float:
    return max(said.near.best(term), said.known.best(term))


def _beside(term: Term, beside: Bag, held: float) -> float:
    return max(0.0, holds(beside, term) - held)


def _run(claim: str, sentence: str) -> float:
    """Return the longest run of equal words, as a share of the claim's words."""
    asked, told = (re.findall(r"\w+", text.lower()) for text in (claim, sentence))
    if not asked:
        return 0.0
    best, last = 0, [0] * (len(told) + 1)
    for word in asked:
        row = [0] * (len(told) + 1)
        for at, other in enumerate(told, start=1):
            if word == other:
                row[at] = last[at - 1] + 1
                best = max(best, row[at])
        last = row
    return best / len(asked)


def _pairs(query: Query, found: Bag) -> float:
    """Return the share of neighbours in the question that stand near each other in the sentence."""
    terms = [term for term in query.terms if not term.number]
    if len(terms) < 2:
        return 0.0
    places = [_places(term, found) for term in terms]
    return sum(_near(one, two) for one, two in pairwise(places)) / (len(terms) - 1)


def _places(asked: Term, found: Bag) -> list[Span]:
    """Return where a term of the question stands in the sentence."""
    if found.best(asked) < _HELD:
        return []
    return [term.span for term in found.terms if alike(asked, term) >= _HELD]


def _near(first: Sequence[Span], second: Sequence[Span]) -> bool:
    return any(
        0 <= max(one.start, other.start) - min(one.end, other.end) <= _NEIGHBOURS
        for one in first
        for other in second
        if one != other
    )


def _focus(query: Query, said: Said, found: Bag) -> float:
    asked = bag_of((*query.terms, *query.source_terms))
    told = [term for term in found.terms if _told(term, said.content)]
    total = sum(term.weight for term in told)
    if not total:
        return 0.0
    return sum(term.weight * _asked(term, asked) for term in told) / total


def _told(term: Term, content: Sequence[Span]) -> bool:
    return not content or any(span.overlaps(term.span) for span in content)


def _asked(term: Term, asked: Bag) -> float:
    if term.number:
        number = term.number
        return float(any(other.number and agree(other.number, number) for other in asked.terms))
    return asked.best(term)


def _fits(query: Query, said: Said, found: Bag) -> float:
    slot = query.open_slot
    if slot == "count":
        return float(
            any(
                term.number
                and term.number.role is NumberRole.QUANTITY
                and not _asked(term, bag_of(query.terms))
                for term in found.terms
            )
        )
    if slot == "when":
        return float(bool(_TIME.search(said.sentence)))
    if slot == "where":
        return float(bool(_PLACE.search(said.sentence)))
    if slot == "how":
        return float(bool(_CAUSE.search(said.sentence)))
    if slot == "who" or query.asked is Asked.WHO:
        return float(bool(said.sources) and not said.own_voice)
    return 0.0
