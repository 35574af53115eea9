"""What happens on Slack, handed on: acknowledged at once, done after, each once.

How an answer is made and shown is ``slack_answers``; the Home tab and forms are ``slack_home``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_controls import OPEN, PAGE, REMOVE, SHARE
from bot.chat.slack_place import Body, of_event, of_interaction, of_slash
from bot.chat.slack_seen import Seen
from bot.chat.slack_setup import Setup
from bot.chat.slack_units import ASK
from bot.chat.slack_views import FEEDS, LOOK_UP, SCHEDULE
from bot.chat.slack_words import slash_words, text_of
from bot.chat.slack_workspace import Workspace, Workspaces
from bot.errors import ChatError

SHORTCUT = "who_said_this"
COMMANDS = ("/source", "/briefing", "/whosaid")
COME_BACK = ("member_joined_channel", "channel_unarchive", "group_unarchive")
"""Events after which a channel may take messages that it refused before."""
REMOVED = ("app_uninstalled", "tokens_revoked")

_NOT_HERE = "Whosaid is not installed in this workspace any more; ask an admin to install it."
_FORMS = {"feeds add": FEEDS}
_WRITTEN = {None, "file_share", "thread_broadcast"}

_log = logging.getLogger(__name__)


def _ignored(team: str) -> None:
    """Take no notice of a workspace that removed the app."""


class Events:
    """The listeners of the app. Each is handed the workspace in which it happened."""

    def __init__(
        self,
        workspaces: Workspaces,
        setup: Setup,
        *,
        removed: Callable[[str], None] = _ignored,
    ) -> None:
        """Build the app and hang the listeners in it; nothing connects yet.

        ``removed`` is told the id of each workspace from which the app was removed.
        """
        self._workspaces = workspaces
        self._removed_from = removed
        self._seen = Seen()

        async def authorize(context: AsyncBoltContext, team_id: str) -> AuthorizeResult | None:
            return await self._authorize(context, team_id)  # Bolt would take "self" for a wish

        self.app = AsyncApp(
            client=AsyncWebClient(base_url=setup.base_url or AsyncWebClient.BASE_URL),
            authorize=authorize,  # type: ignore[arg-type]  # None is how Bolt is told nobody
            signing_secret=setup.signing_secret or None,
            user_facing_authorize_error_message=_NOT_HERE,
            logger=_log,
        )
        self.app.command(re.compile(rf"^({'|'.join(COMMANDS)})$"))(self._slash)
        self.app.shortcut(SHORTCUT)(self._shortcut)
        self.app.action(re.compile(rf"^({ASK}|{PAGE}|{SHARE}|{REMOVE})\b"))(self._press)
        self.app.action(re.compile(rf"^{OPEN}:"))(self._open)
        self.app.action(LOOK_UP)(self._look_up)
        self.app.options(LOOK_UP)(self._suggest)
        self.app.view(re.compile(rf"^({SCHEDULE}|{FEEDS})$"))(self._submit)
        self.app.event("app_home_opened")(self._home_opened)
        self.app.event("app_mention")(self._said)
        self.app.event("message")(self._message)
        self.app.event(re.compile(rf"^({'|'.join(COME_BACK)})$"))(self._come_back)
        self.app.event(re.compile(rf"^({'|'.join(REMOVED)})$"))(self._removed)
        self.app.event(re.compile(r"(?!message$)"))(self._other)

    async def _authorize(self, context: AsyncBoltContext, team_id: str) -> AuthorizeResult | None:
        """Find the workspace for the listeners; None where the app is not installed."""
        try:
            workspace = await self._workspaces.of(team_id)
        except ChatError as fault:
            _log.warning("%s", fault)
            return None
        context["workspace"] = workspace
        return workspace.identity

    async def _slash(self, ack: AsyncAck, body: Body, workspace: Workspace) -> None:
        await ack()
        place = of_slash(body)
        words = slash_words(str(body.get("command", "")), str(body.get("text") or ""))
        if not self._seen.first(place.key):
            return
        if form := _FORMS.get(words.lower()):
            await self._guarded(workspace.home.open(str(body["trigger_id"]), form, place.channel))
        else:
            await self._guarded(workspace.answers.answer(place, words))

    async def _shortcut(self, ack: AsyncAck, body: Body, workspace: Workspace) -> None:
        await ack()
        place = of_interaction(body)
        text = text_of(body.get("message") or {})
        if not self._seen.first(place.key):
            return
        if text:
            await self._guarded(workspace.answers.answer(place, f"source {text}"))
        else:
            await self._guarded(
                workspace.answers.tell(place, "There are no words in this message.")
            )

    async def _press(
        self, ack: AsyncAck, body: Body, action: dict[str, Any], workspace: Workspace
    ) -> None:
        await ack()
        place = of_interaction(body)
        kind, value = action["action_id"].partition(":")[0], str(action.get("value") or "")
        doing = {
            ASK: workspace.answers.press,
            PAGE: workspace.answers.page,
            SHARE: workspace.answers.share,
            REMOVE: workspace.answers.remove,
        }[kind]
        # Two quick presses have two triggers: what posts for all counts once a message.
        key = f"{SHARE}:{place.channel}:{place.pressed}" if kind == SHARE else place.key
        if self._seen.first(key):
            await self._guarded(doing(place, value))

    async def _open(
        self, ack: AsyncAck, body: Body, action: dict[str, Any], workspace: Workspace
    ) -> None:
        await ack()
        place = of_interaction(body)
        if self._seen.first(place.key):
            await self._guarded(
                workspace.home.open(str(body["trigger_id"]), str(action["value"]), place.channel)
            )

    async def _look_up(
        self, ack: AsyncAck, body: Body, action: dict[str, Any], workspace: Workspace
    ) -> None:
        await ack()
        place = of_interaction(body)
        chosen = str((action.get("selected_option") or {}).get("value") or "")
        if chosen and self._seen.first(place.key):
            await self._guarded(workspace.home.look_up(place, chosen))

    async def _suggest(self, ack: AsyncAck, body: Body, workspace: Workspace) -> None:
        place = of_interaction(body)
        await ack(options=workspace.home.suggestions(str(body.get("value") or ""), place.channel))

    async def _submit(self, ack: AsyncAck, body: Body, workspace: Workspace) -> None:
        errors = workspace.home.faults(body["view"])
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        place = of_interaction(body)
        if self._seen.first(f"{body['view'].get('id')}:{place.key}"):
            await self._guarded(workspace.home.submitted(place, body["view"]))

    async def _home_opened(self, body: Body, workspace: Workspace) -> None:
        place = of_event(body)
        if body["event"].get("tab") == "home" and self._seen.first(place.key):
            await self._guarded(workspace.home.publish(place))

    async def _message(self, body: Body, request: AsyncBoltRequest, workspace: Workspace) -> None:
        event = body["event"]
        written = event.get("subtype") in _WRITTEN and event.get("channel_type") == "im"
        if written:
            await self._said(body, request, workspace)

    async def _said(self, body: Body, request: AsyncBoltRequest, workspace: Workspace) -> None:
        event = body["event"]
        place = of_event(body, again="x-slack-retry-num" in request.headers)
        ours = event.get("bot_id") or not place.user or place.user == workspace.identity.bot_user_id
        if not ours and self._seen.first(place.key):
            await self._guarded(workspace.answers.mention(place, str(event.get("text") or "")))

    async def _come_back(self, body: Body, workspace: Workspace) -> None:
        """Let what waits for a channel go out, when the bot was invited or it was unarchived."""
        event = body["event"]
        joined = event["type"] == COME_BACK[0]
        if not joined or event.get("user") == workspace.identity.bot_user_id:
            workspace.mending.mended(str(event.get("channel", "")))

    async def _removed(self, body: Body) -> None:
        """Forget a workspace from which the app was removed; a person's own tokens are none."""
        event = body["event"]
        tokens = event.get("tokens") or {}
        if event["type"] == REMOVED[0] or tokens.get("bot"):
            self._removed_from(str(body.get("team_id", "")))

    async def _other(self) -> None:
        """Take what nobody listens to, so that Slack does not send it again."""

    async def _guarded(self, doing: Awaitable[None]) -> None:
        """Do something; a fault of ours ends with this one question."""
        try:
            await doing
        except Exception:  # noqa: BLE001 - one failed question must not end the rest
            _log.exception("a question was not answered")
