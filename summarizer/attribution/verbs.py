"""Verbs and what they govern: clauses, infinitives, objects and phrases that are contents."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.attribution import cues, spans, subjects
from summarizer.attribution.cues import Verb
from summarizer.attribution.found import Found
from summarizer.model import Span, Stance
from summarizer.parse import Doc, Token


def find(doc: Doc, text: str) -> Iterator[Found]:
    """Yield a finding for each verb of the lexicon that governs a content."""
    for token in doc:
        entry = cues.verb(token)
        if entry is None and token.pos_ == "VERB" and not subjects.passive(token):
            yield from _quoted_as(token, text)
        if entry is not None:
            yield from _governed(token, entry, text)


def _quoted_as(token: Token, text: str) -> Iterator[Found]:
    """Any verb with an object "as" something in quotation marks: "pounded him as a 'fraud'"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "as" and child.i > token.i:
            whole = spans.subtree(child)
            objects = [
                c for c in token.children if c.dep_ in {"dobj", "prep"} and token.i < c.i < child.i
            ]
            if objects and any(mark in whole.of(text) for mark in '"“'):
                thing = objects[0]
                first = thing.left_edge if thing.dep_ == "dobj" else thing.nbor()
                content = spans.trimmed(text, [spans.of_tokens(first, child.right_edge)])
                yield make(token, cues.SAYING, content, "quoted-as", text)
                return


def _governed(token: Token, entry: Verb, text: str) -> Iterator[Found]:
    for rule, pieces in _contents(token, entry):
        content = spans.trimmed(text, pieces)
        if content:
            yield make(token, entry, content, rule, text)
            return


def make(
    token: Token,
    entry: Verb,
    content: tuple[Span, ...],
    rule: str,
    text: str,
    *,
    direct: bool = False,
) -> Found:
    """Build a finding for a verb, with its subject as the source."""
    return Found(
        content=content,
        cue=cue_spans(token),
        source=source_of(token, content, text),
        stance=entry.stance,
        rule=rule,
        anchor=token.i,
        direct=direct,
    )


def source_of(token: Token, content: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Return the trimmed span of the subject, without what is content or the verb itself."""
    subject = subjects.of(token)
    if subject is None:
        near = subjects.beside(token) if token.tag_ in {"VBD", "VBZ", "VBP"} else None
        return spans.trimmed(text, spans.without(near, content)) if near else ()
    holes = [*content]
    whole = subjects.phrase(subject)
    if whole.start <= token.idx < whole.end:
        if token.i > subject.i:
            whole = Span(whole.start, token.idx)
        else:
            whole = Span(spans.end_of(token), whole.end)
    return spans.trimmed(text, spans.without(whole, holes))


def cue_spans(token: Token) -> tuple[Span, ...]:
    """Return the verb with its auxiliaries, negation and particle, as spans."""
    parts = [
        child
        for child in token.children
        if child.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(child.i - token.i) < 5
    ]
    if not parts:
        return (spans.of_tokens(token, token),)
    first = min([*parts, token], key=lambda part: part.i)
    last = max([*parts, token], key=lambda part: part.i)
    inner = [t for t in token.doc[first.i : last.i + 1] if t.dep_ in {"nsubj", "nsubjpass"}]
    if inner:
        return (spans.of_tokens(token, token),)
    return (spans.of_tokens(first, last),)


def _contents(token: Token, entry: Verb) -> Iterator[tuple[str, list[Span]]]:
    """Yield candidate contents, the likeliest first."""
    frames = entry.frames
    children = list(token.children)
    passive = subjects.passive(token)
    if {"that", "wh", "to"} & frames:
        yield from _clauses(token, frames, children)
    if not passive:
        yield from _object_frames(token, frames, children)
    yield from _phrases(token, frames, children)
    if "that" in frames:
        yield from _inserted(token)


def _clauses(
    token: Token, frames: frozenset[str], children: list[Token]
) -> Iterator[tuple[str, list[Span]]]:
    for child in children:
        if child.dep_ == "ccomp":
            infinitive = _infinitive(child)
            if not infinitive and {"that", "wh"} & frames:
                yield ("that", [_clipped(child, token)])
            elif infinitive and {"to", "hearer", "object-to"} & frames:
                yield ("to", [_clipped(child, token)])
        if child.dep_ in {"xcomp"} and "to" in frames and child.i > token.i and _infinitive(child):
            yield ("to", [_clipped(child, token)])
        if child.dep_ == "xcomp" and "ing" in frames and child.tag_ == "VBG":
            yield ("ing", [_clipped(child, token)])


def _infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children if child.i < verb.i)


def _clipped(clause: Token, verb: Token) -> Span:
    """Return the clause's span, cut where the verb or its subject stands inside it."""
    whole = spans.subtree(clause)
    if clause.i < verb.i and whole.end > verb.idx:
        whole = Span(whole.start, verb.idx)
    if clause.i < verb.i:
        for child in verb.children:
            if (
                child.dep_ in {"nsubj", "nsubjpass"}
                and whole.start < child.left_edge.idx < whole.end
            ):
                whole = Span(whole.start, child.left_edge.idx)
    if clause.i > verb.i and whole.start < spans.end_of(verb):
        whole = Span(spans.end_of(verb), whole.end)
    return whole


def _object_frames(
    token: Token, frames: frozenset[str], children: list[Token]
) -> Iterator[tuple[str, list[Span]]]:
    objects = [
        child
        for child in children
        if child.i > token.i
        and (child.dep_ == "dobj" or (child.dep_ == "ccomp" and child.left_edge.lower_ == "what"))
    ]
    for child in children:
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and "object" in frames:
            yield ("ing", [_clipped(child, token)])
    if "small" in frames:
        for child in children:
            if child.dep_ in {"oprd", "ccomp"} and child.i > token.i and not _infinitive(child):
                first = objects[0].left_edge if objects else child.left_edge
                yield (
                    "small",
                    [
                        spans.of_tokens(
                            min(first, child.left_edge, key=lambda t: t.i), child.right_edge
                        )
                    ],
                )
    if not objects:
        return
    thing = objects[0]
    after = [c for c in children if c.i > thing.i]
    if "as" in frames:
        for child in after:
            if (
                child.dep_ in {"prep", "advcl"}
                and child.left_edge.lower_ == "as"
                and child.i < token.i + 60
            ):
                yield ("as", [spans.of_tokens(thing.left_edge, child.right_edge)])
    if "to-object" in frames:
        for child in after:
            if child.dep_ == "prep" and child.lower_ in {"to", "with"}:
                yield ("to-object", [spans.of_tokens(thing.left_edge, child.right_edge)])
    if {"object-to", "hearer"} & frames:
        for child in after:
            if child.dep_ in {"xcomp", "ccomp"} and _infinitive(child):
                if "hearer" in frames:
                    yield ("hearer-to", [spans.subtree(child)])
                else:
                    yield ("object-to", [spans.of_tokens(thing.left_edge, child.right_edge)])
    for frame in frames & {"of", "for", "on", "about", "against", "with"}:
        for child in after:
            if child.dep_ == "prep" and child.lower_ == frame:
                yield (f"object-{frame}", [_after_preposition(child)])
    if "small" in frames:
        last = max(
            (
                c.right_edge
                for c in after
                if c.dep_ in {"appos", "prep", "relcl", "acl", "npadvmod"}
            ),
            default=thing.right_edge,
            key=lambda t: t.i,
        )
        yield (
            "small-object",
            [spans.of_tokens(thing.left_edge, max(last, thing.right_edge, key=lambda t: t.i))],
        )
    if "object" in frames:
        last = thing.right_edge
        for child in after:
            if (
                child.dep_ == "prep"
                and child.lower_ in {"as", "for", "of", "about"}
                and child.left_edge.i == last.i + 1
            ):
                last = child.right_edge
        yield ("object", [spans.of_tokens(thing.left_edge, last)])


def _after_preposition(preposition: Token) -> Span:
    return Span(spans.end_of(preposition), spans.end_of(preposition.right_edge))


def _phrases(
    token: Token, frames: frozenset[str], children: list[Token]
) -> Iterator[tuple[str, list[Span]]]:
    for child in children:
        if child.dep_ == "prep" and child.i > token.i and f"prep:{child.lower_}" in frames:
            last = child.right_edge
            for later in children:
                if later.dep_ in {"xcomp", "ccomp"} and later.i > child.i:
                    last = max(last, later.right_edge, key=lambda t: t.i)
            if last.i > child.i:
                yield (f"prep:{child.lower_}", [Span(spans.end_of(child), spans.end_of(last))])


def _inserted(token: Token) -> Iterator[tuple[str, list[Span]]]:
    """A verb with its subject put into or behind the clause that it attributes."""
    if token.dep_ == "parataxis" and token.head.i != token.i:
        yield ("inserted", list(spans.without(spans.subtree(token.head), [spans.subtree(token)])))
    if token.dep_ == "advcl" and token.left_edge.lower_ == "as":
        subject = any(child.dep_ == "nsubj" for child in token.children)
        if subject:
            yield (
                "as-said",
                list(spans.without(spans.subtree(token.head), [spans.subtree(token)])),
            )


__all__ = ["Stance", "cue_spans", "find", "make", "source_of"]
