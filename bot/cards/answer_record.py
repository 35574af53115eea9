"""An answer as JSON values, for ``--json`` (pure). The keys are documented in docs/json.md."""

from __future__ import annotations

from bot.cards.claim_record import (
    article_record,
    attribution_record,
    joined,
    pairs,
    source_record,
)
from summarizer.model import Answer, Carrier, Corroboration, Finding, Searched


def answer_record(answer: Answer) -> dict[str, object]:
    """Return an answer as JSON values."""
    return {
        "question": answer.question,
        "none": answer.none,
        "sure": answer.sure,
        "answers": [finding_record(finding) for finding in answer.findings],
        "nearest": [
            {"reason": reason} | finding_record(finding) for finding, reason in answer.nearest
        ],
        "searched": searched_record(answer.searched),
    }


def searched_record(searched: Searched) -> dict[str, object]:
    """Return the denominators as JSON values."""
    return {
        "articles": searched.articles,
        "feeds": searched.feeds,
        "since": searched.since.isoformat() if searched.since else None,
        "down": list(searched.down),
        "down_since": [at.isoformat() if at else None for at in searched.down_since],
    }


def finding_record(finding: Finding) -> dict[str, object]:
    """Return one finding as JSON values; spans are character offsets into the article."""
    article = finding.citation.article
    return {
        "sentence": finding.citation.quote,
        "span": [finding.citation.span.start, finding.citation.span.end],
        "content": joined(finding.content, article.text),
        "content_spans": pairs(finding.content),
        "article": article_record(article) | {"link": finding.citation.link},
        **attribution_record(article, finding.claim),
        "chain": [source_record(link) for link in finding.chain],
        "denial": finding.denial,
        **corroboration_record(finding.corroboration),
    }


def corroboration_record(corroboration: Corroboration) -> dict[str, object]:
    """Return who else carries a claim, from how many origins, and who disputes it."""
    return {
        "also": _also_record(corroboration),
        "disputes": [dispute_record(dispute) for dispute in corroboration.disputes],
    }


def dispute_record(dispute: Carrier) -> dict[str, object]:
    """Return a passage that disputes a claim, with how, and the other number where one is given."""
    return carrier_record(dispute) | {
        "dissent": str(dispute.dissent) if dispute.dissent else None,
        "number": dispute.number,
    }


def _also_record(corroboration: Corroboration) -> dict[str, object]:
    return {
        "outlets": list(corroboration.outlets),
        "origins": corroboration.origins,
        "carriers": [
            carrier_record(carrier) | {"origin": carrier.origin}
            for carrier in corroboration.carriers
        ],
    }


def carrier_record(carrier: Carrier) -> dict[str, object]:
    """Return a passage elsewhere that carries or disputes a claim, and who says it there."""
    article, claim = carrier.citation.article, carrier.claim
    source = claim.attribution.source if claim else None
    return {
        "source": source.name if source else "" if claim else article.outlet,
        "role": source.role if source else "",
        "stance": str(claim.attribution.stance) if claim else None,
        "sentence": carrier.citation.quote,
        "span": [carrier.citation.span.start, carrier.citation.span.end],
        "article": article.id,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "link": carrier.citation.link,
    }
