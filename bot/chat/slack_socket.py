"""Socket Mode: Slack is called, never calls; the connection is made anew whenever it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_errors import in_words, is_unknown
from bot.errors import ChatError

REFUSED = (
    "Slack refuses WHOSAID_SLACK_APP_TOKEN: make one on the app's page “Basic Information”, "
    "“App-Level Tokens”, with the scope connections:write."
)
PING_SECONDS = 10.0
WATCH_SECONDS = 30.0
"""How often is looked whether the library still tries an address that Slack takes once only."""
LONGEST_WAIT_SECONDS = 60.0

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


async def insistently(ask: Callable[[], Awaitable[_T]]) -> _T:
    """Ask until Slack answers, waiting longer each time; a refusal that stays ends it."""
    wait = 1.0
    while True:
        try:
            return await ask()
        except ChatError as fault:
            if fault.permanent:
                raise
            _log.warning("%s", fault)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


class SocketMode:
    """The connection by which Slack hands on what happens."""

    def __init__(self, app: AsyncApp, app_token: str, base_url: str = "") -> None:
        """Keep the app and its app-level token; nothing connects yet."""
        self._app = app
        self._token = app_token
        self._web = AsyncWebClient(base_url=base_url or AsyncWebClient.BASE_URL)
        self._refusal: ChatError | None = None

    async def run(self, closing: asyncio.Event) -> None:
        """Connect, and stay connected until ``closing`` is set.

        Raises:
            ChatError: Slack refuses the token, now or when it is connected anew.

        """
        address = await insistently(self._address)
        handler = AsyncSocketModeHandler(
            self._app, self._token, web_client=self._web, ping_interval=PING_SECONDS
        )
        client = handler.client
        client.wss_uri = address

        async def next_address() -> str:
            try:
                return await self._address()
            except ChatError as fault:
                if fault.permanent:
                    self._refusal = fault
                    closing.set()
                raise

        client.issue_new_wss_url = next_address  # type: ignore[method-assign]  # it would ask a refusing Slack for ever
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        try:
            while not closing.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(closing.wait(), WATCH_SECONDS)
                if not await client.is_connected():
                    client.wss_uri = None  # then the library asks for a new one
        finally:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)
            await handler.close_async()  # type: ignore[no-untyped-call]  # the same
        if self._refusal is not None:
            raise self._refusal

    async def _address(self) -> str:
        """Return where to connect, an address that Slack takes once.

        Raises:
            ChatError: Slack refuses the token (permanent), or gives no address now.

        """
        try:
            answer = await self._web.apps_connections_open(app_token=self._token)
        except (aiohttp.ClientError, TimeoutError) as fault:
            raise ChatError("Slack does not answer; trying again") from fault
        except SlackApiError as fault:
            if is_unknown(fault) or not in_words(fault).permanent:
                raise ChatError("Slack gives no connection now; trying again") from fault
            raise ChatError(REFUSED, permanent=True) from fault
        return str(answer["url"])
