"""HTTP mode: what Slack signed is done once, everything else is refused."""

import asyncio
import json
from dataclasses import replace

import pytest
import slack_sdk.signature
from slack_people import NOW, build
from slack_rules import shown
from slack_signed import SECRET, listening, sign

from bot.chat.slack_views import LOOK_UP
from bot.errors import ChatError


@pytest.fixture
async def caller(monkeypatch, setup, desk, store):
    """Slack, calling the adapter at an address of its own."""
    monkeypatch.setattr(slack_sdk.signature.Clock, "now", lambda _: NOW.timestamp())
    settings = replace(setup, app_token="", signing_secret=SECRET, http=True, port=0)
    async with listening(build(settings, desk, store)) as caller:
        yield caller


def mention(relay, emulated, text="<@U1> status", event_id="Ev1"):
    event = {
        "type": "app_mention",
        "user": emulated.users["ada"],
        "text": text,
        "ts": "1795477083.000200",
        "channel": emulated.channels["news"],
    }
    return relay.happening(event, event_id)


async def test_slack_is_told_that_the_address_is_ours(caller):
    """Slack sends a challenge when the address is set; only a signed one is answered."""
    asked = {"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}
    status, answer = await caller.event(asked)
    assert (status, json.loads(answer)) == (200, {"challenge": "3eZbrw1aB"})
    assert (await caller.event(asked, X_Slack_Signature="v0=" + "0" * 64))[0] == 401


async def test_a_slash_command_is_answered_by_its_address(caller, relay, emulated, desk):
    """It is acknowledged with nothing, and answered after."""
    ada, news = emulated.users["ada"], emulated.channels["news"]
    fields = relay.typed("/source", "the dam held", ada, news, name="http1")
    assert await caller.form(fields) == (200, "")
    await relay.until(lambda: relay.responses["http1"])
    assert "harbour master" in shown(relay.responses["http1"][0])
    assert desk.asked == [("source the dam held", f"slack:T000000001:{news}", False, "")]


async def test_it_acknowledges_before_it_answers(caller, relay, emulated, desk):
    """Slack waits three seconds; an answer may take longer."""
    gate = asyncio.Event()

    async def slow(words, asker):
        await gate.wait()
        raise AssertionError("nobody waits for this")

    desk.instead = slow
    ada, news = emulated.users["ada"], emulated.channels["news"]
    for at in range(3):
        fields = relay.typed("/source", "x", ada, news, name=f"slow{at}")
        assert (await caller.form(fields))[0] == 200


FORGED = [
    {"X_Slack_Signature": None},
    {"X_Slack_Signature": ""},
    {"X_Slack_Signature": "v0=" + "0" * 64},
    {"X_Slack_Signature": "v0=é" + "0" * 63},
    {"X_Slack_Signature": "v1=" + "0" * 64},
    {"X_Slack_Request_Timestamp": None},
    {"X_Slack_Request_Timestamp": ""},
    {"X_Slack_Request_Timestamp": "soon"},
    {"X_Slack_Request_Timestamp": "1e9"},
    {"X_Slack_Request_Timestamp": "9" * 100},
    {"X_Slack_Request_Timestamp": "-1"},
    {"X_Slack_Request_Timestamp": str(int(NOW.timestamp()) + 1)},
]


@pytest.mark.parametrize("changed", FORGED, ids=str)
async def test_what_is_not_signed_is_refused(caller, relay, emulated, desk, changed):
    """No signature, no time, or a wrong one: refused, whatever it says, and nothing is done."""
    status, answer = await caller.event(mention(relay, emulated), **changed)
    assert status == 401
    assert "ok" not in answer
    assert desk.asked == []


@pytest.mark.parametrize("seconds", [-301, 301])
async def test_an_old_signature_is_refused(caller, relay, emulated, desk, seconds):
    """A request that was recorded cannot be played again after five minutes."""
    caller.timestamp = str(int(NOW.timestamp()) + seconds)
    assert (await caller.event(mention(relay, emulated)))[0] == 401
    caller.timestamp = str(int(NOW.timestamp()) + 299 * (1 if seconds > 0 else -1))
    assert (await caller.event(mention(relay, emulated)))[0] == 200
    await relay.until(lambda: desk.asked)


async def test_a_changed_body_or_another_secret_is_refused(caller, relay, emulated, desk):
    """The signature covers every byte, and the secret is this app's own."""
    body = json.dumps(mention(relay, emulated)).encode()
    headers = caller.headers(body)
    assert (await caller.raw(body.replace(b"status", b"feeds"), headers))[0] == 401
    forged = headers | {"X-Slack-Signature": sign(body, caller.timestamp, "another secret")}
    assert (await caller.raw(body, forged))[0] == 401
    assert desk.asked == []


async def test_the_same_request_again_is_answered_once(caller, relay, emulated, desk):
    """Slack's own retries, and a request that was recorded and played at once, are one question."""
    await caller.event(mention(relay, emulated))
    await caller.event(mention(relay, emulated))
    retry = {"X_Slack_Retry_Num": "1", "X_Slack_Retry_Reason": "http_timeout"}
    assert (await caller.event(mention(relay, emulated), **retry))[0] == 200
    ada, news = emulated.users["ada"], emulated.channels["news"]
    for _ in range(2):
        await caller.form(relay.typed("/source", "twice", ada, news, name="again"))
    await caller.event(mention(relay, emulated, "<@U1> help", "Ev2"))
    await relay.until(lambda: any(asked[0] == "help" for asked in desk.asked))
    assert sorted(asked[0] for asked in desk.asked) == ["help", "source twice", "status"]


async def test_forms_and_suggestions_answer_in_place(caller, relay, emulated, desk):
    """A form's faults stand at its fields, and names are suggested, over HTTP too."""
    user, news = emulated.users["ben"], emulated.channels["news"]
    values = {
        "channel": {"channel": {"selected_conversation": news}},
        "words": {"words": {"value": "25:99"}},
    }
    view = {"id": "V1", "type": "modal", "callback_id": "schedule", "state": {"values": values}}
    asked = relay.done({"type": "view_submission", "view": view}, user, name="form")
    status, answer = await caller.pressed(asked)
    assert status == 200
    assert json.loads(answer)["errors"]["words"]
    payload = {"type": "block_suggestion", "action_id": LOOK_UP, "block_id": "b", "value": "Ad"}
    _, answer = await caller.pressed(relay.done(payload, user, name="names"))
    assert json.loads(answer)["options"][0]["value"] == "Ada Ruiz"


async def test_a_button_is_pressed(caller, relay, emulated, desk):
    """What a button carries is asked, and answered by the press's own address."""
    action = {"type": "button", "action_id": "ask:1", "value": "story 3f2a", "block_id": "b"}
    container = {"type": "message", "message_ts": "1.1", "channel_id": emulated.channels["news"]}
    payload = {"type": "block_actions", "container": container, "actions": [action]}
    status, _ = await caller.pressed(relay.done(payload, emulated.users["ada"], name="press"))
    assert status == 200
    await relay.until(lambda: relay.responses["press"])
    assert desk.asked[0][0] == "story 3f2a"


async def test_what_cannot_be_read_is_refused(caller, desk):
    """Bytes that are no text, JSON that is none, and bodies without end harm nobody."""
    for body in (b"\xff\xfe{", b"{", b'["x"'):
        status, _ = await caller.raw(body, caller.headers(body))
        assert status in {400, 401}
    body = b"{" + b" " * 2**20 + b"}"
    assert (await caller.raw(body, caller.headers(body)))[0] in {400, 413}
    assert desk.asked == []


async def test_other_addresses_are_not_there(caller):
    """Nothing is served but what Slack calls: no pages of an installation that nobody wants."""
    import aiohttp  # noqa: PLC0415 - the one request that is no call of Slack's

    async with aiohttp.ClientSession() as session:
        for path in ("/", "/slack/install", "/slack/oauth_redirect", "/slack/events"):
            async with session.get(caller.address + path) as answer:
                assert answer.status in {404, 405}


async def test_an_address_in_use_is_told_in_words(caller, setup, desk, store):
    """The run ends with a sentence that names the setting."""
    port = int(caller.address.rpartition(":")[2])
    settings = replace(setup, app_token="", signing_secret=SECRET, http=True, port=port)
    async with asyncio.timeout(10):
        with pytest.raises(ChatError, match=r"slack\.listen"):
            await build(settings, desk, store).run()
