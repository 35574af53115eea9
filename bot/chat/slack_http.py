"""HTTP mode: Slack calls an address of ours; what it did not sign is refused.

Bolt checks the signature and its age (five minutes). The same request sent twice is one
question: events and presses are told apart by their ids, in ``slack_events``. Encryption of the
connection is the business of what stands in front of it.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.chat.slack_install import Install
from bot.chat.slack_setup import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH, Setup
from bot.errors import ChatError

LARGEST = 1024 * 1024
"""Bytes of a request; Slack's own are far below."""
READ_SECONDS = 10.0
SHUTDOWN_SECONDS = 2.0

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_log = logging.getLogger(__name__)


def looks_signed(headers: Mapping[str, str]) -> bool:
    """Tell whether a signature is there at all, in a form that can be checked.

    The library that checks it fails on a timestamp that is no number and on letters that are
    not ASCII; those are refused before they reach it.
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    return bool(_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature))


class Front:
    """The small server that Slack and installers call."""

    def __init__(self, app: AsyncApp, setup: Setup, install: Install | None = None) -> None:
        """Keep the app and, where workspaces install it, the pages for that."""
        self._app = app
        self._setup = setup
        self._install = install
        self.port = setup.port
        """Where it listens; a port of 0 is replaced by a free one when it starts."""

    async def run(self, closing: asyncio.Event) -> None:
        """Serve until ``closing`` is set.

        Raises:
            ChatError: the address cannot be listened at.

        """
        runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await self._listen(runner)
            await closing.wait()
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        host, port = self._setup.host, self._setup.port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as fault:
            text = f"{host}:{port} cannot be listened at ({fault.strerror}); set slack.listen"
            raise ChatError(text, permanent=True) from fault
        self.port = runner.addresses[0][1]
        _log.info("listening for Slack at %s:%d", host, self.port)

    def _routes(self) -> web.Application:
        served = web.Application(client_max_size=LARGEST)
        if self._setup.http and self._setup.signing_secret:
            served.router.add_post(EVENTS_PATH, self._event)
        if self._install is not None:
            served.router.add_get(INSTALL_PATH, self._install.begin)
            served.router.add_get(REDIRECT_PATH, self._install.end)
        return served

    async def _event(self, request: web.Request) -> web.Response:
        if not looks_signed(request.headers):
            return web.Response(status=401, text="Not signed by Slack.")
        try:
            async with asyncio.timeout(READ_SECONDS):
                asked = await to_bolt_request(request)
        except TimeoutError:
            return web.Response(status=408, text="Too slow.")
        except (ValueError, LookupError):
            return web.Response(status=400, text="Not understood.")
        return await to_aiohttp_response(await self._app.async_dispatch(asked))
