"""Ten thousand random messages of hostile words: no ping, no foreign link, no limit broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from drawn_messages import drawn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peer import Peer

from bot.chat import discord_limits as limits
from bot.chat.discord_answers import parts_of
from bot.chat.discord_components import Payload, shown_text
from bot.chat.discord_escape import address
from bot.message import Button, Heading, Run

MESSAGES = 10_000
SEEDS = st.integers(0, 2**40)
QUICK = settings(
    max_examples=MESSAGES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
OURS = re.compile(
    r"\\[^0-9A-Za-z\s]"  # an escaped sign
    r"|`[^`\n]*`"  # code, in which nothing means anything
    r"|\]\(<(?P<link>[^<>\n]*)>\)"  # a link of ours
    r"|<t:-?\d+:f>"  # a moment of ours
)
THEIRS = re.compile(
    r"<[@#/:]|<a:|<t:|<id:|@everyone|@here|\]\(|https?://|www\.|steam://|discord\.gg/\w|\.com/invite"
    r"|[*_~|`\[\]<>]{2}",
    re.IGNORECASE,
)
"""What would ping, link or format had it come through unescaped. Our own styles are no more than
three stars, which are taken out before."""


def walk(components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", ()))


def links_in(value: object) -> Iterator[str]:
    """Every address that a message asks for."""
    if isinstance(value, (Run, Heading)):
        yield address(value.link) if value.link else ""
    elif isinstance(value, tuple):
        for part in value:
            yield from links_in(part)
    elif value is not None:
        for name in ("blocks", "thread", "text", "rows", "items"):
            yield from links_in(getattr(value, name, None))


def foreign(payload: Payload, allowed: set[str]) -> list[str]:
    """What of a payload's text would do something that the message does not ask for."""
    text = shown_text(payload.components)
    linked = [found["link"] for found in OURS.finditer(text) if found["link"] is not None]
    # A star alone is a style of ours; "-" and "#" begin lines of ours.
    rest = re.sub(r"\*{1,3}", "", OURS.sub("\x01", text))
    return [link for link in linked if link not in allowed] + THEIRS.findall(rest)


def broken(payload: Payload) -> list[str]:
    """The names of the limits that a payload breaks."""
    everything = list(walk(payload.components))
    texts = [str(one["content"]) for one in everything if one["type"] == 10]
    names = [str(one["custom_id"]) for one in everything if "custom_id" in one]
    labels = [str(one["label"]) for one in everything if one["type"] == 2]
    options = [option for one in everything for option in one.get("options", ())]
    checks = {
        "text": sum(map(limits.size, texts)) <= limits.TEXT and all(map(str.strip, texts)),
        "components": len(everything) <= limits.COMPONENTS,
        "names": len(set(names)) == len(names),
        "name": all(0 < limits.size(name) <= limits.CUSTOM_ID for name in names),
        "label": all(0 < limits.size(label) <= limits.LABEL for label in labels),
        "option": all(
            0 < limits.size(option[key]) <= limits.OPTION
            for option in options
            for key in ("label", "value")
        ),
        "files": len(payload.uploads) <= limits.FILES,
        "alt": all(limits.size(upload.alt) <= limits.ALT_TEXT for upload in payload.uploads),
    }
    return [name for name, good in checks.items() if not good]


@QUICK
@given(SEEDS)
def test_ten_thousand_random_messages_stay_within_limits_and_harmless(seed: int) -> None:
    """Whatever strangers wrote, in whatever block: each part of the message, also of its thread."""
    message = drawn(seed)
    allowed = set(links_in(message))
    for payload in parts_of(message, (Button("Share", "!share"),)):
        assert broken(payload) == []
        assert foreign(payload, allowed) == []


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(SEEDS)
def test_discords_own_schema_takes_any_message(peer: Peer, seed: int) -> None:
    """What our checks may miss, the schema that is made of Discord's own description finds."""
    for payload in parts_of(drawn(seed), ()):
        sent = {"components": list(payload.components), "flags": 1 << 15}
        assert peer.fault("MessageCreateRequestSchema", sent) == ""
