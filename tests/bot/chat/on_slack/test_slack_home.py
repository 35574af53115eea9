"""The Home tab and the forms."""

import asyncio

from slack_people import subscription
from slack_rules import shown, view_faults, walk

from bot.chat.slack_views import FEEDS, LOOK_UP, SCHEDULE, form, form_errors


def opened(user):
    return {
        "type": "app_home_opened",
        "user": user,
        "tab": "home",
        "channel": "D1",
        "event_ts": "1",
    }


async def test_the_home_tab_shows_this_workspaces_digests_alone(slack, relay, emulated, store):
    """How to start, the workspace's digests, feeds and status; nothing of other workspaces."""
    news = emulated.channels["news"]
    store.save_subscription(
        subscription(f"slack:T000000001:{news}", "#news: The channel is archived.")
    )
    store.save_subscription(subscription("slack:T0OTHER:C0OTHER"))
    store.save_subscription(subscription("discord:1:2"))
    await relay.event(opened(emulated.users["ada"]))
    await relay.until(lambda: relay.posted("views.publish"))
    (call,) = relay.posted("views.publish")
    view = call["view"]
    told = shown({"blocks": view["blocks"]})
    assert "/whosaid schedule 07:00" in told
    assert "07:00 UTC daily" in told
    assert "daily The channel is archived." in " ".join(told.split())
    assert "answer to feeds" in told
    channels = [one["channel_id"] for one in walk(view) if one.get("type") == "channel"]
    assert channels == [news]


async def test_other_tabs_publish_nothing(slack, relay, emulated, desk):
    """The messages tab is no Home tab."""
    await relay.event(opened(emulated.users["ada"]) | {"tab": "messages"})
    name = await relay.slash("/whosaid", "status", emulated.users["ada"], "C1")
    await relay.until(lambda: relay.responses[name])
    assert relay.posted("views.publish") == []


async def test_entities_are_suggested_and_looked_up(slack, relay, emulated, desk):
    """The Home tab's search completes names, and answers in the conversation with the bot."""
    user = emulated.users["ada"]
    payload = {"type": "block_suggestion", "action_id": LOOK_UP, "block_id": "b", "value": "Ad"}
    _, options = await relay.interact(payload | {"container": {"type": "view"}}, user)
    names = [one["value"] for one in options["options"]]
    assert names[0] == "Ada Ruiz"
    assert len(names) == 2
    assert all(len(name) <= 75 for name in names)
    assert desk.completed == [("entity", "Ad", "slack:T000000001:")]
    action = {
        "type": "external_select",
        "action_id": LOOK_UP,
        "block_id": "b",
        "action_ts": "1.1",
        "selected_option": options["options"][0],
    }
    payload = {"type": "block_actions", "actions": [action], "container": {"type": "view"}}
    await relay.interact(payload, user)
    await relay.until(relay.posted)
    assert relay.posted()[0]["channel"] == user
    assert desk.asked[-1][0] == "entity Ada Ruiz"


async def test_adding_a_feed_without_an_address_opens_a_form(slack, relay, emulated):
    """The command alone asks for what it lacks."""
    await relay.slash("/whosaid", "feeds add", emulated.users["ben"], emulated.channels["news"])
    await relay.until(lambda: relay.posted("views.open"))
    (call,) = relay.posted("views.open")
    assert call["view"]["callback_id"] == FEEDS
    assert call["trigger_id"].startswith("trigger.")


async def test_a_button_opens_the_form_of_times(slack, relay, emulated):
    """The Home tab's button and an answer's button open the same form."""
    element = {"type": "button", "action_id": "open:schedule", "value": "schedule"}
    await relay.press(element, emulated.users["ben"], emulated.channels["news"], "1.1")
    await relay.until(lambda: relay.posted("views.open"))
    assert relay.posted("views.open")[0]["view"]["callback_id"] == SCHEDULE


def submitted(name, channel, words):
    values = {
        "channel": {"channel": {"type": "conversations_select", "selected_conversation": channel}},
        "words": {"words": {"type": "plain_text_input", "value": words}},
    }
    view = {"id": "V1", "type": "modal", "callback_id": name, "state": {"values": values}}
    return {"type": "view_submission", "view": view, "response_urls": []}


async def test_a_wrong_time_is_told_at_its_field(slack, relay, emulated, desk):
    """The form stays open and says what to type; nothing is changed."""
    user, news = emulated.users["ben"], emulated.channels["news"]
    for name, words in ((SCHEDULE, "25:99 nowhere"), (FEEDS, "not an address")):
        _, answer = await relay.interact(submitted(name, news, words), user)
        assert answer["response_action"] == "errors"
        assert answer["errors"]["words"]
    assert desk.asked == []


async def test_a_form_does_what_it_says_in_the_channel_chosen(slack, relay, emulated, desk):
    """Right words close the form; the sender is told in the channel."""
    user, news = emulated.users["ben"], emulated.channels["news"]
    _, answer = await relay.interact(submitted(SCHEDULE, news, "09:00 weekdays"), user)
    assert answer == {}
    await relay.until(lambda: relay.posted("chat.postEphemeral"))
    assert desk.asked == [("schedule 09:00 weekdays", f"slack:T000000001:{news}", True, "")]
    assert relay.posted("chat.postEphemeral")[0]["channel"] == news


async def test_a_form_for_a_place_that_refuses_answers_in_the_conversation(slack, relay, emulated):
    """Where the bot is not, the sender is told in the conversation with the bot."""
    user = emulated.users["ben"]
    relay.errors["chat.postEphemeral"] = [{"error": "not_in_channel"}]
    await relay.interact(submitted(FEEDS, "C0ELSEWHERE", "https://a.example/rss"), user)
    await relay.until(relay.posted)
    assert relay.posted()[0]["channel"] == user


def test_forms_are_taken_by_slack():
    """Titles, labels and hints keep the limits of views, wherever a form is opened."""
    for name in (SCHEDULE, FEEDS):
        for channel in ("C1", "D1", ""):
            assert view_faults(form(name, channel)) == []


def test_the_rules_for_views_tell_what_slack_refuses():
    """A rule that never finds anything proves nothing."""
    view = form(SCHEDULE, "C1")
    block = view["blocks"][0]
    broken = [
        view | {"title": {"type": "plain_text", "text": "x" * 25}},
        view | {"blocks": []},
        view | {"blocks": [block, block]},
        view | {"blocks": [{"type": "divider"}] * 101},
        view | {"private_metadata": "x" * 3001},
        {key: value for key, value in view.items() if key != "submit"},
    ]
    assert all(view_faults(one) for one in broken)


def test_right_words_have_no_errors():
    """What the commands take, the forms take."""
    for words in ("schedule pause", "schedule 09:00 18:30 Asia/Seoul weekdays"):
        assert form_errors(words) == {}
    assert form_errors("feeds add https://a.example/rss") == {}
    assert form_errors("feeds add http://[") != {}


async def test_opening_the_tab_never_waits_for_another_question(slack, relay, emulated, desk):
    """Events are handled side by side."""
    await asyncio.gather(*(relay.event(opened(emulated.users["ada"])) for _ in range(5)))
    await relay.until(lambda: len(relay.posted("views.publish")) == 5)
