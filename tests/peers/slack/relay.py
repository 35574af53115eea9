"""What emulate lacks of Slack, in front of it: Socket Mode, slash commands, response addresses.

Web API calls go on to emulate (reads by GET as POST), are checked and recorded. Answers can be
lost, refused or slowed down. Envelopes have the shapes of Slack's own test suites.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
from aiohttp import web

Json = dict[str, Any]
APP_TOKEN = "xapp-relay"
TEAM = "T000000001"
USES = 5
NUMBERS = count(1)
"""Names of questions and envelopes, none twice in one emulated workspace."""


@dataclass
class Call:
    """A call of the Web API as it came in."""

    method: str
    params: Json
    token: str = ""


@dataclass
class Relay:
    """The relay; ``upstream`` is emulate's address.

    ``check`` returns the faults of a message, ``check_view`` those of a form or Home tab.
    """

    upstream: str
    check: Callable[[Json], list[str]]
    check_view: Callable[[Json], list[str]] = lambda _: []
    calls: list[Call] = field(default_factory=list)
    responses: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    lose: list[str] = field(default_factory=list)
    hang: list[str] = field(default_factory=list)
    errors: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    """Channel -> the errors with which posts there are refused."""
    waits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    elsewhere: set[str] = field(default_factory=set)
    """Tokens of other workspaces, for which nothing goes on to emulate."""

    def __post_init__(self) -> None:
        self._numbers = NUMBERS
        self._sockets: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self.spoilt = 0
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.url = ""
        self.used_up = False

    async def start(self) -> None:
        app = web.Application(client_max_size=2**24)
        app.router.add_get("/link", self._link)
        app.router.add_post("/respond/{name}", self._respond)
        app.router.add_post("/api/apps.connections.open", self._open)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_route("*", "/oauth/{path:.*}", self._oauth)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        return f"{self.url}/api/"

    async def _open(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {APP_TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if self.errors["apps.connections.open"]:
            return web.json_response({"ok": False} | self.errors["apps.connections.open"].pop())
        ticket = f"t{next(self._numbers)}"
        self._tickets.add(ticket)
        address = f"{self.url.replace('http', 'ws')}/link?ticket={ticket}"
        return web.json_response({"ok": True, "url": address})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self.spoilt:
            self.spoilt = max(0, self.spoilt - 1)
            return web.Response(status=403, text="a ticket is good for one connection")
        self._tickets.remove(ticket)
        link = web.WebSocketResponse()
        await link.prepare(request)
        await link.send_json({"type": "hello", "num_connections": 1, "debug_info": {}})
        self._sockets.append(link)
        await self._tell()
        async for message in link:
            if message.type == aiohttp.WSMsgType.TEXT:
                answer = json.loads(message.data)
                waiting = self._acks.pop(answer.get("envelope_id", ""), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(answer.get("payload") or {})
        self._sockets.remove(link)
        await self._tell()
        return link

    async def _respond(self, request: web.Request) -> web.Response:
        body = await request.json()
        name = request.match_info["name"]
        if self.used_up or len(self.responses[name]) >= USES:
            return web.Response(status=404, text="used_url")
        if body.get("blocks"):
            self.faults += self.check(body)
        self.responses[name].append(body)
        await self._tell()
        if self._loses("respond"):
            _cut_off(request)
        return web.Response(text="ok")

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params = await _params(request)
        if self.waits[method]:
            headers = {"Retry-After": str(self.waits[method].pop())}
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers=headers)
        if self.errors[method]:
            return web.json_response({"ok": False} | self.errors[method].pop())
        if method == "chat.postMessage" and self.refused[str(params.get("channel"))]:
            return web.json_response({"ok": False} | self.refused[params["channel"]].pop())
        self._look_at(method, params)
        authorization = request.headers.get("Authorization", "")
        token = authorization.removeprefix("Bearer ")
        if token in self.elsewhere:
            answer: Json = {
                "ok": True,
                "ts": f"{next(self._numbers)}.0",
                "user": {"is_admin": True},
            }
        else:
            answer = await self._upstream(method, params, authorization)
        self.calls.append(Call(method, params, token))
        await self._tell()
        if self._loses(method):
            _cut_off(request)
        if method in self.hang:
            self.hang.remove(method)
            await asyncio.Event().wait()
        return web.json_response(answer)

    def _look_at(self, method: str, params: Json) -> None:
        if method in {"chat.postMessage", "chat.postEphemeral"}:
            self.faults += self.check(params)
        if method in {"views.open", "views.publish"}:
            self.faults += self.check_view(params["view"])
        if method == "chat.postMessage" and (params["unfurl_links"] or params["unfurl_media"]):
            self.faults.append("a message that unfurls")

    async def _oauth(self, request: web.Request) -> web.Response:
        """Hand the pages of OAuth on to emulate and back."""
        address = f"{self.upstream}{request.path_qs}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method, address, data=await request.post(), allow_redirects=False
            ) as answer,
        ):
            headers = {key: answer.headers[key] for key in ("Location",) if key in answer.headers}
            return web.Response(
                status=answer.status,
                text=await answer.text(),
                content_type="text/html",
                headers=headers,
            )

    async def _upstream(self, method: str, params: Json, authorization: str) -> Json:
        if method == "usergroups.users.list":
            return {"ok": True, "users": ["U0GROUP"]}
        if method == "chat.postMessage" and str(params["channel"]).startswith("U"):
            params = params | {"channel": "D000000000"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                f"{self.upstream}/api/{method}",
                json=params,
                headers={"Authorization": authorization},
            ) as answer,
        ):
            return dict(await answer.json())

    def _loses(self, what: str) -> bool:
        if what in self.lose:
            self.lose.remove(what)
            return True
        return False

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def until(self, true: Callable[[], Any], seconds: float = 20) -> Any:
        """Wait until something is true of what came in; return what it gave."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(true)
        return true()

    async def connected(self) -> None:
        """Wait until somebody listens."""
        await self.until(lambda: self._sockets)

    async def send(self, kind: str, payload: Json, **more: Any) -> Json:
        """Send an envelope to one listener and return what it is acknowledged with."""
        await self.connected()
        envelope = f"envelope-{next(self._numbers)}"
        waiting = self._acks[envelope] = asyncio.get_running_loop().create_future()
        record = {"envelope_id": envelope, "type": kind, "payload": payload} | more
        await self._sockets[-1].send_json(record | {"accepts_response_payload": True})
        async with asyncio.timeout(10):
            return await waiting

    async def deliver(self, kind: str, payload: Json) -> None:
        """Send an envelope until it is acknowledged, to whichever listener there is, as Slack does.

        Every try is an envelope of its own that says how often it was tried.
        """
        for tries in range(100):
            again = {"retry_attempt": tries, "retry_reason": "timeout"} if tries else {}
            with suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(0.3):
                    await self.send(kind, payload, **again)
                    return
            await asyncio.sleep(0.05)
        raise AssertionError("nobody took it")

    async def cut(self) -> None:
        """Break the newest connection without a word."""
        transport = self._sockets[-1]._req.transport
        if transport is not None:
            transport.abort()

    async def disconnect(self) -> None:
        """Ask the listener to connect anew, as Slack does every few hours."""
        old = self._sockets[-1]
        await self.ask_to_reconnect()
        await self.until(lambda: self._sockets and self._sockets[-1] is not old)

    async def ask_to_reconnect(self) -> None:
        """Ask for it, and do not wait for what comes of it."""
        bye = {"type": "disconnect", "reason": "warning", "debug_info": {}}
        await self._sockets[-1].send_json(bye)

    def address(self) -> str:
        """Return a new response address's name."""
        return f"r{next(self._numbers)}"

    async def slash(
        self, command: str, text: str, user: str, channel: str, *, name: str = ""
    ) -> str:
        """Type a slash command; return the name of its response address."""
        name = name or self.address()
        await self.send("slash_commands", self.typed(command, text, user, channel, name=name))
        return name

    def typed(
        self, command: str, text: str, user: str, channel: str, *, name: str, team: str = TEAM
    ) -> Json:
        """Return what Slack sends for a slash command."""
        return {
            "command": command,
            "text": text,
            "team_id": team,
            "team_domain": "lantern",
            "user_id": user,
            "user_name": "ada",
            "channel_id": channel,
            "channel_name": "news",
            "response_url": f"{self.url}/respond/{name}",
            "trigger_id": f"trigger.{name}",
            "api_app_id": "A1",
            "is_enterprise_install": "false",
        }

    async def interact(self, payload: Json, user: str) -> tuple[str, Json]:
        """Press, choose or submit; return the response address's name and the acknowledgement."""
        name = self.address()
        return name, await self.send("interactive", self.done(payload, user, name=name))

    def done(self, payload: Json, user: str, *, name: str, team: str = TEAM) -> Json:
        """Return what Slack sends for a press, a choice or a submitted form."""
        whole = {
            "team": {"id": team, "domain": "lantern"},
            "user": {"id": user, "username": "ada", "name": "ada", "team_id": team},
            "api_app_id": "A1",
            "trigger_id": f"trigger.{name}",
            "response_url": f"{self.url}/respond/{name}",
            "is_enterprise_install": False,
            "enterprise": None,
        }
        if payload["type"] in {"view_submission", "block_suggestion"}:
            del whole["response_url"]
        return whole | payload

    async def press(
        self, element: Json, user: str, channel: str, message_ts: str, *, alone: bool = True
    ) -> str:
        """Press a button of a message; return the name of the response address."""
        container = {
            "type": "message",
            "message_ts": message_ts,
            "channel_id": channel,
            "is_ephemeral": alone,
        }
        action = element | {"block_id": "b", "action_ts": "1795477083.1"}
        payload = {"type": "block_actions", "container": container, "actions": [action]}
        name, _ = await self.interact(payload | {"channel": {"id": channel, "name": "news"}}, user)
        return name

    def happening(self, event: Json, event_id: str = "", *, team: str = TEAM) -> Json:
        """Return what Slack sends when something happens in a workspace."""
        return {
            "type": "event_callback",
            "team_id": team,
            "api_app_id": "A1",
            "event": event,
            "event_id": event_id or f"Ev{next(self._numbers)}",
            "event_time": 1795477083,
            "authorizations": [{"team_id": team, "is_bot": True, "user_id": "U1"}],
        }

    async def event(self, event: Json, event_id: str = "", **more: Any) -> None:
        """Let something happen in the workspace."""
        await self.send("events_api", self.happening(event, event_id), **more)

    def posted(self, method: str = "chat.postMessage") -> list[Json]:
        """Return the parameters of all calls of a method."""
        return [call.params for call in self.calls if call.method == method]


async def _params(request: web.Request) -> Json:
    found: Json = dict(request.query)
    if request.content_type == "application/json":
        found |= await request.json()
    elif request.can_read_body:
        found |= dict(await request.post())
    return {key: _value(one) for key, one in found.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _cut_off(request: web.Request) -> None:
    """Break the connection so that the answer is lost."""
    assert request.transport is not None
    request.transport.abort()
