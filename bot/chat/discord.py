"""Discord: connects, hands questions to whoever answers, and delivers digests.

The parts are in the files beside this one: ``discord_commands`` (what is registered),
``discord_answers`` (questions), ``discord_delivery`` (digests), ``discord_components`` (how a
message looks). Only the default intents are used: nobody's messages are read but those that
name the bot.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.chat.discord_answers import Answers, apologise, frozen, names_us
from bot.chat.discord_asker import asker_of, guild_number
from bot.chat.discord_commands import Commands, Interaction
from bot.chat.discord_components import payloads
from bot.chat.discord_delivery import Deliveries
from bot.chat.discord_limits import SEND_SECONDS
from bot.chat.discord_wire import Layout
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Heading, Message, Paragraph, Run
from bot.ports import Complete, Respond

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2.0, 300.0
"""Pauses between tries to log in double."""

FEW_CONNECTIONS = 50
"""When no more are left of Discord's thousand a day, connecting is slowed down."""

_log = logging.getLogger(__name__)


def _step(what: str, how: str, command: str, rest: str = "") -> Paragraph:
    return Paragraph((Run(what, bold=True), Run(how), Run(command, code=True), Run(rest)))


GREETING = Message(
    (
        Heading("Whosaid is here"),
        _step("Ask", " who said it: ", "/source", ", or Apps → “Who said this?” on any message."),
        _step("Add news", " to this channel: ", "/feeds add"),
        _step("Get a digest", " here: ", "/schedule 09:00 18:30 Europe/Berlin weekdays"),
    ),
    "Whosaid is here",
)


class _Events(discord.Client):
    """What happens on Discord, handed on."""

    commands: Commands
    answers: Answers
    places: tuple[int, ...]
    tree: app_commands.CommandTree[discord.Client]

    async def setup_hook(self) -> None:
        """Register the commands where they differ; a refusal is told, the rest goes on."""
        try:
            for guild in await self.commands.register(self, self.places):
                _log.info("commands registered in %s", guild or "all servers")
        except (discord.HTTPException, OSError) as fault:
            _log.warning("the commands could not be registered: %s", fault)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a button; commands come through the tree."""
        if interaction.type is discord.InteractionType.component:
            try:
                await self.answers.press(interaction)
            except discord.HTTPException as fault:
                _log.warning("a button could not be answered: %s", fault)
            except Exception:  # noqa: BLE001 - a fault of ours becomes words, once
                _log.exception("a button failed, reference %s", interaction.id)
                await apologise(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a question that names us."""
        if self.user is None or not names_us(message, self.user):
            return
        try:
            await self.answers.mention(message, self.user)
        except discord.HTTPException as fault:
            _log.warning("a mention could not be answered: %s", fault)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server once, in the channel where we may."""
        channel = _greeting_place(guild)
        if channel is not None:
            try:
                await channel.send(view=Layout(payloads(GREETING)[0].components))
            except discord.HTTPException as fault:
                _log.info("no greeting in server %s: %s", guild.id, fault)


class _ShardedEvents(_Events, discord.AutoShardedClient):
    """The same over several connections."""


class _Tree(app_commands.CommandTree[discord.Client]):
    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Log a late answer in a line; any other fault is ours, and told with a reference."""
        fault = getattr(error, "original", error)
        if isinstance(fault, discord.HTTPException):
            _log.warning("a command could not be answered: %s", fault)
            return
        _log.error("a command failed, reference %s", interaction.id, exc_info=fault)
        if interaction.type is not discord.InteractionType.autocomplete:
            await apologise(interaction)


def _greeting_place(guild: discord.Guild) -> discord.TextChannel | None:
    for channel in (guild.system_channel, *guild.text_channels):
        if channel is None:
            continue
        permissions = channel.permissions_for(guild.me)
        if permissions.view_channel and permissions.send_messages:
            return channel
    return None


class Discord:
    """The door ``bot.ports.Chat`` to Discord."""

    platform = "discord"

    def __init__(  # noqa: PLR0913 - the platform's settings, all by name
        self,
        token: str,
        respond: Respond,
        complete: Complete,
        *,
        manager_roles: Collection[int] = (),
        shards: int | None = None,
        shard_ids: Sequence[int] = (),
        guilds: Sequence[int] = (),
    ) -> None:
        """Build the client; nothing connects yet.

        Of ``shards`` in all it answers for ``shard_ids``, or for all where none are named.
        ``guilds`` names servers to register the commands in, at once, instead of all servers.
        """
        self._token = token
        self._login = asyncio.Lock()
        self.client = _client(shards, shard_ids)
        self.client.places = tuple(guilds)
        self.client.answers = Answers(respond, manager_roles)
        self.client.tree = _Tree(self.client)

        def suggest(interaction: Interaction, kind: str, prefix: str) -> Sequence[str]:
            return complete(kind, prefix, asker_of(interaction, manager_roles).channel)

        self.client.commands = Commands(
            self.client.tree, self.client.answers.command, suggest, roles=bool(manager_roles)
        )
        self.client.commands.fill(self.client.places)
        self._deliveries = Deliveries(self.client, self._logged_in)

    async def run(self) -> None:
        """Connect and serve until cancelled; reconnects by itself.

        Raises:
            ChatError: Discord refuses the token.

        """
        pause = FIRST_PAUSE_SECONDS
        while self.client.user is None:
            try:
                await self._logged_in()
            except (OSError, discord.DiscordServerError) as fault:
                _log.warning("Discord cannot be reached, next try in %.0f s: %s", pause, fault)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        await self._ration()
        await self.client.connect(reconnect=True)

    async def _ration(self) -> None:
        """Wait where few connections are left today: one that crashes on and on uses them up.

        Discord resets the token of a bot that asks for more than a thousand a day.
        """
        try:
            _, _, limit = await self.client.http.get_bot_gateway()
        except (OSError, discord.DiscordException):
            return  # connecting will tell
        pause = pause_before(limit["remaining"], limit["reset_after"] / 1000)
        if pause:
            _log.warning("%d connections are left today: waiting %.0f s", limit["remaining"], pause)
            await asyncio.sleep(pause)

    async def _logged_in(self) -> None:
        async with self._login:
            if self.client.user is None:
                try:
                    await self.client.login(self._token)
                except discord.LoginFailure as fault:
                    raise ChatError(
                        "Discord refuses the token: set WHOSAID_DISCORD_TOKEN to the bot's token",
                        permanent=True,
                    ) from fault

    async def admins(self, channel: str) -> Sequence[str]:
        """Return the conversation with the owner of a channel's server, who may mend it.

        Nobody where the bot is no longer in that server.
        """
        await self._logged_in()
        number = guild_number(channel)
        try:
            guild = self.client.get_guild(number) or await self.client.fetch_guild(number)
        except (discord.NotFound, discord.Forbidden):
            return ()
        if guild.owner_id is None:
            return ()
        conversation = await self.client.create_dm(discord.Object(guild.owner_id))
        return (f"discord:@me:{conversation.id}",)

    def freeze(self, message: Message) -> tuple[str, ...]:
        """Render a message and its thread into the payloads of its parts (pure)."""
        return frozen(message)

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        """Send one frozen part; see ``Deliveries.send``."""
        return await self._deliveries.send(delivery, thread=thread)

    async def find(self, delivery: Delivery) -> str:
        """Look in the channel's history for this delivery; see ``Deliveries.find``."""
        return await self._deliveries.find(delivery)

    async def close(self) -> None:
        """Disconnect."""
        await self.client.close()


def pause_before(remaining: int, reset_seconds: float) -> float:
    """Return how many seconds to wait so that the few connections left last until the reset."""
    return 0.0 if remaining > FEW_CONNECTIONS else reset_seconds / max(1, remaining)


def _client(shards: int | None, ids: Sequence[int]) -> _Events:
    if shards is None or shards == 1:
        return _Events(**_OURS)
    return _ShardedEvents(**_OURS, shard_count=shards, shard_ids=[*(ids or range(shards))])


_OURS: dict[str, Any] = {
    "intents": discord.Intents.default(),
    "allowed_mentions": discord.AllowedMentions.none(),
    "max_messages": None,
    "max_ratelimit_timeout": float(SEND_SECONDS),
}
