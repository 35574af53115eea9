"""What robots.txt allows us on pages (RFC 9309), and how fast. Feeds are not asked about.

Feeds are written for robots, and are polled minutes apart.

Home of protego.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from protego import Protego

from bot.errors import FetchError
from bot.feeds.fetch import PROJECT, Fetcher
from bot.feeds.sniff import text_of

LARGEST = 500_000
MOST_HOSTS = 2_000
KEPT_SECONDS = 24 * 3600.0
LONGEST_DELAY = 5.0
"""Seconds. Longer ones are meant for whole crawls; other news waits for the few pages of ours."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Site:
    """The rules of a site, when they were read, and from when on its next page may be asked for."""

    rules: Protego
    read: float
    free: float = 0.0


class Robots:
    """Remembers the rules of hosts for a day, as RFC 9309 asks; the newest hosts only."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        clock: Callable[[], float] = monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """``fetcher`` gets the files; ``clock`` tells seconds from any beginning."""
        self._fetcher = fetcher
        self._clock = clock
        self._sleep = sleep
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    async def allow(self, url: str) -> None:
        """Return when the page may be fetched: at once, or after the site's ``Crawl-delay``.

        Raises:
            FetchError: the site asks robots to leave it alone (``robots``).

        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        try:
            site = await self._of(origin)
        except FetchError as error:
            told = str(error).replace(f"{origin}/robots.txt", url)
            raise FetchError(told, outcome=error.outcome) from error
        if not site.rules.can_fetch(url, PROJECT):
            text = f"{origin} asks robots not to read {url}. Save the page in your browser instead."
            raise FetchError(text, outcome="robots")
        await self._turn(site)

    async def _turn(self, site: _Site) -> None:
        """Wait until the site's delay after the page before is over."""
        delay = min(site.rules.crawl_delay(PROJECT) or 0.0, LONGEST_DELAY)
        now = self._clock()
        begins = max(now, site.free)
        site.free = begins + delay
        if begins > now:
            await self._sleep(begins - now)

    async def _of(self, origin: str) -> _Site:
        site = self._sites.get(origin)
        if site is None or self._clock() - site.read > KEPT_SECONDS:
            rules = Protego.parse(await self._text(origin))
            site = self._sites[origin] = _Site(rules, self._clock())
            self._sites.move_to_end(origin)
            if len(self._sites) > MOST_HOSTS:
                self._sites.popitem(last=False)
        return site

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
