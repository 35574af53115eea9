"""Lists of feeds (OPML): out, with titles and folders (pure). In is ``bot.feeds.opml_reading``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from bot.model import Feed

STATE_MEDIA = "state media"
PATH = "/"
SLASH = "\u2215"
"""Stands in a path for a slash in a folder's own name ("Arts / Culture")."""


def write_opml(feeds: Iterable[Feed], *, title: str = "Whosaid feeds") -> str:
    """Return the list as OPML 2.0, each folder once; nested folders keep their path."""
    root = _Folder()
    for feed in sorted(feeds, key=lambda feed: (feed.folder, feed.title.casefold(), feed.url)):
        root.at(feed.folder.split(PATH) if feed.folder else []).feeds.append(feed)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_escaped(title)}</title></head>",
        "  <body>",
        *_outlines(root, "    "),
        "  </body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines)


@dataclass(slots=True)
class _Folder:
    """A folder with its feeds and the folders in it, by name."""

    feeds: list[Feed] = field(default_factory=list)
    inner: dict[str, _Folder] = field(default_factory=dict)

    def at(self, path: Sequence[str]) -> _Folder:
        """Return the folder at a path, made where there is none."""
        here = self
        for name in path:
            here = here.inner.setdefault(name, _Folder())
        return here


def _outlines(folder: _Folder, indent: str) -> Iterator[str]:
    for feed in folder.feeds:
        yield f"{indent}{_outline(feed)}"
    for name, inner in folder.inner.items():
        yield f"{indent}<outline text={quoteattr(name.replace(SLASH, PATH))}>"
        yield from _outlines(inner, indent + "  ")
        yield f"{indent}</outline>"


def _escaped(text: str) -> str:
    return quoteattr(text)[1:-1]


def _outline(feed: Feed) -> str:
    name = quoteattr(feed.title or feed.url)
    state = f' category="{STATE_MEDIA}"' if feed.state_media else ""
    return f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.url)}{state}/>'
