"""Claims attributed to nobody in particular: "reportedly", "is thought to", "was accused of"."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer import lexicon
from summarizer.attribution import spans, subjects
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.attribution.verbs import cue_spans
from summarizer.model import Span, Stance
from summarizer.parse import Token, clause_of


def find(page: Page) -> Iterator[Found]:
    """Yield the findings without a source."""
    for token in page.words:
        if token.lower_ in lexicon.words("cue_adverbs"):
            yield from _adverb(token, page.text)
        elif token.tag_ == "VBN" and token.lemma_.lower() in lexicon.words("cue_passives"):
            yield from _passive(token, page.text)


def _adverb(token: Token, text: str) -> Iterator[Found]:
    """The clause around "reportedly" is what somebody reports."""
    head = clause_of(token)
    if any(t.lower_ == "according" for t in token.sent) or _of_a_phrase(token):
        return
    cue = spans.of_tokens(token, token)
    pieces = [spans.subtree(head)]
    if head.dep_ == "ROOT":
        pieces = [spans.sentence(head)]
    elif head.dep_ == "relcl":
        pieces = _with_whom(head, pieces[0])
    content = spans.trimmed(text, [p for each in pieces for p in spans.without(each, [cue])])
    if content:
        yield Found(content, (cue,), (), Stance.REPORTED, "adverb", token.i)


def _of_a_phrase(adverb: Token) -> bool:
    """Tell whether an adverb belongs to a phrase alone: "a message purportedly from the group"."""
    following = adverb.nbor(1) if adverb.i + 1 < len(adverb.doc) else adverb
    return (
        following.pos_ == "ADP" and adverb.i > adverb.sent.start and adverb.nbor(-1).pos_ in _NOUNS
    )


_NOUNS = frozenset({"NOUN", "PROPN"})


def _with_whom(verb: Token, clause: Span) -> list[Span]:
    """Return a clause of "who" or "which" with the noun that it hangs on instead."""
    who = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.tag_ in _RELATIVE), None)
    if who is None or who.i > verb.i:
        return [clause]
    return [_noun_of(verb), Span(spans.end_of(who), clause.end)]


def _noun_of(verb: Token) -> Span:
    """Return the noun that a clause hangs on, with what stands before and belongs to it."""
    noun = verb.head
    parts = [t for t in noun.subtree if t.i < verb.left_edge.i and not t.is_punct]
    last = max([noun, *parts], key=lambda t: t.i)
    return spans.of_tokens(noun.left_edge, last)


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVE = frozenset({"WP", "WDT"})
_HANGING = frozenset({"accuse", "suspect", "believe", "think", "say", "rumor", "rumour", "report"})
"""Verbs whose participle says so of a noun: "a man suspected of", "a device believed to be"."""
_HEARING = frozenset(
    ["tell", "order", "ask", "instruct", "advise", "urge", "warn", "inform", "assure"]
)
"""Verbs whose subject in the passive only hears what is said."""


def _passive(token: Token, text: str) -> Iterator[Found]:
    """Read "is thought to": subject and complement are the content."""
    hangs = token.dep_ == "acl" and token.lemma_.lower() in _HANGING and token.head.pos_ == "NOUN"
    whole = any(child.dep_ == "auxpass" for child in token.children)
    if not (whole or hangs) or subjects.agent(token):
        return
    subject = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
    rest = [
        c
        for c in token.children
        if c.i > token.i
        and (
            c.dep_ in {"xcomp", "ccomp", "oprd"}
            or (c.dep_ == "prep" and c.lower_ in {"as", "of", "for"})
            or (c.dep_ == "advcl" and c.left_edge.lower_ == "as")
        )
    ]
    if not rest or (hangs and not _said_of(rest[0])) or _seen(token, rest[0]):
        return
    last = max((c.right_edge for c in rest), key=lambda t: t.i)
    first = min((c.left_edge for c in rest), key=lambda t: t.i)
    pieces = [spans.of_tokens(first, last)]
    if hangs or (subject is not None and subject.tag_ in _RELATIVE and token.dep_ == "relcl"):
        pieces.insert(0, _noun_of(token))
    elif subject is not None and subject.lower_ != "it" and not _heard(token, rest[0]):
        pieces.insert(0, spans.subtree(subject))
    content = spans.trimmed(text, spans.without(pieces[0], pieces[1:]) + tuple(pieces[1:]))
    if content:
        yield Found(content, cue_spans(token), (), Stance.REPORTED, "passive", token.i)


def _heard(verb: Token, told: Token) -> bool:
    """Tell whether a passive's subject only hears it: "residents were told to leave"."""
    return verb.lemma_.lower() in _HEARING and told.dep_ in {"xcomp", "ccomp"}


def _said_of(told: Token) -> bool:
    """Tell whether a participle goes on with "to be" or "of having"."""
    infinitive = any(child.tag_ == "TO" for child in told.children if child.i < told.i)
    return infinitive or bool(told.lower_ == "of")


def _seen(verb: Token, told: Token) -> bool:
    """Tell whether somebody was seen at something, not "seen as" it."""
    alone = told.lower_ != "as" and told.left_edge.lower_ != "as"
    return bool(verb.lemma_.lower() == "see" and alone)
