"""Slack: connects by Socket Mode, hands questions to whoever answers, and delivers digests.

The parts are in the files beside this one: ``slack_events`` (what happens), ``slack_answers``
(questions), ``slack_home`` (Home tab and forms), ``slack_post`` (posting once),
``slack_blocks`` (how a message looks), ``slack_manifest`` (what the app may do).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_answers import Answers
from bot.chat.slack_asker import People
from bot.chat.slack_blocks import threaded
from bot.chat.slack_errors import in_words, is_unknown
from bot.chat.slack_events import Events
from bot.chat.slack_home import Home, Subscriptions
from bot.chat.slack_limits import POST_SECONDS
from bot.chat.slack_post import Poster, posting_client
from bot.chat.slack_reply import Replies
from bot.errors import ChatError
from bot.message import Message
from bot.model import Delivery, Subscription
from bot.ports import Complete, Respond

REFUSED = (
    "Slack refuses WHOSAID_SLACK_APP_TOKEN: make one on the app's page “Basic Information”, "
    "“App-Level Tokens”, with the scope connections:write."
)
NO_ANSWER = (aiohttp.ClientError, TimeoutError, SlackApiError)
PING_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 60.0

_log = logging.getLogger(__name__)


async def _insistently(ask: Callable[[], Awaitable[str]]) -> str:
    """Ask until Slack answers, waiting longer each time; a refusal in words ends it."""
    wait = 1.0
    while True:
        try:
            return await ask()
        except NO_ANSWER as fault:
            _log.warning("Slack does not answer (%s); trying again", type(fault).__name__)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


def _no_subscriptions() -> Sequence[Subscription]:
    return ()


class Slack:
    """One workspace: the door ``bot.ports.Chat``."""

    platform = "slack"

    def __init__(  # noqa: PLR0913 - the platform's settings, all by name
        self,
        bot_token: str,
        app_token: str,
        respond: Respond,
        complete: Complete,
        *,
        manager_group: str = "",
        subscriptions: Subscriptions = _no_subscriptions,
        base_url: str = "",
        pause: float = POST_SECONDS,
    ) -> None:
        """Build the parts; nothing connects yet.

        ``manager_group`` is the id of a user group that may change settings.
        ``subscriptions`` is asked for what the Home tab shows. ``base_url`` is another address
        of Slack's API; ``pause`` the seconds between two posts to one channel.
        """
        self._app_token = app_token
        self._base_url = base_url or AsyncWebClient.BASE_URL
        self._client = posting_client(bot_token, base_url)
        self._poster = Poster(self._client, pause=pause)
        people = People(self._client, manager_group=manager_group)
        replies = Replies(self._client, self._poster)
        self._answers = Answers(respond, people, self._poster, replies)
        home = Home(self._client, self._answers, complete, subscriptions)
        self._events = Events(self._client, self._answers, home)
        self._introducing = asyncio.Lock()
        self._closing = asyncio.Event()

    async def run(self) -> None:
        """Connect and serve until cancelled or closed; reconnects by itself.

        Raises:
            ChatError: Slack refuses a token; the text says which to set.

        """
        await _insistently(self._introduced)
        web = AsyncWebClient(base_url=self._base_url)
        address = await _insistently(lambda: self._address(web))
        handler = AsyncSocketModeHandler(
            self._events.app, self._app_token, web_client=web, ping_interval=PING_SECONDS
        )
        handler.client.wss_uri = address
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            _log.info("connected to Slack workspace %s", self._answers.team)
            await self._closing.wait()
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]  # the same

    async def _introduced(self) -> str:
        """Return the id of the workspace, asking Slack the first time."""
        async with self._introducing:
            if not self._answers.team:
                try:
                    own = await self._client.auth_test()
                except SlackApiError as fault:
                    if is_unknown(fault):
                        raise
                    raise in_words(fault) from fault
                self._events.identity = AuthorizeResult(
                    enterprise_id=own.get("enterprise_id"),
                    team_id=own["team_id"],
                    bot_user_id=own.get("user_id"),
                    bot_id=own.get("bot_id"),
                    bot_token=self._client.token,
                )
                self._answers.team = str(own["team_id"])
        return self._answers.team

    async def _address(self, web: AsyncWebClient) -> str:
        """Return where to connect; this tells a wrong app-level token before any retrying."""
        try:
            answer = await web.apps_connections_open(app_token=self._app_token)
        except SlackApiError as fault:
            if is_unknown(fault) or not in_words(fault).permanent:
                raise
            raise ChatError(REFUSED, permanent=True) from fault
        return str(answer["url"])

    async def admins(self, channel: str) -> Sequence[str]:  # noqa: ARG002 - the door's form
        """Return nobody: what is wrong with a channel is told in the log."""
        return ()

    def freeze(self, message: Message) -> tuple[str, ...]:
        """Render a message and its thread into the payloads of its parts (pure)."""
        return tuple(part.to_json() for part in threaded(message))

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        """Send one frozen part, under ``thread`` when given; return its timestamp.

        Raises:
            ChatError: it was surely not sent. Any other exception leaves the outcome unknown.

        """
        try:
            team = await self._introduced()
        except NO_ANSWER as fault:
            raise ChatError("Slack does not answer; it is tried again.") from fault
        return await self._poster.send(delivery, thread=thread, team=team)

    async def find(self, delivery: Delivery) -> str:
        """Look in the channel's history for this delivery; return its timestamp, or empty."""
        return await self._poster.find(delivery, team=await self._introduced())

    async def close(self) -> None:
        """Disconnect."""
        self._closing.set()
