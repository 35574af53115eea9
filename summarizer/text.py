"""Sentences and words of news copy, as spans into the text that was given.

Boundaries are nupunkt's, corrected by rules of news English: titles and abbreviations,
quotations, ellipses, lines. Says nothing of what a sentence means; ``parse`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import nupunkt

from summarizer import lexicon
from summarizer.model import Sentence, Span

_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*(?:%|[^\W\d_]+)?(?:-\w+)*"
    r"|(?:[^\W\d_]\.){2,}"
    r"|(?!(?<=\w['’])s\b)(?:\w|(?<=\w)(?:-|(?!['’]s\b)['’])(?=\w))+"
)
"""Numbers with their dots, commas and percent sign; dotted acronyms; words with inner
hyphens and apostrophes. The genitive 's is not part of a word."""

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+\S)|(?<=[a-z]{3})[.!?][\"”]?(?=“|(?<=”)[A-Z])")
"""Where a sentence may end inside a line: after the marks and the quotes that close on them."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BLANK = re.compile(r"(?:\r\n?|\n|\u2029)[ \t\xa0]*(?:\r\n?|\n|\u2029)|\u2029")
_CLOSED = re.compile(r"[.!?…:]+[\"”’')\]]*$")
_SPACE = re.compile(r"\s")
_INITIALS = re.compile(r"[\"“‘'(\[]*(?:[A-Z]|(?:[^\W\d_]\.)+[^\W\d_])\.")
_ASKED = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+|the\s+|a\s+|his\s+|her\s+){1,5}"
    r"(?:said|says|asked|asks|replied|added|wrote|tweeted|told|shouted|exclaimed|wondered)\b"
)
"""A speaker and a verb after a question in quotation marks: the sentence goes on."""


def blank(hit: re.Match[str]) -> str:
    """Return as many spaces as a match has characters, so that offsets stay (for ``re.sub``)."""
    return " " * len(hit.group())


def tokens(text: str) -> tuple[Span, ...]:
    """Return the words of ``text``: "3.5%", "U.S." and "COVID-19" are one word each."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text))


def spelled(text: str) -> list[str]:
    """Return the same words as they are spelled, where nobody asks where they stand."""
    return _WORD.findall(text)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Cut ``text`` into sentences, trimmed of white space; nothing but white space is left out.

    A blank line always ends a sentence, and so does a line break unless the line was wrapped
    by a mail program or the next line plainly goes on. Time is linear in the text.
    """
    found: list[Sentence] = []
    paragraph = 0
    last = 0
    for start, end in _lines(text):
        if found and (_hard(text, last, start)):
            paragraph += 1
        last = end
        for left, right in _cut(text, start, end):
            found.append(Sentence(Span(left, right), paragraph))
    return tuple(found)


def _hard(text: str, end: int, start: int) -> bool:
    """Tell whether anything but spaces parts two stretches of copy."""
    return bool(_LINE.sub("", text[end:start]))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text inside which sentences are looked for."""
    start = 0
    for blank in [*_BLANK.finditer(text), None]:
        end = blank.start() if blank else len(text)
        yield from _block(text, start, end)
        start = blank.end() if blank else end


def _block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines between two blank lines, joined where they were only wrapped."""
    spans = [(m.start(), m.end()) for m in _LINE.finditer(text, start, end) if m.group().strip()]
    if not spans:
        return
    widths = [right - left for left, right in spans[:-1]]
    wrapped = len(widths) > 1 and min(widths) >= 50 and max(widths) <= 100
    left, right = spans[0]
    for nxt in spans[1:]:
        before, after = text[left:right].rstrip(), text[nxt[0] : nxt[1]].lstrip()
        if not (wrapped or (after[:1].islower() and not _CLOSED.search(before[-6:]))):
            yield left, right
            left = nxt[0]
        right = nxt[1]
    yield left, right


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one stretch as trimmed offsets."""
    piece = _SPACE.sub(" ", text[start:end])
    offered = {right - _spaces_before(piece, right) for right in _offered(piece)}
    left = 0
    for match in _END.finditer(piece):
        if _ends(piece, match, offered):
            yield from _trimmed(piece, left, match.end(), start)
            left = match.end()
    yield from _trimmed(piece, left, len(piece), start)


def _offered(piece: str) -> list[int]:
    """Return the ends that nupunkt offers; it is asked only where it could offer any."""
    if not _END.search(piece):
        return []
    return [right for _, right in nupunkt.sent_spans(piece.encode("utf8", "replace").decode())]


def _spaces_before(piece: str, right: int) -> int:
    """Count the spaces before ``right``; slicing from the start would cost squared time."""
    return len(piece[max(0, right - 40) : right]) - len(piece[max(0, right - 40) : right].rstrip())


LONGEST = 1500
"""Characters in a sentence at most; what is longer is no sentence, and is cut at a space."""


def _bounded(piece: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """Yield the stretch whole, or in parts where it is far too long for a sentence."""
    while right - left > LONGEST:
        space = piece.rfind(" ", left + LONGEST // 2, left + LONGEST)
        middle = space if space > 0 else left + LONGEST
        yield left, middle
        left = middle
    yield left, right


def _trimmed(piece: str, left: int, right: int, base: int) -> Iterator[tuple[int, int]]:
    for start, end in _bounded(piece, left, right):
        inner = piece[start:end]
        if inner.strip():
            lead = len(inner) - len(inner.lstrip())
            yield base + start + lead, base + start + len(inner.rstrip())


def _ends(piece: str, match: re.Match[str], offered: set[int]) -> bool:
    """Decide whether a sentence ends after the marks in ``match``."""
    word = piece[piece.rfind(" ", 0, match.start()) + 1 : match.start() + 1]
    rest = piece[match.end() : match.end() + 80].lstrip()
    marks = match.group()
    quoted = marks[-1] in "\"”’'"
    if rest[:1].islower() or rest[:1] in ",;:)":
        return not quoted and match.end() in offered and "." not in word[:-1]
    if rest[:1] in "―—–-" and quoted:
        return False
    if marks[0] in "!?":
        return not (quoted and _ASKED.match(rest))
    if marks.startswith(("..", "…")):
        return match.end() in offered or rest[:1] in "\"“‘'"
    if len(marks) == 1:
        return _ends_after(word, rest, offered=match.end() in offered)
    return not (marks[1] in ")]" and rest[:1].islower())


def _ends_after(word: str, rest: str, *, offered: bool) -> bool:
    """Decide after a word and one full stop, both possibly an abbreviation."""
    bare = word.lstrip("\"“‘'([")
    starter = re.split(r"[^\w’']", rest, maxsplit=1)[0] in lexicon.words("sentence_starters")
    kind = _abbreviations().get(bare.rsplit("-", 1)[-1], "")
    if kind == "title":
        return False
    if bare in {"No.", "Nos."}:
        return not rest[:1].isdigit()
    if kind or _INITIALS.fullmatch(word):
        return (starter and bare != "I.") or rest[:1] in '"“'
    short = len(bare) <= 5 and bare[:1].isupper() and not starter
    return offered or not short


@cache
def _abbreviations() -> dict[str, str]:
    """Load the abbreviations with their kinds."""
    return {row[0]: row[1] for row in lexicon.rows("abbreviations")}
