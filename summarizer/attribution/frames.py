"""What a verb governs: clauses, infinitives, objects and phrases that may be its content."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.attribution import cues, objects, spans, subjects
from summarizer.attribution.objects import Pieces
from summarizer.attribution.page import Page
from summarizer.model import Span
from summarizer.parse import Token

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
        things = objects.objects_of(verb, children)
        if "small" in frames:
            yield from objects.small_clause(verb, children, things)
        if things:
            yield from objects.objects_and_more(things[0], frames, children)
        elif "as" in frames:
            yield from objects.as_alone(verb, children)
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
            if rule := _clause_rule(child, frames):
                yield rule, [_clipped(child, verb, page)]
        elif child.dep_ == "advcl" and child.i > verb.i and _question(child, frames):
            yield "that", [_clipped(child, verb, page)]
        elif child.dep_ == "acl" and cues.misread(verb) and child.left_edge.lower_ == "that":
            yield "that", [spans.subtree(child)]
        elif child.dep_ == "xcomp" and child.i > verb.i:
            if "to" in frames and objects.infinitive(child):
                yield "to", [_with_more(_clipped(child, verb, page), children, "VB")]
            elif {"ing", "object"} & frames and _gerund(child):
                yield "ing", [_with_more(_clipped(child, verb, page), children, "VBG")]


def _clause_rule(clause: Token, frames: frozenset[str]) -> str:
    """Return how a verb takes a clause as its content, empty where it can't."""
    if not objects.infinitive(clause):
        return "that" if {"that", "wh"} & frames else ""
    if {"to", "hearer", "object-to", "that"} & frames:
        return "that" if "that" in frames and "to" not in frames else "to"
    return ""


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


def _question(clause: Token, frames: frozenset[str]) -> bool:
    """Tell whether "if" or "whether" opens what is asked of a hearer."""
    return {"wh", "hearer"} <= frames and clause.left_edge.lower_ in {"if", "whether"}


def _gerund(verb: Token) -> bool:
    """Tell "signing it" and "having signed it"."""
    had = any(child.lower_ == "having" and child.dep_ == "aux" for child in verb.children)
    return verb.tag_ == "VBG" or had


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


def _passive(verb: Token, frames: frozenset[str], children: list[Token]) -> Iterator[Pieces]:
    """What is endorsed, reported or called so by a named agent."""
    if subjects.agent(verb) is None:
        return
    if {"hearer", "object-to"} & frames:
        wanted = next((c for c in children if c.dep_ == "xcomp" and objects.infinitive(c)), None)
        if wanted is not None and wanted.i > verb.i:
            yield "hearer-to", [spans.subtree(wanted)]
    if not {"object", "as", "small"} & frames:
        return
    pieces = [spans.subtree(child) for child in children if child.dep_ == "nsubjpass"]
    pieces += [
        spans.subtree(child)
        for child in children
        if child.i > verb.i and (child.dep_ == "oprd" or child.lower_ == "as")
    ]
    if pieces:
        yield "by", pieces


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
    if said and _speaks_alone(verb):
        yield "as-said", parts


def _speaks_alone(verb: Token) -> bool:
    """Tell whether a verb with a subject leaves open what is said: "as police said", "put it"."""
    after = [child for child in verb.children if child.i > verb.i and child.lower_ != "it"]
    subject = any(child.dep_ in {"nsubj", "agent"} for child in verb.children)
    return subject and not any(child.dep_ in {"xcomp", "ccomp", "dobj"} for child in after)
