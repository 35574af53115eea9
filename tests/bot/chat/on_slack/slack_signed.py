"""Slack at the other end of HTTP mode: signs and sends what happens, as its pages say."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_people import NOW

from bot.chat.slack import Slack

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def sign(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    """Return the signature of a body: docs.slack.dev, verifying requests from Slack."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Caller:
    """Calls the front of an adapter."""

    def __init__(self, slack: Slack) -> None:
        self.address = f"http://127.0.0.1:{slack.front.port}"
        self.timestamp = str(int(NOW.timestamp()))

    def headers(self, body: bytes, **changed: str | None) -> dict[str, str]:
        """Return the headers of a signed request; None takes one away."""
        found = {
            "X-Slack-Request-Timestamp": self.timestamp,
            "X-Slack-Signature": sign(body, self.timestamp),
            "Content-Type": "application/json",
        } | {name.replace("_", "-"): value for name, value in changed.items()}
        return {name: value for name, value in found.items() if value is not None}

    async def raw(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Send a request; return its status and what came back."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                f"{self.address}/slack/events", data=io.BytesIO(body), headers=headers
            ) as answer,
        ):
            return answer.status, await answer.text()

    async def event(self, payload: dict[str, Any], **changed: str | None) -> tuple[int, str]:
        """Let something happen."""
        body = json.dumps(payload).encode()
        return await self.raw(body, self.headers(body, **changed))

    async def form(self, fields: dict[str, Any]) -> tuple[int, str]:
        """Send a slash command, or what was pressed under the name ``payload``."""
        body = urlencode(fields).encode()
        kind = "application/x-www-form-urlencoded"
        return await self.raw(body, self.headers(body, Content_Type=kind))

    async def pressed(self, payload: dict[str, Any]) -> tuple[int, str]:
        """Send what was pressed, chosen or submitted."""
        return await self.form({"payload": json.dumps(payload)})


@asynccontextmanager
async def listening(slack: Slack) -> AsyncIterator[Caller]:
    """Run an adapter in HTTP mode, and call it."""
    task = asyncio.create_task(slack.run())
    try:
        async with asyncio.timeout(20):
            while not slack.front.port:
                await asyncio.sleep(0)
                if task.done():
                    await task
        yield Caller(slack)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
