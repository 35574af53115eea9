"""One article in, one analysis out: the steps in order, and nothing else.

Sentences, kinds of line, parse, entities, claims, their sources, chains, days. It decides when
not to analyse at all (no text, not English) and says so in words; it never guesses.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import datetime

from summarizer import attribution, chains, entities, parse, running, sources, spoken
from summarizer.copy import lines
from summarizer.dateline import dateline as read_dateline
from summarizer.language import reason_not_english
from summarizer.model import ANALYSIS_VERSION, Analysis, Article, Claim, LineKind, Sentence, Span
from summarizer.text import sentences as cut
from summarizer.when import published_day

FIRST_SENTENCES = 12
"""Among how many sentences the first of the body, which may bear a dateline, is looked for."""


def analyze(article: Article) -> Analysis:
    """Return all that is derived from the article's text; spans point into ``article.text``."""
    return _analyze(
        article.text,
        kinds=frozenset({LineKind.CAPTION, LineKind.CREDIT}),
        published=article.published,
        outlet=article.outlet,
        zone=article.zone,
        dateline=article.dateline,
    )


def analyze_text(
    text: str,
    *,
    published: datetime | None = None,
    outlet: str = "",
    zone: str = "",
    dateline: str = "",
) -> Analysis:
    """Return the analysis of a text that is not kept as an article: a paste, a file.

    Titles, bylines and page residue may still stand in it; they get no claims. ``zone`` is the
    IANA zone that days are meant in, ``dateline`` the place (and day) printed before the first
    sentence where it was taken out of the text.
    """
    return _analyze(
        text,
        kinds=frozenset(LineKind),
        published=published,
        outlet=outlet,
        zone=zone,
        dateline=dateline,
    )


def _analyze(  # noqa: PLR0913 - all keyword-only: what is known of the article
    text: str,
    *,
    kinds: frozenset[LineKind],
    published: datetime | None,
    outlet: str,
    zone: str,
    dateline: str,
) -> Analysis:
    """Take the steps; ``kinds`` are the kinds of line that are looked for."""
    if reason := reason_not_english(text):
        return Analysis(version=ANALYSIS_VERSION, abstained=reason)
    printed, sentences = without_dateline(text, with_kinds(text, cut(text), kinds))
    doc = parse.parse(text, sentences, names=False)
    found = entities.find(doc, text, sentences, dateline=dateline or printed)
    claims = _body(attribution.find(doc, text, sentences), sentences)
    named = sources.resolve(
        claims, doc=doc, text=text, sentences=sentences, entities=found, outlet=outlet
    )
    chained = chains.link(
        named, doc=doc, text=text, sentences=sentences, entities=found, outlet=outlet
    )
    anchor = published_day(published, zone)
    dated = spoken.date_claims(chained, doc=doc, text=text, sentences=sentences, anchor=anchor)
    said = running.parted(dated, text, sentences)
    return Analysis(version=ANALYSIS_VERSION, sentences=sentences, entities=found, claims=said)


def with_kinds(
    text: str, sentences: tuple[Sentence, ...], kinds: frozenset[LineKind]
) -> tuple[Sentence, ...]:
    """Return the sentences with the kind of the line that each begins on, where it is wanted."""
    labelled = lines(text)
    starts = [span.start for span, _ in labelled]
    found = []
    for sentence in sentences:
        at = bisect_right(starts, sentence.span.start) - 1
        kind = labelled[at][1] if at >= 0 else sentence.kind
        found.append(replace(sentence, kind=kind) if kind in kinds else sentence)
    return tuple(found)


def without_dateline(
    text: str, sentences: tuple[Sentence, ...]
) -> tuple[str, tuple[Sentence, ...]]:
    """Return the dateline before the first body sentence, and the sentences without it."""
    for at, sentence in enumerate(sentences[:FIRST_SENTENCES]):
        if sentence.kind is not LineKind.BODY:
            continue
        found = read_dateline(sentence.span.of(text))
        if found is None or found.length >= sentence.span.end - sentence.span.start:
            return "", sentences
        span = Span(sentence.span.start + found.length, sentence.span.end)
        return found.text, (*sentences[:at], replace(sentence, span=span), *sentences[at + 1 :])
    return "", sentences


def _body(claims: tuple[Claim, ...], sentences: tuple[Sentence, ...]) -> tuple[Claim, ...]:
    """Return the claims that stand on lines of body text."""
    return tuple(claim for claim in claims if sentences[claim.sentence].kind is LineKind.BODY)
