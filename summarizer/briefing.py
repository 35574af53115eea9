"""Briefings: which sentences of an article are shown, each with its claims and its citation.

Choosing only: scores come from ``rankers``, and whether a sentence can stand alone from
``standalone``. No sentence is ever rewritten; ``Passage.lead_in`` is shown beside it, as ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.citation import cite
from summarizer.model import (
    Analysis,
    Article,
    Briefing,
    LineKind,
    Passage,
    Sentence,
    Span,
)
from summarizer.passages import claims_in
from summarizer.rankers import DEFAULT_RANKER, rank
from summarizer.ranking import vectors
from summarizer.similarity import Shingles, containment, dot, shingles
from summarizer.standalone import fit, lead_in, repeats, within_quotes

TOLD_BY_TITLE = 0.75
"""The share of a sentence's five-word runs from which the title has told it already."""


def choose(
    text: str,
    sentences: Sequence[Sentence],
    *,
    count: int = 3,
    ranker: str = DEFAULT_RANKER,
    title: str = "",
) -> tuple[Span, ...]:
    """Return the spans of at most ``count`` sentences that brief ``text``, in reading order.

    Only body sentences that are fit to be shown are chosen, none twice. When a text has none
    that is fit, its first body sentences are shown rather than nothing. A sentence that says
    hardly more than ``title``, which stands above the briefing, gives way to others.

    Raises:
        KeyError: no ranker has this name.

    """
    found = candidates(text, sentences, ranker=ranker)
    quotes = [span.of(text) for _, span in found]
    alike, runs = vectors(quotes), [shingles(quote) for quote in quotes]
    scores = [score for score, _ in found]
    told = shingles(title)
    more = [at for at, run in enumerate(runs) if not _told(run, told)]
    waiting = more if len(more) >= count else list(range(len(found)))
    chosen: list[int] = []
    while waiting and len(chosen) < count:
        best = max(waiting, key=lambda at: (scores[at], -at))
        chosen.append(best)
        near = {at: dot(alike[at], alike[best]) for at in waiting if at != best}
        waiting = [at for at in near if not repeats(runs[at], runs[best])]
        if ranker == DEFAULT_RANKER:
            for at in waiting:
                scores[at] *= 1 - near[at]
    return tuple(found[at][1] for at in sorted(chosen))


def told_by(title: str, quote: str) -> bool:
    """Tell whether a sentence says hardly more than a title."""
    return _told(shingles(quote), shingles(title))


def _told(run: Shingles, title: Shingles) -> bool:
    return containment(run, title) >= TOLD_BY_TITLE


def candidates(
    text: str, sentences: Sequence[Sentence], *, ranker: str = DEFAULT_RANKER
) -> list[tuple[float, Span]]:
    """Return (score, span) of the body sentences that are fit to be shown, in reading order.

    When none is fit, all body sentences are returned rather than nothing.

    Raises:
        KeyError: no ranker has this name.

    """
    body = [sentence for sentence in sentences if sentence.kind is LineKind.BODY]
    quotes = [sentence.span.of(text) for sentence in body]
    scores = rank(quotes, ranker=ranker)
    inside = within_quotes(text, body)
    scored = [(score, one.span) for score, one in zip(scores, body, strict=True)]
    fitting = [
        pair
        for pair, quote in zip(scored, quotes, strict=True)
        if pair[1] not in inside and fit(quote)
    ]
    return fitting or scored


def brief(
    article: Article,
    analysis: Analysis,
    *,
    sentences: int = 3,
    ranker: str = DEFAULT_RANKER,
) -> Briefing:
    """Brief one article in at most ``sentences`` verbatim sentences.

    Raises:
        KeyError: no ranker has this name.

    """
    spans = choose(
        article.text, analysis.sentences, count=sentences, ranker=ranker, title=article.title
    )
    passages = tuple(passage(article, analysis, span) for span in spans)
    return Briefing(article.title, passages, ranker)


def passage(article: Article, analysis: Analysis, span: Span) -> Passage:
    """Make a passage of a sentence: its citation, its claims, and a lead-in where it needs one."""
    return Passage(cite(article, span), claims_in(analysis, span), lead_in(article, analysis, span))
