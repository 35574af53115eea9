"""Checks the set-up of the Slack app, and says in words what to mend. It posts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_asker import channel_of
from bot.chat.slack_errors import error_name, in_words
from bot.chat.slack_manifest import SCOPES
from bot.chat.slack_setup import EVENTS_PATH, INSTALL_PATH, Memory, Setup
from bot.chat.slack_vault import Vault
from bot.errors import ChatError

_PART = "Slack"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. ``mend`` says what to do; it is empty when all is well."""

    part: str
    found: str
    mend: str = ""
    grave: bool = False


async def check(setup: Setup, memory: Memory, channels: Iterable[str] = ()) -> list[Finding]:
    """Try the tokens, the scopes, and whether the bot is in these channels (by their keys)."""
    reached = [] if setup.http else [await _app_token(setup)]
    if setup.http and not setup.public_url:
        mend = f"set slack.public_url, and give Slack the address ending in {EVENTS_PATH}"
        reached = [Finding(_PART, "where Slack reaches us is not known", mend)]
    if not setup.many:
        found = await _workspace(setup.bot_token, setup, channels)
        return [*found, *reached]
    return [*await _installed(setup, memory, list(channels)), *reached]


async def _installed(setup: Setup, memory: Memory, channels: Sequence[str]) -> list[Finding]:
    vault, found = Vault(setup.token_keys), list[Finding]()
    for one in memory.installations():
        own = [key for key in channels if key.startswith(f"{one.workspace}:")]
        try:
            found += await _workspace(vault.open(one.token), setup, own)
        except ChatError as fault:
            found.append(Finding(_PART, f"{one.name} cannot be served", str(fault), grave=True))
    if not found:
        mend = f"open {setup.public_url}{INSTALL_PATH} and choose one"
        found.append(Finding(_PART, "no workspace has installed the app yet", mend))
    return found


async def _workspace(token: str, setup: Setup, channels: Iterable[str]) -> list[Finding]:
    client = AsyncWebClient(token=token, base_url=setup.base_url or AsyncWebClient.BASE_URL)
    try:
        own = await client.auth_test()
    except SlackApiError as fault:
        return [Finding(_PART, "the bot token does not work", str(in_words(fault)), grave=True)]
    except (aiohttp.ClientError, TimeoutError):
        mend = "check this machine's network, and any proxy"
        return [Finding(_PART, "Slack cannot be reached", mend, grave=True)]
    team = str(own["team_id"])
    name = own.get("team") or team
    findings = [Finding(_PART, f"connected as {own.get('user', 'a bot')} of {name}")]
    findings += _scopes(dict(own.headers))
    findings += [await _channel(client, key, team) for key in channels]
    return findings


def _scopes(headers: dict[str, str]) -> list[Finding]:
    given = {key.lower(): value for key, value in headers.items()}.get("x-oauth-scopes", "")
    if not given:
        return []
    missing = sorted(set(SCOPES) - {scope.strip() for scope in given.split(",")})
    if not missing:
        return [Finding(_PART, "the app has every scope that it needs")]
    why = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in missing)
    mend = "paste the manifest at “App Manifest” again and reinstall the app"
    return [Finding(_PART, f"scopes are missing: {why}", mend, grave="chat:write" in missing)]


async def _app_token(setup: Setup) -> Finding:
    client = AsyncWebClient(base_url=setup.base_url or AsyncWebClient.BASE_URL)
    try:
        await client.apps_connections_open(app_token=setup.app_token)
    except SlackApiError as fault:
        mend = (
            "make one at “Basic Information”, “App-Level Tokens”, with the scope "
            "connections:write, and set WHOSAID_SLACK_APP_TOKEN"
        )
        found = f"the app-level token does not work ({error_name(fault)})"
        return Finding(_PART, found, mend, grave=True)
    except (aiohttp.ClientError, TimeoutError):
        return Finding(_PART, "Socket Mode cannot be reached", "try again", grave=True)
    return Finding(_PART, "Socket Mode works")


async def _channel(client: AsyncWebClient, key: str, team: str) -> Finding:
    try:
        channel = channel_of(key, team)
        answer = await client.conversations_info(channel=channel)
    except ChatError as fault:
        return Finding(_PART, f"{key} is not of this workspace", str(fault))
    except SlackApiError as fault:
        return Finding(_PART, f"{key} cannot be seen", str(in_words(fault)))
    except (aiohttp.ClientError, TimeoutError):
        return Finding(_PART, f"{key}: no answer", "try again")
    shown = dict(answer.get("channel") or {})
    name = f"#{shown.get('name') or channel}"
    if shown.get("is_archived"):
        return Finding(_PART, f"{name} is archived", "unarchive it, or set times elsewhere")
    if not shown.get("is_im") and shown.get("is_member") is False:
        return Finding(_PART, f"the bot is not in {name}", "invite it there: /invite @Whosaid")
    return Finding(_PART, f"digests can be posted in {name}")
