"""The words and marks of a sentence, with full stops and genitives of names minded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.known import plain
from summarizer.lexicon import rows, words
from summarizer.model import Span
from summarizer.name_words import ORGANISATION_WORDS

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:al|el|as|ad|an|ar)-(?=[A-Z])\w+(?:-\w+)*"
    r"|[^\W_](?:\w|[-'’&/](?=\w)|\.(?=\w))*\.?|\S"
)
_GENITIVE = re.compile(r"['’]s?$")
_INITIAL = re.compile(r"[^\W\d_]\.$")
_NEXT = re.compile(r" ([A-Z]\w+)")
_OF_ALL = re.compile(
    r"(?:People|Children|Women|Men|Workers|Sheriff|Coroner|Prosecutor|Governor|Mayor|General)['’]s?"
)
"""Genitives that bodies have in their names: "the Intermediate People's Court"."""
_ABBREVIATED = words("name_abbreviations")
_REGIONS = frozenset(row[0] for row in rows("regions") if row[0].endswith("."))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its offsets, without a genitive, and whether one follows."""

    span: Span
    text: str
    genitive: bool = False


def split(text: str, span: Span) -> tuple[Word, ...]:
    """Return the words and marks of ``text[span]``."""
    found: list[Word] = []
    for hit in _TOKEN.finditer(text, span.start, span.end):
        start, end = hit.span()
        if found and start < found[-1].span.end:
            continue
        word = hit[0]
        if len(word) > 1 and word.endswith(".") and not _dotted(word):
            end -= 1
            word = word[:-1]
        if _OF_ALL.fullmatch(word) and _leads_to_body(text, end):
            found.append(Word(Span(start, end), plain(word)))
            continue
        if _is_of_members(word, text, end):
            found.append(Word(Span(start, end + 1), plain(text[start : end + 1])))
            continue
        cut = _GENITIVE.search(word) if len(word) > 1 else None
        bare = word[: cut.start()] if cut else word
        found.append(Word(Span(start, start + len(bare)), plain(bare), bool(cut)))
        if end < hit.end():
            found.append(Word(Span(end, hit.end()), "."))
    return tuple(found)


def _leads_to_body(text: str, at: int) -> bool:
    """Tell whether the next word is one that names of bodies hold: "Court", "Hospital"."""
    hit = _NEXT.match(text, at)
    return hit is not None and hit[1] in ORGANISATION_WORDS


def _is_of_members(word: str, text: str, end: int) -> bool:
    """Tell whether a genitive is part of a body's name: "the Seafarers' Guild"."""
    several = word.endswith("s") and word[0].isupper() and text[end : end + 1] in {"'", "’"}
    return several and _leads_to_body(text, end + 1)


def _dotted(word: str) -> bool:
    """Tell whether the full stop belongs to the word."""
    return (
        word in _ABBREVIATED
        or word in words("not_names")
        or word in _REGIONS
        or bool(_INITIAL.match(word))
        or word.count(".") > 1
    )


def texts(tokens: Sequence[Word]) -> list[str]:
    """Return the words of tokens."""
    return [token.text for token in tokens]
