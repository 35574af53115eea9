"""Questions on Slack: typed, pointed at, mentioned, written; answered privately, once."""

import asyncio

from emulated import ADA_TOKEN
from slack_people import buttons
from slack_rules import shown
from slack_samples import card


def ada(emulated):
    return emulated.users["ada"]


def news(emulated):
    return emulated.channels["news"]


def conversation(emulated):
    """Return the channel of Ada's conversation with the bot."""
    body = {"users": emulated.users["whosaid"]}
    return emulated.call("conversations.open", body, token=ADA_TOKEN)["channel"]["id"]


async def answered(relay, name, number=1):
    await relay.until(lambda: len(relay.responses[name]) >= number)
    return relay.responses[name][number - 1]


async def test_a_slash_command_is_answered_to_the_asker_alone(slack, relay, emulated, desk):
    """/source asks for the source; the card comes back privately, with its controls."""
    name = await relay.slash("/source", "the dam held &amp; more", ada(emulated), news(emulated))
    answer = await answered(relay, name)
    assert answer["response_type"] == "ephemeral"
    assert not answer["unfurl_links"]
    assert "harbour master" in shown(answer)
    assert set(buttons(answer)) == {"Story", "Share in channel", "Remove"}
    channel = f"slack:T000000001:{news(emulated)}"
    assert desk.asked == [("source the dam held & more", channel, False, "")]


async def test_briefing_is_the_digest_or_one_article(slack, relay, emulated, desk):
    """Without words /briefing is the channel's digest; with words one article's briefing."""
    for text in ("", "https://a.example/1"):
        await answered(relay, await relay.slash("/briefing", text, ada(emulated), news(emulated)))
    words = [asked[0] for asked in desk.asked]
    assert words == ["digest", "brief https://a.example/1"]


async def test_wrong_words_are_answered_with_what_to_type(slack, relay, emulated):
    """An error of the words is told privately, like an answer."""
    name = await relay.slash("/whosaid", "search nonsense", ada(emulated), news(emulated))
    answer = await answered(relay, name)
    assert "That was nonsense" in shown(answer)


async def test_a_repeated_command_is_answered_once(slack, relay, emulated, desk):
    """The same trigger never counts twice."""
    name = await relay.slash("/source", "a", ada(emulated), news(emulated))
    await answered(relay, name)
    await relay.slash("/source", "a", ada(emulated), news(emulated), name=name)
    other = await relay.slash("/source", "b", ada(emulated), news(emulated))
    await answered(relay, other)
    assert [asked[0] for asked in desk.asked] == ["source a", "source b"]


async def test_a_long_answer_is_paged_in_place(slack, relay, emulated):
    """More replaces the page by the next one; Back brings the first again."""
    name = await relay.slash("/whosaid", "digest", ada(emulated), news(emulated))
    first = await answered(relay, name)
    assert "Page 1 of" in shown(first)
    assert "‹ Back" not in buttons(first)
    more = buttons(first)["More ›"]
    second = await answered(relay, await relay.press(more, ada(emulated), news(emulated), "1.1"))
    assert second["replace_original"] is True
    assert "Page 2 of" in shown(second)
    back = buttons(second)["‹ Back"]
    third = await answered(relay, await relay.press(back, ada(emulated), news(emulated), "1.1"))
    assert shown(third) == shown(first)


async def test_a_button_asks_what_it_says(slack, relay, emulated, desk):
    """A press is the command in the button's value, answered to the presser alone."""
    button = {"type": "button", "action_id": "ask:1", "value": "story 3f2a"}
    name = await relay.press(button, ada(emulated), news(emulated), "1.1", alone=False)
    answer = await answered(relay, name)
    assert answer["replace_original"] is False
    assert desk.asked[0][0] == "story 3f2a"


async def test_a_page_button_turns_the_page_in_place(slack, relay, emulated, desk):
    """A card's own paging command replaces what only the presser sees, and nothing public."""
    button = {"type": "button", "action_id": "ask:1", "value": "search:2 dam"}
    for alone in (True, False):
        name = await relay.press(button, ada(emulated), news(emulated), "1.1", alone=alone)
        assert (await answered(relay, name))["replace_original"] is alone


async def test_the_shortcut_asks_about_the_message(slack, relay, emulated, desk):
    """ "Who said this?" takes the words of any message, without its markup."""
    payload = {
        "type": "message_action",
        "callback_id": "who_said_this",
        "message_ts": "1.2",
        "channel": {"id": news(emulated), "name": "news"},
        "message": {"type": "message", "user": "U9", "text": "<@U2> the *dam* &lt;held&gt;"},
    }
    name, _ = await relay.interact(payload, ada(emulated))
    await answered(relay, name)
    assert desk.asked[0][0] == "source the *dam* <held>"


async def test_the_shortcut_on_a_picture_says_so(slack, relay, emulated, desk):
    """A message without words gets a sentence, not silence."""
    payload = {
        "type": "message_action",
        "callback_id": "who_said_this",
        "channel": {"id": news(emulated)},
        "message": {"type": "message", "text": ""},
    }
    name, _ = await relay.interact(payload, ada(emulated))
    assert "no words" in shown(await answered(relay, name))
    assert desk.asked == []


async def test_a_mention_is_answered_privately_in_its_thread(slack, relay, emulated, desk):
    """A mention in a thread asks about what the thread begins with."""
    root = emulated.call(
        "chat.postMessage",
        {"channel": news(emulated), "text": "The dam held, officials say"},
    )["ts"]
    event = {
        "type": "app_mention",
        "user": ada(emulated),
        "text": f"<@{emulated.users['whosaid']}> who said this?",
        "ts": "1795477083.000200",
        "thread_ts": root,
        "channel": news(emulated),
    }
    await relay.event(event, "Ev-thread")
    await relay.event(event, "Ev-thread", retry_attempt=1, retry_reason="timeout")
    await relay.event(event | {"text": "<@U1> status"}, "Ev-other")
    await relay.until(lambda: len(relay.posted("chat.postEphemeral")) == 2)
    first = relay.posted("chat.postEphemeral")[0]
    assert (first["user"], first["thread_ts"]) == (ada(emulated), root)
    words, _, _, context = desk.asked[0]
    assert words == "who said this?"
    assert context == "The dam held, officials say"


async def test_a_direct_message_is_answered_in_the_conversation(slack, relay, emulated, desk):
    """Plain words in a conversation with the bot are a question."""
    channel = conversation(emulated)
    event = {
        "type": "message",
        "channel_type": "im",
        "user": ada(emulated),
        "text": "did the dam hold?",
        "ts": "1795477083.000100",
        "channel": channel,
    }
    await relay.event(event)
    await relay.until(relay.posted)
    (post,) = relay.posted()
    assert post["channel"] == channel
    assert "Share in channel" not in buttons(post)
    assert desk.asked[0][:3] == ("did the dam hold?", f"slack:T000000001:{channel}", False)


async def test_what_bots_and_channels_say_is_not_answered(slack, relay, emulated, desk):
    """Only people's own words, put to the bot, are questions."""
    event = {"type": "message", "user": ada(emulated), "text": "x", "ts": "1.1", "channel": "D1"}
    await relay.event(event | {"channel_type": "channel"})
    await relay.event(event | {"channel_type": "im", "bot_id": "B1"})
    await relay.event(event | {"channel_type": "im", "subtype": "message_changed"})
    await relay.event({"type": "reaction_added", "user": ada(emulated)})
    await relay.event(
        {
            "type": "app_mention",
            "user": emulated.users["whosaid"],
            "text": "x",
            "ts": "1",
            "channel": "C1",
        }
    )
    name = await relay.slash("/whosaid", "status", ada(emulated), news(emulated))
    await answered(relay, name)
    assert [asked[0] for asked in desk.asked] == ["status"]


async def test_a_used_up_address_is_replaced_by_a_private_message(slack, relay, emulated):
    """When Slack takes no more by the address of the question, the answer comes all the same."""
    button = {"type": "button", "action_id": "ask:1", "value": "story 3f2a"}
    relay.used_up = True
    await relay.press(button, ada(emulated), news(emulated), "1.1")
    await relay.until(lambda: relay.posted("chat.postEphemeral"))


async def test_events_go_on_after_a_reconnect(slack, relay, emulated, desk):
    """Slack disconnects every few hours; nothing is lost."""
    await answered(relay, await relay.slash("/source", "a", ada(emulated), news(emulated)))
    await relay.disconnect()
    await answered(relay, await relay.slash("/source", "b", ada(emulated), news(emulated)))
    assert [asked[0] for asked in desk.asked] == ["source a", "source b"]


async def test_it_acknowledges_before_it_answers(slack, relay, emulated, desk):
    """A slow answer never delays the acknowledgement."""
    gate = asyncio.Event()

    async def slow(words, asker):
        await gate.wait()
        return card()

    desk.instead = slow
    name = await relay.slash("/source", "a", ada(emulated), news(emulated))
    assert relay.responses[name] == []
    gate.set()
    await answered(relay, name)
