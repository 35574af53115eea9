"""What people type and point at on Slack -> the words of a command (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.chat.slack_escape import unescape
from bot.chat.slack_limits import ASKED
from bot.chat.visible import clean

_MENTION = re.compile(r"<@[UW][A-Z0-9]*(?:\|[^>]*)?>")


def slash_words(command: str, text: str) -> str:
    """Return the words of a slash command: ``/source X``, ``/briefing``, ``/whosaid WORDS``."""
    words = unescape(text)
    match command.removeprefix("/").lower():
        case "source":
            return f"source {words}".strip()
        case "briefing":
            return f"brief {words}" if words else "digest"
        case _:
            return words or "help"


def mention_words(text: str, pointed_at: str = "") -> str:
    """Return what a mention or a direct message says, without the mention.

    One without words asks who said what its thread begins with, ``pointed_at``.
    """
    words = unescape(_MENTION.sub(" ", text)).strip(" ,:\n")
    return words or ("who said that?" if pointed_at else "help")


def pasted(text: str) -> str:
    """Return a message's words, at most so many, cut at a space."""
    words = " ".join(clean(unescape(text)).split())
    return words if len(words) <= ASKED else words[:ASKED].rpartition(" ")[0] or words[:ASKED]


def text_of(message: Mapping[str, Any]) -> str:
    """Return the words of a message: its text, else those of its blocks and attachments."""
    said = str(message.get("text") or "")
    if not said.strip():
        said = " ".join(_texts(message.get("blocks") or ()))
    if not said.strip():
        attached = message.get("attachments") or ()
        said = " ".join(str(one.get("text") or one.get("fallback") or "") for one in attached)
    return pasted(said)


def subject_of(message: Mapping[str, Any]) -> str:
    """Return what a message is about: the command of its one story, else its words."""
    commands = (str(one.get("value", "")) for one in _objects(message.get("blocks") or ()))
    stories = {command for command in commands if command.startswith("story ")}
    return stories.pop() if len(stories) == 1 else text_of(message)


def _texts(blocks: Sequence[Any]) -> Iterator[str]:
    for one in _objects(blocks):
        if one.get("type") != "button" and isinstance(one.get("text"), str):
            yield one["text"]


def _objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _objects(inner)
