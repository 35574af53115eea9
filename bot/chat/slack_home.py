"""The App Home tab and the forms at work: opens, fills and saves what ``slack_views`` draws."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_answers import Answers
from bot.chat.slack_elements import Json
from bot.chat.slack_errors import error_name
from bot.chat.slack_place import Place
from bot.chat.slack_views import filled_in, form, form_errors, home, options
from bot.model import Subscription
from bot.ports import Complete

Subscriptions = Callable[[], Sequence[Subscription]]

_log = logging.getLogger(__name__)
_SHOWN = ("feeds", "status")


class Home:
    """What people see of the app beside its messages."""

    def __init__(
        self,
        client: AsyncWebClient,
        answers: Answers,
        complete: Complete,
        subscriptions: Subscriptions,
    ) -> None:
        """Keep the doors; ``subscriptions`` returns those of all workspaces and platforms."""
        self._client = client
        self._answers = answers
        self._complete = complete
        self._subscriptions = subscriptions

    async def publish(self, place: Place) -> None:
        """Show the Home tab to who opened it, with this workspace's digests only."""
        workspace = f"slack:{self._answers.team}"
        own = [one for one in self._subscriptions() if one.channel.workspace == workspace]
        answers = await asyncio.gather(*(self._answers.ask(place, words) for words in _SHOWN))
        try:
            await self._client.views_publish(user_id=place.user, view=home(own, answers))
        except SlackApiError as fault:
            _log.warning("the Home tab was refused: %s", error_name(fault))

    async def open(self, trigger: str, name: str, channel: str) -> None:
        """Open a form; Slack allows three seconds after the press."""
        try:
            await self._client.views_open(trigger_id=trigger, view=form(name, channel))
        except SlackApiError as fault:
            _log.warning("a form was refused: %s", error_name(fault))

    def faults(self, view: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong with a submitted form, by field."""
        return form_errors(filled_in(view)[1])

    async def submitted(self, place: Place, view: Mapping[str, Any]) -> None:
        """Do what a form says and tell its sender, in the channel that was chosen."""
        channel, command = filled_in(view)
        await self._answers.answer(replace(place, channel=channel), command)

    async def look_up(self, place: Place, name: str) -> None:
        """Answer a choice of the Home tab in the conversation with the bot."""
        await self._answers.write(place, f"entity {name}")

    def suggestions(self, prefix: str, channel: str) -> list[Json]:
        """Return entities that begin so."""
        return options(self._complete("entity", prefix, channel=self._answers.key_of(channel)))
