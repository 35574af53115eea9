"""Attribution without a verb: "according to", a dash and a name, a speaker and a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer import lexicon
from summarizer.attribution import cues, spans
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import LineKind, Span, Stance
from summarizer.parse import Token, clause_of

_SIGNED = re.compile(
    r"[\"”]\s*(?P<dash>[―—–-]{1,2})\s*(?P<name>[A-Z](?:[^\n.!?\"“”]|(?<=[A-Z])\.){1,60})[.\s]*$"
)
"""A quotation that fills a paragraph, signed with a dash and a name."""

_POSTED = re.compile(
    r"(?P<dash>[—–]|--|―)\s?(?P<name>[^\n—–―()]{2,50}\s\(@\w{1,30}\))"
    r"(?:\s[A-Z][a-z]+ \d{1,2}, \d{4})?"
)
"""The signature of a post that a page embeds: a dash, a name and a handle."""

_TURN = re.compile(
    r"^[\"“]?(?P<name>[A-Z][A-Z.’' -]{1,30}|[QA])(?P<colon>:)\s+(?=\S)", re.MULTILINE
)
"""A speaker's turn in a transcript: the name in capitals and a colon at the start of a line."""

_HEADED = re.compile(r"(?P<name>[A-Z][\w.’'&-]*(?: [\w.’'&-]+){0,4}?)(?P<colon>:) (?=[\"“‘'A-Z])")
"""A source and a colon at the head of a title."""

_PARAGRAPH = re.compile(r"[^\n]+")
_OPINIONS = frozenset({"opinion", "view", "judgment", "judgement", "telling"})
_QUOTES = frozenset("\"”’'")
_SHORTEST = 4
"""Words of a clause at least that "according to" comes behind."""


def find(page: Page) -> Iterator[Found]:
    """Yield the findings whose cue is a preposition or a mark."""
    for token in page.words:
        if token.lower_ == "according" and token.i + 1 < len(page.doc):
            yield from _according(token, page.text)
        elif token.lower_ in _OPINIONS:
            yield from _in_view_of(token, page)
    yield from _signed(page)
    yield from _posted(page.text)
    turns = list(_turns(page.text))
    yield from turns
    if not turns:
        yield from _headed(page)


def _according(token: Token, text: str) -> Iterator[Found]:
    """Read "according to" and its noun: the rest of the clause or sentence is the content."""
    to = token.doc[token.i + 1]
    noun = next((child for child in to.children if child.dep_ == "pobj"), None)
    if to.lower_ != "to" or noun is None or to.head.i != token.i:
        return
    source = spans.subtree(noun)
    phrase = Span(token.idx, source.end)
    clause = clause_of(token)
    whole = _extent(clause, token, noun)
    content = spans.trimmed(text, spans.without(whole, [phrase]))
    before = _clause_before(token)
    if before is not None and content and (content[0].start > token.idx or _told(token, noun)):
        content = spans.trimmed(text, [before])
    named = spans.trimmed(text, [source])
    if content and named:
        cue = spans.of_tokens(token, to)
        yield Found(content, (cue,), named, Stance.SAYS, "according", token.i, direct=True)


def _in_view_of(noun: Token, page: Page) -> Iterator[Found]:
    """Read "in his opinion," and "in the minister's view,": the sentence is the content."""
    first = noun.left_edge
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None or first.i == 0 or noun.i + 1 >= len(noun.doc):
        return
    opens = first.nbor(-1)
    if opens.lower_ != "in" or noun.nbor().lower_ != "," or page.quote_at(noun.idx) is not None:
        return
    cue = spans.of_tokens(opens, noun)
    whole = spans.sentence(noun)
    content = spans.trimmed(page.text, spans.without(whole, [cue]))
    source = spans.trimmed(page.text, [spans.of_tokens(owner.left_edge, owner)])
    if content and source:
        yield Found(content, (cue,), source, Stance.SAYS, "according", noun.i)


def _clause_before(token: Token) -> Span | None:
    """Return the clause of the sentence that a comma parts from the phrase; None without one."""
    first = token.sent[0]
    comma = token.nbor(-1) if token.i - first.i >= _SHORTEST else None
    if comma is not None and comma.lower_ in _QUOTES:  # "... was shut," according to
        comma = comma.nbor(-1)
    if comma is None or comma.lower_ != ",":
        return None
    words = token.doc[first.i : token.i]
    return spans.of_tokens(first, token.nbor(-1)) if any(map(cues.finite, words)) else None


def _told(token: Token, noun: Token) -> bool:
    """Tell whether a phrase ends a sentence in which somebody speaks: it speaks for him too."""
    sentence = token.sent
    words = [t for t in sentence if not (t.is_space or t.is_punct)]
    if not words or noun.right_edge.i < words[-1].i:
        return False
    return any(
        cues.finite(t) and (entry := cues.entry(t)) is not None and "quote" in entry.frames
        for t in token.doc[sentence[0].i : token.i]
    )


def _extent(clause: Token, token: Token, noun: Token) -> Span:
    """Return what a phrase at the edge of its sentence or inside a clause speaks for."""
    sentence = clause.sent
    first = next((t for t in sentence if not (t.is_space or t.is_punct)), sentence[0])
    last = [t for t in sentence if not (t.is_space or t.is_punct)]
    leads = first.i == token.i
    ends = bool(last) and noun.right_edge.i >= last[-1].i
    if (leads or ends) and clause.dep_ == "ROOT":
        return spans.sentence(clause)
    return spans.subtree(clause)


def _signed(page: Page) -> Iterator[Found]:
    text = page.text
    starts = {quote.span.start for quote in page.quoted}
    for paragraph in _PARAGRAPH.finditer(text):
        match = _SIGNED.search(paragraph.group())
        if match is None or len(match["name"].split()) > 7:
            continue
        base = paragraph.start()
        opening = base + len(paragraph.group()) - len(paragraph.group().lstrip(" \xa0"))
        if opening in starts or text[opening] in '"“”':
            content = spans.trimmed(text, [Span(opening, base + match.start() + 1)])
            yield Found(
                content,
                (Span(base + match.start("dash"), base + match.end("dash")),),
                spans.trimmed(text, [Span(base + match.start("name"), base + match.end("name"))]),
                Stance.SAYS,
                "signed",
                direct=True,
            )


def _posted(text: str) -> Iterator[Found]:
    """Yield embedded posts: the stretch of the paragraph before each signature."""
    for paragraph in _PARAGRAPH.finditer(text):
        start = paragraph.start()
        for match in _POSTED.finditer(text, start, paragraph.end()):
            content = spans.trimmed(text, [Span(start, match.start())])
            dash, name = Span(*match.span("dash")), Span(*match.span("name"))
            if content:
                yield Found(content, (dash,), (name,), Stance.SAYS, "signed", direct=True)
            start = match.end()


def _turns(text: str) -> Iterator[Found]:
    """Yield the turns of a transcript; one line alone is none."""
    turns = list(_TURN.finditer(text))
    if len(turns) < 3:
        return
    for match, after in zip(turns, [*turns[1:], None], strict=True):
        stop = after.start() if after else text.find("\n", match.end())
        if text.find("\n\n\n", match.end(), stop) >= 0 or stop < 0:
            stop = text.find("\n", match.end()) if "\n" in text[match.end() :] else len(text)
        content = spans.trimmed(text, [Span(match.end(), stop)])
        if content:
            yield Found(
                content,
                (Span(*match.span("colon")),),
                (Span(*match.span("name")),),
                Stance.SAYS,
                "turn",
                direct=True,
            )


def _headed(page: Page) -> Iterator[Found]:
    text = page.text
    for index, sentence in enumerate(page.sentences):
        if index and sentence.kind is not LineKind.TITLE:
            continue
        match = _HEADED.match(text, sentence.span.start, sentence.span.end)
        if match is None or match["name"].lower() in lexicon.words("rubrics"):
            continue
        if any(cues.verbal(token) for token in page.tokens(*match.span("name"))):
            continue
        content = spans.trimmed(text, [Span(match.end(), sentence.span.end)])
        if content:
            colon, name = Span(*match.span("colon")), Span(*match.span("name"))
            yield Found(content, (colon,), (name,), Stance.SAYS, "headed")
