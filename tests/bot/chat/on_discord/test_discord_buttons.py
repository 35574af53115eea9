"""Buttons: they carry their commands, survive restarts, page in place, share and remove."""

from __future__ import annotations

import discord
import pytest
from simcord.env import Env
from simcord.results import ResponseMessage
from town import Town
from world import Complete, Respond, labels, shown

from bot.chat.discord import Discord
from bot.chat.discord_components import payloads
from bot.chat.discord_wire import Layout
from bot.message import Button, Buttons, Message, Paragraph, plain


async def asked(town: Town) -> ResponseMessage:
    result = await town.ann.slash(town.square, "source", claim="the port is closed")
    assert result.response is not None
    return result.response


async def posted(town: Town, adapter: Discord) -> discord.Message:
    """A digest with a button, as it stands in the channel."""
    row = Buttons((Button("Story", "story 3f2a"), Button("Story again", "story 3f2a")))
    channel = adapter.client.get_partial_messageable(town.square.id)
    return await channel.send(view=Layout(payloads(Message((row,), "digest"))[0].components))


async def test_a_button_asks_its_command(town: Town, respond: Respond) -> None:
    result = await town.ann.click(await asked(town), label="Story")
    assert respond.words[-1] == "story 3f2a"
    assert result.ephemeral
    assert result.response is not None


async def test_a_twin_button_asks_the_same_command(
    town: Town, adapter: Discord, respond: Respond
) -> None:
    await town.ann.click(await posted(town, adapter), label="Story again")
    assert respond.words == ["story 3f2a"]


async def test_a_button_works_after_a_restart(
    town: Town, adapter: Discord, simcord_env: Env, complete: Complete
) -> None:
    message = await posted(town, adapter)
    reborn = Respond()
    await simcord_env.restart_bot(Discord("no-token", reborn, complete).client)
    result = await town.ann.click(message, label="Story")
    assert reborn.words == ["story 3f2a"]
    assert reborn.asker.channel == town.key
    assert result.response is not None


async def test_what_is_chosen_from_a_menu_is_asked_also_after_a_restart(
    town: Town, adapter: Discord, simcord_env: Env, complete: Complete
) -> None:
    """A menu keeps no state of its own: each of its choices is a command."""
    title = "A title of a story that is longer than a button"
    row = Buttons((Button(f"{title} 1", "story 3f2a"), Button(f"{title} 2", "story 9c1b")))
    channel = adapter.client.get_partial_messageable(town.square.id)
    message = await channel.send(view=Layout(payloads(Message((row,), "menu"))[0].components))
    reborn = Respond()
    await simcord_env.restart_bot(Discord("no-token", reborn, complete).client)
    result = await town.ann.select(message, ["story 9c1b"])
    assert reborn.words == ["story 9c1b"]
    assert result.ephemeral


async def test_a_mere_sentence_is_not_worth_sharing(town: Town, respond: Respond) -> None:
    """Neither a refusal nor a word on what to type has a button to post it for all."""
    respond.answers["why"] = lambda _words: Message((Paragraph(plain("No: too old.")),), "No")
    result = await town.ann.slash(town.square, "why", url="https://news.example/1")
    assert result.response is not None
    assert labels(result.response) == []


async def test_a_post_for_all_is_answered_to_the_one_who_pressed(
    town: Town, adapter: Discord
) -> None:
    message = await posted(town, adapter)
    result = await town.ann.click(message, label="Story")
    assert result.ephemeral
    assert [one.id for one in town.square.history()] == [message.id]


async def test_a_page_is_turned_in_place(town: Town, respond: Respond) -> None:
    before = await asked(town)
    respond.answers["search:2"] = lambda _words: Message((), "The second page")
    await town.ann.click(before, label="More")
    assert respond.words[-1] == "search:2 harbour"
    assert shown(before) == "The second page"


async def test_a_page_of_somebody_elses_post_is_shown_apart(
    town: Town, adapter: Discord, respond: Respond
) -> None:
    row = Buttons((Button("More", "search:2 harbour"),))
    channel = adapter.client.get_partial_messageable(town.square.id)
    message = await channel.send(view=Layout(payloads(Message((row,), "digest"))[0].components))
    result = await town.ann.click(message, label="More")
    assert result.ephemeral
    assert labels(town.square.last_message) == ["More"]


async def test_share_posts_what_was_seen_and_asks_nothing(town: Town, respond: Respond) -> None:
    private = await asked(town)
    result = await town.ann.click(private, label="Share")
    assert len(respond.asked) == 1
    assert result.response is not None
    assert not result.response.ephemeral
    assert "closed the port" in shown(result.response)
    assert "Shared by ann" in shown(result.response)
    assert labels(result.response) == ["Story", "More", "Remove"]


async def test_share_posts_the_picture_too(town: Town) -> None:
    result = await town.ann.slash(town.square, "entity", name="Harbour Board")
    assert result.response is not None
    shared = await town.ann.click(result.response, label="Share")
    assert shared.response is not None
    (attachment,) = shared.response.attachments
    assert attachment.description == "Mentions a day: 1, 2, 3"


async def test_who_may_not_post_may_not_share(town: Town) -> None:
    silent = town.guild.create_text_channel(
        "silent",
        overwrites={town.guild.default_role: discord.PermissionOverwrite(send_messages=False)},
    )
    result = await town.ann.slash(silent, "source", claim="x")
    assert result.response is not None
    shared = await town.ann.click(result.response, label="Share")
    assert shared.ephemeral
    assert silent.history() == []


async def test_the_asker_removes_what_was_shared(town: Town) -> None:
    shared = await town.ann.click(await asked(town), label="Share")
    assert shared.response is not None
    assert len(town.square.history()) == 1
    await town.ann.click(shared.response, label="Remove")
    assert town.square.history() == []


async def test_nobody_else_removes_it_but_who_may_delete_messages(town: Town) -> None:
    shared = await town.ann.click(await asked(town), label="Share")
    assert shared.response is not None
    refused = await town.mayor.click(shared.response, label="Remove")
    assert refused.ephemeral
    assert refused.response is not None
    assert "Only the one who asked" in shown(refused.response)
    assert len(town.square.history()) == 1
    role = town.guild.create_role("Janitors", permissions=discord.Permissions(manage_messages=True))
    janitor = town.guild.add_member(town.env.create_user("janitor"), roles=[role])
    await janitor.click(shared.response, label="Remove")
    assert town.square.history() == []


async def test_the_asker_turns_pages_of_what_was_shared_in_place(
    town: Town, respond: Respond
) -> None:
    shared = await town.ann.click(await asked(town), label="Share")
    assert shared.response is not None
    respond.answers["search:2"] = lambda _words: Message((), "The second page")
    await town.ann.click(shared.response, label="More")
    assert "The second page" in shown(shared.response)
    assert labels(shared.response) == ["Remove"]


@pytest.mark.parametrize("command", ["help", "status"])
async def test_answers_for_oneself_have_nothing_to_share(
    town: Town, respond: Respond, command: str
) -> None:
    respond.answers[command] = lambda _words: Message((), "Just so")
    result = await town.ann.slash(town.square, command)
    assert result.response is not None
    assert labels(result.response) == []


async def test_an_interaction_that_discord_forgot_makes_no_noise_and_no_loop(
    town: Town, adapter: Discord, respond: Respond
) -> None:
    message = await posted(town, adapter)
    town.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, times=None)
    before = len(town.env.http_requests)
    await town.ann.click(message, label="Story")
    await town.ann.slash(town.square, "help")
    assert len(town.env.http_requests) == before + 2
    assert respond.asked == []
    assert [type(error).__name__ for error in town.env.errors] == ["CommandInvokeError"]


async def test_a_fault_of_ours_is_told_with_a_reference_and_logged(
    town: Town, adapter: Discord, respond: Respond, caplog: pytest.LogCaptureFixture
) -> None:
    message = await posted(town, adapter)
    respond.fault = ZeroDivisionError("a bug")
    pressed = await town.ann.click(message, label="Story")
    asked_for = await town.ann.slash(town.square, "help")
    for result in (pressed, asked_for):
        assert result.response is not None
        assert result.response.ephemeral
        reference = str(result._interaction.id)
        assert f"logged under {reference}" in shown(result.response)
        assert f"reference {reference}" in caplog.text
    assert [type(error).__name__ for error in town.env.errors] == ["CommandInvokeError"]
