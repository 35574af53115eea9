"""Fetching over HTTP: guarded, bounded, polite. It does not know what a feed is.

Home of aiohttp. Redirects are followed by hand, each hop checked; what is read is bounded after
decompression; a host is asked one thing at a time.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit
from weakref import WeakValueDictionary

import aiohttp
from aiohttp import hdrs

from bot.errors import FetchError
from bot.feeds.guard import NOT_PUBLIC, PRIVATE, RefusedAddressError, check, guarded_socket
from bot.feeds.unpack import ENCODINGS, Unpacker

PROJECT = "Whosaid"
NO_CONTACT = "self-hosted news briefings; its operator has named no contact"
LARGEST_BODY = 10 * 2**20
MOST_HOPS = 5
DEADLINE_SECONDS = 30.0
CONNECT_SECONDS = 10.0
MOST_CONNECTIONS = 64
KEPT_OPEN_SECONDS = 2.0
"""A host's next feed or page follows at once; thousands of idle connections take memory."""

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9,"
    " text/html;q=0.8, */*;q=0.5"
)

Allow = Callable[[str], Awaitable[None]]
"""Returns when an address may be asked for, and raises a ``FetchError`` when it may not."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back. ``url`` is the address that answered; header names are in lower case.

    ``moved_to`` is where permanent redirects led, "" when none did from the first hop on.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved_to: str = ""

    @property
    def media_type(self) -> str:
        """The declared media type with its parameters."""
        return self.headers.get("content-type", "")


class Fetcher:
    """One client for all requests. Open it inside a running event loop, close it at the end."""

    def __init__(
        self,
        *,
        contact: str = "",
        version: str = "0",
        allow_loopback: bool = False,
        deadline: float = DEADLINE_SECONDS,
    ) -> None:
        """``contact`` is an address or page that outlets may write to; seconds bound one get."""
        reach = f"+{contact}" if contact else NO_CONTACT
        self.agent = f"{PROJECT}/{version} ({reach})"
        self._allow_loopback = allow_loopback
        self._deadline = deadline
        self._session: aiohttp.ClientSession | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        limit: int = LARGEST_BODY,
        allow: Allow | None = None,
    ) -> Response:
        """Get an address. Any status is an answer. ``allow`` is asked before each hop.

        Raises:
            FetchError: refused, unreachable, too slow, too large, or a loop of redirects;
                ``outcome`` tells which.

        """
        here, moved, permanent, left = url, "", True, self._deadline
        for _ in range(MOST_HOPS + 1):
            check(here, allow_loopback=self._allow_loopback)
            if allow is not None:
                await allow(here)
            answer, left = await self._once(here, headers, limit, left)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not target:
                return Response(answer.url, answer.status, answer.headers, answer.body, moved)
            permanent = permanent and answer.status in _PERMANENT
            here = urljoin(here, target).partition("#")[0]
            moved = here if permanent else moved
        text = f"{url} redirects in circles. Open it in a browser to find its right address."
        raise FetchError(text, outcome="redirect-loop")

    async def _once(
        self, url: str, headers: Mapping[str, str], limit: int, seconds: float
    ) -> tuple[Response, float]:
        """Ask once and return the answer and the seconds left; waiting for a turn is free."""
        turn = self._turns.setdefault(urlsplit(url).netloc.lower(), asyncio.Lock())
        clock = asyncio.get_running_loop().time
        async with turn:
            began = clock()
            try:
                async with asyncio.timeout(seconds):
                    answer = await self._request(url, headers, limit)
            except TimeoutError as error:
                told = (
                    f"{url} did not answer within {self._deadline:.0f} s. It is tried again later."
                )
                raise FetchError(told, outcome="timeout") from error
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise _fault(url, error) from error
        return answer, max(0.0, seconds - (clock() - began))

    async def _request(self, url: str, headers: Mapping[str, str], limit: int) -> Response:
        session = self._open()
        async with session.get(url, headers=headers, allow_redirects=False) as answer:
            told = {name.lower(): value for name, value in answer.headers.items()}
            if answer.status in _REDIRECTS or answer.status == 304:
                return Response(url, answer.status, told, b"")
            unpacker = Unpacker(told.get("content-encoding", ""), limit=limit, url=url)
            async for chunk in answer.content.iter_any():
                unpacker.feed(chunk)
            return Response(url, answer.status, told, unpacker.body())

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            factory = partial(guarded_socket, allow_loopback=self._allow_loopback)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=MOST_CONNECTIONS,
                    limit_per_host=2,
                    ttl_dns_cache=300,
                    keepalive_timeout=KEPT_OPEN_SECONDS,
                    socket_factory=factory,
                ),
                headers={
                    hdrs.USER_AGENT: self.agent,
                    hdrs.ACCEPT: _ACCEPT,
                    hdrs.ACCEPT_ENCODING: ENCODINGS,
                },
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=CONNECT_SECONDS, sock_read=self._deadline
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                requote_redirect_url=False,
            )
        return self._session

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()


def _fault(url: str, error: BaseException) -> FetchError:
    """Return a connection's fault in words."""
    causes = [error, getattr(error, "os_error", None), error.__cause__, error.__context__]
    refused = any(isinstance(cause, RefusedAddressError) for cause in _all(causes))
    if refused or NOT_PUBLIC in str(error):
        text = f"{url} leads into a private network. Give the public address of a page or feed."
        return FetchError(text, outcome=PRIVATE)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError(
            f"No server is known by the name in {url}. Check the address.", outcome="unknown-host"
        )
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return FetchError(
            f"{url} has a certificate that is not valid. Its server is at fault.",
            outcome="certificate",
        )
    if isinstance(error, aiohttp.InvalidURL | ValueError) and not isinstance(
        error, aiohttp.ClientResponseError
    ):
        return FetchError(
            f"{url} is not a valid address. Check how it is written.", outcome="refused"
        )
    text = f"{url} cannot be reached ({type(error).__name__}). It is tried again later."
    return FetchError(text, outcome="unreachable")


def _all(causes: list[BaseException | None]) -> list[BaseException]:
    """Return the exceptions with those that they group."""
    found: list[BaseException] = []
    for cause in causes:
        if cause is not None:
            found.append(cause)
            found.extend(getattr(cause, "exceptions", ()))
    return found
