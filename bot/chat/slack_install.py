"""Installing the app in a workspace: the two pages of OAuth v2, and what is kept of it.

Bolt does the protocol: the state that only the browser that asked for it may bring back, and
the exchange of the code. Here are the state itself, the pages' words, and where the token goes.
"""

from __future__ import annotations

import asyncio
import html
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_manifest import scopes
from bot.chat.slack_seen import Seen
from bot.chat.slack_setup import INSTALL_PATH, REDIRECT_PATH, Memory, Setup
from bot.chat.slack_vault import Vault
from bot.model import Installation

STATE_SECONDS = 600
READ_SECONDS = 10.0

_log = logging.getLogger(__name__)
_FAILED = {
    "access_denied": "You did not allow it, so nothing was installed.",
    "invalid_browser": "Begin and end the installation in one browser, with cookies allowed.",
    "invalid_state": "That took longer than ten minutes, or was done already.",
    "missing_code": "Slack sent no code.",
    "invalid_code": "Slack did not accept the code.",
}
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Whosaid</title>
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}}
a{{display:inline-block;background:#23435c;color:#fff;padding:.6rem 1rem;border-radius:.4rem;
text-decoration:none}}</style><h1>{title}</h1><p>{text}</p><p><a href="{link}">{label}</a></p>"""
_HEADERS: Mapping[str, str | Sequence[str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
}


def page(title: str, text: str, link: str, label: str) -> str:
    """Return a page of one sentence and one link; all four are shown as they are."""
    shown = {"title": title, "text": text, "link": link, "label": label}
    return _PAGE.format(**{name: html.escape(words) for name, words in shown.items()})


class States(AsyncOAuthStateStore):
    """States that prove that who comes back from Slack began here, not long ago.

    A state is a moment sealed with the newest key, so that none needs storing; each is taken
    once. ``clock`` returns the present in UTC.
    """

    def __init__(self, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._vault = vault
        self._clock = clock
        self._taken = Seen()

    async def async_issue(self, *args: object, **kwargs: object) -> str:  # noqa: ARG002 - the library's form
        """Return a new state."""
        return self._vault.seal(secrets.token_urlsafe(8), self._clock())

    async def async_consume(self, state: str) -> bool:
        """Tell whether a state is ours, young, and comes for the first time."""
        young = self._vault.sealed_within(state, STATE_SECONDS, self._clock())
        return young and self._taken.first(state)


class Keeper(AsyncInstallationStore):
    """Keeps installations, their tokens encrypted."""

    def __init__(
        self,
        vault: Vault,
        memory: Memory,
        clock: Callable[[], datetime],
        installed: Callable[[str], None],
    ) -> None:
        """Keep the doors; ``installed`` is told the id of each workspace that installs the app."""
        self._vault = vault
        self._memory = memory
        self._clock = clock
        self._installed = installed

    async def async_save(self, installation: SlackInstallation) -> None:
        """Keep an installation; what waited for its workspace goes out soon."""
        team = str(installation.team_id)
        kept = Installation(
            workspace=f"slack:{team}",
            name=installation.team_name or team,
            token=self._vault.lock(str(installation.bot_token)),
            bot_user=installation.bot_user_id or "",
            installer=installation.user_id,
            since=self._clock(),
        )
        self._memory.save_installation(kept)
        self._installed(team)
        self._memory.hurry(kept.workspace)
        _log.info("installed in Slack workspace %s", team)


class _Flow(AsyncOAuthFlow):
    """The library's flow with a page of our own, and no organisation-wide installations."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:  # noqa: ARG002 - the library's form
        text = (
            "News briefings that can name the source of any claim in them. It posts only in "
            "channels that it is invited to, and reads only those."
        )
        return page("Add Whosaid to Slack", text, url, "Choose a workspace")

    async def run_installation(self, code: str) -> SlackInstallation | None:
        installation = await super().run_installation(code)
        if installation is None or not installation.bot_token or not installation.team_id:
            return None
        return installation


class Install:
    """The two pages, as an HTTP server serves them."""

    def __init__(self, setup: Setup, keeper: Keeper, states: States) -> None:
        """Build the flow; nothing connects yet."""
        api = setup.base_url or AsyncWebClient.BASE_URL
        address = f"{setup.public_url}{INSTALL_PATH}"
        self._begin_at = address
        settings = AsyncOAuthSettings(
            client_id=setup.client_id,
            client_secret=setup.client_secret,
            scopes=sorted(scopes(manager_group=setup.manager_group)),
            user_scopes=[],
            redirect_uri=f"{setup.public_url}{REDIRECT_PATH}",
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            installation_store=keeper,
            state_store=states,
            state_expiration_seconds=STATE_SECONDS,
            callback_options=AsyncCallbackOptions(self._installed, self._failed),
            authorization_url=api.removesuffix("api/") + "oauth/v2/authorize",
            logger=_log,
        )
        client = AsyncWebClient(base_url=api, retry_handlers=[])
        self._flow = _Flow(client=client, settings=settings, logger=_log)

    async def begin(self, request: web.Request) -> web.Response:
        """Show the page that leads to Slack."""
        asked = await to_bolt_request(request)
        return await to_aiohttp_response(await self._flow.handle_installation(asked))

    async def end(self, request: web.Request) -> web.Response:
        """Take who comes back from Slack, and keep the token."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                asked = await to_bolt_request(request)
                answer = await self._flow.handle_callback(asked)
        except (aiohttp.ClientError, TimeoutError):
            answer = self._told("Not installed", "Slack did not answer.", 502)
        return await to_aiohttp_response(answer)

    async def _installed(self, args: AsyncSuccessArgs) -> BoltResponse:
        name = args.installation.team_name or "the workspace"
        link = f"https://slack.com/app_redirect?app={args.installation.app_id}"
        text = (
            f"Whosaid is in {name}. Invite it to a channel (/invite @Whosaid), then type "
            "/whosaid schedule 07:00 there. Its Home tab says the rest."
        )
        return BoltResponse(
            status=200,
            body=page("Installed", text, link, "Open it in Slack"),
            headers={**_HEADERS, "Set-Cookie": self._forgotten()},
        )

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        _log.warning("an installation failed: %s", args.reason)
        text = _FAILED.get(args.reason, "Something went wrong here; the log says what.")
        return self._told("Not installed", text, args.suggested_status_code)

    def _told(self, title: str, text: str, status: int) -> BoltResponse:
        body = page(title, f"{text} Nothing was changed.", self._begin_at, "Try again")
        return BoltResponse(status=status, body=body, headers=dict(_HEADERS))

    def _forgotten(self) -> str:
        return self._flow.settings.state_utils.build_set_cookie_for_deletion()
