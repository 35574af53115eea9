"""Whether a sentence can be shown away from its neighbours, and what to put beside it if not.

A chosen sentence must be no caption, credit or teaser, hold whole quotations, and not open
on a word that points at something said before. Nothing here changes a sentence.
"""

from __future__ import annotations

import re

from summarizer.model import Analysis, Article, Span
from summarizer.similarity import containment, shingles

_POINTERS = re.compile(
    r"[\"“‘'(\[]*(?:He|She|It|They|Him|Her|His|Hers|Its|Their|Theirs|Them|This|That|These|Those"
    r"|Both|Neither|But|And|Or|So|Yet|Nor|Then|Still|However|Instead|Also|Otherwise|Therefore"
    r"|Thus|Hence|Meanwhile|Moreover|Furthermore|Besides|Nevertheless|Nonetheless|Similarly"
    r"|Here|There|Such|Another|Others|Because)\b"
)
_PERSONAL = re.compile(r"[\"“‘'(\[]*(He|She|They|It|His|Her|Their|Its)\b")
_ENDING = re.compile(r"[.!?…][\"”’')\]]*$")
_TEASER = re.compile(
    r"^(?:read more|click|scroll down|watch|see also|related|subscribe|sign up|follow us"
    r"|photo|image|video|share|advertisement|story highlights|published|updated|by \.)\b",
    re.IGNORECASE,
)
_REPEATED = 0.6


def fit(sentence: str) -> bool:
    """Tell whether a sentence may be shown on its own."""
    return (
        len(sentence.split()) >= 5
        and bool(_ENDING.search(sentence))
        and balanced(sentence)
        and not dangles(sentence)
        and not _TEASER.match(sentence)
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
    """Tell whether a sentence opens on a word that points at something said before."""
    return bool(_POINTERS.match(sentence))


def repeats(one: str, other: str) -> bool:
    """Tell whether one of two sentences says the other again in mostly the same words."""
    mine, theirs = shingles(one), shingles(other)
    return one == other or max(containment(mine, theirs), containment(theirs, mine)) > _REPEATED


def lead_in(article: Article, analysis: Analysis, span: Span) -> str:
    """Return the name in brackets that a sentence opening on a pronoun needs, else "".

    The name is what the analysis resolved the pronoun to; nothing is guessed here.
    """
    opening = _PERSONAL.match(span.of(article.text))
    if opening is None:
        return ""
    pronoun = Span(span.start + opening.start(1), span.start + opening.end(1))
    named = [
        source.name
        for claim in analysis.claims
        for source in (claim.attribution.source, *claim.attribution.chain)
        if source is not None and any(words == pronoun for words in source.spans)
    ] + [entity.name for entity in analysis.entities if pronoun in entity.mentions]
    return f"[{named[0]}]" if named else ""
