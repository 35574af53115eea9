"""Whose verb it is: the noun phrase that does the saying, near or far from the verb."""

from __future__ import annotations

from summarizer.attribution.spans import end_of, subtree
from summarizer.model import Span
from summarizer.parse import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_RISING = frozenset({"conj", "xcomp", "advcl", "pcomp", "acl", "ccomp", "aux", "parataxis", "dep"})


def of(verb: Token) -> Token | None:
    """Return the head of the noun phrase that is the verb's subject.

    Climbs from participles, infinitives and joined verbs to the clause that has the subject;
    from a relative clause the pronoun is returned, from a clause on a noun the noun.
    """
    if passive(verb):
        return agent(verb)
    seen = verb
    for _ in range(6):
        own = _own(seen)
        if own is not None:
            return own
        higher = _higher(seen)
        if higher is None:
            return None
        if higher.pos_ in {"NOUN", "PROPN", "PRON"}:
            return _issuer(higher) or higher
        seen = higher
    return None


def _own(verb: Token) -> Token | None:
    """Return the verb's own subject, the agent of a passive first."""
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            return child
    return None


def agent(verb: Token) -> Token | None:
    """Return who does it in a passive: the noun after "by"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def passive(verb: Token) -> bool:
    """Tell whether the verb is in the passive."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "advcl"}
        and not any(child.dep_ == "aux" for child in verb.children)
    )


def _higher(verb: Token) -> Token | None:
    """Return the word whose subject is also the verb's, or the noun that it belongs to."""
    head = verb.head
    if head.i == verb.i or verb.dep_ == "ROOT":
        return None
    if verb.dep_ == "xcomp":
        for child in head.children:
            if child.dep_ in {"dobj", "dative"} and child.i < verb.i and head.lemma_ not in _KEEPS:
                return child
        return head
    if verb.dep_ in {"advcl", "conj", "acl", "parataxis", "dep", "relcl"}:
        return head
    if verb.dep_ == "pcomp":
        above = head.head
        return above if head.dep_ in {"prep", "mark", "prt"} else None
    return None


def _issuer(noun: Token) -> Token | None:
    """Return who issued the document that says it: "she released a letter saying"."""
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in _ISSUES and noun.i > verb.i:
        return of(verb)
    return None


def beside(verb: Token) -> Span | None:
    """Return the nearest name or noun beside a verb whose subject the parse doesn't give."""
    doc = verb.doc
    for step in (1, -1):
        i = verb.i + step
        while 0 <= i < len(doc) and doc[i].pos_ in {"ADV", "AUX", "PART"} and abs(i - verb.i) < 4:
            i += step
        if not 0 <= i < len(doc):
            continue
        token = doc[i]
        if step == 1:
            start = token
            while i < len(doc) - 1 and doc[i].pos_ in {"DET", "ADJ", "PROPN", "NOUN", "PRON"}:
                i += 1
            if i > start.i and doc[i - 1].pos_ in {"PROPN", "NOUN", "PRON"}:
                return Span(start.idx, end_of(doc[i - 1]))
        elif token.pos_ in {"PROPN", "NOUN", "PRON"} and token.sent == verb.sent:
            return Span(token.left_edge.idx, end_of(token))
    return None


_ISSUES = frozenset(
    {
        "issue",
        "release",
        "publish",
        "post",
        "send",
        "sign",
        "write",
        "unleash",
        "circulate",
        "tweet",
        "file",
    }
)
_KEEPS = frozenset({"use", "take", "promise", "do", "make", "issue", "release", "send"})
"""Verbs whose own subject also does what the infinitive after their object says."""


def phrase(noun: Token) -> Span:
    """Return the span of a subject with its articles, titles, appositions and clauses."""
    whole = subtree(noun)
    relative = noun.tag_ in {"WP", "WDT"} and noun.head.dep_ == "relcl"
    if relative:
        antecedent = noun.head.head
        return Span(min(antecedent.left_edge.idx, noun.idx), end_of(noun))
    if noun.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"} or noun.i == noun.head.i:
        return whole
    return Span(whole.start, max(whole.end, end_of(noun)))
