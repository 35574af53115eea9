"""Verbs that attribute what they govern: indirect speech, attitudes, judgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from summarizer import lexicon
from summarizer.attribution import cues, frames, spans, subjects
from summarizer.attribution.cues import Verb
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import Span, Stance
from summarizer.parse import Token


def find(page: Page) -> Iterator[Found]:
    """Yield a finding for each verb of the lexicon that governs a content."""
    for token in page.verbs:
        entry = cues.entry(token)
        if entry is not None:
            yield from _governed(token, entry, page)
        elif not subjects.passive(token):
            yield from _quoted_as(token, page)


def _governed(token: Token, entry: Verb, page: Page) -> Iterator[Found]:
    for rule, pieces in frames.contents(token, entry.frames, page):
        content = spans.trimmed(page.text, pieces)
        if content:
            found = make(token, entry, content, rule, page)
            if found.source:
                yield found
            elif subjects.passive(token) and rule.startswith("that"):
                yield replace(found, stance=Stance.REPORTED, rule="that-passive")
            return


def _quoted_as(token: Token, page: Page) -> Iterator[Found]:
    """Any verb with an object "as" something in quotation marks: "pounded him as a 'fraud'"."""
    for child in token.children:
        if child.dep_ != "prep" or child.lower_ != "as" or child.i < token.i:
            continue
        things = [
            c for c in token.children if c.dep_ in {"dobj", "prep"} and token.i < c.i < child.i
        ]
        if things and any(mark in spans.subtree(child).of(page.text) for mark in '"“'):
            first = things[0].left_edge if things[0].dep_ == "dobj" else things[0].nbor()
            content = spans.trimmed(page.text, [spans.of_tokens(first, child.right_edge)])
            yield make(token, cues.SAYING, content, "quoted-as", page)
            return


def make(token: Token, entry: Verb, content: tuple[Span, ...], rule: str, page: Page) -> Found:
    """Build a finding for a verb, with its subject as the source."""
    return Found(
        content=content,
        cue=cue_spans(token),
        source=source_of(token, content, page),
        stance=_asking(token, rule) or entry.stance,
        rule=rule,
        anchor=token.i,
        direct=rule == "direct",
    )


def _asking(token: Token, rule: str) -> Stance | None:
    """Return that it is asked for: "called for", "told them to wait"; None for other frames."""
    lemma = token.lemma_.lower()
    calls = lemma == "call" and rule.startswith("prep:")
    return Stance.ASKS if calls or (lemma == "tell" and rule == "hearer-to") else None


def source_of(token: Token, content: tuple[Span, ...], page: Page) -> tuple[Span, ...]:
    """Return the trimmed span of the subject, without what is content or the verb itself."""
    subject = subjects.of(token, page)
    if subject is not None:
        whole = subjects.phrase(subject)
    elif token.tag_ in {"VBD", "VBZ", "VBP"}:
        near = subjects.beside(token)
        if near is None:
            return ()
        whole = near
    else:
        return ()
    if whole.start <= token.idx < whole.end:
        after = subject is not None and subject.i > token.i
        whole = Span(spans.end_of(token), whole.end) if after else Span(whole.start, token.idx)
    return spans.trimmed(page.text, spans.without(whole, content))


def cue_spans(token: Token) -> tuple[Span, ...]:
    """Return the verb with its auxiliaries, negation and particle; "was quoted as saying" whole."""
    quoted = cues.quoted_as(token)
    if quoted is not None and subjects.passive(quoted) and token.i - quoted.i < 3:
        return (Span(cue_spans(quoted)[0].start, spans.end_of(token)),)
    helpers = [c for c in token.children if c.dep_ in {"aux", "auxpass", "neg", "prt"}]
    parts = [token, *(child for child in helpers if abs(child.i - token.i) < 5)]
    first, last = min(part.i for part in parts), max(part.i for part in parts)
    between = token.doc[first : last + 1]
    if any(t.dep_ in {"nsubj", "nsubjpass"} for t in between):
        return (spans.of_tokens(token, token),)
    return (spans.of_tokens(token.doc[first], token.doc[last]),)


def mere_evidence(found: Found, page: Page) -> bool:
    """Tell whether a thing shows what no one says: "fresh evidence suggests that"."""
    if found.anchor < 0:
        return False
    subject = subjects.of(page.words[found.anchor], page)
    if subject is None or subject.lemma_.lower() not in lexicon.words("evidence_nouns"):
        return False
    return all(child.pos_ != "PROPN" for child in subject.children)
