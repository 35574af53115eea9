"""Each kind of block of a Message as pieces of Block Kit that can be placed one by one (pure).

A long text becomes several pieces; filling messages with them is ``slack_blocks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.chat.slack_elements import Json, cut, marked_up, rich
from bot.chat.slack_escape import escape, literal, one_line
from bot.chat.slack_limits import CONTEXT_TEXT, HEADER, LABEL, VALUE
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
    words,
)

ASK = "ask"
"""The ``action_id`` of a button whose value is a command begins so."""

_ROW_BUTTONS = 5
"""Buttons in a row: Slack allows 25, but wraps them at about five."""
_LINE_END: Json = {"type": "text", "text": "\n"}
_BAR_CELLS = 20
_BAR_LABEL = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """What is placed as one: an element of rich text or a block, and its words."""

    text: str = ""
    element: Json = field(default_factory=dict)
    block: Json = field(default_factory=dict)
    picture: Picture | None = None


def units_of(blocks: Iterable[Block]) -> list[Unit]:
    """Return the pieces of these blocks, in order."""
    return [unit for block in blocks for unit in _unit(block)]


def footnote(words: str) -> Json:
    """Return a small line of plain words."""
    return {"type": "context", "elements": [_plain(one_line(words)[:CONTEXT_TEXT])]}


def button(label: str, action: str, value: str, *, style: str = "") -> Json:
    """Return a button; ``style`` is empty, primary or danger."""
    shown = one_line(label)
    shown = shown if len(shown) <= LABEL else shown[: LABEL - 1] + "…"
    element = {"type": "button", "action_id": action, "text": _plain(shown), "value": value}
    return element | {"style": style} if style else element


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def blocks_of(units: Sequence[Unit]) -> list[Json]:
    """Return pieces as blocks; neighbouring elements of rich text share one."""
    found: list[Json] = []
    for unit in units:
        if unit.block:
            found.append(unit.block)
        elif found and found[-1]["type"] == "rich_text":
            found[-1] = _joined(found[-1], unit.element)
        else:
            found.append({"type": "rich_text", "elements": [unit.element]})
    return _numbered(found)


def _joined(block: Json, element: Json) -> Json:
    """Put an element behind those of a block; sections in a row need line ends between them."""
    *others, last = block["elements"]
    kind = element["type"]
    if last["type"] == kind == "rich_text_list":
        element = last | {"elements": last["elements"] + element["elements"]}
    elif last["type"] == kind == "rich_text_section":
        element = last | {"elements": [*last["elements"], _LINE_END, *element["elements"]]}
    else:
        others.append(last)
    return block | {"elements": [*others, element]}


def _numbered(blocks: Iterable[Json]) -> list[Json]:
    """Give each button an ``action_id`` of its own, as Slack demands."""
    numbered: list[Json] = []
    count = 0
    for block in blocks:
        if block["type"] != "actions":
            numbered.append(block)
            continue
        elements = []
        for element in block["elements"]:
            count += 1
            elements.append(element | {"action_id": f"{ASK}:{count}"})
        numbered.append(block | {"elements": elements})
    return numbered


def _unit(block: Block) -> list[Unit]:  # noqa: PLR0911 - one return a kind of block
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _stretch("rich_text_section", block.text)
        case Quote():
            return _stretch("rich_text_quote", block.text)
        case Facts():
            return [unit for label, text in block.rows for unit in _fact(label, text)]
        case Bullets():
            return [unit for item in block.items for unit in _bullet(item)]
        case Small():
            return _small(block.text)
        case Divider():
            return [Unit(block={"type": "divider"})]
        case Picture():
            return _picture(block)
        case Buttons():
            return _rows(block.buttons)


def _heading(heading: Heading) -> list[Unit]:
    title = one_line(heading.text)
    if not title:
        return []
    if heading.level == 1 and not heading.link and len(title) <= HEADER:
        return [Unit(escape(title), block={"type": "header", "text": _plain(title)})]
    return _stretch("rich_text_section", (Run(title, bold=True, link=heading.link),))


def _stretch(kind: str, text: Text) -> list[Unit]:
    return [
        Unit(marked_up(piece, links=False), {"type": kind, "elements": rich(piece)})
        for piece in cut(text)
        if clean(words(piece)).strip()
    ]


def _fact(label: str, text: Text) -> list[Unit]:
    return _stretch("rich_text_section", (Run(f"{one_line(label)}: ", bold=True), *text))


def _bullet(item: Text) -> list[Unit]:
    return [
        Unit(
            "• " + unit.text,
            {"type": "rich_text_list", "style": "bullet", "elements": [unit.element]},
        )
        for unit in _stretch("rich_text_section", item)
    ]


def _small(text: Text) -> list[Unit]:
    found = []
    for piece in cut(text, CONTEXT_TEXT - 500):
        if not clean(words(piece)).strip():
            continue
        line = marked_up(piece, links=False)
        if all(isinstance(part, Run) and not part.link for part in piece):
            found.append(Unit(line, block=footnote(words(piece))))
        elif len(markup := marked_up(piece)) <= CONTEXT_TEXT:
            element = {"type": "mrkdwn", "text": markup, "verbatim": True}
            found.append(Unit(line, block={"type": "context", "elements": [element]}))
        else:
            found += _stretch("rich_text_section", piece)
    return found


def _picture(picture: Picture) -> list[Unit]:
    alt = _small(plain(picture.alt)) or _small(plain(picture.name))
    first = replace(alt[0], picture=picture)
    lines = _bars(picture.bars)
    chart = cut(plain(lines)) if lines else []
    drawn = [
        Unit(element={"type": "rich_text_preformatted", "elements": rich(piece)}) for piece in chart
    ]
    return [first, *alt[1:], *drawn]


def _bars(bars: Sequence[tuple[str, int]]) -> str:
    if not bars:
        return ""
    top = max(1, *(value for _, value in bars))
    labels = [literal(label).replace("\n", " ")[:_BAR_LABEL] for label, _ in bars]
    width = max(len(label) for label in labels)
    return "\n".join(
        f"{label:<{width}} {'█' * round(_BAR_CELLS * max(value, 0) / top)} {value}"
        for label, (_, value) in zip(labels, bars, strict=True)
    )


def _rows(buttons: Iterable[Button]) -> list[Unit]:
    """Return rows of buttons; a command that no button can hold is shown to be typed."""
    good = [button for button in buttons if clean(button.command).strip()]
    held = [one for one in good if len(clean(one.command)) <= VALUE]
    rows = [
        Unit(
            block={
                "type": "actions",
                "elements": [_button(one) for one in held[at : at + _ROW_BUTTONS]],
            }
        )
        for at in range(0, len(held), _ROW_BUTTONS)
    ]
    typed = [
        unit
        for one in good
        if one not in held
        for unit in _stretch("rich_text_section", (Run(f"/whosaid {one.command}", code=True),))
    ]
    return rows + typed


def _button(one: Button) -> Json:
    command = clean(one.command).strip()
    label = one_line(one.label) or command.split(" ")[0]
    return button(label, ASK, command, style="danger" if one.danger else "")
