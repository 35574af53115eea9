"""Between our payloads and the library's objects: views, files, and messages read back.

It decides nothing and sends nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import discord

from bot.chat.discord_components import Payload, commands_in, shown_text
from bot.chat.discord_pieces import CONTAINER, Component

_LINK_TARGET = re.compile(r"(?<=\])\(<[^>]*>\)")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_LINE_MARKS = re.compile(r"(?m)^(#{1,3} |-# |> |- )")


class Layout(discord.ui.LayoutView):
    """A view that is sent as the components it was given.

    It keeps no state and waits for nothing: what a button does stands in its custom_id, so
    that it works after a restart as before.
    """

    def __init__(self, components: Iterable[Component]) -> None:
        super().__init__(timeout=None)
        self._components = [dict(component) for component in components]

    def to_components(self) -> list[dict[str, Any]]:
        """Return the components as Discord's JSON."""
        return self._components

    def has_components_v2(self) -> bool:
        """Say that these are components of the newer kind."""
        return True


def files(payload: Payload) -> list[discord.File]:
    """Return the pictures of a payload, to be sent once."""
    return [
        discord.File(io.BytesIO(upload.png), upload.name, description=upload.alt or None)
        for upload in payload.uploads
    ]


def components_of(message: discord.Message) -> list[Component]:
    """Return the components of a message as Discord's JSON."""
    return [dict(component.to_dict()) for component in message.components]


def text_of(message: discord.Message) -> str:
    """Return the words of a message without markup.

    Discord hides the text of other people's messages from us unless they name us or somebody
    points at them; it is empty then.
    """
    shown = message.content or shown_text(components_of(message)) or _embedded(message)
    return readable(shown)


def subject_of(message: discord.Message) -> str:
    """Return what a message is about: the command of its one story, else its words."""
    commands = commands_in(components_of(message))
    stories = {name for name in commands if name.startswith("story ")}
    return stories.pop() if len(stories) == 1 else text_of(message)


def _embedded(message: discord.Message) -> str:
    return "\n".join(
        text for embed in message.embeds for text in (embed.title, embed.description) if text
    )


def readable(markdown: str) -> str:
    """Return our own markdown as the text that a person reads."""
    text = _LINE_MARKS.sub("", _LINK_TARGET.sub("", markdown))
    return _ESCAPED.sub(r"\1", re.sub(r"(?<!\\)[*\[\]`]", "", text)).strip()


def marked(components: Sequence[Component], marks: tuple[int, int]) -> list[Component]:
    """Put two numbers on a payload's container and the first thing in it.

    Discord keeps a component's id as it was sent and shows it to nobody: by these the message
    is known again in the channel's history.
    """
    first, *rest = components
    inside = list(first.get("components", ()))
    if first.get("type") != CONTAINER or not inside:
        return [first | {"id": marks[0]}, *rest]
    inside[0] = inside[0] | {"id": marks[1]}
    return [first | {"id": marks[0], "components": inside}, *rest]


def has_marks(components: Sequence[Component], marks: tuple[int, int]) -> bool:
    """Tell whether components carry both numbers."""
    if not components or components[0].get("id") != marks[0]:
        return False
    inside = components[0].get("components") or [{}]
    return components[0].get("type") != CONTAINER or inside[0].get("id") == marks[1]
