"""Sentences that end with who says so: ", the fire service said.", ", two officials said Friday".

The commonest form of a news sentence, and one that a parser often reads wrongly where the clause
before it is long: the source is then taken for an apposition of the last name. Here only the
order of the words is looked at; a reading of the parse that gives as much stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.attribution import cues, spans, verbs
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import Span
from summarizer.parse import Token

_MISREAD = frozenset(
    ["show", "shows", "report", "reports", "reported", "says", "claimed", "alleged", "argued"]
)
_OPENERS = frozenset({"if", "when", "once", "asked", "so", "with", "given", "pressed", "unlike"})
_SHOWS = frozenset({"show", "indicate", "suggest", "reveal", "find"})
_STARTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
_WITHIN = _STARTS | {"ADP", "PART", "PUNCT", "CCONJ", "SCONJ", "ADV", "VERB", "SYM", "X", "AUX"}
"""Parts of speech that a source begins with, and that stand in one."""
_NEVER = frozenset({"which", "that", "but", "and", "or", "as", "because", "while", "if", "when"})
_DAYS = (f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))
_MOMENTS = "yesterday today this last late later early earlier"
_JOINING = (
    "on in at by after before via through during when as without but and adding citing calling"
)
_TIMES = frozenset([*_DAYS, *_MOMENTS.split(), *_JOINING.split()])
"""Words that go on behind a closing verb with when, where and how it was said."""
_SPEECH = frozenset({"that", "quote"})
_LONGEST, _SHORTEST = 24, 4
"""Words of a source at most, and of what it says at least."""


def find(page: Page, found: Sequence[Found]) -> list[Found]:
    """Return the findings, those that closing words read otherwise replaced or cut off."""
    kept = list(found)
    for closing in _closings(page):
        same = [each for each in kept if each.anchor == closing.anchor]
        if any(_as_much(each, closing) for each in same):
            continue
        kept = [_cut(each, closing) for each in kept if each not in same] + [closing]
        kept = [each for each in kept if each.content]
    return kept


def _as_much(each: Found, closing: Found) -> bool:
    """Tell whether a reading has the content and the head of the source."""
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in each.content
        for b in closing.content
    )
    whole = sum(piece.end - piece.start for piece in closing.content)
    source = closing.source[0]
    if each.rule == "direct" and each.source:
        return shared >= 0.6 * whole
    ends = any(
        span.end >= source.end - 2 and source.start - 2 <= span.start < source.end
        for span in each.source
    )
    return shared >= 0.6 * whole and ends


def _cut(each: Found, closing: Found) -> Found:
    """Cut the closing words off a content that ran into them."""
    if each.anchor < 0 or not any(span.start < closing.source[0].start for span in each.content):
        return each
    words = Span(closing.source[0].start, closing.cue[-1].end)
    return replace(
        each,
        content=tuple(
            Span(piece.start, words.start) if piece.overlaps(words) else piece
            for piece in each.content
            if piece.start < words.start or not piece.overlaps(words)
        ),
    )


def _closings(page: Page) -> Iterator[Found]:
    for verb in page.words:
        entry = cues.entry(verb) if _may_close(verb) else None
        if entry is None or not (entry.frames >= _SPEECH or verb.lemma_.lower() in _SHOWS):
            continue
        if page.quote_at(verb.idx) is not None or not _ends(verb, page):
            continue
        first = page.sentence(verb.idx).start
        words = [token for token in page.tokens(first, verb.idx) if not token.is_space]
        found = _source(words, page)
        if found is None or (_subordinate(words[0]) and _goes_on(verb)):
            continue
        at, end = found
        opens = max((n + 1 for n in range(at - 2) if words[n].lower_ in {":", ";"}), default=0)
        content = spans.trimmed(page.text, [spans.of_tokens(words[opens], words[at - 2])])
        source = spans.trimmed(page.text, [spans.of_tokens(words[at], words[end - 1])])
        if content and source:
            yield replace(verbs.make(verb, entry, content, "closing", page), source=source)


def _may_close(token: Token) -> bool:
    """Tell whether a word is a finite verb, or one that is often taken for a noun or participle."""
    if cues.finite(token):
        return True
    if token.text not in _MISREAD or token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    return token.nbor(-1).pos_ in {"NOUN", "PROPN", "PRON"} and (
        token.tag_ == "VBN" or token.nbor().lower_ in {".", "!"}
    )


def _subordinate(first: Token) -> bool:
    """Tell whether a sentence opens with a clause that another follows: "If so, she said, ..."."""
    return first.lower_ in _OPENERS or bool(first.dep_ == "mark")


def _goes_on(verb: Token) -> bool:
    return bool(verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == ",")


def _ends(verb: Token, page: Page) -> bool:
    """Tell whether nothing that the verb could govern follows it."""
    end = page.sentence(verb.idx).end
    if any(quote.span.start < end for quote in page.quotes_from(verb.idx)):
        return False
    after = [t for t in page.tokens(spans.end_of(verb), end) if not t.is_space]
    comma = next((n for n, t in enumerate(after) if t.is_punct), len(after))
    if any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in after[:comma]):
        return False
    if verb.lemma_.lower() == "tell":
        while after and after[0].pos_ in {"DET", "PROPN", "NOUN", "PRON", "ADJ", "PART"}:
            if after[0].lower_ in _TIMES:
                break
            after = after[1:]
    if not after or after[0].lower_ in {".", "!", "?", ";"}:
        return True
    if after[0].lower_ == ",":
        return not any(t.lower_ == "that" for t in after[1:3])
    clause = any(t.lower_ == "that" and t.dep_ == "mark" for t in after)
    return not clause and after[0].lower_ in _TIMES


def _source(words: Sequence[Token], page: Page) -> tuple[int, int] | None:
    """Return where the source begins and ends that stands before the verb, behind a comma.

    With a comma before the verb it is a noun phrase and its apposition.
    """
    at = len(words)
    while at > 1 and words[at - 1].pos_ in {"AUX", "ADV", "PART"}:
        at -= 1
    commas = 2 if at > 1 and words[at - 1].lower_ == "," else 1
    at -= commas - 1
    for start in range(at - 1, max(1, at - _LONGEST), -1):
        before = words[start - 1]
        if words[start].pos_ not in _WITHIN or page.quote_at(words[start].idx) is not None:
            return None
        closes = _closes(before, page)
        if before.lower_ != "," and not closes:
            continue
        commas -= 1
        if commas and not closes:
            continue
        good = _is_source(words[start:at]) and _is_clause(words[: start - 1])
        return (start, at) if good else None
    return None


def _closes(mark: Token, page: Page) -> bool:
    """Tell whether a mark closes a quotation."""
    quote = page.quote_at(mark.idx)
    return quote is not None and spans.end_of(mark) >= quote.span.end


def _is_source(words: Sequence[Token]) -> bool:
    """Tell whether the words are one noun phrase that can speak, with what belongs to it."""
    first = words[0]
    if first.pos_ not in _STARTS or first.lower_ in _NEVER or first.tag_ in {"WDT", "WP", "WP$"}:
        return False
    if words[-1].pos_ not in {"NOUN", "PROPN", "PRON"} and words[-1].lower_ not in {")", ","}:
        participle = any(word.tag_ in {"VBN", "VBG"} or word.pos_ == "ADP" for word in words)
        if not participle:
            return False
    told = False
    for word in words:
        told = told or word.lower_ in {"who", "whose"}
        if cues.finite(word) and not told:
            return False
    return any(word.pos_ in {"NOUN", "PROPN", "PRON"} for word in words[:8])


def _is_clause(words: Sequence[Token]) -> bool:
    """Tell whether the words before the comma are a clause: some words, one a finite verb."""
    plain = [word for word in words if not word.is_punct]
    return len(plain) >= _SHORTEST and any(_is_finite(word) for word in plain)


def _is_finite(word: Token) -> bool:
    """Tell whether a word is a finite verb, or a participle that heads a clause all the same."""
    heads = word.tag_ == "VBN" and word.dep_ in {"ROOT", "ccomp", "conj", "parataxis"}
    return cues.finite(word) or heads
