"""The card of a digest: a channel's briefings for one slot (pure)."""

from __future__ import annotations

from bot.cards.answer_record import dispute_record
from bot.cards.briefing import passage_record, passage_text, speakers
from bot.cards.phrases import count, dissent_in_words, name_of, searched_in_words, shown_at
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Paragraph,
    Quote,
    Run,
    Small,
    Text,
)
from summarizer.model import Digest, DigestItem

MOST_OUTLETS = 4
"""So many outlets of a story are named, and all state media; the others are counted."""


SHOWN_DISPUTES = 3
"""So many disputes of a story's first sentence are named."""


def digest_card(digest: Digest, *, note: str = "") -> Message:
    """Render a digest. ``note`` is a sentence of ours above it ("two hours late, ...")."""
    day = f"{digest.until:%A} {digest.until.day} {digest.until:%B %Y}"
    shown = count(len(digest.items), "story", "stories")
    heading = f"{day}: {shown} out of {count(digest.articles, 'article')}"
    blocks: list[Block] = [Heading(heading), Small(_window(digest))]
    if note:
        blocks.append(Paragraph((Run(note, italic=True),)))
    if not digest.items:
        blocks.append(Paragraph((Run("Nothing new in this window."),)))
    section = ""
    for item in digest.items:
        if item.section != section:
            section = item.section
            blocks.append(Heading(section.upper() or "OTHER NEWS", level=2))
        blocks += _item(item)
    blocks += _left_out(digest)
    return Message(tuple(blocks), heading, data=digest_record(digest))


def _window(digest: Digest) -> Text:
    return (shown_at(digest.since), Run(" to "), shown_at(digest.until))


def _item(item: DigestItem) -> list[Block]:
    blocks: list[Block] = [Heading(item.briefing.title or item.story.title, level=2)]
    if item.new is not None:
        blocks.append(Small((Run("Shown here before; new since then:"),)))
    blocks += [Quote(passage_text(passage)) for passage in item.briefing.passages]
    rows: list[tuple[str, Text]] = []
    claims = tuple(claim for passage in item.briefing.passages for claim in passage.claims)
    if who := speakers(claims):
        rows.append(("Who says so", (Run(who),)))
    if who := _disputing(item):
        rows.append(("Disputed by", (Run(who),)))
    rows.append(("Carried by", (Run(_carried(item)),)))
    blocks.append(Facts(tuple(rows)))
    blocks.append(Buttons(tuple(_buttons(item))))
    return blocks


def _disputing(item: DigestItem) -> str:
    """Name who disputes the first sentence, how and where; "" when nobody does."""
    named = [
        f"{name_of(dispute)} ({dissent_in_words(dispute)}), in {dispute.citation.article.outlet}"
        for dispute in item.corroboration.disputes[:SHOWN_DISPUTES]
    ]
    return "; ".join(dict.fromkeys(named))


def _carried(item: DigestItem) -> str:
    told = [
        f"{outlet}, state media" if outlet in item.state_media else outlet
        for at, outlet in enumerate(item.outlets)
        if at < MOST_OUTLETS or outlet in item.state_media
    ]
    more = len(item.outlets) - len(told)
    names = "; ".join(told) + (f" and {more} more" if more else "")
    words = f"{count(item.articles, 'article')} from {count(len(item.outlets), 'outlet')} ({names})"
    if item.corroboration.carriers:
        words += f"; {count(item.corroboration.origins, 'origin')} of the first sentence"
    return words


def _buttons(item: DigestItem) -> list[Button]:
    buttons = [
        Button("Story", f"story {item.story.id}"),
        Button("Follow", f"follow {item.story.id}"),
    ]
    if item.briefing.passages:
        citation = item.briefing.passages[0].citation
        place = f"@{citation.article.id}:{citation.span.start}"
        buttons.insert(0, Button("Who says so?", f"source {place}"))
    return buttons


def _left_out(digest: Digest) -> list[Block]:
    blocks: list[Block] = []
    if digest.left_out:
        blocks.append(Heading("Left out", level=2))
        items = tuple((Run(f"{number:,}: {reason}"),) for reason, number in digest.left_out)
        blocks.append(Bullets(items))
    blocks.append(Small((Run(f"Stored: {searched_in_words(digest.searched)}."),)))
    return blocks


def digest_record(digest: Digest) -> dict[str, object]:
    """Return a digest as JSON values."""
    return {
        "since": digest.since.isoformat(),
        "until": digest.until.isoformat(),
        "articles": digest.articles,
        "stories": digest.stories,
        "items": [_item_record(item) for item in digest.items],
        "left_out": [{"reason": reason, "count": number} for reason, number in digest.left_out],
        "down": list(digest.searched.down),
    }


def _item_record(item: DigestItem) -> dict[str, object]:
    return {
        "story": item.story.id,
        "title": item.briefing.title or item.story.title,
        "section": item.section,
        "sentences": [passage_record(passage) for passage in item.briefing.passages],
        "articles": item.articles,
        "outlets": list(item.outlets),
        "state_media": list(item.state_media),
        "origins": item.corroboration.origins,
        "disputes": [dispute_record(dispute) for dispute in item.corroboration.disputes],
        "new": None if item.new is None else [passage_record(passage) for passage in item.new],
    }
