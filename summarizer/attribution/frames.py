"""What a verb governs: clauses, infinitives, objects and phrases that may be its content."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.attribution import cues, spans, subjects
from summarizer.attribution.page import Page
from summarizer.model import Span
from summarizer.parse import Token

Pieces = tuple[str, list[Span]]
"""The rule's name and the spans of the content."""

_AFTER_OBJECT = frozenset({"of", "for", "on", "about", "against", "with"})
_GOES_WITH = frozenset(
    {"as", "for", "of", "about", "to", "with", "from", "against", "over", "between"}
)
_SPACE = frozenset(
    {"ADV", "ADP", "NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PUNCT", "PART", "SYM"}
)


def contents(verb: Token, frames: frozenset[str], page: Page) -> Iterator[Pieces]:
    """Yield the contents that the verb may have in its frames, the likeliest first."""
    children = list(verb.children)
    if {"that", "wh", "to", "ing"} & frames:
        yield from _clauses(verb, frames, children, page)
    if "that" in frames:
        yield from _distant_that(verb, page)
    if not subjects.passive(verb):
        objects = _objects(verb, children)
        if "small" in frames:
            yield from _small(verb, children, objects)
        if objects:
            yield from _objects_and_more(objects[0], frames, children)
        elif "as" in frames:
            yield from _as_alone(verb, children)
    else:
        yield from _passive(verb, frames, children)
    yield from _phrases(verb, frames, children)
    if "that" in frames:
        yield from _around(verb)


def _clauses(
    verb: Token, frames: frozenset[str], children: list[Token], page: Page
) -> Iterator[Pieces]:
    for child in children:
        if child.i < verb.i and _parted(child, verb):
            continue
        if child.dep_ == "ccomp" and (child.i > verb.i or "quote" in frames):
            if not _infinitive(child) and {"that", "wh"} & frames:
                yield "that", [_clipped(child, verb, page)]
            elif _infinitive(child) and {"to", "hearer", "object-to", "that"} & frames:
                clause = "that" in frames and "to" not in frames
                yield "that" if clause else "to", [_clipped(child, verb, page)]
        elif child.dep_ == "acl" and cues.misread(verb) and child.left_edge.lower_ == "that":
            yield "that", [spans.subtree(child)]
        elif child.dep_ == "xcomp" and child.i > verb.i:
            if "to" in frames and _infinitive(child):
                yield "to", [_with_more(_clipped(child, verb, page), children, "VB")]
            elif {"ing", "object"} & frames and _gerund(child):
                yield "ing", [_with_more(_clipped(child, verb, page), children, "VBG")]


def _parted(clause: Token, verb: Token) -> bool:
    """Tell whether a semicolon parts a clause from the verb behind it."""
    subject = min((c.left_edge.i for c in verb.children if c.dep_ == "nsubj"), default=verb.i)
    last = min(subject, verb.i)
    return any(token.lower_ == ";" for token in verb.doc[clause.i : last])


def _with_more(first: Span, children: list[Token], tag: str) -> Span:
    """Return the span with further infinitives that the parse joins to the verb instead."""
    end = first.end
    for child in children:
        alone = all(c.dep_ not in {"nsubj", "aux"} for c in child.children)
        if child.dep_ == "conj" and child.idx > end and child.tag_ == tag and alone:
            end = spans.subtree(child).end
    return Span(first.start, end)


def _gerund(verb: Token) -> bool:
    """Tell "signing it" and "having signed it"."""
    had = any(child.lower_ == "having" and child.dep_ == "aux" for child in verb.children)
    return verb.tag_ == "VBG" or had


def _infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children if child.i < verb.i)


def _clipped(clause: Token, verb: Token, page: Page) -> Span:
    """Return the clause's span without the verb, its subject and what was raised out of it."""
    whole = spans.subtree(clause)
    if clause.i > verb.i:
        whole = Span(max(whole.start, spans.end_of(verb)), whole.end)
        raised = [i for i in range(clause.i, clause.right_edge.i + 1) if i in page.raised]
        first = next((i for i in raised if page.raised[i].i == verb.i), None)
        if first is not None:
            whole = Span(whole.start, _start_of(page.doc[first]))
        last = next(
            (t for t in reversed(page.tokens(whole.start, whole.end)) if not t.is_punct), clause
        )
        return Span(whole.start, last.idx) if last.dep_ == "cc" else whole
    end = min(whole.end, verb.idx)
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and whole.start < child.left_edge.idx < end:
            end = child.left_edge.idx
    return Span(whole.start, end)


def _start_of(raised: Token) -> int:
    """Return where a raised verb's part begins, with the "and" or "but" before it."""
    at = raised.left_edge
    while at.i > 0 and at.nbor(-1).dep_ in {"cc", "punct", "advmod"} and at.nbor(-1).lower_ != '"':
        at = at.nbor(-1)
    return int(at.idx)


def _distant_that(verb: Token, page: Page) -> Iterator[Pieces]:
    """A clause with "that", parted from its verb by a hearer, a time or an insertion."""
    past = -1
    for token in page.doc[verb.i + 1 : verb.i + 36]:
        if token.is_sent_start:
            return
        if verb.dep_ == "relcl" and token.i > verb.right_edge.i:
            return
        if token.i <= past or (past := _past_citing(token)) > 0:
            continue
        if (
            token.lower_ == "that"
            and token.dep_ in {"mark", "det", "nsubj"}
            and token.tag_ in {"IN", "WDT", "DT"}
        ):
            clause = token.head
            if token.dep_ == "mark" and clause.i > token.i:
                yield "that-far", [Span(token.idx, spans.end_of(clause.right_edge))]
            return
        if token.pos_ not in _SPACE or token.lower_ in {'"', ";", ":"}:
            return


def _past_citing(token: Token) -> int:
    """Return the index of the comma that ends ", citing two officials," after the verb, else -1."""
    if token.lower_ != "," or token.i + 1 >= len(token.doc):
        return -1
    if token.nbor().lower_ not in {"citing", "quoting"}:
        return -1
    rest = token.doc[token.i + 2 : token.i + 16]
    return next((each.i for each in rest if each.lower_ == ","), -1)


def _objects(verb: Token, children: list[Token]) -> list[Token]:
    return [
        child
        for child in children
        if child.i > verb.i
        and (child.dep_ == "dobj" or (child.dep_ == "ccomp" and child.left_edge.lower_ == "what"))
    ]


def _small(verb: Token, children: list[Token], objects: list[Token]) -> Iterator[Pieces]:
    """An object and what it is called: "called the vote a sham"."""
    for child in children:
        if child.dep_ in {"oprd", "ccomp"} and child.i > verb.i and not _infinitive(child):
            first = min([child, *objects[:1]], key=lambda token: token.left_edge.i).left_edge
            yield "small", [spans.of_tokens(first, child.right_edge)]
    if objects:
        last = objects[-1].right_edge
        for child in children:
            if child.i > objects[0].i and child.dep_ in {"appos", "prep", "npadvmod", "advcl"}:
                last = max(last, child.right_edge, key=lambda token: token.i)
        yield "small-object", [spans.of_tokens(objects[0].left_edge, last)]


def _objects_and_more(
    thing: Token, frames: frozenset[str], children: list[Token]
) -> Iterator[Pieces]:
    after = [child for child in children if child.i > thing.i]
    for child in after:
        word = child.left_edge.lower_
        if "as" in frames and child.dep_ in {"prep", "advcl"} and word == "as":
            yield "as", [spans.of_tokens(thing.left_edge, child.right_edge)]
        if "to-object" in frames and child.dep_ == "prep" and word in {"to", "with"}:
            yield "to-object", [spans.of_tokens(thing.left_edge, child.right_edge)]
        if child.dep_ in {"xcomp", "ccomp"} and _infinitive(child):
            if "hearer" in frames:
                yield "hearer-to", [spans.subtree(child)]
            elif "object-to" in frames:
                yield "object-to", [spans.of_tokens(thing.left_edge, child.right_edge)]
        if child.dep_ == "prep" and word in _AFTER_OBJECT & frames:
            yield f"object-{word}", [Span(spans.end_of(child), spans.end_of(child.right_edge))]
    if "number" in frames:
        yield from _put_at(thing)
    if "object" in frames:
        yield "object", [spans.of_tokens(thing.left_edge, _last(thing, after))]


def _put_at(thing: Token) -> Iterator[Pieces]:
    """A thing put at a number: "put the chance of that at one in five"."""
    for at in thing.doc[thing.i + 1 : thing.i + 16]:
        if at.is_sent_start:
            return
        if at.lower_ == "at":
            number = next((t for t in at.subtree if t.tag_ == "CD"), None)
            if number is not None:
                yield "number", [spans.of_tokens(thing.left_edge, at.right_edge)]
                return


def _as_alone(verb: Token, children: list[Token]) -> Iterator[Pieces]:
    """What comes after "as" where the object is put off or is what the clause hangs on."""
    for child in children:
        if child.dep_ == "prep" and child.lower_ == "as" and child.i > verb.i:
            yield "as-alone", [Span(spans.end_of(child), spans.end_of(child.right_edge))]


def _passive(verb: Token, frames: frozenset[str], children: list[Token]) -> Iterator[Pieces]:
    """What is endorsed, reported or called so by a named agent."""
    if not {"object", "as", "small"} & frames or subjects.agent(verb) is None:
        return
    pieces = [spans.subtree(child) for child in children if child.dep_ == "nsubjpass"]
    pieces += [
        spans.subtree(child)
        for child in children
        if child.i > verb.i and (child.dep_ == "oprd" or child.lower_ == "as")
    ]
    if pieces:
        yield "by", pieces


def _last(thing: Token, after: list[Token]) -> Token:
    """Return the last word of an object with the phrases that go with it."""
    last = thing.right_edge
    for child in after:
        if child.left_edge.i != last.i + 1:
            break
        fits = child.dep_ in {"ccomp", "relcl", "acl", "xcomp", "oprd"}
        if fits or (child.dep_ == "prep" and child.lower_ in _GOES_WITH):
            last = child.right_edge
        else:
            break
    return last


def _phrases(verb: Token, frames: frozenset[str], children: list[Token]) -> Iterator[Pieces]:
    for child in children:
        opens = child.left_edge.lower_
        if child.dep_ in {"advcl", "ccomp"} and opens == "for" and f"prep:{opens}" in frames:
            yield "prep:for", [Span(spans.end_of(child.left_edge), spans.end_of(child.right_edge))]
        if child.dep_ == "prep" and child.i > verb.i and f"prep:{child.lower_}" in frames:
            last = child.right_edge
            for later in children:
                if later.dep_ in {"xcomp", "ccomp"} and later.i > child.i:
                    last = max(last, later.right_edge, key=lambda token: token.i)
            if last.i > child.i:
                yield f"prep:{child.lower_}", [Span(spans.end_of(child), spans.end_of(last))]


def _around(verb: Token) -> Iterator[Pieces]:
    """The clause that a verb with its subject is put into or behind."""
    head = verb.head
    if head.i == verb.i:
        return
    parts = list(spans.without(spans.subtree(head), [spans.subtree(verb)]))
    if verb.dep_ == "parataxis":
        yield "inserted", parts
    said = verb.dep_ == "advcl" and verb.left_edge.lower_ == "as"
    if said and any(child.dep_ in {"nsubj", "agent"} for child in verb.children):
        yield "as-said", parts
