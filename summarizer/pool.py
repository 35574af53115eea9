"""What the passages found for a question tell of its words, before any of them is judged.

People type "did corisande sink" and headlines write "Ferry Sinks": how the passages write a word
tells whether it is a name. How many of them have it tells how much it tells. And the article
whose passages hold most of the question together is likely the one that is asked about.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.bags import NOTHING, Bag, holds
from summarizer.glance import Glance
from summarizer.model import Claim
from summarizer.passages import Candidate, Known, said_in
from summarizer.question import Asked, Query
from summarizer.said import Said
from summarizer.terms import Term, as_written, read_terms

MOST_JUDGED = 40
"""So many passages are judged: judging is most of what an answer costs. Of 929 questions (our own
read sets, and 150 of made-up news) all have the same first sentence or refusal as when all
passages are judged, and 98.3% the same whole answer, near misses included; by meaning too all but
one of 779, and 99.2%."""

_BESIDE = 0.5
"""What the sentence before, the whole article, the rank in the index and the nearness by meaning
count for in choosing those, beside the share of the question that the passage holds itself."""

_LEAST_RARE = 0.5
"""What a word counts for that all passages have, beside one that a single passage has."""


class Looked:
    """What was read of passages for one question, kept for a second look at some of them.

    Nothing is read that shares no term with the question.
    """

    def __init__(self, query: Query) -> None:
        """Read nothing yet."""
        sought = (*query.terms, *query.source_terms, *read_terms(query.source))
        self._glance = Glance(sought)
        self._terms: dict[tuple[str, int], Bag] = {}
        self._known: dict[str, Known] = {}
        self._said: dict[tuple[str, int, int], tuple[Claim | None, Said]] = {}

    def terms(self, candidate: Candidate, back: int = 0) -> Bag:
        """Return the terms of a passage, or of the sentence so many before it.

        Nothing for one that has none of the question's.
        """
        number = candidate.sentence - back
        if number < 0:
            return NOTHING
        key = candidate.article.id, number
        if key not in self._terms:
            span = candidate.analysis.sentences[number].span
            self._terms[key] = self._glance.read(span.of(candidate.article.text))
        return self._terms[key]

    def said(self, candidate: Candidate, claim: Claim | None, *, affinity: float) -> Said:
        """Return a passage, and a claim in it, in the form in which it is compared."""
        key = candidate.article.id, candidate.sentence, id(claim)
        if key not in self._said:
            known = self._known_in(candidate)
            said = said_in(candidate, claim, known, read=self._glance.read)
            self._said[key] = claim, said  # the claim is kept, for its id is the key
        return replace(self._said[key][1], affinity=affinity)

    def _known_in(self, candidate: Candidate) -> Known:
        """Read what an article's entities are called, once an article."""
        if candidate.article.id not in self._known:
            self._known[candidate.article.id] = Known(candidate.analysis)
        return self._known[candidate.article.id]


@dataclass(frozen=True, slots=True)
class Pool:
    """The passages found, and what was read of them."""

    passages: Sequence[Candidate]
    looked: Looked

    def terms(self, candidate: Candidate, back: int = 0) -> Bag:
        """Return the terms of a passage, or of the sentence so many before it."""
        return self.looked.terms(candidate, back)


def read_into(query: Query, pool: Pool) -> Query:
    """Return the question with its terms read as the passages have them."""
    stems = {term.stem for term in (*query.terms, *query.source_terms)}
    bags = [pool.terms(one) for one in pool.passages]
    capitals = _capitals(bags, stems)

    def told(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        written = [as_written(term, capitals[term.stem]) for term in terms]
        return tuple(_weighed(term, bags) for term in written)

    return replace(query, terms=told(query.terms), source_terms=told(query.source_terms))


def affinities(query: Query, pool: Pool) -> Mapping[str, float]:
    """Return article id -> the share of the question that its passages hold together."""
    terms = (*query.terms, *query.source_terms)
    total = sum(term.weight * term.rarity for term in terms) or 1.0
    best: dict[str, dict[int, float]] = defaultdict(dict)
    for one in pool.passages:
        found, mine = pool.terms(one), best[one.article.id]
        for number, term in enumerate(terms if found.terms else ()):
            if held := holds(found, term):
                mine[number] = max(held, mine.get(number, 0.0))
    return {
        article: sum(terms[n].weight * terms[n].rarity * held for n, held in mine.items()) / total
        for article, mine in best.items()
    }


def worth_judging(query: Query, pool: Pool) -> list[Candidate]:
    """Drop the passages that share nothing with the question, nor does the sentence before.

    Whoever is asked what he says may say it in other words: there all are kept. A question of
    light words alone ("did Finch confirm the reports?") shares them, or whom it names.
    """
    if query.asked is Asked.SAYS:
        return list(pool.passages)
    telling = [term for term in query.terms if term.weight >= _TELLS]
    asked = telling or (*query.terms, *query.source_terms)
    return [one for one in pool.passages if any(_shares(asked, pool.terms(one, b)) for b in (0, 1))]


def most_promising(
    query: Query, pool: Pool, worth: Sequence[Candidate], affinity: Mapping[str, float]
) -> list[Candidate]:
    """Keep those passages of ``worth``, in their order, that seem best before they are judged."""
    if len(worth) <= MOST_JUDGED:
        return list(worth)
    terms = (*query.terms, *query.source_terms)
    weights = [term.weight * term.rarity for term in terms]
    whole = sum(weights) or 1.0

    def promise(at: int) -> float:
        one = worth[at]
        here, before = (_held(terms, pool.terms(one, back)) for back in (0, 1))
        held = (max(h, _BESIDE * b) for h, b in zip(here, before, strict=True))
        share = sum(weight * most for weight, most in zip(weights, held, strict=True)) / whole
        return share + _BESIDE * (affinity[one.article.id] + one.score + one.nearness)

    best = sorted(range(len(worth)), key=promise, reverse=True)[:MOST_JUDGED]
    return [worth[at] for at in sorted(best)]


def _held(terms: Sequence[Term], found: Bag) -> list[float]:
    """Tell how far a bag holds each term."""
    return [holds(found, term) for term in terms] if found.terms else [0.0] * len(terms)


def _shares(asked: Sequence[Term], found: Bag) -> bool:
    return bool(found.terms) and any(holds(found, term) for term in asked)


_TELLS = 0.5
"""A light word ("people", "new") tells of too many things."""


def _capitals(bags: Sequence[Bag], stems: set[str]) -> Counter[str]:
    """Return stem -> how many more times it is written with a capital than without.

    A capital within a longer name tells nothing, unless the question has more of the name:
    "Foreign Ministry" does not make a name of "foreign visitors". Its last word does, for people
    go by it.
    """
    capitals: Counter[str] = Counter()
    for found in bags:
        beside = (None, *found.terms, None)
        for before, term, after in zip(beside, found.terms, beside[2:], strict=False):
            if term.stem not in stems:
                continue
            opening = term.text[0].isupper() and not term.capital
            if term.number or term.place or opening:
                continue
            if not term.capital:
                capitals[term.stem] -= 1
            elif not _within_name(term, before, after, stems):
                capitals[term.stem] += 1
    return capitals


def _within_name(term: Term, before: Term | None, after: Term | None, stems: set[str]) -> bool:
    """Tell whether a word stands before others of one name, of which the question has none."""
    if after is None or not _of_one_name(term, after):
        return False
    name = [after, *([before] if before and _of_one_name(before, term) else [])]
    return not any(other.stem in stems for other in name)


def _of_one_name(first: Term, second: Term) -> bool:
    """Tell whether two terms that follow each other are written as one name."""
    return first.capital and second.capital and second.span.start - first.span.end == 1


def _weighed(term: Term, bags: Sequence[Bag]) -> Term:
    """Return the term with how rare it is: 1 where at most one passage has it, less where many."""
    having = sum(holds(found, term) >= _SAME for found in bags if found.terms)
    if having <= 1 or len(bags) <= 1:
        return term._replace(heard=having > 0)
    rarity = 1.0 - (1.0 - _LEAST_RARE) * math.log(having) / math.log(len(bags))
    return term._replace(rarity=rarity)


_SAME = 0.8
