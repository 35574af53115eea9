"""The doctor's looks at Discord: the invite link, the token, the channels, in words."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from simcord.env import Env
from town import Town

from bot.chat import discord_doctor
from bot.chat.discord_doctor import NEEDED, check, findings, invite_link


def test_the_invite_link_asks_for_just_what_is_needed() -> None:
    query = parse_qs(urlsplit(invite_link(42)).query)
    assert query["client_id"] == ["42"]
    assert query["scope"] == ["bot applications.commands"]
    asked = discord.Permissions(int(query["permissions"][0]))
    assert asked == discord.Permissions(**dict.fromkeys(NEEDED, True))
    assert not asked.manage_messages
    assert not asked.administrator


async def test_a_channel_where_all_is_well_is_said_to_be(town: Town, simcord_env: Env) -> None:
    found = await findings(simcord_env.bot, [town.key])
    assert all(one.good for one in found)
    assert found[-1].found == "#square in town: the bot may do all that it needs"
    assert any("discord.com/oauth2/authorize" in one.found for one in found)


class Application:
    """What Discord tells of an application, as far as the doctor looks."""

    def __init__(self, flags: int, url: str | None) -> None:
        self.flags = discord.ApplicationFlags._from_value(flags)
        self.interactions_endpoint_url = url


@pytest.mark.parametrize(
    ("flags", "url", "texts", "good"),
    [
        (0, None, "no privileged intent is needed", True),
        (1 << 19, None, "not needed: the intent Message Content", True),
        (1 << 12 | 1 << 14, None, "not needed: the intent Presence, Server Members", True),
        (0, "https://x.example/in", "commands are sent to https://x.example/in", False),
    ],
)
async def test_intents_and_a_diverted_application_are_told(
    simcord_env: Env, monkeypatch: pytest.MonkeyPatch, flags: int, url: str, texts: str, good: bool
) -> None:
    """Commands that the portal sends elsewhere never reach a bot that waits at the gateway."""
    monkeypatch.setattr(simcord_env.bot, "_application", Application(flags, url))
    found = await findings(simcord_env.bot, [])
    assert any(texts in one.found for one in found)
    assert all(one.good for one in found) is good


async def test_missing_permissions_are_named(town: Town, simcord_env: Env) -> None:
    closed = discord.PermissionOverwrite(send_messages=False, read_message_history=False)
    place = town.guild.create_text_channel("closed", overwrites={town.guild.default_role: closed})
    (*_, found) = await findings(simcord_env.bot, [f"discord:{town.guild.id}:{place.id}"])
    assert not found.good
    assert found.mend.startswith("give the bot Send Messages, ")
    assert "Read Message History" in found.mend


async def test_a_forum_a_lost_channel_and_a_strange_server_are_told_apart(
    town: Town, simcord_env: Env
) -> None:
    forum = town.guild.create_forum_channel("ideas")
    keys = [f"discord:{town.guild.id}:{forum.id}", f"discord:{town.guild.id}:1", "discord:1:1"]
    texts = [one.found for one in (await findings(simcord_env.bot, keys))[-3:]]
    assert texts[0] == "#ideas in town is a forum channel"
    assert "has no such channel" in texts[1]
    assert "not in this server" in texts[2]


async def test_a_refused_token_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(_client: discord.Client, _token: str) -> None:
        raise discord.LoginFailure("Improper token has been passed.")

    monkeypatch.setattr(discord.Client, "login", refused)
    (found,) = await check("secret-token", [])
    assert not found.good
    assert "WHOSAID_DISCORD_TOKEN" in found.mend
    assert "secret-token" not in repr(found)


async def test_an_unreachable_discord_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unreachable(_client: discord.Client, _token: str) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(discord_doctor.discord.Client, "login", unreachable)
    (found,) = await check("x", [])
    assert not found.good
    assert "cannot be reached" in found.found
