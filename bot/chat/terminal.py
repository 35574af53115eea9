"""A Message as terminal text, through rich (pure but for the console it prints to).

Text of strangers is never read as markup and control characters are taken out of it, so that
no article can colour, move or title the terminal.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Line

from bot.message import (
    Block,
    Bullets,
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
    When,
)

BAR_CELLS = 32
_EDGES = re.compile(r"\A(\s*)(.*?\S)(\s*)\Z", re.DOTALL)


def print_out(message: Message) -> None:
    """Print a message: in colours on a terminal, as plain text into a pipe or file."""
    if sys.stdout.isatty():
        show(Console(), message)
    else:
        sys.stdout.write(as_text(message))


def show(console: Console, message: Message) -> None:
    """Print a message and what belongs in its thread."""
    for part in (message, *message.thread):
        for block in part.blocks:
            console.print(_block(block))


def as_text(message: Message, *, width: int = 100) -> str:
    """Return a message as plain text of at most ``width`` columns.

    Where nothing can be bold, the words of a quotation that would be stand between asterisks.
    """
    console = Console(width=width, no_color=True, force_terminal=False, file=None)
    plain = replace(message, blocks=tuple(_starred(block) for block in message.blocks))
    with console.capture() as captured:
        show(console, plain)
    return captured.get()


def _starred(block: Block) -> Block:
    if not isinstance(block, Quote):
        return block
    return Quote(
        tuple(
            replace(part, text=_EDGES.sub(r"\1*\2*\3", part.text))
            if isinstance(part, Run) and part.bold
            else part
            for part in block.text
        )
    )


def clean(text: str) -> str:
    """Drop control, format (bidi, zero-width) and surrogate characters; keep newlines."""
    return "".join(
        c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}
    )


def _line(text: Text, style: str = "") -> Line:
    line = Line(style=style)
    for part in text:
        if isinstance(part, When):
            line.append(clean(part.fallback))
        else:
            line.append(clean(part.text), style=_style(part))
    return line


def _style(run: Run) -> str:
    style = " ".join(
        name for name, on in (("bold", run.bold), ("italic", run.italic), ("cyan", run.code)) if on
    )
    if _is_address(run.link):
        style += f" underline link {run.link}"
    return style.strip()


def _is_address(link: str) -> bool:
    return link.startswith(("http://", "https://")) and link.isprintable() and " " not in link


def _block(block: Block) -> RenderableType:  # noqa: PLR0911 - one return a kind of block
    match block:
        case Heading():
            style = "bold reverse" if block.level == 1 else "bold"
            title = f" {clean(block.text)} " if block.level == 1 else clean(block.text)
            return Padding(Line(title, style=style), (1, 0, 0, 0), expand=False)
        case Paragraph():
            return _line(block.text)
        case Quote():
            return Padding(_line(block.text, "italic"), (1, 2, 0, 2), expand=False)
        case Small():
            return Padding(_line(block.text, "dim"), (1, 0, 0, 0), expand=False)
        case Facts():
            return _facts(block)
        case Bullets():
            return _bullets(block.items)
        case Divider():
            return Rule(style="dim")
        case Picture():
            return _bars(block)
        case Buttons():
            names = "   ".join(f"› {_typed(button.command)}" for button in block.buttons)
            return Line(clean(names), style="cyan")


def _typed(command: str) -> str:
    """Return what a person would type: a story's number is enough without the sentence."""
    return command.partition(" @")[0] if command.startswith("story ") else command


def _facts(block: Facts) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for label, text in block.rows:
        table.add_row(clean(label), _line(text))
        # Not every terminal opens what words link to: a row that ends so has the address too.
        if text and isinstance(text[-1], Run) and _is_address(text[-1].link):
            table.add_row("", Line(text[-1].link, style="dim", overflow="fold"))
    return Padding(table, (1, 2, 0, 2), expand=False)


def _bullets(items: Iterable[Text]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for item in items:
        table.add_row("•", _line(item))
    return Padding(table, (0, 2), expand=False)


def _bars(picture: Picture) -> RenderableType:
    if not picture.bars:
        return Line(clean(picture.alt), style="dim")
    top = max(1, *(value for _, value in picture.bars))
    table = Table.grid(padding=(0, 1))
    for label, value in picture.bars:
        table.add_row(clean(label), "█" * round(BAR_CELLS * value / top), str(value))
    return Group(Line(clean(picture.alt), style="dim"), Padding(table, (0, 2), expand=False))
