"""Slack: hands questions to whoever answers, and delivers digests.

The parts are in the files beside this one: ``slack_socket`` and ``slack_http`` (how Slack
reaches us), ``slack_install`` and ``slack_workspace`` (one workspace or many), ``slack_events``
(what happens), ``slack_answers`` (questions), ``slack_home`` (Home tab and forms),
``slack_post`` (posting once), ``slack_blocks`` (how a message looks), ``slack_mending`` (who is
told of trouble), ``slack_manifest`` (what the app may do).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime

from bot.chat.slack_asker import team_of
from bot.chat.slack_blocks import frozen
from bot.chat.slack_events import Events
from bot.chat.slack_http import Front
from bot.chat.slack_install import Install, Keeper, States
from bot.chat.slack_setup import Memory, Setup
from bot.chat.slack_socket import SocketMode, insistently
from bot.chat.slack_vault import Vault
from bot.chat.slack_workspace import Doors, InstalledWorkspaces, OneWorkspace, Workspaces
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Message
from bot.ports import Complete, Respond

_log = logging.getLogger(__name__)


class Slack:
    """One Slack app, in one workspace or many: the door ``bot.ports.Chat``."""

    platform = "slack"

    def __init__(
        self,
        setup: Setup,
        respond: Respond,
        complete: Complete,
        memory: Memory,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        """Build the parts; nothing connects yet. ``clock`` returns the present in UTC."""
        self._setup = setup
        self._memory = memory
        self._closing = asyncio.Event()
        doors = Doors(setup, respond, complete, memory)
        self._workspaces: Workspaces
        self._vault: Vault | None = None
        install = None
        if setup.many:
            self._vault = Vault(setup.token_keys)
            self._workspaces = installed = InstalledWorkspaces(doors, self._vault)
            keeper = Keeper(self._vault, memory, clock, installed.forget)
            install = Install(setup, keeper, States(self._vault, clock))
            self._events = Events(installed, setup, removed=self._removed)
        else:
            self._workspaces = OneWorkspace(doors)
            self._events = Events(self._workspaces, setup)
        self.front = Front(self._events.app, setup, install)

    async def run(self) -> None:
        """Connect and serve until cancelled or closed; reconnects by itself.

        Raises:
            ChatError: Slack refuses a token; the text says which to set.

        """
        setup = self._setup
        if self._vault is not None:
            self._vault.renew(self._memory)
            _log.info("serving %d Slack workspaces", len(self._memory.installations()))
        else:
            own = await insistently(lambda: self._workspaces.of(""))
            _log.info("serving Slack workspace %s", own.team)
        served: list[Coroutine[None, None, None]] = []
        if setup.http or setup.many:
            served.append(self.front.run(self._closing))
        if not setup.http:
            socket = SocketMode(self._events.app, setup.app_token, setup.base_url)
            served.append(socket.run(self._closing))
        await _all_or_none(served)

    def _removed(self, team: str) -> None:
        """Forget a workspace from which the app was removed, with its token."""
        if self._memory.remove_installation(f"slack:{team}"):
            _log.warning("removed from Slack workspace %s; its token is deleted", team)
        if isinstance(self._workspaces, InstalledWorkspaces):
            self._workspaces.forget(team)

    async def admins(self, channel: str) -> Sequence[str]:
        """Return the keys of the conversations with those who can mend a channel."""
        try:
            workspace = await self._workspaces.of(team_of(channel))
        except ChatError as fault:
            _log.warning("nobody to tell about %s: %s", channel, fault)
            return ()
        return await workspace.mending.admins(channel.rpartition(":")[2])

    def freeze(self, message: Message) -> tuple[str, ...]:
        """Render a message and its thread into the payloads of its parts (pure)."""
        return frozen(message)

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        """Send one frozen part, under ``thread`` when given; return its timestamp.

        Raises:
            ChatError: it was surely not sent. Any other exception leaves the outcome unknown.

        """
        workspace = await self._workspaces.of(team_of(delivery.channel))
        return await workspace.poster.send(delivery, thread=thread, team=workspace.team)

    async def find(self, delivery: Delivery) -> str:
        """Look in the channel's history for this delivery; return its timestamp, or empty."""
        workspace = await self._workspaces.of(team_of(delivery.channel))
        return await workspace.poster.find(delivery, team=workspace.team)

    async def close(self) -> None:
        """Disconnect."""
        self._closing.set()


async def _all_or_none(served: Sequence[Coroutine[None, None, None]]) -> None:
    """Run these side by side; when one ends or fails the others end too."""
    tasks = [asyncio.create_task(one) for one in served]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
