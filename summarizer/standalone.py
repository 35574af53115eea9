"""Whether a sentence can be shown away from its neighbours, and what to put beside it if not.

A chosen sentence must be no caption, credit or teaser, hold whole quotations with the one who
says them, and not open on a word that points at something said before. Nothing here changes a
sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from summarizer.model import Analysis, Article, Sentence, Span
from summarizer.similarity import Shingles, containment, stopwords

_OPENING = r"[\"“”‘’'(\[—–-]*(?:(?:[Bb]ut|[Aa]nd|[Ss]o|[Yy]et|[Oo]r|[Nn]or|[Ff]or),?\s+)?"
_POINTERS = re.compile(
    _OPENING + r"(?!(?:this|last|that|these)\s+(?:year|month|week|weekend|morning|afternoon|evening"
    r"|summer|autumn|fall|winter|spring|season|time)\b|those\s+who\b|these\s+days\b)"
    r"(?:he|she|it|they|him|her|his|hers|its|their|theirs|them|this|that|these|those|both|neither"
    r"|either|such|another|others|here|it['’]s|he['’]s|she['’]s|they['’]re|that['’]s|the (?:former"
    r"|latter|same|two|pair|duo|other))\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    _OPENING + r"(?:however|instead|otherwise|therefore|thus|hence|moreover|furthermore|besides"
    r"|nevertheless|nonetheless|similarly|likewise|then|also|still|too|because|so|or|nor)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"[\"“‘'(\[]*(He|She|They|It|His|Her|Their|Its)\b")
_STRAY = re.compile(r"\b(?:he|she|him|his|her|hers)\b")
_SOMEONE = re.compile(
    r"\b(?:the|an?|one|two|\d+|its|their|another|each|every|no|some|any)\s+\w", re.IGNORECASE
)
_NAME = re.compile(r"\b[A-Z]\w*")
_ENDING = re.compile(r"[.!?…][\"”’')\]]*$")
_NOT_COPY = re.compile(
    r"^(?:read (?:more|also)|click|scroll down|watch(?: the| this)? video|see also|related"
    r"|subscribe|sign up|follow (?:us|@)|photos?:|images?:|pictures?:|video:|advertisement"
    r"|story highlights|published|updated|posted|by \.|caption|credit:|source:|editor['’]s note"
    r"|copyright|all rights reserved|for more|contact us|e-?mail)\b"
    r"|\((?:pictured|left|right|above|below|cent(?:re|er))[^)]*\)"
    r"|\bpictured (?:above|below|left|right)"
    r"|\b(?:click|tap) here\b|\bcontributed to this (?:report|story|article)\b|https?://|www\."
    r"|\b(?:AP|Reuters|AFP|Getty)(?: Images)?\s*/|/(?:AP|Reuters|AFP|Getty)\b",
    re.IGNORECASE,
)
_QUOTE_MARK = re.compile(r"[\"“”]")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
_LOWER_WORD = re.compile(r"\b[a-z]{2,}\b")
_WORD = re.compile(r"\w+")

_FEWEST_WORDS = 5
_FEWEST_OUTSIDE = 2
"""Words that must stand outside a quotation: at least "he said"."""

_LONGEST_QUOTATION = 1200
"""Characters after which an open quotation mark is taken for an error of the copy."""

_REPEATED = 0.6


def fit(sentence: str) -> bool:
    """Tell whether a sentence may be shown on its own."""
    return sound(sentence) and not dangles(sentence)


def sound(sentence: str) -> bool:
    """Tell whether a sentence is whole copy: it may be shown, alone or after its neighbour."""
    return (
        len(sentence.split()) >= _FEWEST_WORDS
        and len(_LOWER_WORD.findall(sentence)) >= _FEWEST_OUTSIDE
        and bool(_ENDING.search(sentence))
        and balanced(sentence)
        and _attributed(sentence)
        and not _NOT_COPY.search(sentence)
    )


def balanced(sentence: str) -> bool:
    """Tell whether every quotation mark and bracket of a sentence has its partner in it."""
    return (
        sentence.count('"') % 2 == 0
        and sentence.count("“") == sentence.count("”")
        and sentence.count("(") == sentence.count(")")
        and sentence.count("[") == sentence.count("]")
    )


def dangles(sentence: str) -> bool:
    """Tell whether a sentence goes on from another one, or says "he" or "she" of nobody.

    "At this pace she would win" names nobody before the "she".
    """
    return goes_on(sentence) or _stray(sentence) is not None


def goes_on(sentence: str) -> bool:
    """Tell whether a sentence opens on a word that points at, or goes on from, another one."""
    return bool(_POINTERS.match(sentence) or _LINKS.match(sentence))


def within_quotes(text: str, sentences: Sequence[Sentence]) -> frozenset[Span]:
    """Return the sentences that begin inside a quotation which an earlier sentence opened.

    A quotation is an opening mark and the next mark, if that closes; marks without a partner
    (each paragraph of a long quotation opens with one) are passed over.
    """
    marks = [(found.start(), _opens(text, found.start())) for found in _QUOTE_MARK.finditer(text)]
    quotations = [
        Span(start, end)
        for (start, opening), (end, again) in pairwise(marks)
        if opening and not again and end - start <= _LONGEST_QUOTATION
    ]
    starts = [one.start for one in quotations]
    inside = set()
    for sentence in sentences:
        at = bisect_left(starts, sentence.span.start) - 1
        if at >= 0 and sentence.span.start < quotations[at].end:
            inside.add(sentence.span)
    return frozenset(inside)


def repeats(one: Shingles, other: Shingles) -> bool:
    """Tell whether one of two sentences says the other again in mostly the same words.

    Both are given by their runs of words (``similarity.shingles``).
    """
    return max(containment(one, other), containment(other, one)) > _REPEATED


def lead_in(article: Article, analysis: Analysis, span: Span) -> str:
    """Return the name in brackets that a sentence with a pronoun for nobody needs, else "".

    The name is what the analysis resolved the pronoun to; nothing is guessed here.
    """
    sentence = span.of(article.text)
    opening = _PERSONAL.match(sentence)
    found = Span(*opening.span(1)) if opening else _stray(sentence)
    if found is None:
        return ""
    pronoun = Span(span.start + found.start, span.start + found.end)
    named = [
        source.name
        for claim in analysis.claims
        for source in (claim.attribution.source, *claim.attribution.chain)
        if source is not None and any(words == pronoun for words in source.spans)
    ] + [entity.name for entity in analysis.entities if pronoun in entity.mentions]
    pronoun_words = found.of(sentence).casefold()
    return next((f"[{name}]" for name in named if name.casefold() != pronoun_words), "")


def _stray(sentence: str) -> Span | None:
    """Return the first "he" or "she" outside quotations, if nobody is named before it."""
    own = _QUOTED.sub(lambda quoted: " " * len(quoted.group()), sentence)
    pronoun = _STRAY.search(own)
    if pronoun is None:
        return None
    before = own[: pronoun.start()]
    first = _WORD.search(before)
    named = any(
        first is None or name.start() > first.start() or name.group().lower() not in stopwords()
        for name in _NAME.finditer(before)
    )
    return None if named or _SOMEONE.search(before) else Span(*pronoun.span())


def _attributed(sentence: str) -> bool:
    """Tell whether a sentence is more than a bare quotation without the one who says it."""
    quoted = _QUOTED.sub(" ", sentence)
    return quoted == sentence or len(_WORD.findall(quoted)) >= _FEWEST_OUTSIDE


def _opens(text: str, at: int) -> bool:
    """Tell whether the quotation mark at an offset opens a quotation."""
    if text[at] != '"':
        return text[at] == "“"
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([—–-") and not after.isspace()
