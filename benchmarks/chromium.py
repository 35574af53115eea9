"""A headless Chromium that takes pictures of pages on loopback, spoken to by its own protocol.

Debian's ``chromium`` is enough; nothing is downloaded, and no page but the one asked for opens.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, cast

import aiohttp

Json: TypeAlias = Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
READY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class View:
    """A window: its width in CSS pixels, device pixels each, and what is put into every page."""

    width: int
    scale: float = 1.0
    css: str = ""
    height: int = 800


@dataclass(slots=True)
class Chromium:
    """A running browser."""

    socket: aiohttp.ClientWebSocketResponse
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def picture(self, url: str, view: View, *, ready: str, element: str) -> bytes:
        """Return a PNG of an element (a CSS selector) once the page says ``ready`` (JavaScript)."""
        target = (await self._ask("Target.createTarget", url="about:blank"))["targetId"]
        attached = await self._ask("Target.attachToTarget", targetId=target, flatten=True)
        page = attached["sessionId"]
        try:
            await self._resized(page, view, view.height)
            await self._ask("Page.navigate", page, url=url)
            await self._until(page, ready)
            await self._value(page, _styled(view.css))
            box = await self._box(page, element)
            # The whole of a long page is laid out before its picture is taken.
            await self._resized(page, view, max(view.height, int(box["bottom"]) + 40))
            box = await self._box(page, element)
            clip = {key: box[key] for key in ("x", "y", "width", "height")} | {"scale": 1}
            shot = await self._ask("Page.captureScreenshot", page, format="png", clip=clip)
            return base64.b64decode(shot["data"])
        finally:
            await self._ask("Target.closeTarget", targetId=target)

    async def _resized(self, page: str, view: View, height: int) -> None:
        await self._ask(
            "Emulation.setDeviceMetricsOverride",
            page,
            width=view.width,
            height=height,
            deviceScaleFactor=view.scale,
            mobile=False,
        )

    async def _until(self, page: str, ready: str) -> None:
        async with asyncio.timeout(READY_SECONDS):
            while not await self._value(page, ready):  # noqa: ASYNC110 - another process's page
                await asyncio.sleep(0.05)

    async def _box(self, page: str, element: str) -> dict[str, float]:
        asked = f"document.querySelector({element!r}).getBoundingClientRect().toJSON()"
        return cast("dict[str, float]", await self._value(page, asked))

    async def _value(self, page: str, expression: str) -> Json:
        told = await self._ask(
            "Runtime.evaluate", page, expression=expression, returnByValue=True, awaitPromise=True
        )
        return told["result"].get("value")

    async def _ask(self, method: str, session: str = "", **params: Json) -> dict[str, Any]:
        """Ask one thing at a time; events that come between are passed over."""
        number = next(self._numbers)
        asked = {"id": number, "method": method, "params": params}
        await self.socket.send_json(asked | ({"sessionId": session} if session else {}))
        while True:
            told = await self.socket.receive_json(timeout=READY_SECONDS)
            if told.get("id") == number:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']['message']}")
                return cast("dict[str, Any]", told["result"])


def _styled(css: str) -> str:
    """Return JavaScript that adds a sheet of style and waits for fonts and pictures."""
    return f"""(async () => {{
        const sheet = new CSSStyleSheet();
        sheet.replaceSync({css!r});
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        await document.fonts.ready;
        await Promise.all([...document.images].map(one => one.decode().catch(() => null)));
    }})()"""


def found() -> str:
    """Return the path of the browser; empty when none is installed."""
    return next(filter(None, map(shutil.which, NAMES)), "")


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[Chromium]:
    """Run a browser with a profile of its own until the block ends.

    Raises:
        RuntimeError: none is installed.

    """
    program = found()
    if not program:
        raise RuntimeError("no chromium is installed: apt-get install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with aiohttp.ClientSession() as session:
                address = await _address(process, Path(profile))
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Chromium(socket)
        finally:
            process.terminate()
            await process.wait()


async def _address(process: asyncio.subprocess.Process, profile: Path) -> str:
    """Return the address that the browser writes into its profile once it listens."""
    told = profile / "DevToolsActivePort"
    async with asyncio.timeout(READY_SECONDS):
        while not told.exists() or "\n" not in told.read_text():
            if process.returncode is not None:
                raise RuntimeError("chromium ended before it was ready")
            await asyncio.sleep(0.05)
    port, path = told.read_text().splitlines()[:2]
    return f"ws://127.0.0.1:{port}{path}"
