"""What people type and point at on Slack -> the words of a command (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.chat.slack_escape import unescape
from bot.chat.slack_limits import ASKED
from bot.chat.visible import clean
from bot.commands import COMMANDS, parse
from bot.errors import UsageError

_MENTION = re.compile(r"<@[UW][A-Z0-9]*(?:\|[^>]*)?>")
_POINTS = re.compile(
    r"(who|where)\b.{0,20}\b(said?|says?|from)\b.{0,6}\b(this|that|it)?\W*", re.IGNORECASE
)
_FIRST_WORDS = {entry.first for entry in COMMANDS}
_WITHOUT_WORDS = {entry.name for entry in COMMANDS if not entry.arguments}


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
    """Return the command that a mention or a direct message means, said in plain words.

    ``pointed_at`` is what the thread that it stands in begins with: "who said this?" and a
    mention without words ask about that.
    """
    words = unescape(_MENTION.sub(" ", text)).strip(" ,:\n")
    if not words or (pointed_at and _POINTS.fullmatch(words)):
        return f"source {pointed_at}" if pointed_at else "help"
    return words if is_command(words) else f"source {words}"


def is_command(words: str) -> bool:
    """Tell whether words are a command rather than a sentence that begins like one.

    "status" is; "status of the dam" is a question. "why" wants an address.
    """
    try:
        command = parse(words)
    except UsageError:
        return words.startswith("/") or words.lower() in _FIRST_WORDS
    if command.name == "why":
        return "://" in command.words
    return command.name not in _WITHOUT_WORDS or not command.words


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
