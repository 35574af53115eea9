"""Whether a passage says what was asked: numbers, names, negation and roles must agree.

A passage that shares most words with a question and says something else is the worst answer,
so each check can refuse, with its reason in words. Finding passages is not done here.
"""

from __future__ import annotations

import re

from summarizer.counts import other_number
from summarizer.model import Stance
from summarizer.numbers import agree
from summarizer.parties import other_name, other_part, other_source
from summarizer.polarity import opposite
from summarizer.question import Asked, Query
from summarizer.roles import Role, actors, deeds
from summarizer.said import Said, Verdict
from summarizer.terms import Bag, Term, TermKind, bag, initials, read_bag

WEAK_REASONS = frozenset(("says only part of it", "says something else"))
"""Reasons that tell of too few shared words, not of something that disagrees."""

ENOUGH = 0.62
"""The share of the question's weight that a passage must hold (chosen on the dev half)."""

_NEAR = 0.4
"""What a term counts for that stands in the title or a sentence before, not in the passage."""

_NEAR_NAME = 0.7
"""The same of a name: news names those whom it is about once, and goes on with "it"."""

_TELLING = 0.5
"""More than this share of the question's words, names and numbers aside, the passage holds."""

_AROUND = 0.6
"""What such a word counts for that stands in the title or a sentence before."""

_WHOLE = 0.9
"""A source that says little says what is asked when this share of its words is asked about."""

_ACTOR = 0.5
"""What a word for somebody who acts ("captain") counts for: it names rather than tells."""

_VERB = 0.6
"""What a verb counts for beside a noun among those words."""

_SURE = 0.78
"""At this share of the whole weight half of the telling words are enough, or a number that is
rarely told of two things."""

_MEANS_THE_SAME = 0.6
"""A cosine (all-MiniLM-L6-v2) from which other words may say the same; numbers, names, roles and
negation must agree all the same. Chosen on the dev half, as the shares here are."""

_COUNTED = 0.62
"""The same of a question whose number the passage gives."""

_ALL_BUT = 0.85
"""At this share the missing words do not matter."""

_DISPUTES = 0.7
"""From this share on, a passage that says the opposite disputes the claim."""

_OPEN = 0.08
"""How much less is enough of a question, whose words are not those of a claim."""

_EASED = 0.2
"""How much less of the question's weight is enough then."""

_ON_TOPIC = 0.3
"""The share of a topic ("what does X say about ...") that a claim of X and its context hold."""

_WHETHER = re.compile(r"\b(?:whether|if|why|who|when|how)\b", re.IGNORECASE)


def judge(query: Query, said: Said) -> Verdict:
    """Compare a question with one passage."""
    found = read_bag(said.sentence)
    score = _coverage(query, said, found)
    if query.asked is Asked.SAYS:
        off_topic = "" if not query.terms or score >= _ON_TOPIC else "is about something else"
        return Verdict(score if query.terms else 1.0, other_source(query, said, found) or off_topic)
    for check in (other_source, other_number, other_name, other_part):
        reason = check(query, said, found)
        if reason:
            return Verdict(score, reason)
    if _words_missing(query, said, found, score):
        return Verdict(score, "says something else")
    return _stance(query, said, found, score)


def _stance(query: Query, said: Said, found: Bag, score: float) -> Verdict:
    if score < _enough(query, said, found):
        return Verdict(
            score, "says only part of it" if score > ENOUGH / 2 else "says something else"
        )
    denied = said.stance is Stance.DENIES
    negative = opposite(query, said, found) != denied
    if query.stance is Stance.DENIES:
        return Verdict(score, "" if negative or denied else "does not deny it")
    return _unasserted(query, said, score) or (
        Verdict(score, "denies it" if denied else "says the opposite", disputes=score >= _DISPUTES)
        if negative
        else Verdict(score)
    )


def _enough(query: Query, said: Said, found: Bag) -> float:
    """Return the share that is enough: less where something is asked, or the meaning is near."""
    if said.nearness >= _MEANS_THE_SAME or _told_whole(query, said, found):
        return ENOUGH - _EASED
    return ENOUGH - _OPEN if _asks(query) else ENOUGH


def _asks(query: Query) -> bool:
    """Tell a question from a claim: the words of its answer are seldom its own."""
    return bool(query.open_slot) or query.polar


def _unasserted(query: Query, said: Said, score: float) -> Verdict | None:
    """Refuse a claim that its source does not make: asked, declined, or not said."""
    if said.stance is Stance.DECLINES and not _asks_of_declining(query):
        return Verdict(score, "declines to confirm it", disputes=True)
    if said.stance is Stance.ASKS and _WHETHER.search(said.sentence):
        return Verdict(score, "only asks it")
    if query.stance is Stance.CONFIRMS and said.stance in {Stance.REPORTED, Stance.ALLEGES}:
        return Verdict(score, "does not confirm it")
    return Verdict(score, "is told not to have said it", disputes=True) if said.negated else None


def _asks_of_declining(query: Query) -> bool:
    return query.stance is Stance.DECLINES or any(
        term.stem in {"declin", "refus", "cautious"} for term in query.terms
    )


def _coverage(query: Query, said: Said, found: Bag) -> float:
    """Return which share of the question's weight the passage holds, its context counted less."""
    terms = query.terms or query.source_terms
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * _held(query, term, said, found) for term in terms) / total


def _held(query: Query, term: Term, said: Said, found: Bag) -> float:
    if term.number:
        asked = term.number
        return float(any(other.number and agree(asked, other.number) for other in found.terms))
    if term.text.isupper() and term.text in initials(found.terms, said.sentence):
        return 1.0
    for worth, others in ((1.0, found), (0.9, said.same), (_NEAR, said.near), (_NEAR, said.known)):
        best = others.best(term)
        if not best:
            continue
        if worth > _NEAR:
            return worth * best
        if term.kind is TermKind.NAME:
            return _NEAR_NAME * best
        if query.asked is Asked.SAYS or not term.acts:
            return worth * best
    return 0.0


def _words_missing(query: Query, said: Said, found: Bag, score: float) -> bool:
    """Tell a passage that shares names with the question, but not what is said of them."""
    telling = [
        term
        for term in query.terms
        if term.weight >= 1
        and term.kind is TermKind.WORD
        and not any(
            other.stem == term.stem and other.kind is TermKind.NAME
            for other in (*found.terms, *said.same.names)
        )
    ]
    if _deed_missing(query, found, score):
        return said.nearness < _MEANS_THE_SAME
    total = sum(map(_telling_weight, telling))
    direct = [term for term in telling if max(found.best(term), 0.9 * said.same.best(term)) >= 0.8]
    held = sum(map(_telling_weight, direct))
    if direct:
        around = [term for term in telling if term not in direct and said.near.best(term) >= 0.8]
        held += _AROUND * sum(map(_telling_weight, around))
    if direct and len(direct) < len(telling) and not any(_firmly(term, found) for term in direct):
        return said.nearness < _MEANS_THE_SAME
    enough = _TELLING * total
    sure = _COUNTED if _asks(query) else _SURE
    counted = any(term.number and term.number.value > 12 for term in query.terms)
    if not telling or held > enough or score >= _ALL_BUT or (score >= sure and counted):
        return False
    if held >= enough and (query.open_slot or score >= _SURE):
        return False
    return said.nearness < _MEANS_THE_SAME and not _told_whole(query, said, found)


def _firmly(term: Term, found: Bag) -> bool:
    """Tell whether the word itself is there: a verb's synonyms alone tell of too many things."""
    return not term.acts or term.stem in found.stems


def _told_whole(query: Query, said: Said, found: Bag) -> bool:
    """Tell whether all that the source says, or the sentence, is in the question."""
    asked = bag(query.terms)
    told = [
        term
        for term in found.terms
        if (not said.content or any(span.overlaps(term.span) for span in said.content))
        and (term.weight >= 1 or term.number)
    ]
    held = [
        term
        for term in told
        if asked.best(term)
        or any(
            other.number and term.number and agree(other.number, term.number)
            for other in asked.terms
        )
    ]
    return (
        bool(held)
        and len(held) >= _WHOLE * len(told)
        and any(term.kind is not TermKind.NAME for term in held)
    )


def _deed_missing(query: Query, found: Bag, score: float) -> bool:
    """Tell that who did what to whom cannot be compared: two names, and another deed."""
    verbs = _main_verbs(query)
    names = {term.place or term.stem for term in query.terms if term.kind is TermKind.NAME}
    return len(names) >= 2 and bool(verbs) and score < 0.95 and not any(map(found.best, verbs))


def _main_verbs(query: Query) -> list[Term]:
    """Return the verb that a name does in the question, or else all of its verbs."""
    done = deeds(query.claim, query.terms)
    led = [
        deed.verb for deed in done if any(term.kind is TermKind.NAME for term in deed.of(Role.DOER))
    ]
    return led[:1] or [term for term in query.terms if term.acts and not term.capital]


def _telling_weight(term: Term) -> float:
    """Weigh a word of the question: verbs are told in more ways than things."""
    if term.stem in actors():
        return _ACTOR
    return _VERB if term.acts else 1.0
