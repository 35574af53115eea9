"""A Discord of the tests on real sockets: REST and gateway on 127.0.0.1 over simcord's model.

The bot runs against it as a process of its own. What simcord leaves out is here: nonces, lost
answers, 429, RESUME. ``holds`` and the like are set by a test before the bot acts.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiohttp import WSMsgType, web
from simcord._clock import Clock
from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError
from simcord.http.router import dispatch
from simcord.interactions import base_payload

API = "/api/v10"
MESSAGES = "/channels/{}/messages"


@dataclass
class Upload:
    fp: BytesIO
    filename: str
    description: str | None = None


@dataclass
class Session:
    """One gateway session: what was sent in it, so that it can be resumed."""

    number: int
    sent: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    deflate: Any = None

    async def send(self, payload: dict[str, Any]) -> None:
        if self.socket is None or self.socket.closed:
            return
        data = self.deflate.compress(json.dumps(payload).encode())
        await self.socket.send_bytes(data + self.deflate.flush(zlib.Z_SYNC_FLUSH))

    async def event(self, name: str, payload: Any) -> None:
        self.sent.append({"op": 0, "s": len(self.sent) + 1, "t": name, "d": payload})
        await self.send(self.sent[-1])


class Loopback:
    """The server. ``log`` lists what the bot asked, as (method, path)."""

    def __init__(self) -> None:
        self.backend = Backend(clock=Clock())
        self.guild = self.backend.create_guild("town")
        if self.backend.bot_user.id not in self.guild.members:
            self.backend.add_member(self.guild.id, self.backend.bot_user.id)
        self.channel = self.backend.create_channel(self.guild.id, "square")
        self.ann = self.backend.make_user("ann")
        self.backend.add_member(self.guild.id, self.ann.id)
        self.sessions: list[Session] = []
        self.identified = 0
        self.resumed = 0
        self.log: list[tuple[str, str]] = []
        self.rules: list[Callable[[str, str], str]] = []
        self.held = asyncio.Event()
        self.remembers_nonces = True
        self._nonces: dict[str, Any] = {}
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        app = web.Application(client_max_size=30_000_000)
        app.router.add_route("*", API + "/{path:.*}", self._rest)
        app.router.add_get("/", self._gateway)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def until(self, seen: Callable[[], Any], seconds: float = 30) -> None:
        """Wait until something is so; every request and every connection wakes this."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(seen)

    async def _woken(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    @property
    def posts(self) -> list[Any]:
        """The messages in the channel."""
        return list(self.backend.messages[self.channel.id].values())

    def asked(self, method: str, ending: str) -> int:
        return sum(one == method and path.endswith(ending) for one, path in self.log)

    # ---------------------------------------------------------------- REST

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        self.log.append((request.method, path))
        rule = next((found for one in self.rules if (found := one(request.method, path))), "")
        if rule == "429":
            await self._woken()
            told = {"message": "slow down", "retry_after": 0.05, "global": False}
            return _json(told, 429, {"Via": "1.1 test", "Retry-After": "1"})
        if rule == "403":
            await self._woken()
            return _json({"code": 50013, "message": "Missing Permissions"}, 403)
        if path == "/gateway/bot":
            limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
            return _json({"url": "", "shards": 1, "session_start_limit": limit}, 200)
        if rule == "500":
            await self._woken()
            return _json({"message": "Internal Server Error"}, 500)
        if rule == "lost":
            await self._woken()
            assert request.transport is not None
            request.transport.abort()
            return web.Response(status=204)
        body, files = await _body(request)
        status, answer = self._answer(request, path, body, files)
        await self._woken()
        if rule == "cut":
            assert request.transport is not None
            request.transport.abort()
        if rule == "hold":
            self.held.set()
            await asyncio.Event().wait()
        return web.Response(status=204) if answer is None else _json(answer, status)

    def _answer(
        self, request: web.Request, path: str, body: Any, files: list[Upload]
    ) -> tuple[int, Any]:
        nonce = body.get("nonce") if isinstance(body, dict) and body.get("enforce_nonce") else None
        if nonce and nonce in self._nonces and self.remembers_nonces:
            return 200, self._nonces[nonce]
        try:
            found = dispatch(
                self.backend,
                request.method,
                path,
                json=body,
                params=dict(request.query),
                files=files,
            )
        except BackendError as fault:
            return fault.status, {"code": fault.code, "message": str(fault)}
        if nonce:
            self._nonces[nonce] = found
        return 200, found

    # ------------------------------------------------------------- gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        session = Session(len(self.sessions), socket=socket, deflate=zlib.compressobj())
        await session.send({"op": 10, "d": {"heartbeat_interval": 30_000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            asked = json.loads(message.data)
            if asked["op"] == 1:
                await session.send({"op": 11})
            elif asked["op"] == 2:
                await self._identify(session)
            elif asked["op"] == 6:
                session = await self._resume(session, asked["d"])
            await self._woken()
        return socket

    async def _identify(self, session: Session) -> None:
        self.identified += 1
        self.sessions.append(session)
        guild = serializers.guild_create_payload(self.backend, self.guild)
        ready = {
            "v": 10,
            "user": dict(serializers.user_payload(self.backend.bot_user)),
            "guilds": [{"id": str(self.guild.id), "unavailable": True}],
            "session_id": str(session.number),
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/",
            "application": {"id": str(self.backend.application_id), "flags": 0},
        }
        await session.event("READY", ready)
        await session.event("GUILD_CREATE", guild)

    async def _resume(self, fresh: Session, asked: dict[str, Any]) -> Session:
        session = self.sessions[int(asked["session_id"])]
        session.socket, session.deflate = fresh.socket, fresh.deflate
        for payload in session.sent[asked["seq"] :]:
            await session.send(payload)
        self.resumed += 1
        await session.event("RESUMED", {})
        return session

    async def reconnect(self) -> None:
        """Ask the bot to connect anew; what happens until then reaches it after RESUME."""
        session = self.sessions[-1]
        await session.send({"op": 7, "d": None})
        session.socket = None

    async def slash(self, name: str, /, **options: str) -> Any:
        """Let ann type a slash command (``feeds list``); return the record of the interaction."""
        first, _, below = name.partition(" ")
        command = self.backend.find_command(first, self.guild.id, type=1)
        assert command is not None
        given: list[dict[str, Any]] = [
            {"name": key, "type": 3, "value": one} for key, one in options.items()
        ]
        inside = [{"name": below, "type": 1, "options": given}] if below else given
        data = {"id": command["id"], "name": first, "type": 1, "options": inside}
        return await self._interaction(2, data)

    async def press(self, message: Any, custom_id: str) -> Any:
        """Let ann press a button of a message."""
        data = {"custom_id": custom_id, "component_type": 2}
        return await self._interaction(
            3, data, message=dict(serializers.message_payload(self.backend, message))
        )

    async def _interaction(self, kind: int, data: dict[str, Any], **more: Any) -> Any:
        record, payload = base_payload(
            self.backend,
            type=kind,
            channel_id=self.channel.id,
            guild_id=self.guild.id,
            user_id=self.ann.id,
            data=data,
        )
        await self.sessions[-1].event("INTERACTION_CREATE", payload | more)
        return record


def _json(value: Any, status: int, headers: dict[str, str] | None = None) -> web.Response:
    """discord.py reads JSON only under the bare media type."""
    return web.Response(
        body=json.dumps(value).encode(),
        status=status,
        headers={"Content-Type": "application/json"} | (headers or {}),
    )


async def _body(request: web.Request) -> tuple[Any, list[Upload]]:
    if request.content_type == "application/json":
        return await request.json(), []
    if not request.content_type.startswith("multipart/"):
        return None, []
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    told = body.get("data", body).get("attachments", [])
    alts = {one.get("filename"): one.get("description") for one in told}
    files = []
    for one in form.values():
        if isinstance(one, web.FileField):
            with one.file:
                content = BytesIO(one.file.read())
            files.append(Upload(content, one.filename, alts.get(one.filename)))
    return body, files
