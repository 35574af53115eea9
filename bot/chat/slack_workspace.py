"""The workspaces that one process serves: with one token, or those that installed the app.

A ``Workspace`` holds what belongs to one of them alone, its token above all: nothing that is
asked or posted for one goes through the parts of another.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from bot.chat.slack_answers import Answers
from bot.chat.slack_asker import People
from bot.chat.slack_errors import in_words, is_unknown
from bot.chat.slack_home import Home
from bot.chat.slack_mending import Mending
from bot.chat.slack_post import Poster, posting_client
from bot.chat.slack_reply import Replies
from bot.chat.slack_setup import INSTALL_PATH, Memory, Setup
from bot.chat.slack_vault import Vault
from bot.errors import ChatError
from bot.ports import Complete, Respond

NO_ANSWER = (aiohttp.ClientError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Doors:
    """What every workspace shares: the settings, who answers, what is remembered."""

    setup: Setup
    respond: Respond
    complete: Complete
    memory: Memory


class Workspace:
    """One workspace: its client, who answers there, and how it is posted to."""

    def __init__(self, identity: AuthorizeResult, doors: Doors, *, installer: str = "") -> None:
        """Build the parts around the bot's token and ids; nothing connects.

        ``installer`` is the id of who installed the app, where that is known.
        """
        setup = doors.setup
        client = posting_client(str(identity.bot_token), setup.base_url)
        self.identity = identity
        self.team = str(identity.team_id)
        self.poster = Poster(client, pause=setup.pause)
        people = People(client, manager_group=setup.manager_group)
        self.mending = Mending(self.team, client, doors.memory, installer=installer)
        replies = Replies(client, self.poster)
        self.answers = Answers(
            self.team, doors.respond, people, self.poster, replies, self.mending.changed
        )
        self.home = Home(client, self.answers, doors.complete, doors.memory.subscriptions)


class Workspaces(Protocol):
    """Which workspaces are served."""

    async def of(self, team: str) -> Workspace:
        """Return the workspace with this id.

        Raises:
            ChatError: it is not served, or Slack does not tell; the text says what to do.

        """


class OneWorkspace:
    """The workspace of the one token that is set; Slack tells which that is."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._workspace: Workspace | None = None
        self._introducing = asyncio.Lock()

    async def of(self, team: str = "") -> Workspace:  # noqa: ARG002 - there is but one
        """Return the workspace, asking Slack about it the first time.

        Raises:
            ChatError: Slack refuses the token, or does not answer.

        """
        async with self._introducing:
            if self._workspace is None:
                self._workspace = await self._introduced()
        return self._workspace

    async def _introduced(self) -> Workspace:
        setup = self._doors.setup
        client = posting_client(setup.bot_token, setup.base_url)
        try:
            own = await client.auth_test()
        except NO_ANSWER as fault:
            raise ChatError("Slack does not answer; it is tried again.") from fault
        except SlackApiError as fault:
            if is_unknown(fault):
                raise ChatError("Slack has a fault of its own; it is tried again.") from fault
            raise in_words(fault) from fault
        identity = AuthorizeResult(
            enterprise_id=own.get("enterprise_id"),
            team_id=own["team_id"],
            bot_user_id=own.get("user_id"),
            bot_id=own.get("bot_id"),
            bot_token=setup.bot_token,
        )
        return Workspace(identity, self._doors)


class InstalledWorkspaces:
    """The workspaces that installed the app, as the database has them."""

    def __init__(self, doors: Doors, vault: Vault) -> None:
        self._doors = doors
        self._vault = vault
        self._built: dict[str, Workspace] = {}

    async def of(self, team: str) -> Workspace:
        """Return an installed workspace.

        Raises:
            ChatError: the app is not installed there, or its token cannot be read.

        """
        if team not in self._built:
            self._built[team] = self._build(team)
        return self._built[team]

    def _build(self, team: str) -> Workspace:
        installed = self._doors.memory.installation(f"slack:{team}")
        if installed is None:
            address = f"{self._doors.setup.public_url}{INSTALL_PATH}"
            text = f"Whosaid is not installed in this workspace ({team}); install it at {address}"
            raise ChatError(text, permanent=True)
        identity = AuthorizeResult(
            enterprise_id=None,
            team_id=team,
            bot_user_id=installed.bot_user,
            bot_token=self._vault.open(installed.token),
        )
        return Workspace(identity, self._doors, installer=installed.installer)

    def forget(self, team: str) -> None:
        """Drop what was built for a workspace: its token has changed or is gone."""
        self._built.pop(team, None)
