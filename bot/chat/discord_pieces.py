"""The blocks of a message as pieces: lines of markdown and Discord's components (pure).

How many pieces go into one Discord message is decided in ``discord_components``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat.discord_escape import cut, lines, markup, one_line
from bot.chat.discord_limits import (
    ALT_TEXT,
    CUSTOM_ID,
    LABEL,
    OPTION,
    ROW_BUTTONS,
    SELECT_OPTIONS,
    TEXT,
    size,
)
from bot.chat.visible import clean
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
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

ROW, BUTTON, SELECT, DISPLAY, GALLERY, SEPARATOR, CONTAINER = 1, 2, 3, 10, 12, 14, 17
SECONDARY, DANGER = 2, 4

CHOOSE = "!choose"
"""The name of a menu; what is chosen from it is a command."""

_LONG_LABEL = 30
"""Buttons with longer labels than this, if there are several, are a menu."""

_LONGEST_LINE = TEXT - 200
"""A line may fill a message but for the notes on what goes before and after."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture to be sent along, with the text that says the same."""

    name: str
    alt: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """What is placed as one: a line of text, or a component with all that it holds.

    ``begins`` marks the first line of a quotation, which does not run on from the one before.
    """

    text: str = ""
    begins: bool = False
    component: Component = field(default_factory=dict)
    count: int = 1
    upload: Upload | None = None


def grouped(blocks: Iterable[Block]) -> list[list[Piece]]:
    """Return the pieces of blocks, in groups that should stay together."""
    return [[piece for block in group for piece in _block(block)] for group in _groups(blocks)]


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


def together(before: Piece, piece: Piece) -> bool:
    """Tell whether a line goes into the same component as the one before it.

    What follows a quotation or a list does not, lest it be taken for a part of that.
    """
    if not before.text or not piece.text:
        return False
    return before.text[:2] not in {"> ", "- "} or before.text[:2] == piece.text[:2]


def apart(before: Piece, piece: Piece) -> str:
    """Return what parts two lines of a component: quotations would run into each other."""
    return "\n\n" if piece.begins and before.text[:2] == "> " else "\n"


def _block(block: Block) -> list[Piece]:
    match block:
        case Divider():
            return [Piece(component={"type": SEPARATOR, "divider": True, "spacing": 1})]
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


def _prefixed(prefix: str, text: Text) -> list[Piece]:
    shown = (markup(piece).strip() for piece in cut(text, _LONGEST_LINE))
    return [Piece(text=prefix + line) for line in shown if line]


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


def _picture(picture: Picture) -> list[Piece]:
    alt = one_line(picture.alt)
    first, rest = _alt(alt)
    upload = Upload(_file_name(picture.name), first, picture.png)
    item = {"media": {"url": ""}, "description": first} if first else {"media": {"url": ""}}
    shown = Piece(component={"type": GALLERY, "items": [item]}, upload=upload)
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


def _row_pieces(buttons: Iterable[Button]) -> list[Piece]:
    """Return rows of buttons, or a menu; a command that neither can hold is shown to be typed."""
    good = [button for button in buttons if clean(button.command).strip()]
    held = [button for button in good if size(clean(button.command)) <= CUSTOM_ID - 5]
    rows = [Piece(component=row, count=1 + len(row["components"])) for row in _rows(held)]
    typed = [
        piece
        for button in good
        if button not in held
        for piece in _prefixed("-# ", _to_type(button))
    ]
    return rows + typed


def _to_type(button: Button) -> Text:
    return (Run(f"{one_line(button.label)}: "), Run(f"/{one_line(button.command)}", code=True))


def _rows(buttons: Sequence[Button]) -> list[Component]:
    """Return buttons as rows, or as a menu where several have long labels."""
    several = 1 < len(buttons) <= SELECT_OPTIONS
    if several and all(size(one_line(one.label)) > _LONG_LABEL for one in buttons):
        return [{"type": ROW, "components": [_menu(buttons)]}]
    return row(buttons)


def _menu(buttons: Sequence[Button]) -> Component:
    labels: dict[str, str] = {}
    for button in buttons:
        labels.setdefault(clean(button.command).strip(), _cut(one_line(button.label), OPTION))
    options = [{"label": label, "value": command} for command, label in labels.items()]
    return {"type": SELECT, "custom_id": CHOOSE, "placeholder": "Choose …", "options": options}


def row(buttons: Sequence[Button]) -> list[Component]:
    """Return buttons as rows of as many as Discord allows."""
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
        "label": _cut(label, LABEL),
        "custom_id": command,
    }


def _cut(label: str, most: int) -> str:
    """Return a label of at most so many units, cut at a word where one ends."""
    if size(label) <= most:
        return label
    start = label[: most // 2 - 1] if size(label) > len(label) else label[: most - 1]
    words, _, _ = start.rpartition(" ")
    return (words if 2 * len(words) > len(start) else start) + "…"
