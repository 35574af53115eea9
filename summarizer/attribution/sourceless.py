"""Claims attributed to nobody in particular: "reportedly", "is thought to", "was accused of"."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer import lexicon
from summarizer.attribution import spans, subjects
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.attribution.verbs import cue_spans
from summarizer.model import Stance
from summarizer.parse import Token


def find(page: Page) -> Iterator[Found]:
    """Yield the findings without a source."""
    for token in page.words:
        if token.lower_ in lexicon.words("cue_adverbs"):
            yield from _adverb(token, page.text)
        elif token.tag_ == "VBN" and token.lemma_.lower() in lexicon.words("cue_passives"):
            yield from _passive(token, page.text)


def _adverb(token: Token, text: str) -> Iterator[Found]:
    """The clause around "reportedly" is what somebody reports."""
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
        head = head.head
    if any(t.lower_ == "according" for t in token.sent):
        return
    cue = spans.of_tokens(token, token)
    whole = spans.subtree(head)
    if head.dep_ == "ROOT":
        whole = spans.sentence(head)
    content = spans.trimmed(text, spans.without(whole, [cue]))
    if content:
        yield Found(content, (cue,), (), Stance.REPORTED, "adverb", token.i)


def _passive(token: Token, text: str) -> Iterator[Found]:
    """Read "is thought to": subject and complement are the content."""
    if not any(child.dep_ == "auxpass" for child in token.children) or subjects.agent(token):
        return
    subject = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
    rest = [
        c
        for c in token.children
        if c.i > token.i
        and (
            c.dep_ in {"xcomp", "ccomp", "oprd"}
            or (c.dep_ == "prep" and c.lower_ in {"as", "of", "for"})
        )
    ]
    if not rest:
        return
    last = max((c.right_edge for c in rest), key=lambda t: t.i)
    first = min((c.left_edge for c in rest), key=lambda t: t.i)
    pieces = [spans.of_tokens(first, last)]
    if subject is not None and subject.lower_ != "it":
        pieces.insert(0, spans.subtree(subject))
    content = spans.trimmed(text, spans.without(pieces[0], pieces[1:]) + tuple(pieces[1:]))
    if content:
        yield Found(content, cue_spans(token), (), Stance.REPORTED, "passive", token.i)
