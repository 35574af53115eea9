"""The App Home tab and the two forms (pure).

Words of strangers in them go through the same pieces as in messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.chat.slack_elements import Json, rich
from bot.chat.slack_escape import one_line
from bot.chat.slack_limits import INPUT_LABEL, LABEL, VIEW_BLOCKS
from bot.chat.slack_units import blocks_of, button, units_of
from bot.errors import UsageError
from bot.message import Block, Buttons, Heading, Message, Paragraph, Run, Small, plain
from bot.model import Subscription
from bot.timetable import parse_schedule, schedule_in_words

SCHEDULE, FEEDS = "schedule", "feeds"
"""The forms, by the ``callback_id`` of their views."""
LOOK_UP = "look"
"""The ``action_id`` of the Home tab's search for entities."""

_CHANNEL, _WORDS = "channel", "words"
_NAMED = re.compile(r"^(#\S+|[CG][A-Z0-9]+): ")
"""How a trouble begins with its channel, which stands before it already."""
_SHOWN_BLOCKS = 20
_STEPS = (
    ("Ask ", "who said something: ", "/source the dam held overnight"),
    ("Ask about a message: ", "its menu, then ", "Who said this?"),
    ("Get a digest ", "in a channel: invite Whosaid there, then ", "/whosaid schedule 07:00"),
    ("All commands: ", "", "/whosaid help"),
)


def home(subscriptions: Sequence[Subscription], answers: Iterable[Message]) -> Json:
    """Return the Home tab: how to start, this workspace's digests, then these answers."""
    blocks = _start() + _digests(subscriptions)
    for answer in answers:
        blocks.append({"type": "divider"})
        told = [block for block in answer.blocks if not isinstance(block, Buttons)]
        blocks += blocks_of(units_of(told))[:_SHOWN_BLOCKS]
    return {"type": "home", "blocks": blocks[:VIEW_BLOCKS]}


def _start() -> list[Json]:
    steps = (
        Paragraph((Run(f"{number}. {what}", bold=True), Run(how), Run(typed, code=True)))
        for number, (what, how, typed) in enumerate(_STEPS, start=1)
    )
    look_up: Json = {
        "type": "external_select",
        "action_id": LOOK_UP,
        "placeholder": _plain("Look up a name"),
        "min_query_length": 1,
    }
    row = [
        look_up,
        button("Set digest times", f"open:{SCHEDULE}", SCHEDULE, style="primary"),
        button("Add a feed", f"open:{FEEDS}", FEEDS),
    ]
    head: list[Block] = [Heading("Whosaid: news that can name its source"), *steps]
    return [*blocks_of(units_of(head)), {"type": "actions", "elements": row}]


def _digests(subscriptions: Sequence[Subscription]) -> list[Json]:
    blocks: list[Json] = [{"type": "divider"}]
    blocks += blocks_of(units_of((Heading("Digests in this workspace", level=2),)))
    if not subscriptions:
        none = "No channel gets a digest yet. Set times in a channel that Whosaid is in."
        return blocks + blocks_of(units_of((Small(plain(none)),)))
    items = [_digest(one) for one in subscriptions]
    listed = {"type": "rich_text_list", "style": "bullet", "elements": items}
    return [*blocks, {"type": "rich_text", "elements": [listed]}]


def _digest(subscription: Subscription) -> Json:
    channel = {"type": "channel", "channel_id": subscription.channel.key.split(":")[-1]}
    words = f": {schedule_in_words(subscription.schedule)}"
    if subscription.schedule.paused:
        words += " (paused)"
    said = [Run(words)]
    if subscription.problem:
        said.append(Run(f" {_NAMED.sub('', subscription.problem)}", bold=True))
    return {"type": "rich_text_section", "elements": [channel, *rich(tuple(said))]}


def form(name: str, channel: str) -> Json:
    """Return a form; ``channel`` is chosen in it, the one given at first."""
    heading, title, hint, example = _FORMS[name]
    words = {
        "type": "input",
        "block_id": _WORDS,
        "label": _plain(title),
        "hint": _plain(hint),
        "element": {
            "type": "plain_text_input",
            "action_id": _WORDS,
            "placeholder": _plain(example),
            "max_length": 1000,
        },
    }
    return {
        "type": "modal",
        "callback_id": name,
        "title": _plain(heading),
        "submit": _plain("Save"),
        "close": _plain("Cancel"),
        "private_metadata": json.dumps({"channel": channel}),
        "blocks": [_channel_choice(channel), words],
    }


_FORMS = {
    SCHEDULE: (
        "Digest times",
        "When",
        "Times, a zone and days; or pause, resume",
        "09:00 18:30 Europe/London weekdays",
    ),
    FEEDS: (
        "Add a feed",
        "Address",
        "Of a feed, or of a page that names one",
        "https://outlet.example/rss",
    ),
}


def _channel_choice(channel: str) -> Json:
    element: Json = {
        "type": "conversations_select",
        "action_id": _CHANNEL,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if channel.startswith(("C", "G")):
        element["initial_conversation"] = channel
    return {"type": "input", "block_id": _CHANNEL, "label": _plain("Channel"), "element": element}


def filled_in(view: Mapping[str, Any]) -> tuple[str, str]:
    """Return the channel and the command that a submitted form means."""
    values = (view.get("state") or {}).get("values") or {}
    channel = str(values[_CHANNEL][_CHANNEL].get("selected_conversation") or "")
    words = " ".join(str(values[_WORDS][_WORDS].get("value") or "").split())
    command = "feeds add" if view.get("callback_id") == FEEDS else "schedule"
    return channel, f"{command} {words}"


def form_errors(command: str) -> dict[str, str]:
    """Return what is wrong with a form's words, by field, before anything is done."""
    if command.startswith("schedule "):
        words = command.removeprefix("schedule ")
        if words.lower() in {"pause", "resume"}:
            return {}
        try:
            parse_schedule(words, zone="UTC")
        except UsageError as error:
            return {_WORDS: one_line(str(error))[:INPUT_LABEL]}
        return {}
    try:
        parts = urlsplit(command.removeprefix("feeds add "))
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    return {} if good else {_WORDS: "Give an address that begins with https://"}


def options(suggestions: Iterable[str]) -> list[Json]:
    """Return suggestions as the options of a select."""
    names = dict.fromkeys(one_line(one)[:LABEL] for one in suggestions)
    return [{"text": _plain(name), "value": name} for name in list(names)[:100] if name]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}
