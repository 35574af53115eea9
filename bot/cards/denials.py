"""The card of denials: who disputes a claim or a story, or would not confirm it (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.answer_record import dispute_record, searched_record
from bot.cards.phrases import dispute_line, searched_in_words
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Message,
    Paragraph,
    Quote,
    Run,
    Small,
)
from summarizer.model import Carrier, Searched

SHOWN = 8


def denials_card(
    about: str, denials: Sequence[Carrier], *, searched: Searched, story: str = ""
) -> Message:
    """Render the denials of what ``about`` says; ``story`` is the story's command, or empty."""
    blocks: list[Block] = [Quote((Run(about),))]
    if denials:
        blocks.append(Heading("Who disputes it or would not confirm it", level=2))
        blocks.append(Bullets(tuple(dispute_line(denial) for denial in denials[:SHOWN])))
        summary = f"{len(denials)} dispute it or would not confirm it"
    else:
        summary = "Nobody in its story denies this, contradicts it or refuses to confirm it."
        blocks.append(Paragraph((Run(summary),)))
    if story:
        blocks.append(Buttons((Button("Story", story),)))
    blocks.append(Small((Run(f"Searched {searched_in_words(searched)}."),)))
    data = {
        "about": about,
        "denials": [dispute_record(denial) for denial in denials],
        "searched": searched_record(searched),
    }
    return Message(tuple(blocks), summary, data=data)
