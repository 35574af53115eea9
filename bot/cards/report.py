"""The cards of a gathering and of a move to another database (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cards.phrases import count
from bot.message import Block, Bullets, Heading, Message, Paragraph, Run, Small
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


def moved_card(tables: Sequence[tuple[str, int, str]]) -> Message:
    """Render what a move to another database copied: (table, rows, SHA-256 over them)."""
    rows = sum(held for _, held, _ in tables)
    text = f"Moved and checked: {count(rows, 'row')} in {count(len(tables), 'table')}."
    lines = tuple((Run(f"{name}: {held:,}"),) for name, held, _ in tables if held)
    hint = "Now name the new database in config.toml (database = ...). The old one is unchanged."
    data = {"tables": [{"table": one, "rows": n, "sha256": sha} for one, n, sha in tables]}
    blocks = (Paragraph((Run(text),)), Bullets(lines), Small((Run(hint),)))
    return Message(blocks, text, data=data)
