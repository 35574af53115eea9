"""A Message as Discord messages made of components, each within every limit (pure).

One container holds the blocks in order, so that the buttons of a story stand below it. What
does not fit goes on in further payloads; nothing is left out. It sends nothing.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.cards.typed import as_typed
from bot.chat.discord_limits import COMPONENTS, FILES, TEXT, size
from bot.chat.discord_pieces import (
    BUTTON,
    CONTAINER,
    DISPLAY,
    GALLERY,
    SEPARATOR,
    Component,
    Piece,
    Upload,
    apart,
    grouped,
    row,
    together,
)
from bot.message import Button, Message, Paragraph, plain

ACCENT = 0x3B7EA1
"""The colour of the container's edge."""

SLASH = "/"
_NOTES = 100
_TEXT_ROOM = TEXT - _NOTES
_CONTROLS = 7
"""Components kept free: the container, two notes, and a row of controls with its buttons."""
_COMPONENT_ROOM = COMPONENTS - _CONTROLS
_NUMBERED = re.compile(r" ~\d+$")


@dataclass(frozen=True, slots=True)
class Payload:
    """One Discord message: its components, the pictures that they show, whether it notifies."""

    components: tuple[Component, ...]
    uploads: tuple[Upload, ...] = ()
    silent: bool = False

    def to_json(self) -> str:
        """Return the payload as JSON, the same for the same payload."""
        uploads = [
            {"name": up.name, "alt": up.alt, "png": base64.b64encode(up.png).decode()}
            for up in self.uploads
        ]
        told = {"components": self.components, "uploads": uploads, "silent": self.silent}
        return json.dumps(told, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Payload:
        """Read a payload that ``to_json`` wrote."""
        found = json.loads(text)
        uploads = (
            Upload(up["name"], up["alt"], base64.b64decode(up["png"])) for up in found["uploads"]
        )
        return cls(tuple(found["components"]), tuple(uploads), found.get("silent", True))


@dataclass(slots=True)
class _Page:
    """The pieces of one payload, and the room that they take."""

    pieces: list[Piece] = field(default_factory=list)
    text: int = 0
    count: int = 0
    uploads: int = 0

    def add(self, piece: Piece) -> None:
        """Put a piece behind the others; lines that go together make one component."""
        follows = bool(self.pieces) and together(self.pieces[-1], piece)
        self.pieces.append(piece)
        self.text += size(piece.text) + 2 if piece.text else 0
        self.count += 0 if follows else piece.count
        self.uploads += piece.upload is not None

    def holds(self, more: Sequence[Piece]) -> bool:
        """Tell whether these pieces fit behind those that are here."""
        then = _Page(self.pieces[-1:], self.text, self.count, self.uploads)
        for piece in more:
            then.add(piece)
        return then.text <= _TEXT_ROOM and then.count <= _COMPONENT_ROOM and then.uploads <= FILES


def payloads(message: Message, *, controls: Sequence[Button] = ()) -> list[Payload]:
    """Return the message, less its thread, as payloads to be sent in order; at least one.

    ``controls`` stand in a row of their own below each payload.
    """
    message = as_typed(message, SLASH)
    groups = grouped(message.blocks)
    if not any(groups):
        groups = grouped((Paragraph(plain(message.summary or "(nothing)")),))
    pages = _paged(groups)
    return [
        _payload(page.pieces, number, len(pages), controls)
        for number, page in enumerate(pages, start=1)
    ]


def command_of(custom_id: str) -> str:
    """Return the command that a button carries, without the number that tells twins apart."""
    return _NUMBERED.sub("", custom_id)


def shown_text(components: Iterable[Component]) -> str:
    """Return the markdown of all text in components, in order, parted by line ends."""
    found = []
    for component in components:
        if component.get("type") == DISPLAY:
            found.append(str(component.get("content", "")))
        found.append(shown_text(component.get("components") or ()))
    return "\n".join(text for text in found if text)


def commands_in(components: Iterable[Component]) -> list[str]:
    """Return the commands of all buttons and menus in components, in order."""
    found = []
    for component in components:
        if component.get("type") == BUTTON and component.get("custom_id"):
            found.append(command_of(str(component["custom_id"])))
        found.extend(str(option["value"]) for option in component.get("options") or ())
        found.extend(commands_in(component.get("components") or ()))
    return found


def _paged(groups: Iterable[list[Piece]]) -> list[_Page]:
    pages = [_Page()]
    for group in groups:
        if not pages[-1].holds(group) and _Page().holds(group):
            pages.append(_Page())
        for piece in group:
            if not pages[-1].holds([piece]):
                pages.append(_Page())
            pages[-1].add(piece)
    trimmed = [_Page(_without_edge_rules(page.pieces)) for page in pages]
    return [page for page in trimmed if page.pieces] or [_Page([Piece(text="-# (nothing)")])]


def _without_edge_rules(pieces: list[Piece]) -> list[Piece]:
    start, end = 0, len(pieces)
    while start < end and pieces[start].component.get("type") == SEPARATOR:
        start += 1
    while end > start and pieces[end - 1].component.get("type") == SEPARATOR:
        end -= 1
    return pieces[start:end]


def _payload(pieces: list[Piece], number: int, total: int, controls: Sequence[Button]) -> Payload:
    if number > 1:
        pieces = [Piece(text=f"-# Part {number} of {total}"), *pieces]
    if number < total:
        pieces = [*pieces, Piece(text=f"-# Goes on in part {number + 1} of {total}")]
    components = [_container(pieces), *(row(controls) if controls else [])]
    uploads = tuple(piece.upload for piece in pieces if piece.upload is not None)
    return _with_own_names(Payload(tuple(components), uploads))


def _container(pieces: Sequence[Piece]) -> Component:
    inside: list[Component] = []
    before = Piece()
    for piece in pieces:
        if together(before, piece):
            text = inside[-1]["content"] + apart(before, piece) + piece.text
            inside[-1] = _display(text)
        else:
            inside.append(piece.component or _display(piece.text))
        before = piece
    return {"type": CONTAINER, "accent_color": ACCENT, "components": inside}


def _display(text: str) -> Component:
    return {"type": DISPLAY, "content": text}


def _with_own_names(payload: Payload) -> Payload:
    """Give each button and each picture of a payload a name of its own, as Discord demands."""
    seen: set[str] = set()
    components = tuple(_named(component, seen) for component in payload.components)
    uploads = tuple(
        replace(upload, name=f"{number}-{upload.name}")
        for number, upload in enumerate(payload.uploads, start=1)
    )
    names = iter(upload.name for upload in uploads)
    return Payload(tuple(_with_media(component, names) for component in components), uploads)


def _named(component: Component, seen: set[str]) -> Component:
    if "custom_id" in component:
        first = name = component["custom_id"]
        number = 2
        while name in seen:
            name, number = f"{first} ~{number}", number + 1
        seen.add(name)
        return component | {"custom_id": name}
    if "components" in component:
        return component | {"components": [_named(one, seen) for one in component["components"]]}
    return component


def _with_media(component: Component, names: Iterable[str]) -> Component:
    if component["type"] == GALLERY:
        (item,) = component["items"]
        return component | {
            "items": [item | {"media": {"url": f"attachment://{next(iter(names))}"}}]
        }
    if "components" in component:
        inside = [_with_media(one, names) for one in component["components"]]
        return component | {"components": inside}
    return component
