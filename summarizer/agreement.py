"""Whether a passage says what was asked: numbers, names, negation and roles must agree.

A passage that shares most words with a question and says something else is the worst answer,
so each check can refuse, with its reason in words. Finding passages is not done here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.lexicon import rows
from summarizer.model import EntityKind, Span, Stance
from summarizer.numbers import Number, NumberRole, agree, show
from summarizer.question import Asked, Query
from summarizer.roles import deeds, other_doer, same_deed, swapped
from summarizer.similarity import stem
from summarizer.terms import Bag, Term, TermKind, alike, bag, read_bag

_NONE = bag(())


@dataclass(frozen=True, slots=True)
class Said:
    """One passage as it is compared: a sentence, one claim in it, and what stands around it.

    ``content`` are spans into ``sentence``: the words that the source is said to say; none when
    the outlet says it itself (``own_voice``). ``sources`` are who says it, the nearest first,
    each with all its names and roles; the outlet where it speaks itself. ``same`` are terms that
    words of the sentence stand for (the names behind its pronouns), ``near`` those of the title
    and the sentences before it, ``known`` all names of the article. ``bodies`` are the
    organisations that the source may speak for, ``named`` the entities of the sentence,
    ``elsewhere`` those of the whole article, with their kinds. ``nearness`` is the cosine to the
    question by meaning, 0 where that is not known.
    """

    sentence: str
    content: tuple[Span, ...]
    sources: tuple[str, ...] = ()
    stance: Stance | None = None
    negated: bool = False
    own_voice: bool = False
    outlet: str = ""
    bodies: tuple[Bag, ...] = ()
    named: tuple[tuple[Term, EntityKind], ...] = ()
    elsewhere: tuple[tuple[Term, EntityKind], ...] = ()
    nearness: float = 0.0
    same: Bag = _NONE
    near: Bag = _NONE
    known: Bag = _NONE


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a passage stands to a question.

    ``reason`` says in words why it is not a match, empty when it is. ``disputes`` tells that
    it is about the very thing asked and denies it, or will not confirm it.
    """

    score: float
    reason: str = ""
    disputes: bool = False

    @property
    def matches(self) -> bool:
        """Tell whether the passage says it."""
        return not self.reason


ENOUGH = 0.62
"""The share of the question's weight that a passage must hold (chosen on the dev half)."""

_NEAR = 0.4
"""What a term counts for that stands in the title or a sentence before, not in the passage."""

_TELLING = 0.5
"""More than this share of the question's words, names and numbers aside, the passage holds."""

_VERB = 0.6
"""What a verb counts for beside a noun among those words."""

_SURE = 0.75
"""At this share of the whole weight half of the telling words are enough, or a number that is
rarely told of two things."""

_MEANS_THE_SAME = 0.6
"""A cosine (all-MiniLM-L6-v2) from which other words may say the same; numbers, names, roles and
negation must agree all the same. Chosen on the dev half, as the shares here are."""

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

_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|cannot|without|fail(?:s|ed)? to|refus(?:es?|ed) to|"
    r"declin(?:es?|ed|ing) to|refrain(?:s|ed|ing)? from|rul(?:es?|ed) out|den(?:y|ies|ied)|"
    r"stopp?(?:ed)? short of|unable to)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_NOT_NEGATION = re.compile(
    r"\b(?:no (?:fewer|less|more|later|sooner) than|not only|no doubt|not just|no longer be)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"\b(?:whether|if|why|who|when|how)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[;:—\n]|[.!?][\"”’']?\s|,\s+(?:but|and|which|who)\b|\bbut\b", re.IGNORECASE
)
_REACH = 48
"""Characters before a verb in which a "not" still negates it."""

_NOUN_REACH = 20
"""The same before a noun ("no troops", "not one more soldier")."""


def judge(query: Query, said: Said) -> Verdict:
    """Compare a question with one passage."""
    found = read_bag(said.sentence)
    score = _coverage(query, said, found)
    if query.asked is Asked.SAYS:
        off_topic = "" if not query.terms or score >= _ON_TOPIC else "is about something else"
        return Verdict(score if query.terms else 1.0, _source(query, said, found) or off_topic)
    for check in (_source, _numbers, _names, _roles):
        reason = check(query, said, found)
        if reason:
            return Verdict(score, reason)
    if _words_missing(query, said, found, score):
        return Verdict(score, "says something else")
    return _stance(query, said, found, score)


def _stance(query: Query, said: Said, found: Bag, score: float) -> Verdict:
    if score < ENOUGH:
        return Verdict(
            score, "says only part of it" if score > ENOUGH / 2 else "says something else"
        )
    denied = said.stance is Stance.DENIES
    negative = _opposite(query, said, found) != denied
    if query.stance is Stance.DENIES:
        return Verdict(score, "" if negative or denied else "does not deny it")
    return _unasserted(query, said, score) or (
        Verdict(score, "denies it" if denied else "says the opposite", disputes=score >= _DISPUTES)
        if negative
        else Verdict(score)
    )


def _enough(query: Query, said: Said) -> float:
    """Return the share that is enough: less where something is asked, or the meaning is near."""
    if said.nearness >= _MEANS_THE_SAME:
        return ENOUGH - _EASED
    return ENOUGH - _OPEN if query.open_slot or query.polar else ENOUGH


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
    return sum(term.weight * _held(term, said, found) for term in terms) / total


def _held(term: Term, said: Said, found: Bag) -> float:
    if term.number:
        asked = term.number
        return float(any(other.number and agree(asked, other.number) for other in found.terms))
    for worth, others in ((1.0, found), (0.9, said.same), (_NEAR, said.near), (_NEAR, said.known)):
        best = others.best(term)
        if best and (worth > _NEAR or not term.acts):
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
    total = sum(_telling_weight(term) for term in telling)
    held = sum(
        _telling_weight(term)
        for term in telling
        if max(found.best(term), 0.9 * said.same.best(term)) >= 0.8
    )
    if _deed_missing(query, found, score):
        return said.nearness < _MEANS_THE_SAME
    enough = _TELLING * total
    counted = any(term.number and term.number.value > 12 for term in query.terms)
    if not telling or held > enough or score >= _ALL_BUT or (score >= _SURE and counted):
        return False
    if held >= enough and (query.open_slot or score >= _SURE):
        return False
    return said.nearness < _MEANS_THE_SAME


def _deed_missing(query: Query, found: Bag, score: float) -> bool:
    """Tell that who did what to whom cannot be compared: two names, and another deed."""
    verbs = [term for term in query.terms if term.acts and not term.capital]
    names = {term.place or term.stem for term in query.terms if term.kind is TermKind.NAME}
    return len(names) >= 2 and bool(verbs) and score < 0.95 and not any(map(found.best, verbs))


def _telling_weight(term: Term) -> float:
    """Weigh a word of the question: verbs are told in more ways than things."""
    return _VERB if term.acts else 1.0


def _source(query: Query, said: Said, found: Bag) -> str:
    """Refuse a passage that somebody else is said to say."""
    if not query.source_terms:
        return ""
    wanted = [term for term in query.source_terms if term.weight > 0.5] or [*query.source_terms]
    speakers = [read_bag(name) for name in (*said.sources, said.outlet)]
    speakers += said.bodies
    if any(_enough_of_name(wanted, _held_of(wanted, named)) for named in speakers):
        return ""
    if said.own_voice:
        if query.asked is Asked.CLAIM and _enough_of_name(wanted, _held_of(wanted, found)):
            return ""
        return f"does not say that {query.source} said it"
    if not said.sources:
        return f"names nobody who says it, not {query.source}"
    return f"another source: {said.sources[0].split(';')[0]}, not {query.source}"


def _held_of(wanted: Sequence[Term], others: Bag) -> list[Term]:
    return [term for term in wanted if others.best(term) >= 0.85]


def _enough_of_name(wanted: Sequence[Term], held: Sequence[Term]) -> bool:
    """Tell whether enough words of a name agree; the last word of a person's name must."""
    if not held:
        return False
    names = [term for term in wanted if term.kind is TermKind.NAME and not term.place]
    if names and not any(term in held for term in names):
        return False
    places = [term for term in wanted if term.place]
    if places and len(wanted) > len(places) and all(term in places for term in held):
        return False
    return 2 * len(held) >= len(wanted) or (wanted[-1] in names and wanted[-1] in held)


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of the passage and what it counts there."""

    number: Number
    thing: Term | None

    def counts(self, wanted: Term) -> bool:
        return self.thing is not None and alike(wanted, self.thing) >= 0.85


def _numbers(query: Query, said: Said, found: Bag) -> str:
    """Refuse another number of the same kind."""
    there = [
        _Count(term.number, _counted(said.sentence, term, found.terms))
        for term in found.terms
        if term.number
    ]
    for term in query.terms:
        asked = term.number
        if asked is None:
            continue
        rivals = [count for count in there if count.number.role is asked.role]
        agreeing = [count for count in rivals if agree(asked, count.number)]
        rivals = [count for count in rivals if count in agreeing or not _asked_too(query, count)]
        if agreeing and not _another_thing(query, term, agreeing, rivals):
            continue
        if rivals:
            return _another_number(asked, _nearest(query, term, rivals))
        if asked.role is NumberRole.QUANTITY:
            return f"does not give the number {_shown(asked)}"
    return ""


def _asked_too(query: Query, count: _Count) -> bool:
    return any(term.number and agree(term.number, count.number) for term in query.terms)


def _counted(text: str, term: Term, terms: tuple[Term, ...]) -> Term | None:
    """Return what a number counts: the next content term on its right, within a few words."""
    for other in terms:
        if other.span.start >= term.span.end and not other.number:
            near = len(text[term.span.end : other.span.start].split()) <= 3
            return other if near else None
    return None


def _another_thing(query: Query, asked: Term, agreeing: list[_Count], rivals: list[_Count]) -> bool:
    """Tell whether the number asked for counts another thing, and this thing has another number."""
    wanted = _counted(query.claim, asked, query.terms)
    if wanted is None or any(count.counts(wanted) for count in agreeing):
        return False
    return any(count.counts(wanted) for count in rivals if count not in agreeing)


def _nearest(query: Query, asked: Term, rivals: list[_Count]) -> Number:
    wanted = _counted(query.claim, asked, query.terms)
    value = asked.number.value if asked.number else 0.0

    def distance(count: _Count) -> tuple[bool, float]:
        return (
            not (wanted is not None and count.counts(wanted)),
            abs(count.number.value - value),
        )

    return min(rivals, key=distance).number


def _shown(number: Number) -> str:
    if number.role in {NumberRole.YEAR, NumberRole.DAY, NumberRole.ORDINAL, NumberRole.CLOCK}:
        return f"{number.value:g}"
    if number.unit == "%":
        return f"{number.value:g}%"
    return f"{number.unit}{show(number.value)}"


def _another_number(asked: Number, found: Number) -> str:
    word = {NumberRole.YEAR: "year", NumberRole.DAY: "day", NumberRole.CLOCK: "hour"}
    return f"another {word.get(asked.role, 'number')}: {_shown(found)}, not {_shown(asked)}"


_KINDS = {EntityKind.PLACE: "place", EntityKind.PERSON: "person"}


def _names(query: Query, said: Said, found: Bag) -> str:
    """Refuse a passage about somebody or somewhere else."""
    for term in query.terms:
        if term.kind is not TermKind.NAME or found.best(term) or said.same.best(term):
            continue
        rival = _rival(term, query, said, found)
        if rival:
            return f"another {rival}, not {term.text}"
        if not (said.near.best(term) or said.known.best(term)):
            return f"does not name {term.text}"
    return ""


def _rival(term: Term, query: Query, said: Said, found: Bag) -> str:
    """Return the name that stands where the asked one would: another country, another person."""
    asked = (*query.terms, *query.source_terms)

    def unasked(other: Term) -> bool:
        return not any(alike(known, other) for known in asked)

    if term.place:
        return next(
            (f"country: {other.text}" for other in found.terms if other.place and unasked(other)),
            "",
        )
    kinds = {kind for other, kind in said.elsewhere if alike(term, other)}
    return next(
        (
            f"{_KINDS[kind]}: {other.text}"
            for other, kind in said.named
            if kind in kinds and kind in _KINDS and unasked(other)
        ),
        "",
    )


def _roles(query: Query, said: Said, found: Bag) -> str:
    """Refuse the same deed with its parts turned round, or done by another."""
    there = deeds(said.sentence, found.terms)
    for asked in deeds(query.claim, query.terms):
        told = [deed for deed in there if same_deed(asked, deed)]
        turned = [pair for deed in told if (pair := swapped(asked, deed))]
        if told and len(turned) == len(told):
            return f"roles swapped: {turned[0][1].text}, not {turned[0][0].text}"
        others = [pair for deed in told if (pair := other_doer(asked, deed))]
        if others and said.same.best(others[0][0]) and not found.best(others[0][0]):
            continue  # the sentence calls the doer by another of its names
        if told and len(others) == len(told):
            asker, actual = others[0]
            if actual.acts and not actual.capital:
                return f"another doer, not {asker.text}"
            kind = "country" if asker.place and actual.place else "doer"
            return f"another {kind}: {actual.text}, not {asker.text}"
    return ""


@cache
def _antonyms() -> dict[str, frozenset[str]]:
    """Return stem -> the stems that say its opposite."""
    against: dict[str, set[str]] = {}
    for one, other in rows("antonyms"):
        for here, there in ((one, other), (other, one)):
            for word in here.split():
                against.setdefault(stem(word), set()).update(stem(each) for each in there.split())
    return {word: frozenset(others) for word, others in against.items()}


def _contrary(query: Query, found: Bag) -> bool:
    """Tell whether the passage has the opposite of a word of the question, and not the word."""
    return any(
        not found.best(term) and not _antonyms().get(term.stem, frozenset()).isdisjoint(found.stems)
        for term in query.terms
        if term.kind is TermKind.WORD
    )


def _opposite(query: Query, said: Said, found: Bag) -> bool:
    """Tell whether question and passage differ in polarity at a verb or word they share."""
    shared = [
        (asked, other)
        for asked in query.terms
        for other in found.terms
        if not asked.number and alike(asked, other) >= 0.85 and _in_content(other, said)
    ]
    if _contrary(query, found):
        return True
    verbs = [pair for pair in shared if pair[0].acts and not pair[0].capital]
    if not verbs:
        there = any(
            negated_before(said.sentence, other.span.start, reach=_NOUN_REACH)
            for asked, other in shared
            if asked.kind is TermKind.WORD
        )
        return query.negated != there
    return all(
        _negated_at(query.claim, asked, 0)
        != _negated_at(said.sentence, other, _content_start(other, said))
        for asked, other in verbs
    )


def _in_content(term: Term, said: Said) -> bool:
    return not said.content or any(span.overlaps(term.span) for span in said.content)


def _content_start(term: Term, said: Said) -> int:
    """Return where the content that holds the term starts: "denied" before it is its cue."""
    if said.stance is not Stance.DENIES:
        return 0
    return max((span.start for span in said.content if span.overlaps(term.span)), default=0)


def _negated_at(text: str, term: Term, floor: int) -> bool:
    return negated_before(text[floor:], term.span.start - floor)


def negated_before(text: str, offset: int, *, reach: int = _REACH) -> bool:
    """Tell whether an odd number of negations stands in the same clause shortly before."""
    before = _NOT_NEGATION.sub(" ", text[max(0, offset - reach) : offset])
    before = _CLAUSE_END.split(before)[-1]
    return len(_NEGATION.findall(before)) % 2 == 1
