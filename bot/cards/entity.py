"""The card of an entity: what it is, what it says, what is said of it, by day (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.answer_record import finding_record
from bot.cards.phrases import count, shortened
from bot.cards.story import claim_line
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Picture,
    Run,
    Small,
    Text,
)
from summarizer.entity_card import EntityCard
from summarizer.model import Citation, Finding

SHOWN = 5


def entity_message(
    card: EntityCard, chart: Picture | None, stories: Sequence[tuple[str, str]]
) -> Message:
    """Render an entity's card. ``stories`` are (number, title) of its latest stories."""
    rows: list[tuple[str, Text]] = [("Kind", (Run(str(card.kind)),))]
    rows += [("Described as", _described(*pair)) for pair in card.descriptions]
    if card.aliases:
        rows.append(("Also", (Run(", ".join(card.aliases)),)))
    if card.appears_with:
        names = ", ".join(f"{name} ({number})" for name, number in card.appears_with)
        rows.append(("Appears with", (Run(names),)))
    blocks: list[Block] = [Heading(card.name), Facts(tuple(rows))]
    for title, findings in (
        ("Says", card.says),
        ("Said of it", card.said_of),
        ("Denials and refusals", card.disputes),
    ):
        if findings:
            blocks.append(Heading(title, level=2))
            blocks.append(Bullets(tuple(_line(finding) for finding in findings[:SHOWN])))
    if chart is not None:
        blocks.append(chart)
    if stories:
        blocks.append(Heading("Latest stories", level=2))
        latest = (Button(shortened(t, 75), f"story {n}") for n, t in stories[:SHOWN])
        blocks.append(Buttons(tuple(latest)))
    told = f"{count(card.mentions, 'sentence')} in {count(len(card.articles), 'article')}"
    blocks.append(Small((Run(f"{told} from {count(len(card.outlets), 'outlet')}."),)))
    return Message(tuple(blocks), card.name, data=_record(card, stories))


def _described(words: str, citation: Citation) -> Text:
    return (Run(f"{words} ("), Run(citation.article.outlet, link=citation.link), Run(")"))


def _line(finding: Finding) -> Text:
    if finding.claim is not None:
        return claim_line(finding.claim, finding.citation)
    quote = " ".join(finding.citation.quote.split())
    outlet = Run(finding.citation.article.outlet, link=finding.citation.link)
    return (Run(f"{quote} ("), outlet, Run(")"))


def _record(card: EntityCard, stories: Sequence[tuple[str, str]]) -> dict[str, object]:
    return {
        "name": card.name,
        "kind": str(card.kind),
        "aliases": list(card.aliases),
        "descriptions": [
            {"words": words, "outlet": where.article.outlet, "link": where.link}
            for words, where in card.descriptions
        ],
        "says": [finding_record(finding) for finding in card.says],
        "said_of": [finding_record(finding) for finding in card.said_of],
        "disputes": [finding_record(finding) for finding in card.disputes],
        "days": {day.isoformat(): number for day, number in card.by_day},
        "appears_with": dict(card.appears_with),
        "stories": [{"id": number, "title": title} for number, title in stories],
        "mentions": card.mentions,
        "articles": list(card.articles),
        "outlets": list(card.outlets),
    }
