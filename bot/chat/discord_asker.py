"""Who asks on Discord, from which channel, and whether they may change its settings.

A thread belongs to its channel. Settings of one server are never another's: the channel's key
begins with the server.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import discord


@dataclass(frozen=True, slots=True)
class DiscordAsker:
    """A person's question: the door ``bot.ports.Asker``."""

    channel: str
    may_change: bool = False
    context: str = ""


def channel_key(guild_id: int | None, channel: object) -> str:
    """Return the key of a channel, of a thread's own channel, or empty outside a server."""
    number = getattr(channel, "id", None)
    if isinstance(channel, discord.Thread):
        number = channel.parent_id
    return f"discord:{guild_id}:{number}" if guild_id and number else ""


def guild_number(key: str) -> int:
    """Return Discord's id of the server with the channel with this key."""
    return int(key.split(":")[1])


def channel_number(key: str) -> int:
    """Return Discord's id of the channel with this key."""
    return int(key.split(":")[2])


def may_change(
    person: object, permissions: discord.Permissions, manager_roles: Collection[int]
) -> bool:
    """Tell whether a person may change a channel's settings: Manage Channels, or a named role."""
    if permissions.administrator or permissions.manage_channels:
        return True
    return isinstance(person, discord.Member) and any(
        person.get_role(role) is not None for role in manager_roles
    )


def asker_of(
    interaction: discord.Interaction[discord.Client], manager_roles: Collection[int]
) -> DiscordAsker:
    """Return who pressed or typed, without the context."""
    return DiscordAsker(
        channel_key(interaction.guild_id, interaction.channel),
        may_change(interaction.user, interaction.permissions, manager_roles),
    )
