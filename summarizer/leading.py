"""Which article of a story should head its item in a digest: new, typical of it, and a report.

What happened last is what a digest is read for, but the last article may be a side piece, an
opinion or a question. Which sentence of it is shown is for ``roundup`` to say.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from summarizer.model import Article
from summarizer.similarity import terms

HALF_LIFE_HOURS = 12.0
"""News is worth half as much after so long."""

_ASKING = 0.25
"""What a headline that asks, or an opinion, is worth beside a report."""

_NO_REPORT = re.compile(
    r"^(?:opinion|comment|analysis|editorial|column|letters?)\b|\?", re.IGNORECASE
)
_HEAD_CHARACTERS = 600


def freshness(article: Article, until: datetime) -> float:
    """Return 1 for an article of this moment, or without a date, and half for each 12 hours."""
    age = until - (article.published or until)
    return float(2 ** (-max(0.0, age / timedelta(hours=1)) / HALF_LIFE_HOURS))


def leading(
    coming: Sequence[Article], story: Sequence[Article], until: datetime
) -> dict[str, float]:
    """Return for the ids of the new articles of a story how much each is wanted at its head."""
    heads = {article.id: set(terms(head(article))) for article in story}
    shared = Counter(term for own in heads.values() for term in own)
    return {
        article.id: freshness(article, until)
        * _typical(heads.get(article.id, set()), shared)
        * (_ASKING if _NO_REPORT.search(article.title) else 1.0)
        for article in coming
    }


def head(article: Article, characters: int = _HEAD_CHARACTERS) -> str:
    """Return the headline of an article and so many characters of its text."""
    return f"{article.title}\n{article.text[:characters]}"


def _typical(own: set[str], shared: Mapping[str, int]) -> float:
    """Return how much of what the story's other articles begin with one has."""
    return (1 + sum(shared[term] - 1 for term in own)) / math.sqrt(1 + len(own))
