"""What goes to the parsing process and comes back from it: values alone.

It imports no parser: the process that fetches holds none of them in its memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.errors import InputError
from bot.feeds.sniff import Form
from bot.model import Feed, Item


@dataclass(frozen=True, slots=True)
class Outlet:
    """What is known of an outlet from elsewhere: its name and the IANA zone of its clock."""

    name: str = ""
    zone: str = ""


UNKNOWN = Outlet()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed has it. ``content`` is HTML or text; dates are as written."""

    title: str = ""
    url: str = ""
    guid: str = ""
    content: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed. ``ttl_seconds``, ``skip_hours`` and ``skip_days`` (0 is Monday) are its wishes."""

    title: str
    home: str
    entries: tuple[Entry, ...]
    language: str = ""
    ttl_seconds: float = 0.0
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


NAMED = "feeds"
POLLED = "feed or feeds"


@dataclass(frozen=True, slots=True)
class Task:
    """Some bytes, where they were found, and what is known of them.

    ``want`` is ``feeds`` where only the feeds that are named there are asked for, and
    ``feed or feeds`` where a feed is read, and of a page only the feeds that it names.
    """

    raw: bytes
    place: str
    now: datetime
    url: str = ""
    media_type: str = ""
    outlet: Outlet = UNKNOWN
    want: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found: items, and feeds listed or named there; ``feed`` is without its entries."""

    form: Form
    items: tuple[Item, ...] = ()
    feeds: tuple[Feed, ...] = ()
    feed: ParsedFeed | None = None


def not_a_feed(place: str) -> InputError:
    """Return the fault of something that is no feed."""
    text = f"{place} is not a feed. Look on the site for “RSS”, or give the address of a page."
    return InputError(text, outcome="not-a-feed")
