"""Lists of feeds (OPML): in, with titles and folders, and out again (pure).

Home of listparser.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import quoteattr

import listparser

from bot.errors import InputError
from bot.feeds.addresses import is_address
from bot.feeds.sniff import text_of
from bot.model import Feed

MOST_FEEDS = 20_000
STATE_MEDIA = "state media"


def read_opml(raw: bytes, *, place: str, channel: str = "") -> tuple[Feed, ...]:
    """Return the feeds of a list, each once; a feed in a nested folder gets the path of it.

    An outline of the category "state media" is marked so.

    Raises:
        InputError: no feed stands in it (``no-feeds``).

    """
    text = text_of(raw)
    try:
        listed = listparser.parse(text)
    except Exception as error:
        raise _no_feeds(place) from error
    found: dict[str, Feed] = {}
    for one in listed.feeds[:MOST_FEEDS]:
        url = str(one.url or "").strip()
        folders = [path for path in one.categories if path != [STATE_MEDIA]]
        folder = "/".join(folders[0]) if folders else ""
        if is_address(url):
            feed = Feed(
                url,
                str(one.title or ""),
                folder,
                channel,
                [STATE_MEDIA] in one.categories or STATE_MEDIA in one.tags,
            )
            found.setdefault(url, feed)
    if not found:
        raise _no_feeds(place)
    return tuple(found.values())


def _no_feeds(place: str) -> InputError:
    text = f"{place} lists no feeds. Export the list as OPML once more, or give me one feed."
    return InputError(text, outcome="no-feeds")


def write_opml(feeds: Iterable[Feed], *, title: str = "Whosaid feeds") -> str:
    """Return the list as OPML 2.0, a folder a group; nested folders keep their path."""
    ordered = sorted(feeds, key=lambda feed: (feed.folder, feed.title.casefold(), feed.url))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_escaped(title)}</title></head>",
        "  <body>",
    ]
    for folder, group in groupby(ordered, key=lambda feed: feed.folder):
        path = folder.split("/") if folder else []
        lines += [
            f"{'  ' * depth}    <outline text={quoteattr(part)}>" for depth, part in enumerate(path)
        ]
        lines += [f"{'  ' * len(path)}    {_outline(feed)}" for feed in group]
        lines += [f"{'  ' * depth}    </outline>" for depth in reversed(range(len(path)))]
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _escaped(text: str) -> str:
    return quoteattr(text)[1:-1]


def _outline(feed: Feed) -> str:
    name = quoteattr(feed.title or feed.url)
    state = f' category="{STATE_MEDIA}"' if feed.state_media else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.url)}{state}/>'
