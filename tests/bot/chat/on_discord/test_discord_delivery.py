"""Digests are sent once, known again in the history, and refusals told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simcord.env import Env
from town import Town
from world import Respond, long, shown

from bot.chat import discord_delivery
from bot.chat.discord import Discord, pause_before
from bot.chat.discord_delivery import UnknownOutcomeError, marks, nonce
from bot.chat.discord_limits import NONCE
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Heading, Message, Paragraph, Picture, plain

PNG = b"\x89PNG\r\n\x1a\n"


def digest() -> Message:
    rest = Message((Heading("More", 2), Paragraph(plain("The rest."))), "More")
    blocks = (Heading("Digest"), Paragraph(plain("Two stories.")))
    return Message(blocks, "Digest", thread=(rest,), silent=True)


@pytest.fixture
def parts(town: Town, adapter: Discord, simcord_env: Env) -> list[Delivery]:
    slot = simcord_env.now() - timedelta(minutes=5)
    return [
        Delivery(town.key, slot, number, payload)
        for number, payload in enumerate(adapter.freeze(digest()))
    ]


def test_a_message_is_frozen_the_same_each_time_with_its_thread(adapter: Discord) -> None:
    assert adapter.freeze(digest()) == adapter.freeze(digest())
    assert len(adapter.freeze(digest())) == 2
    assert len(adapter.freeze(long("x"))) == 3


async def test_a_part_is_posted_silently_under_its_own_nonce(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    remote = await adapter.send(parts[0])
    (post,) = town.square.history()
    assert str(post.id) == remote
    assert shown(post) == "## Digest\nTwo stories."
    sent = town.env.http_requests[-1].json
    assert sent["nonce"] == nonce(parts[0].key)
    assert sent["enforce_nonce"] is True
    assert post.flags.suppress_notifications
    assert sent["allowed_mentions"] == {"parse": []}


async def test_a_digest_notifies_where_the_channel_wants_that(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    """“schedule aloud” makes a digest of which Discord tells the channel's people."""
    (aloud, _) = adapter.freeze(replace(digest(), silent=False))
    await adapter.send(replace(parts[0], payload=aloud))
    (post,) = town.square.history()
    assert not post.flags.suppress_notifications


async def test_a_picture_is_posted_with_its_text(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    (payload,) = adapter.freeze(Message((Picture(PNG, "Mentions a day"),), "chart"))
    await adapter.send(Delivery(town.key, parts[0].slot, 0, payload))
    (post,) = town.square.history()
    assert post.attachments[0].description == "Mentions a day"


async def test_what_was_sent_is_found_and_what_was_not_is_not(
    adapter: Discord, parts: list[Delivery]
) -> None:
    assert await adapter.find(parts[0]) == ""
    remote = await adapter.send(parts[0])
    assert await adapter.find(parts[0]) == remote
    assert await adapter.find(parts[1]) == ""
    later = Delivery(parts[0].channel, parts[0].slot + timedelta(days=1), 0, parts[0].payload)
    assert await adapter.find(later) == ""


async def test_the_same_digest_posted_by_others_is_not_taken_for_ours(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    await town.ann.send(town.square, shown_key(parts[0]))
    assert await adapter.find(parts[0]) == ""


def shown_key(part: Delivery) -> str:
    return f"{part.key} {nonce(part.key)}"


async def test_further_parts_go_into_the_first_ones_thread_and_are_found_there(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    first = await adapter.send(parts[0])
    second = await adapter.send(parts[1], thread=first)
    (thread,) = town.square.threads
    assert [str(one.id) for one in thread.history() if one.components] == [second]
    assert await adapter.find(parts[1]) == second


async def test_a_thread_that_is_there_already_is_used(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    first = await adapter.send(parts[0])
    await adapter.send(parts[1], thread=first)
    town.env.inject_error("POST", "/channels/*/messages/*/threads", status=400, code=160004)
    await adapter.send(parts[1], thread=first)
    (thread,) = town.square.threads
    assert sum(bool(one.components) for one in thread.history()) == 2


async def test_where_no_thread_may_be_opened_the_digest_goes_on_in_the_channel(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    first = await adapter.send(parts[0])
    town.env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)
    second = await adapter.send(parts[1], thread=first)
    assert [str(one.id) for one in town.square.history()] == [first, second]
    assert await adapter.find(parts[1]) == second


@pytest.mark.parametrize(
    "refused",
    [
        (403, 50001, "cannot see this channel"),
        (403, 50013, "Send Messages"),
        (403, 50007, "takes no messages"),
        (404, 10003, "gone"),
        (400, 50008, "text channel"),
        (400, 50035, "refused the message"),
        (401, 0, "WHOSAID_DISCORD_TOKEN"),
    ],
)
async def test_a_refusal_is_told_with_what_to_do_and_is_final(
    town: Town, adapter: Discord, parts: list[Delivery], refused: tuple[int, int, str]
) -> None:
    status, code, words = refused
    town.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
    with pytest.raises(ChatError, match=words) as refusal:
        await adapter.send(parts[0])
    assert refusal.value.permanent


async def test_too_many_requests_are_no_final_refusal(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    town.env.inject_error("POST", "/channels/*/messages", status=429)
    with pytest.raises(ChatError) as refusal:
        await adapter.send(parts[0])
    assert not refusal.value.permanent


async def test_a_fault_of_discords_own_leaves_the_outcome_open(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    town.env.inject_error("POST", "/channels/*/messages", status=503)
    with pytest.raises(UnknownOutcomeError):
        await adapter.send(parts[0])


async def test_a_history_that_may_not_be_read_is_told_not_taken_for_empty(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    town.env.inject_error("GET", "/channels/*/messages", status=403, code=50013)
    with pytest.raises(ChatError):
        await adapter.find(parts[0])


async def test_a_history_too_long_to_read_is_told_not_taken_for_empty(
    town: Town, adapter: Discord, parts: list[Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_delivery, "HISTORY_MESSAGES", 3)
    for number in range(3):
        await town.ann.send(town.square, f"chat {number}")
    with pytest.raises(ChatError, match="do not reach back"):
        await adapter.find(parts[0])


async def test_trouble_with_a_channel_is_told_to_the_owner_of_its_server(
    town: Town, adapter: Discord, parts: list[Delivery]
) -> None:
    """In a conversation of their own, once: it is sent, and found again, like any part."""
    (key,) = await adapter.admins(town.key)
    told = replace(parts[0], channel=key, name="admin trouble")
    remote = await adapter.send(told)
    assert await adapter.find(told) == remote
    assert town.square.history() == []
    assert await adapter.admins(town.key) == (key,)


async def test_nobody_is_told_of_a_server_that_the_bot_is_not_in(
    town: Town, adapter: Discord
) -> None:
    assert await adapter.admins("discord:4242:1") == ()


async def test_a_restarted_bot_finds_what_the_last_one_sent(
    town: Town, adapter: Discord, parts: list[Delivery], respond: Respond
) -> None:
    remote = await adapter.send(parts[0])
    reborn = Discord("no-token", respond, lambda _kind, _prefix, _channel="": [])
    await town.env.restart_bot(reborn.client)
    assert await reborn.find(parts[0]) == remote


@settings(max_examples=200)
@given(st.integers(0, 10**18), st.integers(0, 99))
def test_keys_have_nonces_and_marks_that_discord_takes(channel: int, part: int) -> None:
    slot = datetime(2026, 3, 1, 7, tzinfo=UTC)
    key = Delivery(f"discord:{channel}:{channel}", slot, part, "").key
    first, second = marks(key)
    assert 0 < len(nonce(key)) <= NONCE
    assert 0 < first < 2**31
    assert 0 < second < 2**31
    assert first != second
    assert nonce(key) != nonce(key + "0")


def test_only_the_default_intents_are_asked_for_and_nobody_is_pinged(adapter: Discord) -> None:
    assert adapter.client.intents == discord.Intents.default()
    assert not adapter.client.intents.message_content
    allowed = adapter.client.allowed_mentions
    assert allowed is not None
    assert allowed.to_dict() == {"parse": []}


def test_shards_are_used_where_the_config_asks_for_more_than_one(respond: Respond) -> None:
    def client(shards: int | None) -> discord.Client:
        return Discord("t", respond, lambda _kind, _prefix, _channel="": [], shards=shards).client

    assert not isinstance(client(None), discord.AutoShardedClient)
    assert not isinstance(client(1), discord.AutoShardedClient)
    sharded = client(3)
    assert isinstance(sharded, discord.AutoShardedClient)
    assert sharded.shard_count == 3
    assert sharded.shard_ids == [0, 1, 2]


def test_a_gateway_connects_its_own_shards(respond: Respond) -> None:
    adapter = Discord("t", respond, lambda *_: [], shards=4, shard_ids=(2, 3))
    assert isinstance(adapter.client, discord.AutoShardedClient)
    assert (adapter.client.shard_count, adapter.client.shard_ids) == (4, [2, 3])


async def test_an_unreachable_discord_is_tried_again_and_a_refused_token_is_told(
    respond: Respond, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = Discord("t", respond, lambda _kind, _prefix, _channel="": [])
    faults: list[Exception] = [OSError("no route"), discord.LoginFailure("Improper token")]
    monkeypatch.setattr("bot.chat.discord.FIRST_PAUSE_SECONDS", 0.0)

    async def login(_token: str) -> None:
        raise faults.pop(0)

    monkeypatch.setattr(adapter.client, "login", login)
    with pytest.raises(ChatError, match="WHOSAID_DISCORD_TOKEN"):
        await adapter.run()
    assert faults == []


def test_connections_are_made_at_once_while_many_are_left() -> None:
    assert pause_before(999, 60_000) == 0


def test_the_last_connections_of_a_day_are_spread_over_the_rest_of_it() -> None:
    """A bot that crashes on and on is not the one whose token Discord takes away."""
    assert pause_before(50, 3600) == 72
    assert pause_before(0, 3600) == 3600


async def test_a_bot_with_few_connections_left_waits_before_it_connects(
    respond: Respond, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = Discord("t", respond, lambda _kind, _prefix, _channel="": [])
    done: list[object] = []

    async def limit() -> tuple[int, str, dict[str, int]]:
        return 1, "", {"remaining": 10, "reset_after": 3_600_000}

    async def login(_token: str) -> None:
        adapter.client._connection.user = discord.Object(1)  # type: ignore[assignment]  # any will do

    async def connect(*, reconnect: bool) -> None:
        done.append(f"connected {reconnect}")

    async def sleep(seconds: float) -> None:
        done.append(seconds)

    monkeypatch.setattr(adapter.client.http, "get_bot_gateway", limit)
    monkeypatch.setattr(adapter.client, "login", login)
    monkeypatch.setattr(adapter.client, "connect", connect)
    monkeypatch.setattr("bot.chat.discord.asyncio.sleep", sleep)
    await adapter.run()
    assert done == [360.0, "connected True"]
