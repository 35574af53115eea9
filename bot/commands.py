"""The table of commands, and words typed -> Command (pure).

The same words work on Slack, on Discord, at the console and behind buttons. What a command
does is not here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError

BUTTON_CHARACTERS = 90
"""The longest command that a button may carry (Discord's custom_id holds 100)."""


@dataclass(frozen=True, slots=True)
class Argument:
    """What a command takes. ``kind`` (text, entity, story, feed, zone) picks the completion."""

    name: str
    about: str
    kind: str = "text"
    required: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of the table. ``changing`` ones need a permission."""

    name: str
    usage: str
    about: str
    arguments: tuple[Argument, ...] = ()
    changing: bool = False

    @property
    def first(self) -> str:
        """The command's first word; ``feeds add`` is a changing part of ``feeds``."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Command:
    """A command as understood: which entry, the words after its name, which page (from 1)."""

    name: str
    words: str = ""
    page: int = 1
    changing: bool = False

    @property
    def typed(self) -> str:
        """The words that give this command, wherever they are typed."""
        page = f":{self.page}" if self.page > 1 else ""
        return f"{self.name}{page} {self.words}".strip()


def _text(name: str, about: str, *, kind: str = "text", required: bool = True) -> tuple[Argument]:
    return (Argument(name, about, kind, required),)


COMMANDS: tuple[Entry, ...] = (
    Entry(
        "source",
        "source CLAIM",
        "Who said it, through whom, how surely, when, and who disputes it",
        _text("claim", "A claim, a question or a pasted sentence"),
    ),
    Entry(
        "entity",
        "entity NAME",
        "What someone or something says, and what is said of it",
        _text("name", "A person, organisation or place", kind="entity"),
    ),
    Entry(
        "story",
        "story WORDS or NUMBER",
        "A story: timeline, outlets, who says what, who disputes",
        _text("story", "Words of the story, or its number", kind="story"),
    ),
    Entry(
        "brief",
        "brief URL or WORDS",
        "The briefing of one article",
        _text("article", "An address, or words of the article"),
    ),
    Entry("digest", "digest", "This channel's digest now, for you alone"),
    Entry("digest post", "digest post", "Post the digest in this channel", changing=True),
    Entry(
        "search",
        "search WORDS",
        "Passages that hold the words, best and newest first",
        _text("words", "What to look for"),
    ),
    Entry(
        "follow",
        "follow ENTITY or WORDS",
        "Put it first in this channel's digests, and tell what is new of it",
        _text("what", "An entity or words", kind="entity"),
        changing=True,
    ),
    Entry(
        "unfollow",
        "unfollow ENTITY or WORDS",
        "Follow it no longer",
        _text("what", "What was followed", kind="entity"),
        changing=True,
    ),
    Entry("feeds", "feeds", "The feeds and their health in words"),
    Entry(
        "feeds add",
        "feeds add URL",
        "Add a feed, or a page that names one",
        _text("url", "The address of a feed or of a page"),
        changing=True,
    ),
    Entry(
        "feeds remove",
        "feeds remove URL",
        "Stop polling a feed; its articles stay",
        _text("url", "The feed's address", kind="feed"),
        changing=True,
    ),
    Entry(
        "feeds import",
        "feeds import URL_OR_PATH",
        "Add all feeds of an OPML file",
        _text("opml", "The address or path of an OPML file"),
        changing=True,
    ),
    Entry("feeds export", "feeds export", "The feeds as OPML"),
    Entry(
        "schedule",
        "schedule [09:00 18:30 Asia/Seoul weekdays | quiet 22:00-07:00 | pause | resume]",
        "This channel's digest times, or change them",
        _text(
            "times",
            "Times, a zone, days, quiet hours; or pause, resume, aloud, silent",
            kind="zone",
            required=False,
        ),
    ),
    Entry(
        "why",
        "why URL",
        "Would this article be posted here, and if not, why not",
        _text("url", "The article's address"),
    ),
    Entry("status", "status", "Feeds up and down, articles, slots, version"),
    Entry("help", "help", "All this, short"),
)
"""Every command, in the order in which help shows them."""

_WHY_ASKED = re.compile(
    r"why\s+(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should)(?:n['’]t)?\b",
    re.IGNORECASE,
)
_BY_NAME = {entry.name: entry for entry in COMMANDS}
_FIRST_WORDS = tuple(dict.fromkeys(entry.first for entry in COMMANDS))


def parse(typed: str) -> Command:
    """Read typed words as a command.

    A leading slash is allowed; ``search:2 words`` asks for the second page.

    Raises:
        UsageError: no command is named, or one lacks its argument; the text says what to type.

    """
    words = typed.replace("\x00", "").strip().removeprefix("/").strip()
    head, _, rest = words.partition(" ")
    first, _, page = head.lower().partition(":")
    if first not in _FIRST_WORDS:
        raise UsageError(unknown(first))
    entry, rest = _entry(first, rest.strip())
    if entry.arguments and entry.arguments[0].required and not rest:
        needed = entry.arguments[0].about.lower()
        raise UsageError(f"“{entry.name}” needs {needed}: “{entry.usage}”")
    changing = entry.changing or (entry.name == "schedule" and bool(rest))
    return Command(entry.name, rest, _page(page), changing)


def is_command(typed: str) -> bool:
    """Tell whether words are a command rather than a sentence that begins like one.

    "status" is; "status of the dam" is a question, and so is "why did it break".
    """
    words = typed.strip()
    try:
        command = parse(words)
    except UsageError:
        return words.startswith("/") or words.lower() in _FIRST_WORDS
    if _WHY_ASKED.match(words) and "://" not in words:
        return False
    return bool(_BY_NAME[command.name].arguments) or not command.words


def misspelt(typed: str) -> bool:
    """Tell whether the first word is nearly a command's name, but none."""
    first = typed.strip().removeprefix("/").partition(" ")[0].partition(":")[0].lower()
    return first not in _FIRST_WORDS and bool(
        difflib.get_close_matches(first, _FIRST_WORDS, n=1, cutoff=0.8)
    )


def unknown(word: str) -> str:
    """Say that no command has this name, with the two nearest."""
    near = difflib.get_close_matches(word, _FIRST_WORDS, n=2, cutoff=0.5)
    if not near:
        return f"No command is called “{word[:40]}”. Type “help” to see them all."
    return f"No command is called “{word[:40]}”. Did you mean {_quoted(near, ' or ')}?"


def _quoted(commands: Sequence[str], joint: str) -> str:
    return joint.join(f"“{one}”" for one in commands)


def usage(name: str) -> str:
    """Return how a command is written: "entity NAME"."""
    return _BY_NAME[name].usage


def _entry(first: str, rest: str) -> tuple[Entry, str]:
    second, _, after = rest.partition(" ")
    deeper = _BY_NAME.get(f"{first} {second.lower()}")
    if deeper is not None:
        return deeper, after.strip()
    if first in {"feeds", "digest"} and rest:
        choices = [entry.usage for entry in COMMANDS if entry.first == first]
        raise UsageError(
            f"“{first} {second[:40]}” is not a command. Type one of: {_quoted(choices, ', ')}"
        )
    return _BY_NAME[first], rest


def _page(words: str) -> int:
    return max(1, int(words)) if words.isascii() and words.isdigit() and len(words) < 5 else 1
