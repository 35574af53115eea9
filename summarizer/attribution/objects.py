"""What a verb's object has to do with its content: named, called so, told of, put at a number."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.attribution import spans
from summarizer.model import Span
from summarizer.parse import Token

Pieces = tuple[str, list[Span]]
"""The rule's name and the spans of the content."""

_AFTER_OBJECT = frozenset({"of", "for", "on", "about", "against", "with"})
_GOES_WITH = frozenset(
    {"as", "for", "of", "about", "to", "with", "from", "against", "over", "between"}
)


def objects_of(verb: Token, children: list[Token]) -> list[Token]:
    """Return the objects of a verb that stand behind it."""
    return [
        child
        for child in children
        if child.i > verb.i
        and (child.dep_ == "dobj" or (child.dep_ == "ccomp" and child.left_edge.lower_ == "what"))
    ]


def small_clause(verb: Token, children: list[Token], objects: list[Token]) -> Iterator[Pieces]:
    """An object and what it is called: "called the vote a sham"."""
    for child in children:
        if child.dep_ in {"oprd", "ccomp"} and child.i > verb.i and not infinitive(child):
            first = min([child, *objects[:1]], key=lambda token: token.left_edge.i).left_edge
            yield "small", [spans.of_tokens(first, child.right_edge)]
    if objects:
        last = objects[-1].right_edge
        for child in children:
            if child.i > objects[0].i and child.dep_ in {"appos", "prep", "npadvmod", "advcl"}:
                last = max(last, child.right_edge, key=lambda token: token.i)
        yield "small-object", [spans.of_tokens(objects[0].left_edge, last)]


def objects_and_more(
    thing: Token, frames: frozenset[str], children: list[Token]
) -> Iterator[Pieces]:
    """Yield what an object and the words behind it are as a content, the likeliest first."""
    after = [child for child in children if child.i > thing.i]
    for child in after:
        word = child.left_edge.lower_
        if "as" in frames and child.dep_ in {"prep", "advcl"} and word == "as":
            yield "as", [spans.of_tokens(thing.left_edge, child.right_edge)]
        if "to-object" in frames and child.dep_ == "prep" and word in {"to", "with"}:
            yield "to-object", [spans.of_tokens(thing.left_edge, child.right_edge)]
        if child.dep_ in {"xcomp", "ccomp"} and infinitive(child):
            if "hearer" in frames:
                yield "hearer-to", [spans.subtree(child)]
            elif "object-to" in frames:
                yield "object-to", [spans.of_tokens(thing.left_edge, child.right_edge)]
        if child.dep_ == "prep" and word in _AFTER_OBJECT & frames:
            yield f"object-{word}", [Span(spans.end_of(child), spans.end_of(child.right_edge))]
    yield from _alone(thing, frames, after)


def _alone(thing: Token, frames: frozenset[str], after: list[Token]) -> Iterator[Pieces]:
    """The object with what the parse hangs on it."""
    if "of" in frames:
        yield from _charged(thing)
    if "number" in frames:
        yield from _put_at(thing)
    if "object" in frames:
        yield "object", [spans.of_tokens(thing.left_edge, _last(thing, after))]


def as_alone(verb: Token, children: list[Token]) -> Iterator[Pieces]:
    """What comes after "as" where the object is put off or is what the clause hangs on."""
    for child in children:
        if child.dep_ == "prep" and child.lower_ == "as" and child.i > verb.i:
            yield "as-alone", [Span(spans.end_of(child), spans.end_of(child.right_edge))]


def _charged(thing: Token) -> Iterator[Pieces]:
    """A deed that the parse hangs on whoever is accused: "accuses the bank of hiding losses"."""
    of = next((c for c in thing.children if c.lower_ == "of" and c.i > thing.i), None)
    if of is not None and of.i + 1 < len(of.doc) and of.nbor().text.endswith("ing"):
        yield "object-of", [Span(spans.end_of(of), spans.end_of(of.right_edge))]


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


def _last(thing: Token, after: list[Token]) -> Token:
    """Return the last word of an object with the phrases that go with it."""
    last = thing.right_edge
    seen = thing.head.lemma_.lower() in {"show", "depict"}
    for child in after:
        if child.left_edge.i != last.i + 1:
            break
        fits = child.dep_ in {"ccomp", "relcl", "acl", "xcomp", "oprd"}
        if fits or (child.dep_ == "prep" and (seen or child.lower_ in _GOES_WITH)):
            last = child.right_edge
        else:
            break
    return last


def infinitive(verb: Token) -> bool:
    """Tell whether a verb has "to" before it."""
    return any(child.tag_ == "TO" for child in verb.children if child.i < verb.i)
