"""A claim as JSON values, with its article, spans and a hash of the text (pure)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from summarizer.citation import cite
from summarizer.model import Analysis, Article, Claim, Source, SourceKind, Span

Record = dict[str, object]


def claim_record(article: Article, analysis: Analysis, claim: Claim, *, story: str = "") -> Record:
    """Return one claim as JSON values; spans are character offsets into the article's text.

    ``id`` is the article's id and where the content begins and ends: the same as long as the
    text is. ``story`` is the number of the article's story.
    """
    citation = cite(article, analysis.sentences[claim.sentence].span)
    start, end = claim.content[0].start, claim.content[-1].end
    attribution = claim.attribution
    chain = attribution.chain or ((attribution.source,) if attribution.source else ())
    outlet = Source((), article.outlet, SourceKind.OUTLET)
    return {
        "id": f"{article.id}:{start}-{end}",
        "sentence": citation.quote,
        "span": [citation.span.start, citation.span.end],
        "content": joined(claim.content, article.text),
        "content_spans": pairs(claim.content),
        **attribution_record(article, claim),
        "chain": [source_record(link) for link in (outlet, *chain)],
        "article": article_record(article)
        | {"link": citation.link, "text_sha256": digest(article)},
        "story": story,
        "analysis_version": analysis.version,
    }


def digest(article: Article) -> str:
    """Return the SHA-256 of the article's text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(article.text.encode()).hexdigest()


def article_record(article: Article) -> Record:
    """Return what cites an article; times are ISO 8601 with their offset."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
    }


def attribution_record(article: Article, claim: Claim | None) -> Record:
    """Return who says a claim, how and when; without a claim the outlet says it itself."""
    attribution = claim.attribution if claim else None
    source = attribution.source if attribution else None
    when = attribution.when if attribution else None
    own_voice = Source((), article.outlet, SourceKind.OWN_VOICE)
    return {
        "source": source_record(source if claim else own_voice),
        "source_spans": pairs(source.spans) if source else [],
        "stance": str(attribution.stance) if attribution else None,
        "quotation": str(attribution.quotation) if attribution else None,
        "negated": attribution.negated if attribution else False,
        "cue": joined(attribution.cue, article.text) if attribution else "",
        "cue_spans": pairs(attribution.cue) if attribution else [],
        "hedges": [span.of(article.text) for span in attribution.hedges] if attribution else [],
        "said_on": when.day.isoformat() if when and when.day else None,
        "said_words": when.words if when else None,
    }


def source_record(source: Source | None) -> Record:
    """Return name, role and kind of a source; all are empty where nobody is named."""
    if source is None:
        return {"name": "", "role": "", "kind": ""}
    return {"name": source.name, "role": source.role, "kind": str(source.kind)}


def joined(spans: Sequence[Span], text: str) -> str:
    """Return the pieces as they stand, with an ellipsis where words between them are left out."""
    return " … ".join(span.of(text) for span in spans)


def pairs(spans: Sequence[Span]) -> list[list[int]]:
    """Return spans as JSON has them."""
    return [[span.start, span.end] for span in spans]
