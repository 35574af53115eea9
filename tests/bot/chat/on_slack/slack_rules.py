"""What Slack refuses, checked twice: by Slack's own models, and by rules for what they miss."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.models.blocks import Block

Rule = Callable[[str, dict[str, Any]], bool]
TOP = {"header", "rich_text", "context", "divider", "actions", "section", "image", "input"}
PARTS = {"rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted"}
LEAVES = {"text", "link", "date", "channel"}


def size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside a value, outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walk(inner)


def faults(payload: dict[str, Any]) -> list[str]:
    """Return what is wrong with a message; empty when Slack takes it."""
    blocks = list(payload["blocks"])
    found = [fault for block in blocks for fault in block_faults(block)]
    if not 1 <= len(blocks) <= 50:
        found.append(f"{len(blocks)} blocks")
    if size(blocks) > 10_000:
        found.append(f"{size(blocks)} characters of blocks")
    if not payload["text"].strip() or len(payload["text"]) > 4000:
        found.append(f"top-level text of {len(payload['text'])} characters")
    actions = [one["action_id"] for one in walk(blocks) if "action_id" in one]
    if len(set(actions)) != len(actions):
        found.append(f"an action_id twice: {actions}")
    return found


def view_faults(view: dict[str, Any]) -> list[str]:
    """Return what is wrong with a form or Home tab; empty when Slack takes it."""
    blocks = list(view["blocks"])
    found = [fault for block in blocks for fault in block_faults(block)]
    if not 1 <= len(blocks) <= 100:
        found.append(f"{len(blocks)} blocks in a view")
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(named)) != len(named):
        found.append(f"a block_id twice: {named}")
    if size(view) > 250_000 or len(view.get("private_metadata", "")) > 3000:
        found.append("a view too large")
    if view["type"] == "modal":
        words = [view[key]["text"] for key in ("title", "submit", "close") if key in view]
        found += [f"too long: {one}" for one in words if not 1 <= len(one) <= 24]
        if any(block["type"] == "input" for block in blocks) and "submit" not in view:
            found.append("inputs without submit")
    return found


def block_faults(block: dict[str, Any]) -> list[str]:
    """Return what is wrong with one block."""
    try:
        parsed = Block.parse(block)
        assert parsed is not None
        shown = parsed.to_dict()
    except Exception as error:  # noqa: BLE001 - whatever the models say is a fault
        return [f"models: {error}"]
    found = [] if block["type"] in TOP else [f"unknown block {block['type']}"]
    if shown["type"] != block["type"]:
        found.append("the models read another block")
    found += [fault for one in walk(block) for fault in _object_faults(one)]
    if block["type"] == "actions" and not 1 <= len(block["elements"]) <= 25:
        found.append(f"{len(block['elements'])} elements in actions")
    if block["type"] == "context" and not 1 <= len(block["elements"]) <= 10:
        found.append(f"{len(block['elements'])} elements in context")
    if block["type"] == "header":
        text = block["text"]
        if text["type"] != "plain_text" or not 1 <= len(text["text"]) <= 150:
            found.append(f"header {text}")
    return found


def _object_faults(one: dict[str, Any]) -> list[str]:
    return [words for words, wrong in RULES if wrong(one.get("type", ""), one)]


def _inside(kinds: set[str], allowed: set[str]) -> Rule:
    return lambda kind, one: (
        kind in kinds and any(inner["type"] not in allowed for inner in one["elements"])
    )


RULES: list[tuple[str, Rule]] = [
    (
        "text empty or too long",
        lambda kind, one: (
            kind in {"plain_text", "mrkdwn"} and not 1 <= len(one["text"].strip()) <= 2000
        ),
    ),
    (
        "markup that Slack may link by itself",
        lambda kind, one: kind == "mrkdwn" and not one.get("verbatim"),
    ),
    (
        "plain text with emoji",
        lambda kind, one: kind == "plain_text" and one.get("emoji") is not False,
    ),
    (
        "button label",
        lambda kind, one: kind == "button" and not 1 <= len(one["text"]["text"]) <= 75,
    ),
    (
        "button value or id",
        lambda kind, one: (
            kind == "button" and (len(one["value"]) > 2000 or len(one["action_id"]) > 255)
        ),
    ),
    (
        "nothing inside",
        lambda kind, one: kind in PARTS | {"rich_text"} and not one["elements"],
    ),
    ("unknown part of rich text", _inside({"rich_text"}, PARTS)),
    ("unknown element of rich text", _inside(PARTS - {"rich_text_list"}, LEAVES)),
    ("list item", _inside({"rich_text_list"}, {"rich_text_section"})),
    ("text element", lambda kind, one: kind == "text" and not 1 <= len(one["text"]) <= 3000),
    (
        "link",
        lambda kind, one: kind == "link" and not one["url"].startswith(("http://", "https://")),
    ),
]


def shown(payload: dict[str, Any]) -> str:
    """Return the words that a reader sees, in order, buttons left out."""
    found = []
    for one in walk([b for b in payload["blocks"] if b["type"] != "actions"]):
        if isinstance(one.get("text"), str):
            found.append(one["text"])
        elif "fallback" in one:
            found.append(one["fallback"])
    return " ".join(found)
