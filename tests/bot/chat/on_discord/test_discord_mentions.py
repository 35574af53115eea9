"""Mentions, threads and joining a server."""

from __future__ import annotations

import discord
import pytest
from simcord.env import Env
from town import Town
from world import Respond, labels, shown

from bot.chat.discord import Discord
from bot.chat.discord_answers import asked
from bot.chat.discord_components import payloads
from bot.chat.discord_wire import Layout
from bot.message import Button, Buttons, Heading, Message, Paragraph, plain


@pytest.fixture
def me(simcord_env: Env) -> str:
    assert simcord_env.bot.user is not None
    return f"<@{simcord_env.bot.user.id}>"


async def test_a_mention_with_a_question_is_answered_below_it(
    town: Town, respond: Respond, me: str
) -> None:
    question = await town.ann.send(town.square, f"{me} who said that the port is closed?")
    assert respond.words == ["who said that the port is closed?"]
    answer = town.square.last_message
    assert answer is not None
    assert answer.reference is not None
    assert answer.reference.message_id == question.id
    assert "closed the port" in shown(answer)
    assert labels(answer) == ["Story", "More", "Remove"]
    assert answer.mentions == []


async def test_the_asker_removes_the_answer(town: Town, me: str) -> None:
    await town.ann.send(town.square, f"{me} who said so?")
    answer = town.square.last_message
    assert answer is not None
    await town.ann.click(answer, label="Remove")
    assert len(town.square.history()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<@7> feeds", "feeds"),
        ("<@7>, story harbour", "story harbour"),
        ("hey <@!7>: Search:2 harbour", "hey : Search:2 harbour"),
        ("<@7> search:2 harbour", "search:2 harbour"),
        ("<@7> Has the port\nclosed?", "Has the port closed?"),
        ("<@7>", "help"),
    ],
)
def test_a_mention_says_its_words(content: str, words: str) -> None:
    assert " ".join(asked(content, 7, "").split()) == words


def test_a_bare_mention_asks_for_what_it_points_at() -> None:
    assert asked("<@7>", 7, "The port\nis closed") == "who said that?"


async def test_nothing_is_answered_but_messages_that_name_us(
    town: Town, respond: Respond, me: str
) -> None:
    await town.ann.send(town.square, "who said so? @everyone")
    await town.ann.send(town.square, f"{town.mayor.mention} who said so?")
    webhook = town.guild.create_webhook(town.square)
    await webhook.send(f"{me} who said so?")
    assert respond.asked == []


async def test_a_reply_to_us_that_does_not_name_us_is_no_question(
    town: Town, respond: Respond, me: str
) -> None:
    await town.ann.send(town.square, f"{me} who said so?")
    answer = town.square.last_message
    assert answer is not None
    await town.ann.send(town.square, "thanks", reply_to=answer)
    assert len(respond.asked) == 1


async def test_a_long_answer_goes_on_in_a_thread_below_it(
    town: Town, respond: Respond, me: str
) -> None:
    await town.ann.send(town.square, f"{me} brief harbour")
    answer = next(one for one in town.square.history() if one.components)
    (thread,) = town.square.threads
    assert thread.id == answer.id
    assert thread.name == "Long answer"
    text = "\n".join(shown(one) for one in (answer, *thread.history()))
    assert all(f"{number} word" in text for number in range(10))


async def test_where_no_thread_may_be_opened_the_answer_goes_on_in_the_channel(
    town: Town, me: str
) -> None:
    town.env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)
    await town.ann.send(town.square, f"{me} brief harbour")
    assert town.square.threads == []
    assert len(town.square.history()) == 4


async def digest_with_thread(town: Town, adapter: Discord, *stories: str) -> discord.Thread:
    row = Buttons(tuple(Button("Story", f"story {story}") for story in stories))
    text = Paragraph(plain("The *port* is [closed]."))
    part = payloads(Message((Heading("Harbour"), text, row), "digest"))[0]
    channel = adapter.client.get_channel(town.square.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(view=Layout(part.components))
    return await message.create_thread(name="Harbour")


async def test_a_question_in_a_thread_of_one_story_is_asked_under_that_story(
    town: Town, adapter: Discord, respond: Respond, me: str
) -> None:
    await digest_with_thread(town, adapter, "3f2a")
    (thread,) = town.square.threads
    await town.ann.send(thread, f"{me} who disputes it?")
    assert respond.asker.context == "story 3f2a"
    assert respond.asker.channel == town.key


async def test_a_command_in_a_thread_is_asked_under_the_words_of_its_root(
    town: Town, adapter: Discord, respond: Respond
) -> None:
    await digest_with_thread(town, adapter, "3f2a", "9c1b")
    (thread,) = town.square.threads
    await town.ann.slash(thread, "source", claim="who disputes it?")
    assert respond.asker.context == "Harbour\nThe *port* is [closed]."
    assert respond.asker.channel == town.key


async def test_a_mention_that_may_not_be_answered_ends_there(town: Town, me: str) -> None:
    town.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)
    before = len(town.env.http_requests)
    await town.ann.send(town.square, f"{me} who said so?")
    tries = [one for one in town.env.http_requests[before:] if one.path.endswith("/messages")]
    assert len(tries) == 1


async def test_where_we_may_not_post_a_mention_costs_no_request(
    town: Town, respond: Respond, me: str
) -> None:
    """Refused requests are counted by Discord: nobody can make us pile them up."""
    silent = town.guild.create_text_channel(
        "silent",
        overwrites={
            town.guild.default_role: discord.PermissionOverwrite(send_messages=False),
            town.ann: discord.PermissionOverwrite(send_messages=True),
        },
    )
    before = len(town.env.http_requests)
    await town.ann.send(silent, f"{me} who said so?")
    assert len(town.env.http_requests) == before
    assert respond.asked == []


async def test_joining_a_server_greets_once_where_we_may(simcord_env: Env) -> None:
    town = Town(simcord_env)
    assert simcord_env.bot.user is not None
    guild = simcord_env.bot.get_guild(town.guild.id)
    assert guild is not None
    simcord_env.bot.dispatch("guild_join", guild)
    await simcord_env.settle()
    (greeting,) = town.square.history()
    assert "/feeds add" in shown(greeting)


async def test_a_server_where_we_may_not_write_is_not_greeted(simcord_env: Env) -> None:
    guild = simcord_env.create_guild("closed")
    overwrite = discord.PermissionOverwrite(send_messages=False)
    square = guild.create_text_channel("square", overwrites={guild.default_role: overwrite})
    cached = simcord_env.bot.get_guild(guild.id)
    simcord_env.bot.dispatch("guild_join", cached)
    await simcord_env.settle()
    assert square.history() == []
