"""A small web page for machines on this machine: ``/healthz`` and ``/metrics``.

It is aiohttp's server in the loop that the bot runs in anyway, and listens on loopback only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.errors import ConfigError
from bot.metrics import Metrics

LOOK_SECONDS, LOOKS = 1.0, 60

log = logging.getLogger(__name__)


class Service:
    """Serves metrics and health until it is stopped."""

    def __init__(self, metrics: Metrics, *, address: str, clock: Callable[[], datetime]) -> None:
        """Keep what to serve; ``address`` is host and port ("127.0.0.1:9464")."""
        self._metrics = metrics
        self._address = address
        self._clock = clock
        app = web.Application()
        app.add_routes([web.get("/healthz", self._health), web.get("/metrics", self._read)])
        self._runner = web.AppRunner(app, access_log=None)
        self._probe: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            ConfigError: the address is taken or is none of this machine.

        """
        host, _, port = self._address.rpartition(":")
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host.strip("[]"), int(port)).start()
        except OSError as fault:
            await self._runner.cleanup()
            raise ConfigError(
                f"service.listen: {self._address} cannot be listened on ({fault.strerror}): name"
                " another port, or leave it empty"
            ) from fault
        self._probe = asyncio.create_task(self._probe_loop())
        log.info("service listen=%s", self._address)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Listen no more."""
        if self._probe:
            self._probe.cancel()
        await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's form
        stuck = self._metrics.stuck(self._clock())
        body: dict[str, object] = {"status": "stuck" if stuck else "ok", "stuck": stuck}
        if (workers := await asyncio.to_thread(self._metrics.workers)) is not None:
            body["workers"] = workers
        return web.json_response(body, status=503 if stuck else 200)

    async def _read(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's form
        text = await asyncio.to_thread(self._metrics.text)
        return web.Response(body=text, headers={"Content-Type": "text/plain; version=0.0.4"})

    async def _probe_loop(self) -> None:
        """Measure by how much a sleep is overslept: so long was the loop held up."""
        loop, lately = asyncio.get_running_loop(), [0.0]
        while True:
            before = loop.time()
            await asyncio.sleep(LOOK_SECONDS)
            lately = [*lately, loop.time() - before - LOOK_SECONDS][-LOOKS:]
            self._metrics.held_up(max(lately))
