"""Answers that the asker puts before the channel, and takes away again."""

from slack_people import buttons
from slack_rules import shown
from slack_samples import card

from bot.chat.slack_post import key_of
from bot.message import Message, Picture


def history(emulated, channel):
    body = {"channel": channel, "include_all_metadata": True, "limit": 200}
    return emulated.call("conversations.history", body)["messages"]


def keys(emulated, channel, prefix):
    return [key_of(one) for one in history(emulated, channel) if key_of(one).startswith(prefix)]


async def shared(relay, emulated, words="the dam held"):
    """Ask, then press Share; return the response address of the press."""
    ada, news = emulated.users["ada"], emulated.channels["news"]
    asked = await relay.slash("/source", words, ada, news)
    await relay.until(lambda: relay.responses[asked])
    share = buttons(relay.responses[asked][0])["Share in channel"]
    return await relay.press(share, ada, news, f"{asked}.1")


async def test_a_shared_answer_is_posted_and_the_private_one_goes(slack, relay, emulated):
    """The channel sees who asked what; the asker's own copy is taken away."""
    name = await shared(relay, emulated)
    await relay.until(lambda: relay.responses[name])
    assert relay.responses[name] == [{"delete_original": True}]
    (post,) = relay.posted()
    assert post["channel"] == emulated.channels["news"]
    assert shown(post).startswith("ada asked: source the dam held")
    assert "harbour master" in post["text"]


async def test_sharing_posts_once_though_the_answer_is_lost(slack, relay, emulated):
    """No answer to the post: it is looked for, found, and not posted again."""
    relay.lose = ["chat.postMessage"]
    name = await shared(relay, emulated)
    await relay.until(lambda: relay.responses[name])
    assert len(keys(emulated, emulated.channels["news"], f"trigger.{name}#")) == 1


async def test_sharing_twice_posts_once(slack, relay, emulated, desk):
    """Two quick presses are one post."""
    name = await shared(relay, emulated)
    await relay.until(lambda: relay.responses[name])
    element = {"type": "button", "action_id": "share", "value": '{"c": "source the dam held"}'}
    ada, news = emulated.users["ada"], emulated.channels["news"]
    (asked, *_) = relay.responses
    await relay.press(element, ada, news, f"{asked}.1")
    after = await relay.slash("/whosaid", "status", ada, news)
    await relay.until(lambda: relay.responses[after])
    assert len(relay.posted()) == 1


async def test_where_the_bot_is_not_the_asker_is_told_to_invite_it(slack, relay, emulated):
    """A post that the channel refuses ends in a sentence that tells what to do."""
    relay.errors["chat.postMessage"] = [{"error": "not_in_channel"}]
    name = await shared(relay, emulated)
    await relay.until(lambda: relay.responses[name])
    assert "/invite @Whosaid" in shown(relay.responses[name][0])


async def test_what_is_for_oneself_is_never_shared(slack, relay, emulated):
    """A forged or old button cannot post what is no answer to a question."""
    element = {"type": "button", "action_id": "share", "value": '{"c": "feeds add https://x"}'}
    name = await relay.press(element, emulated.users["ada"], emulated.channels["news"], "9.9")
    await relay.until(lambda: relay.responses[name])
    assert "cannot be shared" in shown(relay.responses[name][0])
    assert relay.posted() == []


async def test_who_asked_takes_a_shared_answer_away_with_its_rest(slack, relay, emulated):
    """Remove deletes the message and the parts in its thread."""
    ada, news = emulated.users["ada"], emulated.channels["news"]
    asked = await relay.slash("/whosaid", "digest", ada, news)
    await relay.until(lambda: relay.responses[asked])
    share = buttons(relay.responses[asked][0])["Share in channel"]
    name = await relay.press(share, ada, news, f"{asked}.1")
    await relay.until(lambda: relay.responses[name])
    posts = relay.posted()
    assert len(posts) > 1
    assert {post.get("thread_ts") for post in posts[1:]} != {None}
    root = next(one["ts"] for one in history(emulated, news) if key_of(one) == f"trigger.{name}#0")
    remove = buttons(posts[0])["Remove"]
    await relay.press(remove, ada, news, root, alone=False)
    await relay.until(lambda: len(relay.posted("chat.delete")) == len(posts))
    assert keys(emulated, news, f"trigger.{name}#") == []


async def test_others_cannot_take_an_answer_away(slack, relay, emulated):
    """Only who asked, or who may manage the channel, removes a shared answer."""
    element = {"type": "button", "action_id": "remove", "value": '{"u": "U-somebody", "p": 1}'}
    ada, news = emulated.users["ada"], emulated.channels["news"]
    name = await relay.press(element, ada, news, "9.9", alone=False)
    await relay.until(lambda: relay.responses[name])
    assert "Only who asked" in shown(relay.responses[name][0])
    await relay.press(element, emulated.users["ben"], news, "9.9", alone=False)
    await relay.until(lambda: relay.posted("chat.delete"))


async def test_the_asker_takes_a_private_answer_away(slack, relay, emulated):
    """Remove on a private answer deletes it by its own address."""
    element = {"type": "button", "action_id": "remove", "value": "{}"}
    name = await relay.press(element, emulated.users["ada"], emulated.channels["news"], "9.9")
    await relay.until(lambda: relay.responses[name])
    assert relay.responses[name] == [{"delete_original": True}]


async def test_a_chart_of_a_shared_answer_is_uploaded_below_it(slack, relay, emulated, desk):
    """The picture goes into the thread as a file with its words."""

    async def respond(words, asker):
        picture = Picture(b"\x89PNG", "Mentions a day: 2 on Monday", bars=(("Mon", 2),))
        return Message((*card().blocks, picture), "chart")

    desk.instead = respond
    await shared(relay, emulated)
    await relay.until(lambda: relay.posted("files.completeUploadExternal"))
    (asked,) = relay.posted("files.getUploadURLExternal")
    assert asked["alt_txt"] == "Mentions a day: 2 on Monday"
    (done,) = relay.posted("files.completeUploadExternal")
    assert done["channel_id"] == emulated.channels["news"]
    assert done["thread_ts"]
