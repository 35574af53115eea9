"""The whole bot on Slack, over each database: from the words of a member to stored news."""

from datetime import timedelta

import pytest
from peers.newsroom import CLAIM, SEVEN, delivering, newsroom, subscribe
from relay import TEAM
from slack_people import buttons
from slack_rules import shown
from test_slack_sharing import keys

from bot.chat.slack import Slack
from bot.delivery_model import DeliveryState
from bot.store import is_on_server, open_store


@pytest.fixture
async def app(each_newsroom):
    async with newsroom(each_newsroom) as opened:
        yield opened


@pytest.fixture
def store(each_newsroom):
    """What the adapter remembers, in the same database."""
    opened = open_store(each_newsroom)
    yield opened
    opened.close()


@pytest.fixture
def built(setup, app, store):
    """The adapter before the real bot."""
    return Slack(setup, app.responder, app.complete, store, clock=lambda: SEVEN)


async def asked(relay, emulated, command, words):
    ada, news = emulated.users["ada"], emulated.channels["news"]
    name = await relay.slash(command, words, ada, news)
    await relay.until(lambda: relay.responses[name])
    return relay.responses[name][0]


async def test_a_claim_is_answered_with_its_sentence_and_source(slack, relay, emulated):
    """The card of the real answer, within all that Slack allows."""
    answer = await asked(relay, emulated, "/source", CLAIM)
    assert answer["response_type"] == "ephemeral"
    text = shown(answer)
    assert "8,000 troops" in text
    assert "spy agency" in text
    assert "Story" in buttons(answer)


async def test_a_claim_that_nobody_made_is_refused(slack, relay, emulated):
    """With the nearest passages, plainly marked."""
    answer = await asked(relay, emulated, "/source", "Tarsk moved 80,000 penguins to the Oru Gap")
    assert "No stored article says this" in shown(answer)


async def test_an_entity_is_shown_and_its_story_opened(slack, relay, emulated):
    """What a name says, and behind a button the story."""
    answer = await asked(relay, emulated, "/whosaid", "entity Vashkov")
    assert "Vashkov" in shown(answer)
    answer = await asked(relay, emulated, "/source", CLAIM)
    ada, news = emulated.users["ada"], emulated.channels["news"]
    name = await relay.press(buttons(answer)["Story"], ada, news, "1.1", alone=False)
    await relay.until(lambda: relay.responses[name])
    assert "Oru Gap" in shown(relay.responses[name][0])


async def test_a_question_below_a_claim_is_about_it(slack, relay, emulated):
    """ "Who said that?" in a thread under the claim names its source."""
    news = emulated.channels["news"]
    root = emulated.call("chat.postMessage", {"channel": news, "text": CLAIM})["ts"]
    event = {
        "type": "app_mention",
        "user": emulated.users["ada"],
        "text": f"<@{emulated.users['whosaid']}> who said that?",
        "ts": "1795477083.000300",
        "thread_ts": root,
        "channel": news,
    }
    await relay.event(event, f"Ev-said-{root}")
    await relay.until(lambda: relay.posted("chat.postEphemeral"))
    text = shown(relay.posted("chat.postEphemeral")[0])
    assert "spy agency" in text
    assert "8,000 troops" in text


async def test_a_digest_is_composed_and_posted_once_over_restarts(
    relay, emulated, built, store, each_newsroom
):
    """The answer to the first post is lost; the next life finds what was posted."""
    # The emulated workspace lives on: each database posts to a channel of its own, and what
    # other tests posted there is left out.
    room = emulated.channels["archive" if is_on_server(each_newsroom) else "desk"]
    key = f"slack:{TEAM}:{room}"
    earlier = keys(emulated, room, key)
    subscribe(store, key)
    relay.lose.append("chat.postMessage")
    for life in range(3):
        async with delivering(each_newsroom, built) as tick:
            for minute in (0, 5):
                await tick(SEVEN + timedelta(minutes=10 * life + minute))
    parts = store.parts(key, SEVEN)
    assert {part.state for part in parts} == {DeliveryState.SENT}
    posted = [one for one in keys(emulated, room, key) if one not in earlier]
    assert posted == [parts[0].key]
