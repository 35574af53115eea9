"""Who does what to whom, read lightly from the order of words around a verb.

No parser: subject, object and prepositions as English news puts them, passives turned round.
It is made to notice that two sentences tell the same deed with the parts swapped, not to
describe a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from summarizer.bags import alike
from summarizer.lexicon import rows, words
from summarizer.similarity import stem
from summarizer.terms import Term, TermKind


class Role(StrEnum):
    """What a term does in the deed that a verb names."""

    DOER = "doer"
    UNDERGOER = "undergoer"
    OTHER = "other"
    OWNER = "owner"
    """Whose the next word is: "Corisande" of "Corisande's captain"."""
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb of a text with the part that each other term plays in it."""

    verb: Term
    parts: tuple[tuple[Term, Role], ...]

    def of(self, role: Role) -> tuple[Term, ...]:
        """Return the terms that play ``role``, in the order of the text."""
        return tuple(term for term, played in self.parts if played is role)


_BOUNDARY = re.compile(
    r"[;:()—]|\bthat\b|\b(?:and|but|while|after|before|because|when|as|if|whether|who|which|where|"
    r"although|since|until|saying|said|says|adding)\b|,",
    re.IGNORECASE,
)
_HARD = re.compile(r"[;:—]|\bthat\b|\b(?:because|while|whether|although|but|if)\b", re.IGNORECASE)
_PREPOSITIONS = words("prepositions")
_BACK = 3
"""Words before a name in which its preposition stands ("to the small ...")."""

_NOT_IN_A_GROUP = words("group_ends")
"""Words that end the group of words that a preposition leads."""

_BE = re.compile(
    r"\b(?:was|were|been|being|be|is|are|got|gets?)\s+(?:\w+ly\s+|not\s+|also\s+|[\d,.]+\s+)*$"
    r"|\b(?:was|were|is|are)\s+\w+\s+$",
    re.IGNORECASE,
)
_BY = re.compile(r"^\s+(?:\w+\s+){0,3}?by\s+(?!\d|\w+ing\b)", re.IGNORECASE)
_NOUN_USE = re.compile(
    r"(?:\b(?:the|an?|of|in|by|for|on|its|his|her|their|this|that|no|any|each|every|presidential)"
    r"|['’]s?)\s+$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?:[^s]ion|ment|ance|ence|ure|theft|loss|death|sale|arrival|denial|refusal|removal|trial|"
    r"approval|dismissal|withdrawal|hospital|fatal|lethal|merger|takeover|leader|owner|stoppage|"
    r"footage|(?:injur|inquir|enquir|robber|victor|fatalit|discover)(?:y|ie))s?$",
    re.IGNORECASE,
)
"""How nouns for deeds end: what they are done by does not stand before them."""

_INVERTED = re.compile(
    r"^(?:was|were|is|are)\b(?!.*\b(?:was|were|is|are|been|be)\b)", re.IGNORECASE
)
"""A question whose "was" stands before those whom it is about ("was the tower shut")."""

_OWNER = re.compile(r"['’]s?\s", re.IGNORECASE)
"""After a name: what follows belongs to it ("Corisande's sister ships"), and does the deed."""

_SAME = 0.85
"""Terms that are so far alike stand for the same."""

_MUTUAL = {
    f"verb:{first}"
    for first in ("meet", "talk", "agree", "sign", "fight", "merge", "crash", "join", "draw")
}


def deeds(text: str, terms: tuple[Term, ...]) -> tuple[Deed, ...]:
    """Return the deeds of ``text`` whose verbs stand in the word list."""
    return tuple(
        _deed(text, terms, verb)
        for verb in terms
        if verb.acts
        and not verb.capital
        and not _NOUN.search(verb.text)
        and not _NOUN_USE.search(text[: verb.span.start])
    )


def same_deed(asked: Deed, found: Deed) -> bool:
    """Tell whether two deeds have the same verb, or one that news uses for it."""
    return asked.verb.stem == found.verb.stem or bool(asked.verb.acts & found.verb.acts)


def seen_from_the_other_end(deed: Deed, asked: Deed) -> Deed | None:
    """Return the deed as the asker tells it, where its verb is the other end of the asked one.

    "Athletic signed Soldana from Deportivo" is what Deportivo's selling him to Athletic is.
    """
    if asked.verb.stem not in _converses().get(deed.verb.stem, frozenset()):
        return None
    turn = {Role.DOER: Role.OTHER, Role.OTHER: Role.DOER}
    return Deed(deed.verb, tuple((term, turn.get(role, role)) for term, role in deed.parts))


@cache
def _converses() -> dict[str, frozenset[str]]:
    """Return stem -> the stems of the verbs that tell the same deed from its other end."""
    found: dict[str, set[str]] = {}
    for one, other in rows("converses"):
        for here, there in ((one, other), (other, one)):
            for word in here.split():
                found.setdefault(stem(word), set()).update(stem(each) for each in there.split())
    return {word: frozenset(others) for word, others in found.items()}


def swapped(asked: Deed, found: Deed) -> tuple[Term, Term] | None:
    """Return (who is asked about as doer, who is it in fact), when the parts are turned round."""
    if asked.verb.acts & _MUTUAL:
        return None
    others = [term for term in _others(asked) if _weighty(term)]
    for doer in asked.of(Role.DOER):
        if _plays(doer, found, (Role.DOER,)):
            continue
        turned = _plays(doer, found, (Role.UNDERGOER, Role.OTHER, Role.OWNER))
        for other in others:
            actual = _plays(other, found, (Role.DOER,))
            if not actual and _done_to(turned, found) and other in asked.of(Role.UNDERGOER):
                return doer, found.verb
            if actual and (turned or (_names(other) and _weighty(doer))):
                return doer, actual
    return None


def _others(deed: Deed) -> tuple[Term, ...]:
    """Return all that play a part in a deed but its doers."""
    return (*deed.of(Role.UNDERGOER), *deed.of(Role.OTHER), *deed.of(Role.OWNER))


def _done_to(term: Term | None, deed: Deed) -> bool:
    return term is not None and _weighty(term) and term in deed.of(Role.UNDERGOER)


def other_doer(asked: Deed, found: Deed) -> tuple[Term, Term] | None:
    """Return (the named doer asked about, the named doer in fact) where they are not the same."""
    wanted = [term for term in asked.of(Role.DOER) if term.kind is TermKind.NAME]
    if not wanted or asked.verb.acts & _MUTUAL:
        return None
    doers = found.of(Role.DOER)
    if any(alike(term, other) for term in wanted for other in doers):
        return None
    if doers and doers[-1].stem in actors() and _owned_by(wanted, found):
        return None  # what a country's ministry does the country does
    head = asked.of(Role.DOER)[-1]
    if head not in wanted and any(alike(head, other) >= _SAME for other in doers):
        return None  # "Tarskan soldiers" are soldiers: whose they are is not told by this verb
    actual = [term for term in doers if term.kind is TermKind.NAME] or _leading(asked, found)
    if actual:
        return wanted[-1], actual[-1]
    after = [term for term, _ in found.parts if term.span.start > found.verb.span.end]
    done_to = found.verb.span.start > 0 and any(
        _plays_as(wanted[-1], term, found) for term in after
    )
    return (wanted[-1], found.verb) if done_to else None


def _owned_by(wanted: Sequence[Term], deed: Deed) -> bool:
    """Tell whether one of those asked about owns who does it."""
    return any(alike(term, owner) for term in wanted for owner in deed.of(Role.OWNER))


def _leading(asked: Deed, found: Deed) -> list[Term]:
    """Return who leads the sentence before the verb, asked about as the one that it is done to.

    "A group calling itself Heron claimed ... and demanded" has no near subject; that it is
    Heron from whom it should be demanded tells that the parts are turned round.
    """
    if any(role is Role.UNDERGOER and term.span < found.verb.span for term, role in found.parts):
        return []
    others = [term for term in _others(asked) if _names(term)]
    before = [term for term, _ in found.parts if term.span < found.verb.span and _names(term)]
    doers = [term for term in asked.of(Role.DOER) if _names(term)]
    if any(alike(doer, term) for doer in doers for term, _ in found.parts):
        return []
    return [term for term in before if any(alike(other, term) >= _SAME for other in others)]


def _names(term: Term) -> bool:
    return term.kind is TermKind.NAME


def _plays_as(wanted: Term, term: Term, deed: Deed) -> bool:
    """Tell whether the one asked about as doer is who the deed is done to."""
    return alike(wanted, term) >= 0.85 and any(
        term is other and role in {Role.UNDERGOER, Role.OTHER, Role.OWNER}
        for other, role in deed.parts
    )


def _weighty(term: Term) -> bool:
    """Tell who can do and undergo things: names, and actors of the news ("the union")."""
    return _names(term) or term.stem in actors()


@cache
def actors() -> frozenset[str]:
    """Return the stems of the common nouns that act in the news."""
    people = (noun for noun, *_ in (*rows("role_nouns"), *rows("source_nouns")) if " " not in noun)
    return frozenset(stem(word) for word in (*words("actors"), *people))


def _plays(term: Term, deed: Deed, roles: tuple[Role, ...]) -> Term | None:
    return next(
        (other for other, role in deed.parts if role in roles and alike(term, other) >= 0.85), None
    )


def _deed(text: str, terms: tuple[Term, ...], verb: Term) -> Deed:
    passive = _is_passive(text, verb)
    parts = [(term, _role(text, term, verb, passive)) for term in terms if term is not verb]
    return Deed(verb, tuple(parts))


def _is_passive(text: str, verb: Term) -> bool:
    if verb.text.lower().endswith("ing"):
        return False
    before = text[max(0, verb.span.start - 30) : verb.span.start]
    if _INVERTED.match(text) and verb.text.lower().endswith(("ed", "en", "wn", "ut", "ld", "nt")):
        return True
    return bool(_BE.search(before)) or bool(_BY.match(text[verb.span.end : verb.span.end + 60]))


def _role(text: str, term: Term, verb: Term, passive: bool) -> Role:  # noqa: FBT001 - a plain fact of the verb
    if term.span.end <= verb.span.start:
        return _role_before(text, term, text[term.span.end : verb.span.start], passive)
    between = text[verb.span.end : term.span.start]
    if _HARD.search(between) or len(_BOUNDARY.findall(between)) > 1:
        return Role.OUTSIDE
    preposition = _preposition(text, term, verb.span.end)
    if preposition == "by" and passive:
        return Role.DOER
    return Role.OTHER if preposition or passive else Role.UNDERGOER


def _role_before(text: str, term: Term, between: str, passive: bool) -> Role:  # noqa: FBT001 - as above
    """Return the part of a term with so much of the text between it and the verb."""
    if _HARD.search(between):
        return Role.OUTSIDE
    if _preposition(text, term, 0):
        return Role.OTHER
    if _OWNER.match(between):
        return Role.OWNER
    return Role.UNDERGOER if passive else Role.DOER


def leading_preposition(text: str, term: Term) -> str:
    """Return the preposition that leads to a term of ``text``, or empty."""
    return _preposition(text, term, 0)


def _preposition(text: str, term: Term, floor: int) -> str:
    """Return the preposition that leads to the term, or empty."""
    before = text[max(floor, term.span.start - 40) : term.span.start].lower()
    for word in reversed(before.split()[-_BACK:]):
        if word in _PREPOSITIONS:
            return word
        if not word[-1].isalnum() or word in _NOT_IN_A_GROUP:
            return ""
    return ""
