"""Text of strangers as harmless Discord markdown (pure): it cannot ping, format or link.

What is shown reads as the text does, character for character, less characters that show
nothing or turn the line around. It knows nothing of messages and their limits.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from bot.chat.discord_limits import LINK, MOMENT, size
from bot.chat.visible import clean
from bot.message import Run, Text, When

JOINT = "\u200b"
"""Parts two stretches of markup that would be read as one."""

# Always: styles, mentions, links (the bracket before a target, too: a link of ours that stands
# before would reach for it), code, quotes, headings. A colon before a word may make an
# emoji or an address; a slash in a domain of Discord's own makes an invitation.
_MARKUP = re.compile(
    r"[\\*_~|`<>#\[\](@]|:(?=\S)|(?<=discord\.gg)/|(?<=\.com)/(?=invite)", re.IGNORECASE
)
_LIST = re.compile(r"(?m)^(\s*)([-+])(?=\s|$)|(?<=\d)\.(?=\s|$)")
_WORDS = re.compile(r"\S{1,200}\s{0,50}|\s{1,50}")
# No star may stand in an address either: it would end an italic link.
_URL_UNSAFE = re.compile(r"[^!#$%&'+,\-./0-9:;=?@A-Z_a-z~]")


def one_line(text: str) -> str:
    """Return cleaned text with its line ends as spaces."""
    return " ".join(clean(text).split("\n")).strip()


def escape(text: str) -> str:
    """Return cleaned text as markdown that shows just that text."""
    return _LIST.sub(_listless, _MARKUP.sub(r"\\\g<0>", clean(text)))


def _listless(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else "\\."


def address(link: str) -> str:
    """Return an http(s) address that can stand in a markdown link, else an empty text.

    One that is too long loses its fragment (a text fragment only scrolls the page).
    """
    link = _URL_UNSAFE.sub(_percent, clean(link).strip())
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    if len(link) > LINK:
        link = urlunsplit(parts._replace(fragment=""))
    return link if len(link) <= LINK else ""


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def markup(text: Text) -> str:
    """Return styled text as markdown; neighbours in the same style are joined first."""
    shown = ""
    for part in _joined(text):
        piece = _moment(part) if isinstance(part, When) else _run(part)
        glued = shown[-1:] in {"*", "`"} and piece[:1] in {"*", "`"}
        shown += JOINT + piece if glued else piece
    return shown


def _joined(text: Text) -> Text:
    parts: list[Run | When] = []
    for part in text:
        last = parts[-1] if parts else None
        if (
            isinstance(part, Run)
            and isinstance(last, Run)
            and replace(last, text=part.text) == part
        ):
            parts[-1] = replace(last, text=last.text + part.text)
        else:
            parts.append(part)
    return tuple(parts)


def _style(run: Run) -> Run:
    return replace(run, text="")


def _moment(when: When) -> str:
    return f"<t:{when.unix}:f>" if abs(when.unix) <= MOMENT else escape(when.fallback)


def _run(run: Run) -> str:
    text = clean(run.text)
    core = text.strip()
    if not core:
        return " " if text and "\n" not in text else text
    before, _, after = text.partition(core)
    link = address(run.link) if run.link else ""
    if link:
        core = core.replace("[", "［").replace("]", "］").replace("\n", " ")
    shown = _code(core) if run.code else escape(core)
    shown = f"[{shown}](<{link}>)" if link else shown
    marks = "" if run.code else "*" * (run.italic + 2 * run.bold)
    return f"{before}{marks}{shown}{marks}{after}"


def _code(text: str) -> str:
    """Return text as code, in which nothing can be escaped.

    A backtick becomes its likeness; ``](``, for which a link before it would reach, is parted.
    """
    harmless = text.replace("`", "‵").replace("](", f"]{JOINT}(")
    return "`" + " ".join(harmless.split("\n")) + "`"


def lines(text: Text) -> list[Text]:
    """Return the lines of a text, cut where a run holds a line end; empty ones are left out."""
    found: list[list[Run | When]] = [[]]
    for part in text:
        if isinstance(part, When):
            found[-1].append(part)
            continue
        first, *rest = clean(part.text).split("\n")
        found[-1].append(replace(part, text=first))
        found.extend([replace(part, text=line)] for line in rest)
    return [tuple(line) for line in found if markup(tuple(line)).strip()]


def cut(text: Text, limit: int) -> list[Text]:
    """Return the text cut at spaces into texts whose markup has at most ``limit`` units.

    Nothing is lost; words of more than 200 characters are cut too. ``limit`` must leave room
    for the longest address (2,000 does).
    """
    if size(markup(text)) <= limit:
        return [text]
    pieces: list[list[Run | When]] = [[]]
    room = limit
    for part in text:
        fresh = True
        for token in _tokens(part):
            cost = _cost(token, alone=fresh)
            if cost > room and pieces[-1]:
                pieces.append([])
                room, fresh, cost = limit, True, _cost(token, alone=True)
            _extend(pieces[-1], token, fresh=fresh)
            room, fresh = room - cost, False
    return [tuple(piece) for piece in pieces]


def _tokens(part: Run | When) -> list[Run | When]:
    if isinstance(part, When):
        return [part] if abs(part.unix) <= MOMENT else _tokens(Run(part.fallback))
    return [replace(part, text=word) for word in _WORDS.findall(clean(part.text))]


def _cost(token: Run | When, *, alone: bool) -> int:
    if isinstance(token, When):
        return size(_moment(token)) + 1
    inside = size(escape(token.text)) + 1
    return inside + size(_run(replace(token, text="x"))) if alone else inside


def _extend(piece: list[Run | When], token: Run | When, *, fresh: bool) -> None:
    last = piece[-1] if piece else None
    if not fresh and isinstance(last, Run) and isinstance(token, Run):
        piece[-1] = replace(last, text=last.text + token.text)
    else:
        piece.append(token)
