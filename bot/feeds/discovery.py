"""The feeds that a page names (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bot.feeds.markup import Tree, squeezed, tree_of
from bot.feeds.places import is_address
from bot.model import Feed

MOST_NAMED = 50
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_FEED_PATH = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)/?$|\.(?:rss|atom|rdf)$|(?:rss|atom|feed)[\w-]*\.(?:xml|json|php)$",
    re.IGNORECASE,
)


def feeds_in(page: str, *, url: str) -> tuple[Feed, ...]:
    """Return the feeds that a page names, the likeliest first; ``url`` is where it was found."""
    tree = tree_of(page)
    return () if tree is None else feeds_named(tree, url=url)


def feeds_named(tree: Tree, *, url: str) -> tuple[Feed, ...]:
    """Return the feeds that a page declares, else those that it links to; comments' feeds last."""
    found: dict[str, str] = {}
    for place, title in list(_declared(tree, url)) or _linked(tree, url):
        found.setdefault(place, title)
    feeds = [Feed(place, title) for place, title in found.items() if is_address(place)]
    return tuple(sorted(feeds, key=_is_of_comments)[:MOST_NAMED])


def _declared(tree: Tree, url: str) -> Iterator[tuple[str, str]]:
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower() and kind in _FEED_TYPES:
            yield _joined(url, link.get("href")), " ".join((link.get("title") or "").split())


def _linked(tree: Tree, url: str) -> Iterator[tuple[str, str]]:
    for link in tree.iter("a"):
        place = _joined(url, link.get("href"))
        if _FEED_PATH.search(_path(place)):
            yield place, squeezed(link)[:100]


def _joined(url: str, href: str | None) -> str:
    try:
        return urljoin(url, (href or "").strip())
    except ValueError:
        return ""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _is_of_comments(feed: Feed) -> bool:
    return "comment" in f"{feed.url} {feed.title}".lower()
