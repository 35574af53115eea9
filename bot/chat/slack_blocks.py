"""A Message as Slack messages of Block Kit, each within every limit (pure).

What does not fit goes on in further payloads, for the thread or for pages; nothing is left
out. The top-level text of each says the whole for screen readers. It sends nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.cards.typed import as_typed
from bot.chat.slack_elements import Json, size
from bot.chat.slack_escape import escape
from bot.chat.slack_limits import BLOCKS, JSON, TEXT
from bot.chat.slack_units import Unit, blocks_of, footnote, units_of
from bot.message import Block, Divider, Heading, Message, Paragraph, Picture, plain

SLASH = "/whosaid "
_NOTES = 400
"""Room kept for what stands above and below a part."""
_SUMMARY = 500


@dataclass(frozen=True, slots=True)
class Payload:
    """One Slack message: its blocks, its text for screen readers, and its pictures.

    Pictures are shown as bars and words in the blocks; where a file may go beside the
    message they are uploaded too.
    """

    text: str
    blocks: tuple[Json, ...]
    pictures: tuple[Picture, ...] = field(default=(), compare=False)

    def to_json(self) -> str:
        """Return the payload as JSON, the same for the same payload, without its pictures."""
        record = {"text": self.text, "blocks": self.blocks}
        return json.dumps(record, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Payload:
        """Read a payload that ``to_json`` wrote."""
        record = json.loads(text)
        return cls(record["text"], tuple(record["blocks"]))


def payloads(message: Message, *, reserve: int = 0) -> list[Payload]:
    """Return the message, less its thread, as payloads in reading order; at least one.

    ``reserve`` is the JSON size of what the caller puts below each.
    """
    message = as_typed(message, SLASH)
    groups = [units_of(group) for group in _groups(message.blocks)]
    if not any(groups):
        groups = [units_of((Paragraph(plain(message.summary.strip() or "(nothing)")),))]
    pages = _paged(groups, JSON - _NOTES - reserve)
    first, *rest = [_payload(page) for page in pages]
    return [replace(first, text=_headed(message.summary, first.text)), *rest]


def frozen(message: Message) -> tuple[str, ...]:
    """Render a message and its thread into the payloads of its parts (pure)."""
    return tuple(part.to_json() for part in threaded(message))


def threaded(message: Message) -> list[Payload]:
    """Return the message and its thread: the first payload is for the channel, the rest below."""
    own = payloads(message)
    parts = own + [part for below in message.thread for part in payloads(below)]
    total = len(own)
    for number in range(1, total):
        parts[number] = above(parts[number], f"Part {number + 1} of {total}")
    if len(parts) > 1:
        more = f"part 2 of {total}" if total > 1 else "more"
        parts[0] = below(parts[0], footnote(f"Goes on in the thread: {more}"))
    return parts


def above(payload: Payload, words: str) -> Payload:
    """Return the payload with a small line of ours over it."""
    return replace(
        payload, text=f"{escape(words)}\n{payload.text}", blocks=(footnote(words), *payload.blocks)
    )


def below(payload: Payload, *blocks: Json) -> Payload:
    """Return the payload with further blocks under it."""
    return replace(payload, blocks=(*payload.blocks, *blocks))


def _headed(summary: str, text: str) -> str:
    line = escape(" ".join(summary.split()))
    line = line if len(line) <= _SUMMARY else line[:_SUMMARY] + "…"
    return text if not line or text.startswith(line) else f"{line}\n{text}"


def _groups(blocks: Iterable[Block]) -> list[list[Block]]:
    """Part blocks into what should stay together: a new group at each rule and each heading."""
    groups: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Divider | Heading):
            groups.append([])
        groups[-1].append(block)
    return groups


def _paged(groups: Iterable[list[Unit]], room: int) -> list[list[Unit]]:
    pages: list[list[Unit]] = [[]]
    for group in groups:
        if not _fits(pages[-1] + group, room) and _fits(group, room):
            pages.append([])
        for unit in group:
            if not _fits([*pages[-1], unit], room):
                pages.append([])
            pages[-1].append(unit)
    trimmed = [_without_edge_rules(page) for page in pages]
    return [page for page in trimmed if page] or [units_of((Paragraph(plain("(nothing)")),))]


def _fits(units: Sequence[Unit], room: int) -> bool:
    if sum(len(unit.text) + 1 for unit in units) > TEXT - _SUMMARY - _NOTES // 2:
        return False
    blocks = blocks_of(units)
    return len(blocks) <= BLOCKS - 4 and size(blocks) <= room


def _without_edge_rules(units: list[Unit]) -> list[Unit]:
    start, end = 0, len(units)
    while start < end and units[start].block.get("type") == "divider":
        start += 1
    while end > start and units[end - 1].block.get("type") == "divider":
        end -= 1
    return units[start:end]


def _payload(units: Sequence[Unit]) -> Payload:
    text = "\n".join(unit.text for unit in units if unit.text)
    pictures = tuple(unit.picture for unit in units if unit.picture is not None)
    if not text:
        elements = [one for unit in units for one in unit.block.get("elements", ())]
        labels = [escape(one["text"]["text"]) for one in elements if one["type"] == "button"]
        text = " · ".join(labels) or "…"
    return Payload(text, tuple(blocks_of(units)), pictures)
