"""Connections that end: nothing that happens meanwhile is lost or done twice."""

import asyncio

import pytest

from bot.chat import slack_socket
from bot.errors import ChatError


@pytest.fixture
def quick(monkeypatch):
    """Look after the connection more often than once in ten seconds."""
    monkeypatch.setattr(slack_socket, "PING_SECONDS", 0.2)
    monkeypatch.setattr(slack_socket, "WATCH_SECONDS", 0.2)


def mention(relay, emulated, number):
    event = {
        "type": "app_mention",
        "user": emulated.users["ada"],
        "text": f"<@U1> search number {number}",
        "ts": f"1795477083.{number:06}",
        "channel": emulated.channels["news"],
    }
    return relay.happening(event, f"EvReconnect{number}")


async def test_no_event_is_lost_over_disconnects(quick, slack, relay, emulated, desk):
    """Asked to reconnect, and cut off without a word, while events come: each is done once."""

    async def happen():
        for number in range(40):
            await relay.deliver("events_api", mention(relay, emulated, number))

    happening = asyncio.create_task(happen())
    for ending in (relay.disconnect, relay.cut, relay.disconnect, relay.cut):
        reached = len(relay.posted("chat.postEphemeral")) + 5
        await relay.until(lambda n=reached: len(relay.posted("chat.postEphemeral")) >= n)
        await ending()
        await relay.connected()
    async with asyncio.timeout(60):
        await happening
    await relay.until(lambda: len(relay.posted("chat.postEphemeral")) == 40)
    asked = [words for words, *_ in desk.asked]
    assert sorted(asked) == sorted(f"search number {number}" for number in range(40))


async def test_an_address_that_was_used_up_is_asked_for_anew(quick, built, relay):
    """Slack's addresses serve once; a failed connection must not try the same for ever."""
    relay.spoilt = 2
    running = asyncio.create_task(built.run())
    try:
        await relay.connected()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert relay.spoilt == 0


async def test_a_token_revoked_later_ends_the_run_in_words(quick, built, relay):
    """Refused when it connects anew, it says which token to set, and does not go on asking."""
    running = asyncio.create_task(built.run())
    await relay.connected()
    relay.errors["apps.connections.open"] = [{"error": "token_revoked"}] * 3
    await relay.ask_to_reconnect()
    async with asyncio.timeout(20):
        with pytest.raises(ChatError, match="WHOSAID_SLACK_APP_TOKEN"):
            await running
    assert len(relay.errors["apps.connections.open"]) == 2
