"""Whose verb it is: the noun phrase that does the saying, near or far from the verb."""

from __future__ import annotations

from functools import cache

from summarizer import lexicon
from summarizer.attribution import cues
from summarizer.attribution.page import Page
from summarizer.attribution.spans import end_of, subtree
from summarizer.model import Span
from summarizer.parse import Token, clause_of

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_DOING = frozenset({"by", "after", "before", "without"})
"""Prepositions before what the subject of a clause does, wherever a parse hangs them."""
_RISING = frozenset({"advcl", "conj", "acl", "parataxis", "dep", "relcl"})


def of(verb: Token, page: Page) -> Token | None:
    """Return the head of the noun phrase that is the verb's subject.

    Climbs from participles, infinitives and joined verbs to the clause that has the subject;
    from a relative clause the pronoun is returned, from a clause on a noun the noun. Never
    leaves or enters a quotation for it.
    """
    if passive(verb):
        return agent(verb)
    seen = page.raised.get(verb.i, verb)
    for _ in range(6):
        own = _own(seen, verb, page)
        if own is not None:
            return own
        higher = seen.head if page.apart(seen, verb) and seen.head.i != seen.i else _higher(seen)
        if higher is None:
            return None
        if higher.pos_ in _NOUNS and not page.apart(higher, verb):
            if seen.dep_ == "conj" or (seen.tag_ == "VB" and seen.dep_ in {"acl", "advcl"}):
                return None
            return _issuer(higher, page) or higher
        seen = higher
    return None


def _own(seen: Token, verb: Token, page: Page) -> Token | None:
    """Return the subject of ``seen`` that is nearest and in the same quotation as ``verb``."""
    kinds = {"nsubj", "nsubjpass", "compound"} if cues.misread(seen) else {"nsubj", "nsubjpass"}
    own = [
        child
        for child in seen.children
        if child.dep_ in kinds and child.lower_ not in {"'s", "’s"} and not page.apart(child, verb)
    ]
    return min(own, key=lambda child: abs(child.i - seen.i), default=None)


def agent(verb: Token) -> Token | None:
    """Return who does it in a passive: the noun after "by"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj" and not _means(noun):
                    return noun
    return None


def _means(noun: Token) -> bool:
    """Tell whether something was told by a means and not by anybody: "by radio"."""
    bare = all(child.i > noun.i for child in noun.children)
    return bare and noun.lower_ in lexicon.words("means_of_telling")


def passive(verb: Token) -> bool:
    """Tell whether the verb is in the passive, as participles without "have" are."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        own = any(child.dep_ in {"aux", "nsubj"} for child in verb.children)
        return not own and passive(verb.head)
    bare = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}
    return bare and not any(child.dep_ == "aux" for child in verb.children)


def _higher(verb: Token) -> Token | None:
    """Return the word whose subject is also the verb's, or the noun that it belongs to."""
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ == "xcomp":
        for child in head.children:
            if (
                child.dep_ in {"dobj", "dative"}
                and child.i < verb.i
                and head.lemma_ not in lexicon.words("keeping_verbs")
            ):
                return child
        return head
    if verb.dep_ == "pcomp":
        if head.lower_ in _DOING:  # "added fuel to the fire by saying": no noun does that
            return clause_of(head)
        return head.head if head.dep_ in {"prep", "mark", "prt"} else None
    return head if verb.dep_ in _RISING else None


def _issuer(noun: Token, page: Page) -> Token | None:
    """Return who issued the document that says it: "she released a letter saying"."""
    verb = noun.head
    if (
        noun.dep_ == "dobj"
        and verb.lemma_.lower() in lexicon.words("issuing_verbs")
        and noun.i > verb.i
    ):
        return of(verb, page)
    return None


def phrase(noun: Token) -> Span:
    """Return the span of a subject with its articles, titles, appositions and clauses.

    A relative pronoun brings the noun that it stands for.
    """
    if noun.tag_ in {"WP", "WDT"} and noun.head.dep_ == "relcl":
        return Span(min(_whom(noun).left_edge.idx, noun.idx), end_of(noun))
    return subtree(noun)


def _whom(pronoun: Token) -> Token:
    """Return the noun that "who" stands for: in "people close to the talks who" the people."""
    nearest = noun = pronoun.head.head
    while pronoun.lower_ == "who" and noun.lemma_.lower() not in _speakers():
        if noun.dep_ != "pobj" or noun.head.head.i == noun.i:
            return nearest
        noun = noun.head.head
        while noun.dep_ in {"prep", "amod", "acl"} and noun.pos_ not in _NOUNS:
            noun = noun.head
    return noun


@cache
def _speakers() -> frozenset[str]:
    people = {row[0] for row in lexicon.rows("source_nouns") if row[1] == "unnamed"}
    return frozenset(people) | {row[0] for row in lexicon.rows("role_nouns")}


def beside(verb: Token) -> Span | None:
    """Return the nearest name or noun beside a verb whose subject the parse doesn't give."""
    return _behind(verb) or _before(verb)


def _behind(verb: Token) -> Span | None:
    doc, last = verb.doc, verb.i
    while last + 1 < len(doc) and doc[last + 1].pos_ in _NOUNS | {"DET", "ADJ", "NUM"}:
        last += 1
    if last > verb.i and doc[last].pos_ in _NOUNS:
        return Span(doc[verb.i + 1].idx, end_of(doc[last]))
    return None


def _before(verb: Token) -> Span | None:
    at = verb.i - 1
    while at > 0 and verb.doc[at].pos_ in {"ADV", "AUX", "PART"} and verb.i - at < 4:
        at -= 1
    if at > 0 and verb.doc[at].lower_ == ",":
        at -= 1  # behind an apposition
    if at < 0 or verb.doc[at].pos_ not in _NOUNS or verb.doc[at].sent != verb.sent:
        return None
    return Span(verb.doc[at].left_edge.idx, end_of(verb.doc[at]))
