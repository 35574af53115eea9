"""What disputes the sentences of short articles, for the tests of disputes and of denials."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from summarizer.analysis import analyze
from summarizer.citation import cite
from summarizer.corroboration import corroborate
from summarizer.model import Analysis, Article, Dissent, Finding

DENIES, UNCONFIRMED = Dissent.DENIES, Dissent.UNCONFIRMED
NUMBER, OTHERWISE = Dissent.NUMBER, Dissent.OTHERWISE
MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def read(text: str, *, name: str = "a", hours: int = 0) -> tuple[Article, Analysis]:
    article = Article(name, text, "", f"The {name} Post", published=MONDAY + timedelta(hours=hours))
    return article, analyze(article)


def disputed(
    *told: tuple[Article, Analysis], sentence: int = 0
) -> list[tuple[Dissent | None, str]]:
    """Return (how, sentence) of all that disputes a sentence of the first article."""
    article, analysis = told[0]
    span = analysis.sentences[sentence].span
    claims = [claim for claim in analysis.claims if claim.sentence == sentence]
    content = claims[0].content if claims else (span,)
    found = Finding(cite(article, span), content, claims[0] if claims else None, ())
    shown = corroborate(found, told).disputes
    return [(one.dissent, one.citation.quote) for one in shown]


def kinds(*told: str, sentence: int = 0) -> list[Dissent | None]:
    articles = [read(text, name=name) for text, name in zip(told, "abcdef", strict=False)]
    return [kind for kind, _ in disputed(*articles, sentence=sentence)]
