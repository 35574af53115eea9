"""Questions asked on Discord -> answers shown there: commands, buttons, mentions.

Everything is acknowledged first and answered then. Answers go to the asker alone; sharing them is
in ``discord_sharing``. What an answer says is not decided here.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import discord

from bot.cards.typed import told
from bot.chat.discord_asker import DiscordAsker, asker_of, channel_key, may_change
from bot.chat.discord_commands import Interaction
from bot.chat.discord_components import Payload, command_of, payloads
from bot.chat.discord_escape import one_line
from bot.chat.discord_limits import THREAD_NAME
from bot.chat.discord_sharing import (
    REMOVE,
    SHARE,
    is_askers,
    layout,
    remove,
    remove_button,
    share,
    tell,
)
from bot.chat.discord_wire import files, subject_of
from bot.commands import COMMANDS
from bot.errors import WhosaidError
from bot.message import Button, Message, Small, plain
from bot.ports import Respond

_PAGING = re.compile(r"\w+:\d+( |$)")
_KEPT_TO_ONESELF = {"help", "status"} | {entry.first for entry in COMMANDS if entry.changing}
_DAY_MINUTES: Literal[1440] = 1440

_log = logging.getLogger(__name__)


class Answers:
    """Asks what Discord's people ask, and shows the answers in Discord's manners."""

    def __init__(self, respond: Respond, manager_roles: Collection[int]) -> None:
        self._respond = respond
        self._roles = frozenset(manager_roles)

    async def command(self, interaction: Interaction, words: str) -> None:
        """Answer a slash command or the message shortcut."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._show(interaction, words, await self._answer(interaction, words))

    async def press(self, interaction: Interaction) -> None:
        """Do what a button or a menu says; all that it needs stands in its name or its value."""
        name = _pressed(dict(interaction.data or {}))
        if name == SHARE:
            await share(interaction)
        elif name.startswith(REMOVE):
            await remove(interaction)
        elif _PAGING.match(name) and is_askers(interaction):
            await interaction.response.defer()
            await _edit(interaction, await self._answer(interaction, name), name)
        else:
            await self.command(interaction, name)

    async def mention(self, message: discord.Message, me: discord.abc.User) -> None:
        """Answer a question put to us by name, in public, below it.

        Where we may not post nothing is asked of Discord at all: refusals are counted against us,
        and anybody may write our name there as often as they like.
        """
        if not _may_reply(message):
            _log.info("named in channel %s, where we may not post", message.channel.id)
            return
        channel = channel_key(message.guild.id if message.guild else None, message.channel)
        permissions = message.channel.permissions_for(message.author)  # type: ignore[arg-type]  # a server's message has a member
        replied = message.reference.resolved if message.reference else None
        root = replied if isinstance(replied, discord.Message) else await _root(message.channel)
        subject = subject_of(root) if root else ""
        may = may_change(message.author, permissions, self._roles)
        asker = DiscordAsker(channel, may, subject)
        words = asked(message.content, me.id, subject)
        async with message.channel.typing():
            answer = await self._ask(words, asker)
        await _reply(message, answer)

    async def _answer(self, interaction: Interaction, words: str) -> Message:
        asker = asker_of(interaction, self._roles)
        root = await _root(interaction.channel)
        if root is not None:
            asker = DiscordAsker(asker.channel, asker.may_change, subject_of(root))
        return await self._ask(words, asker)

    async def _ask(self, words: str, asker: DiscordAsker) -> Message:
        try:
            return await self._respond(words, asker)
        except WhosaidError as error:
            return told(str(error))

    async def _show(self, interaction: Interaction, words: str, message: Message) -> None:
        if message.private:
            await _edit(interaction, message, words)
            return
        note = Message((Small(plain("Posted in this channel.")),), "Posted")
        await interaction.edit_original_response(view=layout(payloads(note)[0]))
        for part in parts_of(message, (remove_button(interaction.user),)):
            await interaction.followup.send(view=layout(part), files=files(part))


def _may_reply(message: discord.Message) -> bool:
    assert message.guild is not None, "only messages of servers are answered"
    permissions = message.channel.permissions_for(message.guild.me)
    if isinstance(message.channel, discord.Thread):
        return permissions.send_messages_in_threads
    return permissions.send_messages


def asked(content: str, me: int, pointed_at: str) -> str:
    """Return what a mention says; without words it asks who said what it points at."""
    words = one_line(re.sub(rf"<@!?{me}>", " ", content)).strip(" ,:")
    return words or ("who said that?" if pointed_at else "help")


def names_us(message: discord.Message, me: discord.abc.User) -> bool:
    """Tell whether somebody put a message to us by name, not by everyone, a role or a reply."""
    by_name = re.search(rf"<@!?{me.id}>", message.content or "") is not None
    return by_name and not message.author.bot and message.guild is not None


def frozen(message: Message) -> tuple[str, ...]:
    """Render a message and its thread into the payloads of its parts (pure)."""
    parts = (replace(part, silent=message.silent) for part in parts_of(message, ()))
    return tuple(part.to_json() for part in parts)


def parts_of(message: Message, controls: Sequence[Button]) -> list[Payload]:
    """Return all parts of a message, those of its thread behind it."""
    return [part for one in (message, *message.thread) for part in payloads(one, controls=controls)]


def _pressed(data: Mapping[str, Any]) -> str:
    """Return the command of what was pressed: a menu's value, else a button's name."""
    values = data.get("values")
    return str(values[0]) if values else command_of(str(data.get("custom_id", "")))


async def _edit(interaction: Interaction, message: Message, words: str) -> None:
    """Show an answer in the place that is kept for it, and the rest of it below."""
    first, *rest = parts_of(message, _controls(interaction, words, message))
    await interaction.edit_original_response(view=layout(first), attachments=files(first))
    for part in rest:
        await interaction.followup.send(view=layout(part), files=files(part), ephemeral=True)


def _controls(interaction: Interaction, words: str, message: Message) -> tuple[Button, ...]:
    """Return Remove where the answer is edited in public, Share where it is worth sharing.

    A mere sentence (a refusal, a wrong word) is not.
    """
    shown = interaction.message
    if shown is not None and not shown.flags.ephemeral and is_askers(interaction):
        return (remove_button(interaction.user),)
    first = words.partition(" ")[0].partition(":")[0]
    kept = first in _KEPT_TO_ONESELF or len(message.blocks) <= 1
    return () if kept else (Button("Share", SHARE),)


async def apologise(interaction: Interaction) -> None:
    """Tell the asker of a fault of ours, with the reference that it was logged under."""
    text = f"Something went wrong here, logged under {interaction.id}. Try again, or “/status”."
    with contextlib.suppress(discord.HTTPException):
        await tell(interaction, text)


async def _root(channel: object) -> discord.Message | None:
    """Return the message that a thread hangs on, None where there is none or we may not see it."""
    if not isinstance(channel, discord.Thread) or not isinstance(
        channel.parent, discord.TextChannel
    ):
        return None
    try:
        return await channel.parent.fetch_message(channel.id)
    except discord.HTTPException:
        return None


async def _reply(message: discord.Message, answer: Message) -> None:
    """Reply to a message; what does not fit goes into a thread below the reply."""
    first, *rest = parts_of(answer, (remove_button(message.author),))
    sent = await message.reply(view=layout(first), files=files(first), mention_author=False)
    place: discord.abc.Messageable = message.channel
    if rest and isinstance(message.channel, discord.TextChannel):
        try:
            name = one_line(answer.summary)[: THREAD_NAME // 2] or "The rest of the answer"
            place = await sent.create_thread(name=name, auto_archive_duration=_DAY_MINUTES)
        except discord.Forbidden:
            _log.info("no thread may be opened in channel %s; going on there", message.channel.id)
    for part in rest:
        await place.send(view=layout(part), files=files(part))
