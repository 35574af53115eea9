"""Digests on Slack: posted once, found again, refused in words."""

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import aiohttp
import pytest
from emulated import ADA_TOKEN, BOT_TOKEN
from relay import APP_TOKEN
from slack_people import build
from slack_samples import card, digest
from test_slack_asking import conversation
from test_slack_sharing import history

from bot.chat.slack_post import key_of
from bot.chat.slack_setup import Setup
from bot.delivery_model import Delivery
from bot.errors import ChatError

PROCESS = Path(__file__).with_name("slack_process.py")
MINUTES = count()
TEAM = "T000000001"


def delivery(slack, channel, part=0, *, stories=1):
    """Return a part of a digest for a slot of its own, a day before the emulated present."""
    at = datetime(2024, 10, 21, 7, 0, tzinfo=UTC).replace(minute=next(MINUTES) % 60)
    payload = slack.freeze(digest(stories))[part]
    return Delivery(f"slack:{TEAM}:{channel}", at, part, payload)


def copies(emulated, channel, key):
    return sum(key_of(one) == key for one in history(emulated, channel))


async def test_a_digest_is_posted_with_its_key(slack, relay, emulated):
    """The text, the blocks, no unfurling, and the key in the message's metadata."""
    part = delivery(slack, emulated.channels["news"])
    sent = await slack.send(part)
    (post,) = relay.posted()
    assert post["metadata"]["event_payload"] == {"key": part.key}
    assert post["unfurl_links"] is post["unfurl_media"] is post["link_names"] is False
    assert await slack.find(part) == sent


async def test_parts_go_into_the_thread_and_are_found_there(slack, relay, emulated):
    """Part two stands below part one, and is found without being told where."""
    news = emulated.channels["news"]
    first = delivery(slack, news, stories=20)
    second = Delivery(first.channel, first.slot, 1, slack.freeze(digest(20))[1])
    root = await slack.send(first)
    assert await slack.find(second) == ""
    sent = await slack.send(second, thread=root)
    assert relay.posted()[1]["thread_ts"] == root
    assert await slack.find(second) == sent


async def test_a_lost_answer_leaves_the_outcome_unknown(slack, relay, emulated):
    """No library posts again by itself; the history tells that it is there."""
    news = emulated.channels["news"]
    part = delivery(slack, news)
    relay.lose = ["chat.postMessage"]
    with pytest.raises(aiohttp.ClientError):
        await slack.send(part)
    assert copies(emulated, news, part.key) == 1
    assert await slack.find(part)


async def test_rate_limits_are_waited_for(slack, relay, emulated):
    """Slack's Retry-After is obeyed, then the post is made once."""
    news = emulated.channels["news"]
    part = delivery(slack, news)
    relay.waits["chat.postMessage"] = [0]
    await slack.send(part)
    assert copies(emulated, news, part.key) == 1


async def test_a_long_rate_limit_is_a_refusal_that_is_tried_again(slack, relay, emulated):
    """Nothing was posted, and that is known: no send hangs until its outcome is unknown."""
    news = emulated.channels["news"]
    part = delivery(slack, news)
    relay.waits["chat.postMessage"] = [60]
    async with asyncio.timeout(10):
        with pytest.raises(ChatError, match="tried again") as refused:
            await slack.send(part)
    assert not refused.value.permanent
    assert copies(emulated, news, part.key) == 0


@pytest.mark.parametrize(
    ("answer", "words", "permanent"),
    [
        ({"error": "not_in_channel"}, "/invite @Whosaid", True),
        ({"error": "channel_not_found"}, "invite it there", True),
        ({"error": "is_archived"}, "unarchive it", True),
        ({"error": "token_revoked"}, "WHOSAID_SLACK_BOT_TOKEN", True),
        ({"error": "account_inactive"}, "install it again", True),
        ({"error": "missing_scope", "needed": "chat:write"}, "chat:write", True),
        ({"error": "message_limit_exceeded"}, "tried again", False),
        ({"error": "something_new"}, "something_new", True),
    ],
)
async def test_refusals_are_told_in_words(slack, relay, emulated, answer, words, permanent):
    """Each error says who can do what, and whether trying again can help."""
    relay.errors["chat.postMessage"] = [answer]
    with pytest.raises(ChatError, match=words) as refused:
        await slack.send(delivery(slack, emulated.channels["news"]))
    assert refused.value.permanent is permanent
    assert "xoxb" not in str(refused.value)


async def test_an_error_inside_slack_leaves_the_outcome_unknown(slack, relay, emulated):
    """Slack says of these errors that the post may have been made."""
    relay.errors["chat.postMessage"] = [{"error": "internal_error"}]
    with pytest.raises(Exception, match="internal_error") as raised:
        await slack.send(delivery(slack, emulated.channels["news"]))
    assert not isinstance(raised.value, ChatError)


async def test_blocks_that_slack_finds_too_long_go_as_text(slack, relay, emulated):
    """The text says the whole, so nothing is lost."""
    relay.errors["chat.postMessage"] = [{"error": "msg_blocks_too_long"}]
    relay.check = lambda _: []
    await slack.send(delivery(slack, emulated.channels["news"]))
    (post,) = relay.posted()
    assert not post.get("blocks")
    assert "Dam 0 holds in storm" in post["text"]


async def test_where_nobody_listens_it_was_surely_not_sent(setup, desk, store):
    """A refused connection is an error that may be tried again."""
    slack = build(replace(setup, base_url="http://127.0.0.1:9/"), desk, store)
    with pytest.raises(ChatError) as refused:
        await slack.send(delivery(slack, "C1"))
    assert not refused.value.permanent


async def test_a_wrong_token_ends_the_run_in_words(relay, setup, desk, store):
    """Nothing is tried for ever with a token that Slack refuses."""
    relay.errors["auth.test"] = [{"error": "invalid_auth"}]
    slack = build(setup, desk, store)
    async with asyncio.timeout(10):
        with pytest.raises(ChatError, match="WHOSAID_SLACK_BOT_TOKEN"):
            await slack.run()
    slack = build(replace(setup, app_token="xapp-wrong"), desk, store)
    async with asyncio.timeout(10):
        with pytest.raises(ChatError, match="WHOSAID_SLACK_APP_TOKEN"):
            await slack.run()


async def test_closing_ends_the_run(relay, built, emulated):
    """Close disconnects, and run returns."""
    running = asyncio.create_task(built.run())
    await relay.connected()
    await built.close()
    async with asyncio.timeout(10):
        await running


async def test_posts_to_one_channel_keep_a_pause(setup, desk, store, emulated):
    """About one a second a channel; other channels do not wait for it."""
    slack = build(replace(setup, pause=0.3), desk, store)
    loop = asyncio.get_running_loop()
    start = loop.time()
    news = emulated.channels["news"]
    for channel in (news, news, conversation(emulated)):
        await slack.send(delivery(slack, channel))
    assert loop.time() - start >= 0.3


async def test_a_conversation_is_answered_once_though_slack_asks_anew(slack, relay, emulated, desk):
    """A process that answered and died is not answered for by the next one."""
    body = {"users": emulated.users["whosaid"]}
    channel = emulated.call("conversations.open", body, token=ADA_TOKEN)["channel"]["id"]
    asked = emulated.call(
        "chat.postMessage", {"channel": channel, "text": "did the dam hold?"}, token=ADA_TOKEN
    )["ts"]
    event = {
        "type": "message",
        "channel_type": "im",
        "user": emulated.users["ada"],
        "text": "did the dam hold?",
        "ts": asked,
        "channel": channel,
    }
    await relay.event(event, "Ev-again")
    await relay.until(relay.posted)
    slack._events._seen._keys.clear()  # another process has seen nothing yet
    await relay.event(event, "Ev-again", retry_attempt=1, retry_reason="timeout")
    await relay.until(lambda: relay.posted("conversations.history"))
    await relay.event(event | {"text": "status"}, "Ev-after")
    await relay.until(lambda: len(relay.posted()) == 2)
    keys = [key_of(one) for one in history(emulated, channel)]
    assert keys.count("Ev-again") == 1


async def test_killed_and_restarted_with_answers_lost_nothing_comes_twice(
    relay, emulated, built, tmp_path
):
    """Killed at every step of a digest of several parts: each part is there once."""
    news = emulated.channels["news"]
    frozen = built.freeze(digest(30))
    assert len(frozen) > 2
    slot = datetime(2024, 10, 20, 7, 0, tzinfo=UTC)
    outbox = tmp_path / "outbox.json"
    rows = [{"payload": one, "state": "frozen", "id": ""} for one in frozen]
    outbox.write_text(json.dumps(rows))
    for number in range(len(frozen)):
        faults = relay.lose if number % 2 else relay.hang
        faults.append("chat.postMessage")  # posted, but nobody hears of it
        process = await _deliver(relay, news, slot, outbox)
        await relay.until(lambda n=number: len(relay.posted()) == n + 1)
        with suppress(ProcessLookupError):
            process.kill()
        assert await process.wait() != 0
    process = await _deliver(relay, news, slot, outbox)
    async with asyncio.timeout(60):
        assert await process.wait() == 0
    keys = [f"slack:{TEAM}:{news}@20241020T0700#{part}" for part in range(len(frozen))]
    root = next(one["ts"] for one in history(emulated, news) if key_of(one) == keys[0])
    thread = emulated.call("conversations.replies", {"channel": news, "ts": root, "limit": 200})
    posted = [key_of(one) for one in thread["messages"] if key_of(one)]
    assert sorted(posted) == keys
    assert [row["state"] for row in json.loads(outbox.read_text())] == ["sent"] * len(frozen)


async def _deliver(relay, channel, slot, outbox):
    arguments = [relay.base_url, f"slack:{TEAM}:{channel}", slot.isoformat(), str(outbox)]
    return await asyncio.create_subprocess_exec(
        sys.executable, str(PROCESS), *arguments, stderr=asyncio.subprocess.DEVNULL
    )


def test_freezing_renders_all_parts_and_sends_nothing(desk, store):
    """Freezing is pure: the same message gives the same payloads."""
    slack = build(Setup(bot_token=BOT_TOKEN, app_token=APP_TOKEN), desk, store)
    assert slack.freeze(card()) == slack.freeze(card())
    assert len(slack.freeze(digest(20))) > 1
