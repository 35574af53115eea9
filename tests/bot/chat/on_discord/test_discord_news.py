"""The whole bot on Discord, over each database: from the words of a member to stored news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import discord
import pytest
from peers.newsroom import CLAIM, SEVEN, delivering, newsroom, subscribe
from simcord.env import Env
from town import Town
from world import labels, shown

from bot.app import Application
from bot.chat.discord import Discord
from bot.delivery_model import DeliveryState
from bot.ports import Complete, Respond
from bot.store import open_store


@pytest.fixture
async def app(each_newsroom: str) -> AsyncIterator[Application]:
    async with newsroom(each_newsroom) as opened:
        yield opened


@pytest.fixture
def respond(app: Application) -> Respond:
    """The real one, in the place of the fake."""
    return app.responder


@pytest.fixture
def complete(app: Application) -> Complete:
    return app.complete


async def test_a_claim_is_answered_with_its_sentence_and_source(town: Town) -> None:
    result = await town.ann.slash(town.square, "source", claim=CLAIM)
    assert result.response is not None
    assert result.response.ephemeral
    text = shown(result.response)
    assert "8,000 troops" in text
    assert "spy agency" in text
    assert "Meridian Wire" in text


async def test_a_claim_that_nobody_made_is_refused(town: Town) -> None:
    result = await town.ann.slash(
        town.square, "source", claim="Tarsk moved 80,000 penguins into the Oru Gap"
    )
    assert result.response is not None
    assert "No stored article says this" in shown(result.response)


async def test_an_entity_is_shown_and_completed(town: Town, complete: Complete) -> None:
    (name, *_) = await asyncio.to_thread(complete, "entity", "vashk", town.key)
    result = await town.ann.slash(town.square, "entity", name=name)
    assert result.response is not None
    assert "Vashkov" in shown(result.response)
    assert len(result.response.attachments) == 1


async def test_a_button_of_an_answer_opens_the_story(town: Town) -> None:
    result = await town.ann.slash(town.square, "source", claim=CLAIM)
    assert result.response is not None
    assert "Story" in labels(result.response)
    pressed = await town.ann.click(result.response, label="Story")
    assert pressed.response is not None
    assert "Oru Gap" in shown(pressed.response)


async def test_a_question_below_the_answer_is_about_it(town: Town, simcord_env: Env) -> None:
    """ "Who said that?" in a thread under the claim names its source."""
    assert simcord_env.bot.user is not None
    root = await town.ann.send(town.square, CLAIM)
    channel = simcord_env.bot.get_channel(town.square.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.get_partial_message(root.id).create_thread(name="Troops")
    (thread,) = town.square.threads
    await town.ann.send(thread, f"<@{simcord_env.bot.user.id}> who said that?")
    answer = thread.last_message
    assert answer is not None
    assert "spy agency" in shown(answer)
    assert "8,000 troops" in shown(answer)


async def test_a_digest_is_composed_and_posted_once_over_restarts(
    town: Town, adapter: Discord, each_newsroom: str
) -> None:
    """Each life of the bot finds in the database what the one before it did."""
    store = open_store(each_newsroom)
    subscribe(store, town.key)
    for life in range(2):
        async with delivering(each_newsroom, adapter) as tick:
            for minute in (0, 5):
                await tick(SEVEN + timedelta(minutes=10 * life + minute))
    posted = [one for one in town.square.history() if one.components]
    assert len(posted) == 1
    assert "Oru Gap" in shown(posted[0])
    parts = store.parts(town.key, SEVEN)
    assert {part.state for part in parts} == {DeliveryState.SENT}
    store.close()
