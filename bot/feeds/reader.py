"""The door to the news: files, folders, pages, feeds, lists of feeds, each as what it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.errors import FetchError, InputError
from bot.feeds.fetch import Fetcher, Response
from bot.feeds.files import files_in, outlet_of, read_bytes
from bot.feeds.pace import START
from bot.feeds.pen import Pen
from bot.feeds.places import is_address, usual_places
from bot.feeds.poll import Visit, poll
from bot.feeds.robots import Robots
from bot.feeds.sniff import Form
from bot.feeds.tasks import NAMED, Result, Task
from bot.model import Feed, FeedState, Item

_STATUS = {
    401: ("login", "asks for a login. Save the page in your browser and give me the file."),
    403: ("forbidden", "refuses to be read. Save the page in your browser and give me the file."),
    404: ("not-found", "is not there. Check the address."),
    410: ("gone", "is gone for good."),
    429: ("too-many-requests", "asks us to come less often. Try again in an hour."),
    451: ("forbidden", "may not be shown for legal reasons."),
}
_PAST = datetime.min.replace(tzinfo=UTC)


class NewsReader:
    """Reads places; keeps connections and a parsing process until closed."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        contact: str = "",
        version: str = "0",
        poll_seconds: float = START.total_seconds(),
        allow_loopback: bool = False,
    ) -> None:
        """``clock`` tells the time, ``poll_seconds`` the pace of a feed that has told nothing."""
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._fetcher = Fetcher(contact=contact, version=version, allow_loopback=allow_loopback)
        self._robots = Robots(self._fetcher)
        self._pen = Pen()

    async def read(self, place: str) -> list[Item]:
        """Return the items at a path or address, those that changed longest ago first.

        Of a folder, files that cannot be read are left out while one can; of a list of feeds,
        each feed is read.

        Raises:
            InputError: nothing there can be read as news; the text says why and what to do.

        """
        items, faults = await self.read_all(place)
        if not items and faults:
            raise faults[0]
        return items

    async def read_all(self, place: str) -> tuple[list[Item], list[InputError]]:
        """Return the items at a place, and the faults of those parts that could not be read.

        Raises:
            InputError: there is nothing at the place at all.

        """
        if is_address(place):
            return await self._items(await self._address(place))
        items: list[Item] = []
        faults: list[InputError] = []
        for path in await asyncio.to_thread(files_in, place):
            try:
                found, more = await self._items(await self._file(str(path)))
            except InputError as error:
                faults.append(error)
                continue
            items += found
            faults += more
        return sorted(items, key=_changed), faults

    async def feeds_at(self, place: str, channel: str = "") -> list[Feed]:
        """Return the feeds at a place: itself, those a page names, those an OPML file lists.

        Raises:
            InputError: no feed is there.

        """
        if is_address(place):
            result = await self._address(place, want=NAMED)
        else:
            paths = await asyncio.to_thread(files_in, place)
            result = await self._file(str(paths[0]), want=NAMED)
        feeds = result.feeds[:1] if result.form is Form.PAGE else result.feeds
        if not feeds and is_address(place):
            feeds = await self._guessed(place)
        if not feeds:
            text = f"{place} names no feed. Look on the site for “RSS” and give me that address."
            raise InputError(text, outcome="no-feeds")
        return [replace(feed, channel=channel) for feed in feeds]

    async def _guessed(self, page: str) -> tuple[Feed, ...]:
        """Return the feed at one of the places where a page's site mostly has it."""
        for place in usual_places(page):
            try:
                result = await self._address(place, want=NAMED)
            except InputError:
                continue
            if result.form is not Form.PAGE and result.feeds:
                return result.feeds[:1]
        return ()

    async def poll(self, feed: Feed, state: FeedState) -> tuple[FeedState, list[Item]]:
        """Poll one feed politely; faults are told in the returned state, never raised."""
        visit = Visit(feed, state, self._clock(), self._poll_seconds)
        return await poll(visit, fetcher=self._fetcher, do=self._pen.do)

    async def _items(self, result: Result) -> tuple[list[Item], list[InputError]]:
        """Return a result's items; the feeds of a list are read in turn."""
        if result.form is not Form.OPML:
            return list(result.items), []
        items: list[Item] = []
        faults: list[InputError] = []
        for feed in result.feeds:
            try:
                items += (await self._address(feed.url)).items
            except InputError as error:
                faults.append(error)
        return items, faults

    async def _file(self, path: str, *, want: str = "") -> Result:
        file = files_in(path)[0]
        raw = await asyncio.to_thread(read_bytes, file)
        task = Task(raw, path, self._clock(), outlet=outlet_of(file), want=want)
        return await self._pen.do(task)

    async def _address(self, url: str, *, want: str = "") -> Result:
        # Whoever adds a feed has asked its outlet.
        allow = None if want == NAMED else self._robots.allow
        response = await self._fetcher.get(url, allow=allow)
        if response.status != 200:
            raise _refusal(url, response)
        task = Task(
            response.body,
            url,
            self._clock(),
            url=response.url,
            media_type=response.media_type,
            want=want,
        )
        return await self._pen.do(task)

    async def close(self) -> None:
        """Close connections and the parsing process."""
        await self._pen.close()
        await self._fetcher.close()


def _refusal(url: str, response: Response) -> FetchError:
    status = response.status
    outcome, advice = _STATUS.get(status, ("server-error", f"answered {status}. Try again later."))
    return FetchError(f"{url} {advice}", outcome=outcome)


def _changed(item: Item) -> datetime:
    return item.article.updated or item.article.published or _PAST
