"""Styled text as elements of Slack's rich text, and as marked-up text (pure).

In rich text nothing is parsed: a ping, a link or a style is there only if we put it there.
Cutting text to size is here too; laying out a message is ``slack_blocks``.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from bot.chat.slack_escape import address, escape, literal
from bot.chat.visible import clean
from bot.message import Run, Text, When

Json = dict[str, Any]
"""A block, element or payload as Slack's JSON has it."""

DATE_FORMAT = "{date_short} {time}"
PIECE = 2400
"""Characters of one stretch of text, counted as they weigh most."""

_LAST_MOMENT = 4_102_444_800
"""Slack shows moments up to about the year 2100."""
_ELEMENT = 90
"""What an element weighs beside its text and address."""
_GROWING = '&<>"\\\n:@.'
"""Signs that become up to five characters."""
_WORDS = re.compile(r"\S{1,200}\s{0,50}|\s{1,50}")


def size(value: object) -> int:
    """Return the characters of a value as compact JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def rich(text: Text) -> list[Json]:
    """Return text as elements of a section, quote or list item; runs without words are left out."""
    shown = (_showable(part) for part in text)
    found = (_moment(part) if isinstance(part, When) else _run(part) for part in shown)
    return [element for element in found if element]


def _moment(when: When) -> Json:
    fallback = literal(when.fallback)
    date = {"type": "date", "timestamp": when.unix, "format": DATE_FORMAT}
    return date | {"fallback": fallback} if fallback else date


def _run(run: Run) -> Json:
    text = literal(run.text)
    link = address(run.link) if run.link and text.strip() else ""
    if not text:
        return {}
    styles = (("bold", run.bold), ("italic", run.italic), ("code", run.code))
    style = {name: True for name, on in styles if on}
    element: Json = {"type": "link", "url": link} if link else {"type": "text"}
    return element | {"text": text} | ({"style": style} if style else {})


def marked_up(text: Text, *, links: bool = True) -> str:
    """Return text as Slack markup that shows just its words, links and moments."""
    return "".join(
        _marked_moment(part) if isinstance(part, When) else _marked_run(part)
        for part in _joined(text, links=links)
    )


def _joined(text: Text, *, links: bool) -> Text:
    """Join neighbouring words, for two harmless runs may spell a ping or an emoji together."""
    parts: list[Run | When] = []
    for whole in text:
        part = _showable(whole)
        last = parts[-1] if parts else None
        if isinstance(part, When) or (links and part.link):
            parts.append(part)
        elif isinstance(last, Run) and not last.link:
            parts[-1] = Run(last.text + part.text)
        else:
            parts.append(Run(part.text))
    return tuple(parts)


def _showable(part: Run | When) -> Run | When:
    """Return a moment or link that Slack cannot show as its words."""
    if isinstance(part, When):
        return part if 0 < part.unix < _LAST_MOMENT else Run(part.fallback)
    if not clean(part.text).strip() or not address(part.link):
        return replace(part, link="")
    return part


def _marked_moment(when: When) -> str:
    fallback = escape(when.fallback).replace("|", "∣").replace("\n", " ")
    return f"<!date^{when.unix}^{DATE_FORMAT}|{fallback or when.unix}>"


def _marked_run(run: Run) -> str:
    text = escape(run.text)
    link = address(run.link) if run.link else ""
    if not link or not text.strip():
        return text
    label = text.strip().replace("|", "∣").replace("\n", " ")
    return f"<{link.replace('&', '&amp;')}|{label}>"


def cut(text: Text, limit: int = PIECE) -> list[Text]:
    """Return the text cut at spaces into texts that weigh at most about ``limit`` characters.

    Nothing is lost; words of more than 200 characters are cut too. A piece may weigh up to a
    word and an address more than the limit.
    """
    pieces: list[list[Run | When]] = [[]]
    room = limit
    for part in text:
        fresh = True
        for token in _tokens(part):
            cost = _weight(token, alone=fresh)
            if cost > room and pieces[-1]:
                pieces.append([])
                room, fresh, cost = limit, True, _weight(token, alone=True)
            _extend(pieces[-1], token, fresh=fresh)
            room, fresh = room - cost, False
    return [tuple(piece) for piece in pieces if piece]


def _tokens(part: Run | When) -> list[Run | When]:
    if isinstance(part, When):
        return [replace(part, fallback=clean(part.fallback)[:200])]
    return [replace(part, text=word) for word in _WORDS.findall(clean(part.text))]


def _weight(token: Run | When, *, alone: bool) -> int:
    if isinstance(token, When):
        return _ELEMENT + size(marked_up((token,)))
    inside = len(token.text) + 4 * sum(map(token.text.count, _GROWING))
    return inside + (_ELEMENT + 2 * len(address(token.link)) if alone else 0)


def _extend(piece: list[Run | When], token: Run | When, *, fresh: bool) -> None:
    last = piece[-1] if piece else None
    if not fresh and isinstance(last, Run) and isinstance(token, Run):
        piece[-1] = replace(last, text=last.text + token.text)
    else:
        piece.append(token)
