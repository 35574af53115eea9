"""The table of commands as Discord's own: slash commands, completion, the message shortcut.

They are registered only where they differ from what Discord has. What a command does is not
here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot.chat.discord_escape import one_line
from bot.chat.discord_limits import CHOICE, CHOICES, DESCRIPTION, size
from bot.chat.discord_wire import text_of
from bot.commands import COMMANDS, Argument, Entry

Interaction: TypeAlias = discord.Interaction[discord.Client]
Tree: TypeAlias = app_commands.CommandTree[discord.Client]
Run = Callable[[Interaction, str], Awaitable[None]]
"""(interaction, words as typed) -> answered."""
Suggest = Callable[[Interaction, str, str], Sequence[str]]
"""(interaction, kind, prefix) -> suggestions."""

BARE = {"feeds": "list", "digest": "show"}
"""Commands that have further ones below them, and the name that they get beside those."""

SHORTCUT = "Who said this?"
_MANAGERS = discord.Permissions(manage_channels=True)
_IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
_BY_SERVERS = app_commands.AppInstallationType(guild=True, user=False)


class Commands:
    """Fills a command tree from the table and brings it to Discord."""

    def __init__(self, tree: Tree, run: Run, suggest: Suggest, *, roles: bool) -> None:
        """Keep the doors. ``roles``: others than those who manage channels may change settings.

        Then Discord must not hide the changing commands from the rest; we check ourselves.
        """
        self._tree = tree
        self._run = run
        self._suggest = suggest
        self._roles = roles

    def fill(self, guilds: Sequence[int]) -> None:
        """Put every command into the tree: of these servers, or of all where none is named."""
        for guild in guilds or (None,):
            place = discord.Object(guild) if guild else None
            groups: dict[str, app_commands.Group] = {}
            for entry in COMMANDS:
                self._add(entry, groups, place)
            self._tree.add_command(self._shortcut(), guild=place)

    def _add(
        self, entry: Entry, groups: dict[str, app_commands.Group], place: discord.Object | None
    ) -> None:
        if entry.first not in BARE:
            self._tree.add_command(self._command(entry, entry.name), guild=place)
            return
        if entry.first not in groups:
            groups[entry.first] = app_commands.Group(
                name=entry.first,
                description=_about(entry.about),
                allowed_contexts=_IN_SERVERS,
                allowed_installs=_BY_SERVERS,
            )
            self._tree.add_command(groups[entry.first], guild=place)
        name = entry.name.partition(" ")[2] or BARE[entry.first]
        groups[entry.first].add_command(self._command(entry, name))

    def _command(self, entry: Entry, name: str) -> app_commands.Command[Any, ..., None]:
        command: app_commands.Command[Any, ..., None] = app_commands.Command(
            name=name,
            description=_about(entry.about),
            callback=self._callback(entry),
            allowed_contexts=_IN_SERVERS,
            allowed_installs=_BY_SERVERS,
        )
        if entry.changing and not self._roles and " " not in entry.name:
            command.default_permissions = _MANAGERS
        if entry.arguments and entry.arguments[0].kind != "text":
            command.autocomplete("words")(self._completion(entry.arguments[0]))
        return command

    def _callback(self, entry: Entry) -> Callable[..., Any]:
        async def bare(interaction: Interaction) -> None:
            await self._run(interaction, entry.name)

        async def with_words(interaction: Interaction, words: str) -> None:
            await self._run(interaction, f"{entry.name} {words}")

        async def with_choice(interaction: Interaction, words: str = "") -> None:
            await self._run(interaction, f"{entry.name} {words}".strip())

        if not entry.arguments:
            return bare
        (argument,) = entry.arguments
        callback = with_words if argument.required else with_choice
        app_commands.rename(words=argument.name)(callback)
        app_commands.describe(words=_about(argument.about))(callback)
        return callback

    def _completion(self, argument: Argument) -> Callable[..., Any]:
        async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
            before, _, prefix = (
                typed.rpartition(" ") if argument.kind == "zone" else ("", "", typed)
            )
            found = await asyncio.to_thread(self._suggest, interaction, argument.kind, prefix)
            return choices(f"{before} {suggestion}".strip() for suggestion in found)

        return complete

    def _shortcut(self) -> app_commands.ContextMenu:
        async def who(interaction: Interaction, message: discord.Message) -> None:
            await self._run(interaction, f"source {one_line(text_of(message))}")

        return app_commands.ContextMenu(
            name=SHORTCUT,
            callback=who,
            allowed_contexts=_IN_SERVERS,
            allowed_installs=_BY_SERVERS,
        )

    async def register(self, client: discord.Client, guilds: Sequence[int]) -> list[int | None]:
        """Bring the tree to Discord where it differs; return the servers that it was sent to.

        None among them stands for all servers.
        """
        sent: list[int | None] = []
        for guild in guilds or (None,):
            place = discord.Object(guild) if guild else None
            mine = [command.to_dict(self._tree) for command in self._tree.get_commands(guild=place)]
            if _forms(mine) != _forms(await _registered(client, guild)):
                await self._tree.sync(guild=place)
                sent.append(guild)
        return sent


def choices(suggestions: Iterable[str]) -> list[app_commands.Choice[str]]:
    """Return suggestions as choices, less those that are too long to be sent back."""
    fitting = [text for text in dict.fromkeys(suggestions) if 0 < size(text) <= CHOICE]
    return [
        app_commands.Choice(name=one_line(text) or text, value=text) for text in fitting[:CHOICES]
    ]


def _about(text: str) -> str:
    return text if len(text) <= DESCRIPTION else text[: DESCRIPTION - 1] + "…"


async def _registered(client: discord.Client, guild: int | None) -> list[Any]:
    assert client.application_id is not None, "the client is logged in"
    if guild is None:
        return list(await client.http.get_global_commands(client.application_id))
    return list(await client.http.get_guild_commands(client.application_id, guild))


def _forms(commands: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return what counts in commands, in an order of its own; what Discord adds is left out."""
    return sorted((_form(command) for command in commands), key=repr)


def _form(command: Mapping[str, Any]) -> dict[str, Any]:
    """Return what counts in a command or an option, defaults written out."""
    permissions = command.get("default_member_permissions")
    return {
        "type": command.get("type", 1),
        "name": command["name"],
        "description": command.get("description", ""),
        "required": bool(command.get("required")),
        "autocomplete": bool(command.get("autocomplete")),
        "permissions": None if permissions is None else str(permissions),
        "contexts": sorted(command.get("contexts") or ()),
        "options": [_form(option) for option in command.get("options") or ()],
    }
