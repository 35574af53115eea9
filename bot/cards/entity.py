"""The card of an entity: what it is, what it says, what is said of it, by day (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted over all stored articles: sentences, articles, sentences a local day."""

    sentences: int
    articles: int
    by_day: tuple[tuple[date, int], ...] = ()


def entity_message(
    card: EntityCard,
    counts: Counts,
    chart: Picture | None = None,
    stories: Sequence[tuple[str, str]] = (),
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
    blocks.append(Small((Run(_told(card, counts)),)))
    return Message(tuple(blocks), card.name, data=_record(card, counts, stories))


def _told(card: EntityCard, counts: Counts) -> str:
    """Say what the card rests on."""
    told = f"{count(counts.sentences, 'sentence')} in {count(counts.articles, 'article')}"
    outlets = f"from {count(len(card.outlets), 'outlet')}"
    if counts.articles <= len(card.articles):
        return f"{told} {outlets}."
    read = count(len(card.articles), "newest article")
    return f"{told}. Described, quoted and counted with others from the {read} {outlets}."


def _described(words: str, citation: Citation) -> Text:
    return (Run(f"{words} ("), Run(citation.article.outlet, link=citation.link), Run(")"))


def _line(finding: Finding) -> Text:
    if finding.claim is not None:
        return claim_line(finding.claim, finding.citation)
    quote = " ".join(finding.citation.quote.split())
    outlet = Run(finding.citation.article.outlet, link=finding.citation.link)
    return (Run(f"{quote} ("), outlet, Run(")"))


def _record(
    card: EntityCard, counts: Counts, stories: Sequence[tuple[str, str]]
) -> dict[str, object]:
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
        "days": {day.isoformat(): number for day, number in counts.by_day},
        "appears_with": dict(card.appears_with),
        "stories": [{"id": number, "title": title} for number, title in stories],
        "sentences": counts.sentences,
        "articles": counts.articles,
        "read": list(card.articles),
        "outlets": list(card.outlets),
    }
