"""What robots.txt allows us on pages (RFC 9309). Feeds are written for robots and not asked about.

Home of protego.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from urllib.parse import urlsplit

from protego import Protego

from bot.errors import FetchError
from bot.feeds.fetch import PROJECT, Fetcher
from bot.feeds.sniff import text_of

LARGEST = 500_000
MOST_HOSTS = 2_000
KEPT_SECONDS = 24 * 3600.0


class Robots:
    """Remembers the rules of hosts for a day, as RFC 9309 asks; the newest hosts only."""

    def __init__(self, fetcher: Fetcher, *, clock: Callable[[], float] = monotonic) -> None:
        """``fetcher`` gets the files; ``clock`` tells seconds from any beginning."""
        self._fetcher = fetcher
        self._clock = clock
        self._rules: OrderedDict[str, tuple[Protego, float]] = OrderedDict()

    async def allow(self, url: str) -> None:
        """Return when the page may be fetched.

        Raises:
            FetchError: the site asks robots to leave it alone (``robots``).

        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        try:
            rules = await self._of(origin)
        except FetchError as error:
            told = str(error).replace(f"{origin}/robots.txt", url)
            raise FetchError(told, outcome=error.outcome) from error
        if not rules.can_fetch(url, PROJECT):
            text = f"{origin} asks robots not to read {url}. Save the page in your browser instead."
            raise FetchError(text, outcome="robots")

    async def _of(self, origin: str) -> Protego:
        rules, read = self._rules.get(origin, (None, 0.0))
        if rules is None or self._clock() - read > KEPT_SECONDS:
            rules = Protego.parse(await self._text(origin))
            self._rules[origin] = (rules, self._clock())
            self._rules.move_to_end(origin)
            if len(self._rules) > MOST_HOSTS:
                self._rules.popitem(last=False)
        return rules

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
