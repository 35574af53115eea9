"""A channel that fails is told to who can mend it, once, in words; then it rests, and goes on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_people import NOW, subscription
from slack_rules import shown
from slack_samples import digest
from test_slack_delivery import TEAM

from bot.chat.slack_post import key_of
from bot.publish import Publisher

MINUTE = timedelta(minutes=1)
DAYS_AGO = NOW - timedelta(days=2)


class Bench:
    """A publisher over the adapter; the clock moves only here."""

    def __init__(self, slack, store, relay, channel):
        self.channel = channel
        self.relay = relay
        self.now = NOW
        wanted = subscription(f"slack:{TEAM}:{channel}")
        store.save_subscription(replace(wanted, since=DAYS_AGO))
        self.publisher = Publisher(store, [slack], lambda *_: digest(1))

    async def ticks(self, number: int, step: timedelta = MINUTE) -> None:
        for _ in range(number):
            await self.publisher.tick(self.now)
            self.now += step

    def refuse(self, error: dict[str, str], times: int = 500) -> None:
        """Let Slack refuse posts in the channel, and nowhere else."""
        self.relay.refused[self.channel] = [error] * times

    def told(self) -> Sequence[str]:
        """Return what was written to people, not in the channel."""
        posts = [one for one in self.relay.posted() if one["channel"] != self.channel]
        return [shown(post) for post in posts]

    def digests(self) -> list[str]:
        posts = [one for one in self.relay.posted() if one["channel"] == self.channel]
        return [key_of(post) for post in posts if "@" in key_of(post)]


@pytest.fixture
async def bench(slack, store, relay, emulated):
    """Ben, an admin, has set times in #news."""
    news = emulated.channels["news"]
    name = await relay.slash("/whosaid", "schedule 07:00", emulated.users["ben"], news)
    await relay.until(lambda: relay.responses[name])
    return Bench(slack, store, relay, news)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"error": "not_in_channel"}, "/invite @Whosaid"),
        ({"error": "is_archived"}, "unarchive it"),
        ({"error": "missing_scope", "needed": "chat:write.public"}, "lacks the scope"),
        ({"error": "restricted_action"}, "an admin can add Whosaid"),
    ],
)
async def test_who_set_the_times_is_told_once(bench, error, words, emulated):
    """One message, to one person, in words; in a day there are few tries and no more messages."""
    bench.refuse(error)
    await bench.ticks(60)
    (told,) = bench.told()
    assert words in told
    assert "#news: " in told
    assert bench.channel not in told
    tries = 500 - len(bench.relay.refused[bench.channel])
    await bench.ticks(23, timedelta(hours=1))
    assert len(bench.told()) == 1
    assert tries == 1
    assert 500 - len(bench.relay.refused[bench.channel]) < 8


async def test_it_goes_on_by_itself_and_says_so(bench, store, emulated):
    """When the channel takes messages again the digest comes, once, and the same person hears."""
    bench.refuse({"error": "not_in_channel"}, times=1)
    await bench.ticks(90)
    assert len(bench.digests()) == 1
    (trouble, again) = bench.told()
    assert "could not be posted" in trouble
    assert "again" in again
    assert store.subscription(f"slack:{TEAM}:{bench.channel}").problem == ""


async def settled(relay, emulated):
    """Wait until what happened before was seen: a question asked after it is answered."""
    name = await relay.slash("/whosaid", "status", emulated.users["ada"], "C1")
    await relay.until(lambda: relay.responses[name])


@pytest.mark.parametrize(
    "event",
    [
        {"type": "member_joined_channel", "user": "bot", "channel_type": "C"},
        {"type": "channel_unarchive", "user": "U9"},
    ],
    ids=["invited", "unarchived"],
)
async def test_invited_or_unarchived_it_goes_on_at_once(bench, relay, emulated, event):
    """Nobody waits an hour for a digest after mending the channel."""
    bench.refuse({"error": "not_in_channel"}, times=1)
    await bench.ticks(2)
    assert bench.digests() == []
    if event["user"] == "bot":
        event |= {"user": emulated.users["whosaid"]}
    await relay.event(event | {"channel": bench.channel})
    await settled(relay, emulated)
    await bench.ticks(1)
    assert len(bench.digests()) == 1


async def test_somebody_else_joining_hurries_nothing(bench, relay, emulated):
    """Only the bot's own arrival mends a channel."""
    bench.refuse({"error": "not_in_channel"}, times=1)
    await bench.ticks(2)
    joined = {"type": "member_joined_channel", "user": "U9", "channel": bench.channel}
    await relay.event(joined)
    await settled(relay, emulated)
    await bench.ticks(2)
    assert bench.digests() == []


async def test_a_revoked_token_is_not_tried_for_ever(bench, relay, caplog):
    """Nobody can be told by Slack then; the log says it, and the pauses grow."""
    revoked = {"error": "token_revoked"}
    for method in ("chat.postMessage", "conversations.open"):
        relay.errors[method] = [revoked] * 500
    await bench.ticks(24 * 6, timedelta(minutes=10))
    assert 500 - len(relay.errors["chat.postMessage"]) < 20
    assert "The bot token was revoked" in caplog.text
    assert "WHOSAID_SLACK_BOT_TOKEN" in caplog.text


async def test_where_nobody_set_the_times_the_creator_is_told(slack, relay, emulated, store):
    """A channel of which nothing is remembered has still somebody who made it."""
    news = emulated.channels["news"]
    info = emulated.call("conversations.info", {"channel": news})
    (told,) = await slack.admins(f"slack:{TEAM}:{news}")
    assert told.startswith(f"slack:{TEAM}:D")
    (opened,) = relay.posted("conversations.open")
    assert opened["users"] == info["channel"]["creator"]


async def test_without_the_scope_to_open_it_the_person_is_written_to(slack, relay, bench, emulated):
    """An app made from an older manifest reaches people by their own ids."""
    relay.errors["conversations.open"] = [{"error": "missing_scope", "needed": "im:write"}]
    assert await slack.admins(f"slack:{TEAM}:{bench.channel}") == [
        f"slack:{TEAM}:{emulated.users['ben']}"
    ]


async def test_nobody_is_known_where_slack_tells_nothing(slack, relay):
    """Then the log has it."""
    relay.errors["conversations.info"] = [{"error": "channel_not_found"}]
    assert await slack.admins(f"slack:{TEAM}:C0GONE") == []
