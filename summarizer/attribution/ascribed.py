"""What is attributed to somebody in so many words: "the paper attributed the figure to officials".

Only what can be told: an attack that is attributed to rebels is an accusation, and a fall in
prices that is attributed to the weather is explained.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer import lexicon
from summarizer.attribution import spans
from summarizer.attribution.found import Found
from summarizer.attribution.layers import can_speak
from summarizer.attribution.page import Page
from summarizer.attribution.verbs import cue_spans
from summarizer.model import Stance
from summarizer.parse import Token, clause_of

_VERBS = frozenset({"attribute", "ascribe", "credit"})
_BACK = frozenset({"it", "them", "this", "these"})


def find(page: Page) -> Iterator[Found]:
    """Yield a finding for each thing told that is attributed to somebody."""
    for verb in page.verbs:
        if verb.lemma_.lower() not in _VERBS or page.quote_at(verb.idx) is not None:
            continue
        told, who = _told(verb), _who(verb)
        if told is None or who is None:
            continue
        last = [t for t in who.subtree if t.dep_ != "punct"][-1]
        content = spans.trimmed(page.text, [spans.of_tokens(told.left_edge, _end(told, verb))])
        source = spans.trimmed(page.text, [spans.of_tokens(who.left_edge, last)])
        if content and source:
            yield Found(content, cue_spans(verb), source, Stance.SAYS, "ascribed", verb.i)


def _told(verb: Token) -> Token | None:
    """Return what is attributed, for a pronoun what it stands for; None for what isn't told."""
    kinds = {"dobj", "nsubjpass"}
    thing = next((child for child in verb.children if child.dep_ in kinds), None)
    if thing is None and verb.dep_ == "acl":
        thing = verb.head
    if thing is not None and thing.lower_ in _BACK:
        return _before(verb)
    good = thing is not None and {thing.lower_, thing.lemma_} & lexicon.words("told_nouns")
    return thing if good else None


def _before(verb: Token) -> Token | None:
    """Return the subject or object of the clause that "which attributed it" hangs on."""
    if verb.dep_ not in {"relcl", "conj", "advcl"}:
        return None
    clause = clause_of(verb)
    for kind in ("nsubjpass", "dobj"):
        thing = next((child for child in clause.children if child.dep_ == kind), None)
        if thing is not None and thing.pos_ in {"NOUN", "PROPN"}:
            return thing
    return None


def _end(told: Token, verb: Token) -> Token:
    """Return the last word of what is attributed, before the clause with the verb."""
    inside = [t for t in told.subtree if t.i < verb.i] if told.i < verb.i else list(told.subtree)
    return max(inside or [told], key=lambda token: token.i)


def _who(verb: Token) -> Token | None:
    """Return to whom it is attributed, where that is somebody who speaks."""
    for child in verb.subtree:
        if child.dep_ not in {"prep", "dative"} or child.lower_ != "to" or child.i < verb.i:
            continue
        noun = next((each for each in child.children if each.dep_ == "pobj"), None)
        if noun is not None and can_speak(noun):
            return noun
    return None
