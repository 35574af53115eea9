"""Who may change what on Slack, and that one workspace never sees another's settings."""

import pytest
from slack_rules import shown

from bot.chat.slack_asker import channel_key, channel_of
from bot.errors import ChatError


async def changed(relay, desk, user, channel, words="feeds add https://a.example/rss"):
    """Type a changing command; return whether the desk was told that the person may."""
    name = await relay.slash("/whosaid", words, user, channel)
    await relay.until(lambda: relay.responses[name])
    return desk.asked[-1][2]


async def test_admins_may_and_others_may_not(slack, relay, emulated, desk):
    """A workspace admin changes settings; somebody else is told whom to ask."""
    news = emulated.channels["news"]
    assert await changed(relay, desk, emulated.users["ben"], news)
    assert not await changed(relay, desk, emulated.users["ada"], news)


async def test_the_creator_of_a_channel_may(slack, relay, emulated, desk):
    """Whoever made the channel may set it up."""
    news = emulated.channels["news"]
    creator = emulated.call("conversations.info", {"channel": news})["channel"]["creator"]
    assert await changed(relay, desk, creator, news)


async def test_members_of_the_group_of_the_config_may(slack, relay, emulated, desk):
    """The user group of the config stands beside the admins."""
    people = (await slack._workspaces.of("")).answers._people
    assert await people._in_group("U0GROUP")
    assert not await people._in_group(emulated.users["ada"])


async def test_in_a_conversation_of_ones_own_everybody_may(slack, relay, emulated, desk):
    """Nobody else is concerned there."""
    assert await changed(relay, desk, emulated.users["ada"], "D0OWN")


async def test_no_answer_of_slack_is_a_no(slack, relay, emulated, desk):
    """Who cannot be known may change nothing."""
    assert not await changed(relay, desk, "U0NOBODY", emulated.channels["news"])


async def test_people_of_other_workspaces_change_nothing(slack, relay, emulated, desk):
    """In a channel shared with another workspace its people are guests."""
    element = {"type": "button", "action_id": "ask:1", "value": "follow dam"}
    user = {"id": emulated.users["ben"], "team_id": "T0OTHER", "username": "ben"}
    container = {"message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True}
    payload = {
        "type": "block_actions",
        "user": user,
        "container": container,
        "channel": {"id": emulated.channels["news"]},
        "actions": [element | {"block_id": "b", "action_ts": "1.1"}],
    }
    name, _ = await relay.interact(payload, "")
    await relay.until(lambda: relay.responses[name])
    assert desk.asked == [
        ("follow dam", f"slack:T000000001:{emulated.channels['news']}", False, "")
    ]


async def test_reading_asks_slack_for_no_permission(slack, relay, emulated, desk):
    """Only changing commands cost a question to Slack."""
    assert not await changed(relay, desk, emulated.users["ben"], "C1", words="status")
    assert relay.posted("users.info") == []


async def test_a_posted_digest_is_for_all_and_says_so(slack, relay, emulated, desk):
    """An answer that is not private goes to the channel; the asker hears that it did."""
    news = emulated.channels["news"]
    name = await relay.slash("/whosaid", "digest post", emulated.users["ben"], news)
    await relay.until(lambda: relay.responses[name])
    assert shown(relay.responses[name][0]) == "Posted."
    (post,) = relay.posted()
    assert post["channel"] == news


def test_a_key_of_another_workspace_is_refused():
    """A delivery for another workspace is never sent with this one's token."""
    assert channel_of(channel_key("T1", "C1"), "T1") == "C1"
    for key in ("slack:T2:C1", "discord:1:2", "console", "slack:T1:"):
        with pytest.raises(ChatError, match="another workspace") as refused:
            channel_of(key, "T1")
        assert refused.value.permanent
