"""A headless Chromium that is asked, over its own debugging protocol, where a link opens a page."""

from __future__ import annotations

import asyncio
import html
import itertools
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""Debian's name first."""

_PORT = re.compile(rb"ws://127\.0\.0\.1:(\d+)/")

_PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>body {{ font: 40px/60px sans-serif; width: 700px; margin: 3000px 0 }}</style>{body}"""
"""Large letters in a narrow column, far from both ends: only what is sought stands in the middle."""

_WHERE = """((words, twins) => {
  const flat = text => text.replace(/\\s+/g, ' ');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = flat(node.data).indexOf(words);
    if (start < 0 || twins-- > 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + words.length);
    const box = range.getBoundingClientRect();
    return [window.scrollY, box.top, box.bottom, window.innerHeight];
  }
  return null;
})"""


def find() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One headless browser with pages of its own on loopback."""

    def __init__(self, program: str, profile: Path, pages: Mapping[str, tuple[str, str]]) -> None:
        """Take the pages to serve: path -> (title, text with blank lines between paragraphs)."""
        self._program = program
        self._profile = profile
        self._pages = pages
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{page}", self._page)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._process = await asyncio.create_subprocess_exec(
            self._program, "--headless=new", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--window-size=900,800", "--no-first-run",
            "--disable-background-networking", "--disable-component-update",
            f"--user-data-dir={self._profile}", "--remote-debugging-port=0", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stderr is not None
        while (found := _PORT.search(await self._process.stderr.readline())) is None:
            assert self._process.returncode is None
        self._session = aiohttp.ClientSession()
        targets = f"http://127.0.0.1:{int(found[1])}/json"
        async with self._session.get(targets) as answer:
            page = next(one for one in await answer.json() if one["type"] == "page")
        self._socket = await self._session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        await self._ask("Page.enable")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()
        await self._session.close()
        self._process.terminate()
        await self._process.wait()
        await self._runner.cleanup()

    async def opens_at(self, link: str, words: str, *, twins: int = 0) -> bool:
        """Tell whether opening a link scrolls the middle of its page to these words.

        ``twins`` is how many paragraphs before theirs hold the same words.
        """
        page, mark, fragment = link.partition("#")
        # A query of its own makes it another page: one that is open is only scrolled.
        await self._ask("Page.navigate", url=f"{page}?{next(self._numbers)}{mark}{fragment}")
        await self._loaded()
        await self._frame()
        script = f"{_WHERE}({json.dumps(words)}, {twins})"
        answer = await self._ask("Runtime.evaluate", expression=script, returnByValue=True)
        place = answer["result"].get("value")
        assert place is not None, f"the page has no {words!r}"
        scrolled, top, bottom, height = place
        return bool(scrolled > 0 and top < height / 2 < bottom)

    async def _frame(self) -> None:
        """Wait until the page has been drawn twice: only then has it been scrolled."""
        script = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        await self._ask("Runtime.evaluate", expression=script, awaitPromise=True)

    async def _loaded(self) -> None:
        while json.loads(await self._socket.receive_str()).get("method") != "Page.loadEventFired":
            pass

    async def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while (answer := json.loads(await self._socket.receive_str())).get("id") != number:
            pass
        result: dict[str, Any] = answer["result"]
        return result

    async def _page(self, request: web.Request) -> web.Response:
        if request.match_info["page"] not in self._pages:
            return web.Response(status=404)  # a browser asks for an icon too
        title, text = self._pages[request.match_info["page"]]
        body = "".join(f"<p>{html.escape(' '.join(p.split()))}</p>" for p in text.split("\n\n"))
        page = _PAGE.format(title=html.escape(title), body=body)
        return web.Response(text=page, content_type="text/html")
