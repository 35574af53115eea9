"""Lists of feeds (OPML): out, with titles and folders (pure). In is ``bot.feeds.opml_reading``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import quoteattr

from bot.model import Feed

STATE_MEDIA = "state media"


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
