"""What becomes of an answer on Discord: shared with all, and removed by who asked for it.

What an answer says, and how it is asked for, is not here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import discord

from bot.chat.discord_commands import Interaction
from bot.chat.discord_components import Payload, commands_in, payloads
from bot.chat.discord_wire import Layout, components_of
from bot.message import Button, Message, Paragraph, Small, plain

SHARE = "!share"
REMOVE = "!remove"


def layout(part: Payload) -> Layout:
    """Return a payload as the view that is sent."""
    return Layout(part.components)


def remove_button(person: discord.abc.User) -> Button:
    """Return the button by which a person removes what was answered to them."""
    return Button("Remove", f"{REMOVE} {person.id}")


def is_askers(interaction: Interaction) -> bool:
    """Tell whether the message that was pressed belongs to who pressed it."""
    shown = interaction.message
    if shown is None:
        return False
    return bool(shown.flags.ephemeral) or str(interaction.user.id) in _owners(shown)


def _owners(message: discord.Message) -> set[str]:
    commands = commands_in(components_of(message))
    return {name.removeprefix(REMOVE).strip() for name in commands if name.startswith(REMOVE)}


async def share(interaction: Interaction) -> None:
    """Post what the asker saw, as it stands, for all."""
    shown = interaction.message
    permissions = interaction.permissions
    thread = isinstance(interaction.channel, discord.Thread)
    may = permissions.send_messages_in_threads if thread else permissions.send_messages
    if shown is None or not may:
        await tell(interaction, "You may not post in this channel, so nothing was shared.")
        return
    await interaction.response.defer(thinking=True)
    copied = [one for one in components_of(shown) if SHARE not in commands_in([one])]
    uploads = [await attachment.to_file() for attachment in shown.attachments]
    note = Message((Small(plain(f"Shared by {interaction.user.display_name}")),), "")
    (below,) = payloads(note, controls=(remove_button(interaction.user),))
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


async def remove(interaction: Interaction) -> None:
    """Delete an answer for the one who asked, or for who may delete messages here."""
    shown = interaction.message
    if shown is None or not (is_askers(interaction) or interaction.permissions.manage_messages):
        await tell(interaction, "Only the one who asked can remove this.")
        return
    await interaction.response.defer()
    await interaction.delete_original_response()


async def tell(interaction: Interaction, text: str) -> None:
    """Show the asker alone a sentence."""
    (part,) = payloads(Message((Paragraph(plain(text)),), text))
    if interaction.response.is_done():
        await interaction.followup.send(view=layout(part), ephemeral=True)
    else:
        await interaction.response.send_message(view=layout(part), ephemeral=True)
