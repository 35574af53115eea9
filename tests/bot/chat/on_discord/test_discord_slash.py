"""Slash commands, completion, the message shortcut: the whole table, answered privately."""

from __future__ import annotations

import discord
import pytest
from simcord.env import Env
from town import Town
from world import Complete, Respond, labels, shown

from bot.chat.discord import Discord
from bot.chat.discord_commands import BARE, SHORTCUT
from bot.commands import COMMANDS, Entry
from bot.errors import UsageError


def slash_name(entry: Entry) -> str:
    return f"{entry.name} {BARE[entry.name]}" if entry.name in BARE else entry.name


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
async def test_every_command_of_the_table_is_asked_as_typed(
    entry: Entry, town: Town, respond: Respond
) -> None:
    options = {argument.name: "some words" for argument in entry.arguments}
    result = await town.mayor.slash(town.square, slash_name(entry), **options)
    wanted = f"{entry.name} some words" if entry.arguments else entry.name
    assert respond.words == [wanted]
    assert respond.asker.channel == town.key
    first = next(sent for sent in town.env.http_requests if sent.path.endswith("/callback"))
    assert first.json == {"type": 5, "data": {"flags": 64}}
    assert result.ephemeral


async def test_an_answer_is_shown_to_the_asker_alone(town: Town) -> None:
    result = await town.ann.slash(town.square, "source", claim="the port is closed")
    assert result.response is not None
    assert result.response.ephemeral
    assert "closed the port" in shown(result.response)
    assert labels(result.response) == ["Story", "More", "Share"]
    assert town.square.history() == []


async def test_an_optional_argument_may_be_left_out(town: Town, respond: Respond) -> None:
    await town.ann.slash(town.square, "schedule")
    assert respond.words == ["schedule"]


async def test_a_picture_comes_with_the_text_that_says_the_same(town: Town) -> None:
    result = await town.ann.slash(town.square, "entity", name="Harbour Board")
    assert result.response is not None
    (attachment,) = result.response.attachments
    assert attachment.description == "Mentions a day: 1, 2, 3"
    assert attachment.filename == "1-chart.png"


async def test_a_long_answer_goes_on_in_further_private_messages(town: Town) -> None:
    result = await town.ann.slash(town.square, "brief", article="harbour")
    assert result.response is not None
    texts = [shown(part) for part in (result.response, *result.followups)]
    assert len(texts) == 3
    assert all(part.ephemeral for part in result.followups)
    assert all(any(f"\n{number} word" in text for text in texts) for number in range(10))
    assert "Goes on in part 2 of 3" in texts[0]


async def test_a_public_answer_is_posted_for_all_and_the_asker_is_told(town: Town) -> None:
    result = await town.mayor.slash(town.square, "digest post")
    assert result.response is not None
    assert result.response.ephemeral
    assert "Posted" in shown(result.response)
    (posted,) = result.followups
    assert not posted.ephemeral
    assert "## Digest" in shown(posted)
    assert labels(posted) == ["Remove"]


async def test_wrong_words_are_answered_in_words(town: Town, respond: Respond) -> None:
    respond.fault = UsageError("Type one of: feeds, feeds add URL")
    result = await town.ann.slash(town.square, "search", words="x")
    assert result.response is not None
    assert shown(result.response) == "Type one of: feeds, feeds add URL"


async def test_changing_commands_are_hidden_from_those_who_cannot_change(town: Town) -> None:
    assert "follow" not in town.ann.available_commands(town.square)
    assert "follow" in town.mayor.available_commands(town.square)
    assert "source" in town.ann.available_commands(town.square)


async def test_who_manages_channels_may_change(town: Town, respond: Respond) -> None:
    await town.mayor.slash(town.square, "feeds add", url="https://news.example/rss")
    assert respond.asker.may_change
    await town.ann.slash(town.square, "feeds add", url="https://news.example/rss")
    assert not respond.asker.may_change


async def test_a_channels_own_permissions_count(town: Town, respond: Respond) -> None:
    override = discord.PermissionOverwrite(manage_channels=True)
    garden = town.guild.create_text_channel("garden", overwrites={town.ann: override})
    await town.ann.slash(garden, "schedule", times="pause")
    assert respond.asker.may_change


async def test_each_server_has_its_own_key(town: Town, simcord_env: Env, respond: Respond) -> None:
    village = Town(simcord_env, "village")
    await town.ann.slash(town.square, "feeds list")
    await village.ann.slash(village.square, "feeds list")
    keys = [asker.channel for _, asker in respond.asked]
    assert keys == [town.key, village.key]
    assert town.key.split(":")[1] != village.key.split(":")[1]


async def test_entities_are_completed_as_many_as_discord_shows(
    town: Town, complete: Complete
) -> None:
    offered = await town.ann.autocomplete(town.square, "entity", "name", "Har")
    assert [choice["value"] for choice in offered][:2] == ["Harbour Board", "Port 0"]
    assert len(offered) == 25
    assert complete.asked == [("entity", "Har", town.key)]


@pytest.mark.parametrize(
    ("command", "option", "kind"),
    [("story", "story", "story"), ("feeds remove", "url", "feed"), ("follow", "what", "entity")],
)
async def test_stories_and_feeds_are_completed_for_the_asking_channel(
    town: Town, complete: Complete, command: str, option: str, kind: str
) -> None:
    await town.mayor.autocomplete(town.square, command, option, "on")
    assert complete.asked == [(kind, "on", town.key)]


async def test_a_zone_is_completed_behind_the_times_that_stand_before_it(town: Town) -> None:
    offered = await town.ann.autocomplete(town.square, "schedule", "times", "09:00 Asia/Se")
    assert [choice["value"] for choice in offered] == ["09:00 zone one", "09:00 zone two"]


async def test_the_shortcut_asks_for_the_words_of_a_message(town: Town, respond: Respond) -> None:
    message = await town.ann.send(town.square, "The port\nis closed")
    result = await town.ann.context_menu(town.square, SHORTCUT, message)
    assert respond.words == ["source The port is closed"]
    assert result.ephemeral


async def test_commands_are_not_registered_again_where_nothing_differs(
    simcord_env: Env, respond: Respond, complete: Complete
) -> None:
    def registrations() -> int:
        return sum(sent.method == "PUT" for sent in simcord_env.http_requests)

    assert registrations() == 1
    await simcord_env.restart_bot(Discord("no-token", respond, complete).client)
    assert registrations() == 1
    await simcord_env.restart_bot(Discord("no-token", respond, complete, manager_roles=(1,)).client)
    assert registrations() == 2


class TestRoles:
    """A role of the config may change settings too."""

    @pytest.fixture
    def manager_roles(self) -> tuple[int, ...]:
        return (4242,)

    async def test_changing_commands_are_shown_to_all(self, town: Town, respond: Respond) -> None:
        await town.ann.slash(town.square, "follow", what="Harbour Board")
        assert not respond.asker.may_change

    async def test_a_member_with_a_role_of_the_config_may_change(
        self, town: Town, respond: Respond, adapter: Discord
    ) -> None:
        role = town.guild.create_role("Editors")
        adapter.client.answers._roles = frozenset({role.id})
        editor = town.guild.add_member(town.env.create_user("editor"), roles=[role])
        await editor.slash(town.square, "follow", what="Harbour Board")
        assert respond.asker.may_change


async def test_commands_can_be_registered_in_named_servers_alone(
    simcord_env: Env, respond: Respond, complete: Complete
) -> None:
    town = Town(simcord_env)
    client = Discord("no-token", respond, complete, guilds=(town.guild.id,)).client
    await simcord_env.restart_bot(client)
    paths = [sent.path for sent in simcord_env.http_requests if sent.method == "PUT"]
    assert paths[-1].endswith(f"/guilds/{town.guild.id}/commands")
