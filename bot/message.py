"""The platform-free message: what every answer and digest is rendered into (pure).

Adapters turn a Message into Block Kit, embeds or terminal text. All text in it may come from
strangers: adapters escape every run, and only ``Run.link`` may become a link.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``link`` is an http(s) address that the text opens.

    ``typed`` text is a command: platforms put before it what is typed there.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A moment, shown in the reader's own zone where the platform can; ``fallback`` elsewhere."""

    unix: int
    fallback: str


Text = tuple[Run | When, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title line. ``level`` 1 heads the message, 2 a part of it."""

    text: str
    level: int = 1
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, verbatim, set off as a quotation."""

    text: Text


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled lines: ("Who says it", ...), ("How", ...)."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short lines."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Small:
    """A footnote: what was searched, what was left out."""

    text: Text


@dataclass(frozen=True, slots=True)
class Divider:
    """A rule between parts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG bytes, with the text that says the same (``alt``).

    ``bars`` are the labelled values it was drawn from, for a terminal.
    """

    png: bytes
    alt: str
    name: str = "chart.png"
    bars: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A command that someone need not type: pressing it is the same as sending ``command``.

    Carries all its state, so it survives a restart. ``command`` is at most 90 characters
    (Discord's custom_id holds 100).
    """

    label: str
    command: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    buttons: tuple[Button, ...]


Block = Heading | Paragraph | Quote | Facts | Bullets | Small | Divider | Picture | Buttons


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks in reading order.

    ``summary`` is the one line for notifications. ``private`` messages go to the asker alone.
    ``thread`` holds what belongs in the message's thread. ``silent`` ones notify nobody, where the
    platform has that. ``data`` is the same answer as JSON values, for ``--json``. ``command`` asks
    for the same again, from anywhere: in it nothing points at the thread of the question.
    """

    blocks: tuple[Block, ...]
    summary: str
    private: bool = True
    thread: tuple[Message, ...] = ()
    silent: bool = False
    data: object = field(default=None, compare=False)
    command: str = field(default="", compare=False)

    @property
    def subject(self) -> str:
        """The command of the one story that the message is about; empty for none or several."""
        rows = [block.buttons for block in self.blocks if isinstance(block, Buttons)]
        commands = {button.command for row in rows for button in row}
        stories = {command for command in commands if command.startswith("story ")}
        return stories.pop() if len(stories) == 1 else ""


@dataclass(frozen=True, slots=True)
class Note:
    """A short message to a channel outside its digests: an alert, a correction, a warning.

    ``name`` is unique in the channel for good: of two notes of one name only the first is posted,
    over restarts too ("feed-down https://... 2024-10-20"). ``thread`` is the remote id of an
    earlier message in whose thread it goes. Unsent at ``expires`` it is given up.
    """

    channel: str
    name: str
    message: Message
    thread: str = ""
    expires: datetime | None = None


def plain(*texts: str) -> Text:
    """Return text in no style, one run for each string."""
    return tuple(Run(text) for text in texts)


def words(text: Text) -> str:
    """Return the text without its styles; moments by their fallback."""
    return "".join(part.fallback if isinstance(part, When) else part.text for part in text)
