"""Questions asked on Discord -> answers shown there: commands, buttons, mentions.

Everything is acknowledged first and answered then. Answers go to the asker alone; Share posts
what was seen, Remove takes it away again. What an answer says is not decided here.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Collection, Sequence
from typing import Literal

import discord

from bot.chat.discord_asker import DiscordAsker, asker_of, channel_key, may_change
from bot.chat.discord_commands import Interaction
from bot.chat.discord_components import Payload, command_of, commands_in, payloads
from bot.chat.discord_escape import one_line
from bot.chat.discord_limits import THREAD_NAME
from bot.chat.discord_wire import Layout, components_of, files, subject_of, text_of
from bot.commands import COMMANDS
from bot.errors import WhosaidError
from bot.message import Button, Message, Paragraph, Small, plain
from bot.ports import Respond

SHARE = "!share"
REMOVE = "!remove"

_PAGING = re.compile(r"\w+:\d+( |$)")
_KEPT_TO_ONESELF = {"help", "status"} | {entry.first for entry in COMMANDS if entry.changing}
_FIRST_WORDS = {entry.first for entry in COMMANDS}
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
        """Do what a button says; all that it needs stands in its custom_id."""
        data: dict[str, object] = dict(interaction.data or {})
        name = command_of(str(data.get("custom_id", "")))
        if name == SHARE:
            await _share(interaction)
        elif name.startswith(REMOVE):
            await _remove(interaction)
        elif _PAGING.match(name) and _is_askers(interaction):
            await interaction.response.defer()
            await _edit(interaction, await self._answer(interaction, name), name)
        else:
            await self.command(interaction, name)

    async def mention(self, message: discord.Message, me: discord.abc.User) -> None:
        """Answer a question put to us by name, in public, below it."""
        channel = channel_key(message.guild.id if message.guild else None, message.channel)
        permissions = message.channel.permissions_for(message.author)  # type: ignore[arg-type]  # a server's message has a member
        replied = message.reference.resolved if message.reference else None
        root = replied if isinstance(replied, discord.Message) else await _root(message.channel)
        asker = DiscordAsker(
            channel,
            may_change(message.author, permissions, self._roles),
            subject_of(root) if root else "",
        )
        words = asked(message.content, me.id, text_of(root) if root else "")
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
            return Message((Paragraph(plain(str(error))),), str(error))

    async def _show(self, interaction: Interaction, words: str, message: Message) -> None:
        if message.private:
            await _edit(interaction, message, words)
            return
        note = Message((Small(plain("Posted in this channel.")),), "Posted")
        await interaction.edit_original_response(view=_layout(payloads(note)[0]))
        for part in parts_of(message, (_remove_button(interaction.user),)):
            await interaction.followup.send(view=_layout(part), files=files(part))


def asked(content: str, me: int, pointed_at: str) -> str:
    """Return the command that a mention means: its words, else the words that it points at."""
    words = one_line(re.sub(rf"<@!?{me}>", " ", content)).strip(" ,:")
    if not words:
        return f"source {one_line(pointed_at)}" if pointed_at else "help"
    first = words.split()[0].lower().removeprefix("/").partition(":")[0]
    return words if first in _FIRST_WORDS else f"source {words}"


def names_us(message: discord.Message, me: discord.abc.User) -> bool:
    """Tell whether somebody put a message to us by name, not by everyone, a role or a reply."""
    by_name = re.search(rf"<@!?{me.id}>", message.content or "") is not None
    return by_name and not message.author.bot and message.guild is not None


def parts_of(message: Message, controls: Sequence[Button]) -> list[Payload]:
    """Return all parts of a message, those of its thread behind it."""
    return [part for one in (message, *message.thread) for part in payloads(one, controls=controls)]


def _layout(part: Payload) -> Layout:
    return Layout(part.components)


def _remove_button(person: discord.abc.User) -> Button:
    return Button("Remove", f"{REMOVE} {person.id}")


async def _edit(interaction: Interaction, message: Message, words: str) -> None:
    """Show an answer in the place that is kept for it, and the rest of it below."""
    first, *rest = parts_of(message, _controls(interaction, words))
    await interaction.edit_original_response(view=_layout(first), attachments=files(first))
    for part in rest:
        await interaction.followup.send(view=_layout(part), files=files(part), ephemeral=True)


def _controls(interaction: Interaction, words: str) -> tuple[Button, ...]:
    """Return Remove where the answer is edited in public, Share where it is worth sharing."""
    shown = interaction.message
    if shown is not None and not shown.flags.ephemeral and _is_askers(interaction):
        return (_remove_button(interaction.user),)
    first = words.partition(" ")[0].partition(":")[0]
    return () if first in _KEPT_TO_ONESELF else (Button("Share", SHARE),)


def _is_askers(interaction: Interaction) -> bool:
    """Tell whether the message that was pressed belongs to who pressed it."""
    shown = interaction.message
    if shown is None:
        return False
    return bool(shown.flags.ephemeral) or str(interaction.user.id) in _owners(shown)


def _owners(message: discord.Message) -> set[str]:
    commands = commands_in(components_of(message))
    return {name.removeprefix(REMOVE).strip() for name in commands if name.startswith(REMOVE)}


async def _share(interaction: Interaction) -> None:
    """Post what the asker saw, as it stands, for all."""
    shown = interaction.message
    permissions = interaction.permissions
    thread = isinstance(interaction.channel, discord.Thread)
    may = permissions.send_messages_in_threads if thread else permissions.send_messages
    if shown is None or not may:
        await _tell(interaction, "You may not post in this channel, so nothing was shared.")
        return
    await interaction.response.defer(thinking=True)
    copied = [one for one in components_of(shown) if SHARE not in commands_in([one])]
    uploads = [await attachment.to_file() for attachment in shown.attachments]
    note = Message((Small(plain(f"Shared by {interaction.user.display_name}")),), "")
    (below,) = payloads(note, controls=(_remove_button(interaction.user),))
    (inside,) = below.components[0]["components"]
    layout = Layout([*_with_files(copied, uploads), inside, *below.components[1:]])
    await interaction.edit_original_response(view=layout, attachments=uploads)


def _with_files(
    components: Sequence[dict[str, object]], uploads: Sequence[discord.File]
) -> list[dict[str, object]]:
    """Point pictures at the files that are sent along again, by their names."""
    names = {upload.filename for upload in uploads}
    return [_pointed(component, names) for component in components]


def _pointed(component: dict[str, object], names: Collection[str]) -> dict[str, object]:
    found = {key: value for key, value in component.items() if key != "id"}
    for key in ("components", "items"):
        inside = found.get(key)
        if isinstance(inside, list):
            found[key] = [_pointed(one, names) for one in inside]
    media = found.get("media")
    if isinstance(media, dict):
        name = str(media.get("url", "")).partition("?")[0].rpartition("/")[2]
        found["media"] = {"url": f"attachment://{name}" if name in names else media.get("url")}
    return found


async def _remove(interaction: Interaction) -> None:
    """Delete an answer for the one who asked, or for who may delete messages here."""
    shown = interaction.message
    if shown is None or not (_is_askers(interaction) or interaction.permissions.manage_messages):
        await _tell(interaction, "Only the one who asked can remove this.")
        return
    await interaction.response.defer()
    await interaction.delete_original_response()


async def apologise(interaction: Interaction) -> None:
    """Tell the asker of a fault of ours, with the reference that it was logged under."""
    text = f"Something went wrong here, logged under {interaction.id}. Try again, or “/status”."
    with contextlib.suppress(discord.HTTPException):
        await _tell(interaction, text)


async def _tell(interaction: Interaction, text: str) -> None:
    (part,) = payloads(Message((Paragraph(plain(text)),), text))
    if interaction.response.is_done():
        await interaction.followup.send(view=_layout(part), ephemeral=True)
    else:
        await interaction.response.send_message(view=_layout(part), ephemeral=True)


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
    first, *rest = parts_of(answer, (_remove_button(message.author),))
    sent = await message.reply(view=_layout(first), files=files(first), mention_author=False)
    place: discord.abc.Messageable = message.channel
    if rest and isinstance(message.channel, discord.TextChannel):
        try:
            name = one_line(answer.summary)[: THREAD_NAME // 2] or "The rest of the answer"
            place = await sent.create_thread(name=name, auto_archive_duration=_DAY_MINUTES)
        except discord.Forbidden:
            _log.info("no thread may be opened in channel %s; going on there", message.channel.id)
    for part in rest:
        await place.send(view=_layout(part), files=files(part))
