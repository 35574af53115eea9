"""The row below an answer: pages, Share, Remove; each button carries all its state (pure)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.chat.slack_blocks import Payload, above, below, payloads
from bot.chat.slack_elements import Json, size
from bot.chat.slack_limits import STATE
from bot.chat.slack_units import button, footnote
from bot.commands import parse
from bot.errors import UsageError
from bot.message import Message

SHARE, REMOVE, PAGE, OPEN = "share", "remove", "page", "open"
"""How the ``action_id`` of such a button begins."""

_SHARED = {"source", "entity", "story", "brief", "digest", "search"}
_HELP = (
    "Type /whosaid before each of these, or name me in a thread. Short: /source CLAIM, "
    "/briefing for the digest, and “Who said this?” in the menu of any message."
)
_FORMS = {"schedule": "Change times", "feeds": "Add a feed"}


@dataclass(frozen=True, slots=True)
class State:
    """What a control carries: the command, the part shown (from 1), who asked."""

    command: str = ""
    part: int = 1
    user: str = ""

    def to_value(self) -> str:
        """Return the state as the value of a button."""
        record = {"c": self.command, "p": self.part, "u": self.user}
        return json.dumps({key: one for key, one in record.items() if one}, ensure_ascii=False)

    @classmethod
    def from_value(cls, value: str) -> State:
        """Read what ``to_value`` wrote; a value that is none gives an empty state."""
        try:
            record = dict(json.loads(value))
            return cls(str(record.get("c", "")), int(record.get("p", 1)), str(record.get("u", "")))
        except (ValueError, TypeError):
            return cls()


def answer_page(message: Message, command: str, part: int = 1, *, share: bool = True) -> Payload:
    """Return one part of an answer to one person, with its controls.

    Parts are paged through in place; what belongs in a thread follows as further parts.
    ``share`` offers to post it in the channel.
    """
    carried = len(command) <= STATE
    state = State(command, 10) if carried else State()
    reserve = size([button("Share in channel", PAGE, state.to_value()) for _ in range(4)]) + 60
    parts = [one for each in (message, *message.thread) for one in payloads(each, reserve=reserve)]
    part = min(max(part, 1), len(parts))
    shown = parts[part - 1]
    if len(parts) > 1:
        shown = above(shown, f"Page {part} of {len(parts)}")
    if _name(command) == "help":
        shown = below(shown, footnote(_HELP))
    row = _controls(command if carried else "", part, len(parts), share=share)
    return below(shown, {"type": "actions", "elements": row})


def _controls(command: str, part: int, total: int, *, share: bool) -> list[Json]:
    row: list[Json] = []
    if command and part > 1:
        row.append(button("‹ Back", f"{PAGE}:back", State(command, part - 1).to_value()))
    if command and part < total:
        row.append(button("More ›", f"{PAGE}:more", State(command, part + 1).to_value()))
    name = _name(command)
    if name in _FORMS:
        row.append(button(_FORMS[name], f"{OPEN}:{name}", name))
    if share and name in _SHARED:
        row.append(button("Share in channel", SHARE, State(command).to_value()))
    return [*row, button("Remove", REMOVE, State(part=0).to_value())]


def _name(command: str) -> str:
    try:
        return parse(command).name
    except UsageError:
        return ""


def may_be_shared(command: str) -> bool:
    """Tell whether an answer to this command is worth a channel's while, and changes nothing."""
    return _name(command) in _SHARED


def with_remove(payload: Payload, user: str) -> Payload:
    """Return a public answer with a Remove button for who asked."""
    row = [button("Remove", REMOVE, State(user=user).to_value())]
    return below(payload, {"type": "actions", "elements": row})


def is_paging(command: str) -> bool:
    """Tell whether a button's command turns a page: ``search:2 dam``."""
    head, _, number = command.partition(" ")[0].partition(":")
    return head.isalpha() and number.isdigit()
