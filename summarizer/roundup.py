"""Many articles, one text: the briefing of a story from all the outlets that tell it.

Every sentence is a slice of one of the articles. What several outlets tell counts more; what was
said once is not said again. Which articles make a story is decided in ``stories``.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.briefing import candidates, passage
from summarizer.model import Analysis, Article, Briefing
from summarizer.rankers import DEFAULT_RANKER
from summarizer.ranking import agreed
from summarizer.standalone import repeats

_WORDS_OVER = 1.15
"""A text may be so much longer than asked for, rather than stop a sentence early."""


def roundup(
    title: str,
    articles: Sequence[tuple[Article, Analysis]],
    *,
    sentences: int = 3,
    words: int | None = None,
    ranker: str = DEFAULT_RANKER,
) -> Briefing:
    """Brief a story in at most ``sentences`` sentences, or in about ``words`` words if given.

    Raises:
        KeyError: no ranker has this name.

    """
    found = [
        (score, passage(article, analysis, span))
        for article, analysis in articles
        for score, span in candidates(article.text, analysis.sentences, ranker=ranker)
    ]
    agreement = agreed([one.citation.quote for _, one in found])
    ordered = sorted(range(len(found)), key=lambda at: (-found[at][0] * (1 + agreement[at]), at))
    chosen: list[int] = []
    length = 0
    for at in ordered:
        quote = found[at][1].citation.quote
        size = len(quote.split())
        full = length >= words * 0.9 if words else len(chosen) == sentences
        if full:
            break
        if words and length + size > words * _WORDS_OVER:
            continue
        if not any(repeats(quote, found[other][1].citation.quote) for other in chosen):
            chosen.append(at)
            length += size
    passages = tuple(found[at][1] for at in sorted(chosen))
    return Briefing(title, passages, ranker)
