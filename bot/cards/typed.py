"""Commands in sentences of ours, shown as they are typed on each platform (pure).

On the console a command is its words; Slack wants ``/whosaid`` before them, Discord a slash. Words
of articles are never touched: only runs that are marked as typed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.commands import COMMANDS
from bot.message import Block, Bullets, Facts, Message, Paragraph, Run, Small, Text, words

_FIRST = "|".join(sorted({re.escape(entry.first) for entry in COMMANDS}))
_NAMED = re.compile(rf"(?<=“)(?:{_FIRST})\b[^“”]*(?=”)")


def ours(text: str) -> Text:
    """Return a sentence of ours as runs, its quoted commands marked as typed."""
    runs, place = [], 0
    for found in _NAMED.finditer(text):
        runs += [Run(text[place : found.start()]), Run(found[0], typed=True)]
        place = found.end()
    return (*runs, Run(text[place:]))


def told(text: str) -> Message:
    """Return what went wrong, in one sentence of ours, as an answer."""
    return Message((Paragraph(ours(text)),), text)


def as_typed(message: Message, prefix: str) -> Message:
    """Return the message, less its thread, with a prefix before each typed run."""
    blocks = tuple(_block(block, prefix) for block in message.blocks)
    if blocks == message.blocks:
        return message
    return replace(message, blocks=blocks, summary=words(_text(ours(message.summary), prefix)))


def _block(block: Block, prefix: str) -> Block:
    match block:
        case Paragraph() | Small():
            return replace(block, text=_text(block.text, prefix))
        case Bullets():
            return replace(block, items=tuple(_text(item, prefix) for item in block.items))
        case Facts():
            return replace(block, rows=tuple((name, _text(t, prefix)) for name, t in block.rows))
        case _:
            return block


def _text(text: Text, prefix: str) -> Text:
    return tuple(
        replace(part, text=prefix + part.text, typed=False)
        if isinstance(part, Run) and part.typed
        else part
        for part in text
    )
