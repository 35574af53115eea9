"""The card of a briefing: verbatim sentences, each with who says so and its link (pure)."""

from __future__ import annotations

from bot.cards.phrases import published, source_in_words
from bot.cards.verbs import agreeing
from bot.message import Block, Facts, Heading, Message, Paragraph, Quote, Run, Small, Text
from summarizer.model import Article, Briefing, Claim, Passage


def briefing_card(briefing: Briefing, article: Article) -> Message:
    """Render the briefing of one article."""
    blocks: list[Block] = [
        Heading(briefing.title or "Untitled", link=article.url),
        Paragraph((Run(f"{article.outlet or 'outlet unknown'} · "), *published(article))),
    ]
    blocks += passage_blocks(briefing.passages)
    if not briefing.passages:
        blocks.append(Paragraph((Run("Nothing in this article can be quoted: it has no body."),)))
    blocks.append(Small((Run(f"Sentences as the article has them, chosen by {briefing.ranker}."),)))
    return Message(tuple(blocks), briefing.title, data=briefing_record(briefing, article))


def passage_blocks(passages: tuple[Passage, ...]) -> list[Block]:
    """Render passages as quotations, each with who says it."""
    blocks: list[Block] = []
    for passage in passages:
        blocks.append(Quote(passage_text(passage)))
        if who := speakers(passage.claims):
            blocks.append(Facts((("Who says so", (Run(who),)),)))
    return blocks


def passage_text(passage: Passage) -> Text:
    """Return the sentence with its lead-in (ours) and its outlet, which links to it there."""
    quote = Run(" ".join(passage.citation.quote.split()))
    lead_in = (Run(f"{passage.lead_in} ", italic=True),) if passage.lead_in else ()
    outlet = passage.citation.article.outlet or "source"
    return (*lead_in, quote, Run(" — "), Run(outlet, link=passage.citation.link))


def speakers(claims: tuple[Claim, ...]) -> str:
    """Name the sources of some claims, each once, with stance: "NIS, spy agency (confirms)"."""
    names: dict[str, str] = {}
    for claim in claims:
        source = claim.attribution.source
        name = source_in_words(source) if source else "nobody in particular"
        names.setdefault(name, agreeing(claim.attribution.stance, source))
    return "; ".join(f"{name} ({stance})" for name, stance in names.items())


def briefing_record(briefing: Briefing, article: Article) -> dict[str, object]:
    """Return a briefing as JSON values; spans are character offsets into the article's text."""
    return {
        "title": briefing.title,
        "ranker": briefing.ranker,
        "article": {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "byline": article.byline,
            "dateline": article.dateline,
            "language": article.language,
            "published": article.published.isoformat() if article.published else None,
            "updated": article.updated.isoformat() if article.updated else None,
            "captions": [caption.text for caption in article.captions],
        },
        "sentences": [passage_record(passage) for passage in briefing.passages],
    }


def passage_record(passage: Passage) -> dict[str, object]:
    """Return one passage as JSON values."""
    citation = passage.citation
    return {
        "sentence": citation.quote,
        "span": [citation.span.start, citation.span.end],
        "lead_in": passage.lead_in,
        "outlet": citation.article.outlet,
        "link": citation.link,
        "who": speakers(passage.claims),
    }
