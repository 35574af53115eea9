"""What robots.txt allows us on pages (RFC 9309). Feeds are written for robots and not asked about.

Home of protego.
"""

from __future__ import annotations

from collections import OrderedDict
from urllib.parse import urlsplit

from protego import Protego

from bot.errors import FetchError
from bot.feeds.fetch import PROJECT, Fetcher
from bot.feeds.sniff import text_of

LARGEST = 500_000
MOST_HOSTS = 2_000


class Robots:
    """Remembers the rules of hosts for as long as the program runs, the newest hosts only."""

    def __init__(self, fetcher: Fetcher) -> None:
        """``fetcher`` gets the files."""
        self._fetcher = fetcher
        self._rules: OrderedDict[str, Protego] = OrderedDict()

    async def allow(self, url: str) -> None:
        """Return when the page may be fetched.

        Raises:
            FetchError: the site asks robots to leave it alone (``robots``).

        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = Protego.parse(await self._text(origin))
            if len(self._rules) > MOST_HOSTS:
                self._rules.popitem(last=False)
        if not self._rules[origin].can_fetch(url, PROJECT):
            text = f"{origin} asks robots not to read {url}. Save the page in your browser instead."
            raise FetchError(text, outcome="robots")

    async def _text(self, origin: str) -> str:
        """Return the rules; none where there is no such file, all forbidden where it broke."""
        try:
            answer = await self._fetcher.get(f"{origin}/robots.txt", limit=LARGEST)
        except FetchError as error:
            if error.outcome == "too-large":
                return ""
            raise
        if answer.status >= 500:
            return "User-agent: *\nDisallow: /"
        return text_of(answer.body) if answer.status == 200 else ""
