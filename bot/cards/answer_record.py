"""An answer as JSON values, for ``--json`` and exports (pure)."""

from __future__ import annotations

from summarizer.model import Answer, Carrier, Finding, Span


def answer_record(answer: Answer) -> dict[str, object]:
    """Return an answer as JSON values; the keys are documented in docs/json.md."""
    searched = answer.searched
    return {
        "question": answer.question,
        "none": answer.none,
        "answers": [finding_record(finding) for finding in answer.findings],
        "nearest": [
            {"reason": reason} | finding_record(finding) for finding, reason in answer.nearest
        ],
        "searched": {
            "articles": searched.articles,
            "feeds": searched.feeds,
            "since": searched.since.isoformat() if searched.since else None,
            "down": list(searched.down),
        },
    }


def finding_record(finding: Finding) -> dict[str, object]:
    """Return one finding as JSON values; spans are character offsets into the article."""
    article, claim = finding.citation.article, finding.claim
    attribution = claim.attribution if claim else None
    source = attribution.source if attribution else None
    when = attribution.when if attribution else None
    return {
        "sentence": finding.citation.quote,
        "span": [finding.citation.span.start, finding.citation.span.end],
        "content": _joined(finding.content, article.text),
        "content_spans": [[span.start, span.end] for span in finding.content],
        "article": {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "link": finding.citation.link,
            "published": article.published.isoformat() if article.published else None,
        },
        "source": {
            "name": source.name if source else "" if claim else article.outlet,
            "role": source.role if source else "",
            "kind": str(source.kind) if source else "" if claim else "the outlet's own voice",
        },
        "stance": str(attribution.stance) if attribution else None,
        "quotation": str(attribution.quotation) if attribution else None,
        "negated": attribution.negated if attribution else False,
        "cue": _joined(attribution.cue, article.text) if attribution else "",
        "hedges": [span.of(article.text) for span in attribution.hedges] if attribution else [],
        "chain": [{"name": link.name, "kind": str(link.kind)} for link in finding.chain],
        "said_on": when.day.isoformat() if when and when.day else None,
        "said_words": when.words if when else None,
        "also": {
            "outlets": list(finding.corroboration.outlets),
            "origins": finding.corroboration.origins,
        },
        "disputes": [_dispute_record(dispute) for dispute in finding.corroboration.disputes],
    }


def _dispute_record(dispute: Carrier) -> dict[str, object]:
    source = dispute.claim.attribution.source if dispute.claim else None
    return {
        "source": source.name if source else dispute.citation.article.outlet,
        "stance": str(dispute.claim.attribution.stance) if dispute.claim else None,
        "sentence": dispute.citation.quote,
        "outlet": dispute.citation.article.outlet,
        "link": dispute.citation.link,
    }


def _joined(spans: tuple[Span, ...], text: str) -> str:
    """Return the pieces as they stand, with an ellipsis where words between them are left out."""
    return " … ".join(span.of(text) for span in spans)
