"""What happens on Slack, handed on: acknowledged at once, done after, each once.

How an answer is made and shown is ``slack_answers``; the Home tab and forms are ``slack_home``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_answers import Answers
from bot.chat.slack_controls import OPEN, PAGE, REMOVE, SHARE
from bot.chat.slack_home import Home
from bot.chat.slack_place import Body, of_event, of_interaction, of_slash
from bot.chat.slack_seen import Seen
from bot.chat.slack_units import ASK
from bot.chat.slack_views import FEEDS, LOOK_UP, SCHEDULE
from bot.chat.slack_words import slash_words, text_of

SHORTCUT = "who_said_this"
COMMANDS = ("/source", "/briefing", "/whosaid")
_FORMS = {"feeds add": FEEDS}
_WRITTEN = {None, "file_share", "thread_broadcast"}

_log = logging.getLogger(__name__)


class Events:
    """The listeners of the app."""

    def __init__(self, client: AsyncWebClient, answers: Answers, home: Home) -> None:
        """Build the app and hang the listeners in it; nothing connects yet."""
        self.identity = AuthorizeResult(enterprise_id=None, team_id=None)
        self._answers, self._home = answers, home
        self._seen = Seen()

        async def authorize() -> AuthorizeResult:
            return self.identity

        bare = AsyncWebClient(base_url=client.base_url)
        self.app = AsyncApp(client=bare, authorize=authorize, logger=_log)
        self.app.command(re.compile(rf"^({'|'.join(COMMANDS)})$"))(self._slash)
        self.app.shortcut(SHORTCUT)(self._shortcut)
        self.app.action(re.compile(rf"^({ASK}|{PAGE}|{SHARE}|{REMOVE})\b"))(self._press)
        self.app.action(re.compile(rf"^{OPEN}:"))(self._open)
        self.app.action(LOOK_UP)(self._look_up)
        self.app.options(LOOK_UP)(self._suggest)
        self.app.view(re.compile(rf"^({SCHEDULE}|{FEEDS})$"))(self._submit)
        self.app.event("app_home_opened")(self._home_opened)
        self.app.event("app_mention")(self._mention)
        self.app.event("message")(self._message)
        self.app.event(re.compile(r"(?!message$)"))(self._other)

    async def _slash(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        place = of_slash(body)
        words = slash_words(str(body.get("command", "")), str(body.get("text") or ""))
        if not self._seen.first(place.key):
            return
        if form := _FORMS.get(words.lower()):
            await self._guarded(self._home.open(str(body["trigger_id"]), form, place.channel))
        else:
            await self._guarded(self._answers.answer(place, words))

    async def _shortcut(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        place = of_interaction(body)
        text = text_of(body.get("message") or {})
        if not self._seen.first(place.key):
            return
        if text:
            await self._guarded(self._answers.answer(place, f"source {text}"))
        else:
            await self._guarded(self._answers.tell(place, "There are no words in this message."))

    async def _press(self, ack: AsyncAck, body: Body, action: dict[str, Any]) -> None:
        await ack()
        place = of_interaction(body)
        kind, value = action["action_id"].partition(":")[0], str(action.get("value") or "")
        doing = {
            ASK: self._answers.press,
            PAGE: self._answers.page,
            SHARE: self._answers.share,
            REMOVE: self._answers.remove,
        }[kind]
        # Two quick presses have two triggers: what posts for all counts once a message.
        key = f"{SHARE}:{place.channel}:{place.pressed}" if kind == SHARE else place.key
        if self._seen.first(key):
            await self._guarded(doing(place, value))

    async def _open(self, ack: AsyncAck, body: Body, action: dict[str, Any]) -> None:
        await ack()
        place = of_interaction(body)
        if self._seen.first(place.key):
            await self._guarded(
                self._home.open(str(body["trigger_id"]), str(action["value"]), place.channel)
            )

    async def _look_up(self, ack: AsyncAck, body: Body, action: dict[str, Any]) -> None:
        await ack()
        place = of_interaction(body)
        chosen = str((action.get("selected_option") or {}).get("value") or "")
        if chosen and self._seen.first(place.key):
            await self._guarded(self._home.look_up(place, chosen))

    async def _suggest(self, ack: AsyncAck, body: Body) -> None:
        place = of_interaction(body)
        await ack(options=self._home.suggestions(str(body.get("value") or ""), place.channel))

    async def _submit(self, ack: AsyncAck, body: Body) -> None:
        errors = self._home.faults(body["view"])
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        place = of_interaction(body)
        if self._seen.first(f"{body['view'].get('id')}:{place.key}"):
            await self._guarded(self._home.submitted(place, body["view"]))

    async def _home_opened(self, body: Body) -> None:
        place = of_event(body)
        if body["event"].get("tab") == "home" and self._seen.first(place.key):
            await self._guarded(self._home.publish(place))

    async def _mention(self, body: Body, request: AsyncBoltRequest) -> None:
        await self._said(body, request)

    async def _message(self, body: Body, request: AsyncBoltRequest) -> None:
        event = body["event"]
        written = event.get("subtype") in _WRITTEN and event.get("channel_type") == "im"
        if written:
            await self._said(body, request)

    async def _said(self, body: Body, request: AsyncBoltRequest) -> None:
        event = body["event"]
        place = of_event(body, again="x-slack-retry-num" in request.headers)
        ours = event.get("bot_id") or not place.user or place.user == self.identity.bot_user_id
        if not ours and self._seen.first(place.key):
            await self._guarded(self._answers.mention(place, str(event.get("text") or "")))

    async def _other(self) -> None:
        """Take what nobody listens to, so that Slack does not send it again."""

    async def _guarded(self, doing: Awaitable[None]) -> None:
        """Do something; a fault of ours ends with this one question."""
        try:
            await doing
        except Exception:  # noqa: BLE001 - one failed question must not end the rest
            _log.exception("a question was not answered")
