"""The card of an analysis: who says what in one article, and who is named in it (pure)."""

from __future__ import annotations

from typing import Any

from bot.cards.phrases import count
from bot.cards.story import claim_line
from bot.message import Block, Bullets, Heading, Message, Paragraph, Run, Text
from summarizer.citation import cite
from summarizer.model import Analysis, Article, Claim, Entity, Source, Span

Record = dict[str, Any]


def analysis_card(analysis: Analysis, article: Article) -> Message:
    """Render an analysis in reading order."""
    data = {"id": article.id, "title": article.title, "text": article.text}
    data |= analysis_record(analysis, article.text)
    title = article.title or "Untitled"
    if analysis.abstained:
        text = f"Not analysed: {analysis.abstained}"
        return Message((Heading(title), Paragraph((Run(text),))), text, data=data)
    claims = [(claim, cite(article, claim.content[0])) for claim in analysis.claims]
    blocks: list[Block] = [
        Heading(title),
        Heading(count(len(claims), "claim"), level=2),
        Bullets(tuple(claim_line(*claim) for claim in claims)),
        Heading(count(len(analysis.entities), "entity", "entities"), level=2),
        Bullets(tuple(_entity_line(entity) for entity in analysis.entities)),
    ]
    return Message(tuple(blocks), title, data=data)


def _entity_line(entity: Entity) -> Text:
    also = f", also {', '.join(entity.aliases)}" if entity.aliases else ""
    told = f": {entity.description}" if entity.description else ""
    mentions = count(len(entity.mentions), "mention")
    return (Run(entity.name, bold=True), Run(f"{also}{told} ({entity.kind}, {mentions})"))


def analysis_record(analysis: Analysis, text: str) -> Record:
    """Return an analysis as JSON values; all spans are half-open character offsets."""
    return {
        "abstained": analysis.abstained,
        "sentences": [
            {"span": _pair(sentence.span), "kind": str(sentence.kind)}
            for sentence in analysis.sentences
        ],
        "entities": [_entity(entity) for entity in analysis.entities],
        "attributions": [_claim(claim, text) for claim in analysis.claims],
    }


def _entity(entity: Entity) -> Record:
    return {
        "name": entity.name,
        "kind": str(entity.kind),
        "aliases": list(entity.aliases),
        "description": entity.description,
        "mentions": [_pair(span) for span in entity.mentions],
        "possibly": [_pair(span) for span in entity.unsure],
    }


def _claim(claim: Claim, text: str) -> Record:
    attribution = claim.attribution
    source, when = attribution.source, attribution.when
    return {
        "source": [_pair(span) for span in source.spans] if source else [],
        "cue": [_pair(span) for span in attribution.cue],
        "content": [_pair(span) for span in claim.content],
        "sentence": claim.sentence,
        "stance": str(attribution.stance),
        "quotation": str(attribution.quotation),
        "negated": attribution.negated,
        "hedges": [_pair(span) for span in attribution.hedges],
        "who": _source(source) if source else None,
        "chain": [_source(link) for link in attribution.chain],
        "when": {"words": when.words, "day": when.day.isoformat() if when.day else None}
        if when
        else None,
        "words": " … ".join(span.of(text) for span in claim.content),
    }


def _source(source: Source) -> Record:
    return {
        "name": source.name,
        "role": source.role,
        "kind": str(source.kind),
        "spans": [_pair(span) for span in source.spans],
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
