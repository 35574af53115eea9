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
from typing import Any

from bot.chat.discord_escape import clean, cut, lines, markup, one_line
from bot.chat.discord_limits import (
    ALT_TEXT,
    COMPONENTS,
    CUSTOM_ID,
    FILES,
    LABEL,
    ROW_BUTTONS,
    TEXT,
    size,
)
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Message,
    Paragraph,
    Picture,
    Quote,
    Run,
    Small,
    Text,
    plain,
)

Component = dict[str, Any]
"""A component as Discord's JSON has it."""

ROW, BUTTON, DISPLAY, GALLERY, SEPARATOR, CONTAINER = 1, 2, 10, 12, 14, 17
SECONDARY, DANGER = 2, 4
ACCENT = 0x3B7EA1
"""The colour of the container's edge."""

_NOTES = 100
_TEXT_ROOM = TEXT - _NOTES
_PIECE = _TEXT_ROOM - 100
_CONTROLS = 7
"""Components kept free: the container, two notes, and a row of controls with its buttons."""
_COMPONENT_ROOM = COMPONENTS - _CONTROLS
_NUMBERED = re.compile(r" ~\d+$")


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture to be sent along, with the text that says the same."""

    name: str
    alt: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Payload:
    """One Discord message: its components and the pictures that they show."""

    components: tuple[Component, ...]
    uploads: tuple[Upload, ...] = ()

    def to_json(self) -> str:
        """Return the payload as JSON, the same for the same payload."""
        uploads = [
            {"name": up.name, "alt": up.alt, "png": base64.b64encode(up.png).decode()}
            for up in self.uploads
        ]
        return json.dumps(
            {"components": self.components, "uploads": uploads}, sort_keys=True, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str) -> Payload:
        """Read a payload that ``to_json`` wrote."""
        found = json.loads(text)
        uploads = (
            Upload(up["name"], up["alt"], base64.b64decode(up["png"])) for up in found["uploads"]
        )
        return cls(tuple(found["components"]), tuple(uploads))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is placed as one: a line of text, or a component with all that it holds.

    ``begins`` marks the first line of a quotation, which does not run on from the one before.
    """

    text: str = ""
    begins: bool = False
    component: Component = field(default_factory=dict)
    count: int = 1
    upload: Upload | None = None


@dataclass(slots=True)
class _Page:
    """The pieces of one payload, and the room that they take."""

    pieces: list[_Piece] = field(default_factory=list)
    text: int = 0
    count: int = 0
    uploads: int = 0

    def add(self, piece: _Piece) -> None:
        """Put a piece behind the others; lines that go together make one component."""
        follows = bool(self.pieces) and _together(self.pieces[-1], piece)
        self.pieces.append(piece)
        self.text += size(piece.text) + 1 if piece.text else 0
        self.count += 0 if follows else piece.count
        self.uploads += piece.upload is not None

    def holds(self, more: Sequence[_Piece]) -> bool:
        """Tell whether these pieces fit behind those that are here."""
        then = _Page(self.pieces[-1:], self.text, self.count, self.uploads)
        for piece in more:
            then.add(piece)
        return then.text <= _TEXT_ROOM and then.count <= _COMPONENT_ROOM and then.uploads <= FILES


def payloads(message: Message, *, controls: Sequence[Button] = ()) -> list[Payload]:
    """Return the message, less its thread, as payloads to be sent in order; at least one.

    ``controls`` stand in a row of their own below each payload.
    """
    groups = [_pieces(group) for group in _groups(message.blocks)]
    if not any(groups):
        groups = [_pieces((Paragraph(plain(message.summary)),)) or [_Piece(text="-# (nothing)")]]
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
    """Return the commands of all buttons in components, in order."""
    found = []
    for component in components:
        if component.get("type") == BUTTON and component.get("custom_id"):
            found.append(command_of(str(component["custom_id"])))
        found.extend(commands_in(component.get("components") or ()))
    return found


def _groups(blocks: Iterable[Block]) -> list[list[Block]]:
    """Part blocks into what should stay together: from each rule or heading to the next.

    A heading below buttons is set off from them by a rule.
    """
    groups: list[list[Block]] = [[]]
    for block in blocks:
        last = groups[-1][-1] if groups[-1] else None
        if isinstance(block, Divider):
            groups.append([block])
        elif isinstance(block, Heading) and not isinstance(last, Divider):
            groups.append([Divider(), block] if isinstance(last, Buttons) else [block])
        else:
            groups[-1].append(block)
    return groups


def _paged(groups: Iterable[list[_Piece]]) -> list[_Page]:
    pages = [_Page()]
    for group in groups:
        if not pages[-1].holds(group) and _Page().holds(group):
            pages.append(_Page())
        for piece in group:
            if not pages[-1].holds([piece]):
                pages.append(_Page())
            pages[-1].add(piece)
    trimmed = [_Page(_without_edge_rules(page.pieces)) for page in pages]
    return [page for page in trimmed if page.pieces] or [_Page([_Piece(text="-# (nothing)")])]


def _without_edge_rules(pieces: list[_Piece]) -> list[_Piece]:
    start, end = 0, len(pieces)
    while start < end and pieces[start].component.get("type") == SEPARATOR:
        start += 1
    while end > start and pieces[end - 1].component.get("type") == SEPARATOR:
        end -= 1
    return pieces[start:end]


def _payload(pieces: list[_Piece], number: int, total: int, controls: Sequence[Button]) -> Payload:
    if number > 1:
        pieces = [_Piece(text=f"-# Part {number} of {total}"), *pieces]
    if number < total:
        pieces = [*pieces, _Piece(text=f"-# Goes on in part {number + 1} of {total}")]
    components = [_container(pieces), *(_row(controls) if controls else [])]
    uploads = tuple(piece.upload for piece in pieces if piece.upload is not None)
    return _with_own_names(Payload(tuple(components), uploads))


def _container(pieces: Sequence[_Piece]) -> Component:
    inside: list[Component] = []
    before = _Piece()
    for piece in pieces:
        if _together(before, piece):
            inside[-1] = _display(f"{inside[-1]['content']}\n{piece.text}")
        else:
            inside.append(piece.component or _display(piece.text))
        before = piece
    return {"type": CONTAINER, "accent_color": ACCENT, "components": inside}


def _together(before: _Piece, piece: _Piece) -> bool:
    """Tell whether a line goes into the same component as the one before it.

    What follows a quotation or a list does not, lest it be taken for a part of that.
    """
    if not before.text or not piece.text:
        return False
    if piece.begins and before.text[:2] == "> ":
        return False
    return before.text[:2] not in {"> ", "- "} or before.text[:2] == piece.text[:2]


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


def _pieces(blocks: Iterable[Block]) -> list[_Piece]:
    return [piece for block in blocks for piece in _block(block)]


def _block(block: Block) -> list[_Piece]:
    match block:
        case Divider():
            return [_Piece(component={"type": SEPARATOR, "divider": True, "spacing": 1})]
        case Picture():
            return _picture(block)
        case Buttons():
            return _row_pieces(block.buttons)
        case _:
            written = _written(block)
            pieces = [piece for prefix, text in written for piece in _prefixed(prefix, text)]
            if pieces and isinstance(block, Quote):
                pieces[0] = replace(pieces[0], begins=True)
            return pieces


def _written(
    block: Heading | Paragraph | Quote | Facts | Bullets | Small,
) -> list[tuple[str, Text]]:
    """Return the block's lines, each with the markdown that it starts with."""
    match block:
        case Heading():
            prefix = "## " if block.level == 1 else "### "
            return [(prefix, (Run(one_line(block.text), link=block.link),))]
        case Paragraph():
            return [("", line) for line in lines(block.text)]
        case Quote():
            return [("> ", line) for line in lines(block.text)]
        case Facts():
            return [("", _fact(*row)) for row in block.rows]
        case Bullets():
            return [("- ", _flat(item)) for item in block.items]
        case Small():
            return [("-# ", line) for line in lines(block.text)]


def _prefixed(prefix: str, text: Text) -> list[_Piece]:
    shown = (markup(piece).strip() for piece in cut(text, _PIECE))
    return [_Piece(text=prefix + line) for line in shown if line]


def _fact(label: str, text: Text) -> Text:
    """Return a labelled line; the label alone is bold, or a bold value would run into it."""
    value = (replace(part, bold=False) if isinstance(part, Run) else part for part in _flat(text))
    return (Run(f"{one_line(label)}:", bold=True), Run(" "), *value)


def _flat(text: Text) -> Text:
    return tuple(
        replace(part, text=" ".join(clean(part.text).split("\n")))
        if isinstance(part, Run)
        else part
        for part in text
    )


def _picture(picture: Picture) -> list[_Piece]:
    alt = one_line(picture.alt)
    first, rest = _alt(alt)
    upload = Upload(_file_name(picture.name), first, picture.png)
    item = {"media": {"url": ""}, "description": first} if first else {"media": {"url": ""}}
    shown = _Piece(component={"type": GALLERY, "items": [item]}, upload=upload)
    return [shown, *_prefixed("-# ", plain(rest))]


def _alt(text: str) -> tuple[str, str]:
    """Cut an alternative text that is too long; what is left is shown below the picture."""
    if size(text) <= ALT_TEXT:
        return text, ""
    end = ALT_TEXT // 2
    return text[:end] + "…", "…" + text[end:]


def _file_name(name: str) -> str:
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", name.removesuffix(".png"))[:40].strip("-")
    return f"{stem or 'picture'}.png"


def _row_pieces(buttons: Iterable[Button]) -> list[_Piece]:
    """Return rows of buttons; a command that no button can hold is shown to be typed."""
    good = [button for button in buttons if clean(button.command).strip()]
    held = [button for button in good if size(clean(button.command)) <= CUSTOM_ID - 5]
    rows = [_Piece(component=row, count=1 + len(row["components"])) for row in _row(held)]
    typed = [
        _Piece(text=f"-# {markup(plain(f'{one_line(button.label)}: '))}{line.text}")
        for button in good
        if button not in held
        for line in _prefixed("", (Run(f"/{one_line(button.command)}", code=True),))
    ]
    return rows + typed


def _row(buttons: Sequence[Button]) -> list[Component]:
    return [
        {"type": ROW, "components": [_button(one) for one in buttons[start : start + ROW_BUTTONS]]}
        for start in range(0, len(buttons), ROW_BUTTONS)
    ]


def _button(button: Button) -> Component:
    command = clean(button.command).strip()
    label = one_line(button.label) or command.split(" ")[0]
    return {
        "type": BUTTON,
        "style": DANGER if button.danger else SECONDARY,
        "label": label if size(label) <= LABEL else label[: LABEL // 2 - 1] + "…",
        "custom_id": command,
    }
