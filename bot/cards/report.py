"""The card of a gathering: how items landed, and faults in words (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards.phrases import count
from bot.message import Block, Bullets, Heading, Message, Paragraph, Run
from bot.model import Landing

WORDS = {
    Landing.NEW: "new",
    Landing.UPDATED: "edited since",
    Landing.CARRIED: "carried by another outlet too",
    Landing.SAME: "known already",
}


def report_card(landed: Mapping[Landing, int], analysed: int, faults: Sequence[str]) -> Message:
    """Render what gathering did."""
    parts = [f"{landed[one]:,} {words}" for one, words in WORDS.items() if landed.get(one)]
    total = count(sum(landed.values()), "article")
    text = f"{total}: {', '.join(parts)}." if parts else "No article came in."
    blocks: list[Block] = [Paragraph((Run(text),))]
    if faults:
        blocks.append(Heading(count(len(faults), "fault"), level=2))
        blocks.append(Bullets(tuple((Run(fault),) for fault in faults)))
    data = {
        "landed": {str(one): landed.get(one, 0) for one in WORDS},
        "analysed": analysed,
        "faults": list(faults),
    }
    return Message(tuple(blocks), text, data=data)
