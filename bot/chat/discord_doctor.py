"""What a self-hoster asks first: the invite link, and whether the bot can do its work there.

Nothing is posted, and nothing connects to the gateway.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord

from bot.chat.discord_asker import channel_number, guild_number

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
"""What the bot needs in a channel: our name of a permission -> Discord's."""

INTENTS = {
    "gateway_presence": "Presence",
    "gateway_guild_members": "Server Members",
    "gateway_message_content": "Message Content",
}
"""Discord's privileged intents: the application's flag -> the portal's name."""

_TEXT = (discord.ChannelType.text, discord.ChannelType.news)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found. ``mend`` says what to do; it is empty when all is well."""

    found: str
    mend: str = ""

    @property
    def good(self) -> bool:
        """Tell whether there is nothing to mend."""
        return not self.mend


def invite_link(app_id: int) -> str:
    """Return the address that invites the bot with just the permissions that it needs."""
    permissions = discord.Permissions(**dict.fromkeys(NEEDED, True))
    return discord.utils.oauth_url(
        app_id, permissions=permissions, scopes=("bot", "applications.commands")
    )


async def check(token: str, channels: Sequence[str]) -> list[Finding]:
    """Look whether the token is good and the bot may work in these channels (their keys)."""
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(token)
        return await findings(client, channels)
    except discord.LoginFailure:
        return [Finding("Discord refuses the token", _COPY_ANEW)]
    except (discord.HTTPException, OSError) as fault:
        return [Finding(f"Discord cannot be reached: {fault}", "try again in a minute")]
    finally:
        await client.close()


_COPY_ANEW = (
    "copy it anew from the developer portal (your application, Bot, Reset Token) "
    "into WHOSAID_DISCORD_TOKEN"
)


async def findings(client: discord.Client, channels: Iterable[str]) -> list[Finding]:
    """Look at a client that is logged in: who it is, and each channel."""
    assert client.user is not None, "the client is logged in"
    assert client.application_id is not None, "the client is logged in"
    return [
        Finding(f"the token is that of {client.user.name}"),
        Finding(f"invite the bot with {invite_link(client.application_id)}"),
        *_application(client.application),
        *[await _channel(client, key) for key in channels],
    ]


def _application(told: discord.AppInfo | None) -> list[Finding]:
    """Look at the application's settings in the developer portal."""
    if told is None:
        return []
    flags = told.flags
    extra = [name for right, name in INTENTS.items() if getattr(flags, right)]
    extra += [name for right, name in INTENTS.items() if getattr(flags, f"{right}_limited")]
    found = [Finding("no privileged intent is needed; leave all three off")]
    if extra:
        found = [Finding(f"on, but not needed: the intent {', '.join(extra)}")]
    if told.interactions_endpoint_url:
        address = told.interactions_endpoint_url
        mend = "clear Interactions Endpoint URL in the developer portal (General Information)"
        found.append(Finding(f"commands are sent to {address}, not to the bot", mend))
    return found


async def _channel(client: discord.Client, key: str) -> Finding:
    try:
        guild = await client.fetch_guild(guild_number(key))
        places = await guild.fetch_channels()
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except discord.HTTPException:
        return Finding(f"{key}: the bot is not in this server", "invite it with the link above")
    number = channel_number(key)
    place = next((one for one in places if one.id == number), None)
    if place is None:
        return Finding(
            f"{key}: {guild.name} has no such channel, or the bot cannot see it",
            "give the bot View Channel there",
        )
    return _permitted(f"#{place.name} in {guild.name}", place, me)


def _permitted(name: str, place: discord.abc.GuildChannel, me: discord.Member) -> Finding:
    if place.type not in _TEXT:
        return Finding(f"{name} is a {place.type} channel", "take a text channel for digests")
    permissions = place.permissions_for(me)
    missing = [words for right, words in NEEDED.items() if not getattr(permissions, right)]
    if missing:
        return Finding(f"{name}: permissions are missing", f"give the bot {', '.join(missing)}")
    return Finding(f"{name}: the bot may do all that it needs")
