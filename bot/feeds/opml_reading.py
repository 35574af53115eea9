"""Lists of feeds (OPML): in, with titles and folders (pure). Out is ``bot.feeds.opml``.

Home of listparser.
"""

from __future__ import annotations

import listparser

from bot.errors import InputError
from bot.feeds.opml import PATH, SLASH, STATE_MEDIA
from bot.feeds.places import is_address
from bot.feeds.sniff import text_of
from bot.model import Feed

MOST_FEEDS = 20_000


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
        path = [name.replace(PATH, SLASH) for name in folders[0]] if folders else []
        title = str(one.title or "")
        if is_address(url):
            feed = Feed(
                url,
                "" if title == url else title,
                PATH.join(path),
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
