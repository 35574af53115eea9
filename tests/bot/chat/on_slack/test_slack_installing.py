"""Several workspaces: installing, keys, removal, and that none sees or speaks for another."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import slack_sdk.signature
from cryptography.fernet import Fernet
from emulated import CLIENT_ID, CLIENT_SECRET, PUBLIC_URL, SCOPES
from slack_people import NOW, Clock, build, subscription
from slack_rules import shown, walk
from slack_samples import digest
from slack_signed import SECRET, listening
from test_slack_home import opened

from bot.chat.slack_seen import Seen
from bot.chat.slack_vault import Vault
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.model import Installation
from bot.store import open_store

KEY, NEWER = (Fernet.generate_key().decode() for _ in range(2))
FIRST, SECOND = "T000000001", "T000000002"
SECOND_TOKEN = "xoxb-second"


@pytest.fixture
def clock():
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture
def many(setup):
    """An app that workspaces install."""
    return replace(
        setup,
        bot_token="",
        manager_group="",
        signing_secret=SECRET,
        http=True,
        port=0,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        token_keys=(KEY,),
        public_url=PUBLIC_URL,
    )


@pytest.fixture
def store(tmp_path):
    """A store in a file, so that its bytes can be looked at."""
    store = open_store(str(tmp_path / "news.sqlite3"))
    yield store
    store.close()


@pytest.fixture
def adapter(many, desk, store, clock):
    """The adapter, not listening yet."""
    return build(many, desk, store, clock)


@pytest.fixture
async def caller(monkeypatch, adapter):
    """Slack, calling the adapter."""
    monkeypatch.setattr(slack_sdk.signature.Clock, "now", lambda _: NOW.timestamp())
    async with listening(adapter) as caller:
        yield caller


class Browser:
    """Who installs: follows the pages, and brings cookies back."""

    def __init__(self, caller):
        self.address = caller.address
        self.cookie = ""

    async def begin(self):
        """Open the first page; return where its button leads."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.address}/slack/install") as answer,
        ):
            self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
            page = await answer.text()
        return re.search(r'href="([^"]+)"', page)[1].replace("&amp;", "&")

    async def allow(self, link, user):
        """Allow it at Slack; return the query with which Slack sends the browser back."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
        callback = link.partition("?")[0] + "/callback"
        async with (
            aiohttp.ClientSession() as session,
            session.post(callback, data=asked | {"user_id": user}, allow_redirects=False) as answer,
        ):
            back = answer.headers["Location"]
        assert back.startswith(f"{PUBLIC_URL}/slack/oauth_redirect?")
        return urlsplit(back).query

    async def end(self, query):
        """Come back; return the status and the page."""
        address = f"{self.address}/slack/oauth_redirect?{query}"
        headers = {"Cookie": self.cookie} if self.cookie else {}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(address) as answer,
        ):
            return answer.status, await answer.text()


async def installed(caller, emulated):
    """Install the app in the emulated workspace, as Ada."""
    browser = Browser(caller)
    query = await browser.allow(await browser.begin(), emulated.users["ada"])
    status, page = await browser.end(query)
    assert status == 200, page
    return browser, query, page


def second(store, token=SECOND_TOKEN, key=KEY):
    """Put another workspace into the store."""
    sealed = Vault([key]).lock(token)
    kept = Installation(f"slack:{SECOND}", "Second", sealed, "U0BOT2", "U0ROOT2", NOW)
    store.save_installation(kept)


async def test_a_workspace_installs_the_app(caller, relay, emulated, store, tmp_path):
    """From the page through Slack and back: the token is kept, and only encrypted."""
    _, _, page = await installed(caller, emulated)
    assert "Whosaid is in Lantern" in page
    (kept,) = store.installations()
    assert (kept.workspace, kept.name) == (f"slack:{FIRST}", "Lantern")
    assert (kept.installer, kept.since) == (emulated.users["ada"], NOW)
    token = Vault([KEY]).open(kept.token)
    assert token.startswith("xoxb-")
    assert token not in repr(kept)
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert not any(token.encode() in content or b"xoxb-" in content for content in files)


async def test_the_scopes_asked_for_are_those_of_the_manifest(caller, emulated):
    """Nothing more is asked for at the install page than the manifest says."""
    link = await Browser(caller).begin()
    asked = parse_qs(urlsplit(link).query)
    assert asked["scope"] == [",".join(sorted(SCOPES))]
    assert asked["redirect_uri"] == [f"{PUBLIC_URL}/slack/oauth_redirect"]


async def test_an_installed_workspace_is_answered(caller, relay, emulated, desk):
    """From then on its questions are answered, in its name."""
    await installed(caller, emulated)
    ada, news = emulated.users["ada"], emulated.channels["news"]
    await caller.form(relay.typed("/source", "the dam held", ada, news, name="inst1"))
    await relay.until(lambda: relay.responses["inst1"])
    assert "harbour master" in shown(relay.responses["inst1"][0])
    assert desk.asked[0][1] == f"slack:{FIRST}:{news}"


@pytest.mark.parametrize("fault", ["no cookie", "another cookie", "forged", "old", "no state"])
async def test_only_the_browser_that_began_can_end_it(caller, emulated, store, clock, fault):
    """A link made by somebody else installs nothing, nor does one that is ten minutes old."""
    browser = Browser(caller)
    query = await browser.allow(await browser.begin(), emulated.users["ada"])
    match fault:
        case "no cookie":
            browser.cookie = ""
        case "another cookie":
            browser.cookie = await other_cookie(caller)
        case "forged":
            state = Vault([NEWER]).seal("x", NOW)
            query = re.sub(r"state=[^&]+", f"state={state}", query)
            browser.cookie = f"slack-app-oauth-state={state}"
        case "old":
            clock.now += timedelta(minutes=11)
        case _:
            query = re.sub(r"&?state=[^&]+", "", query)
    status, page = await browser.end(query)
    assert status in {400, 401}
    assert "Not installed" in page
    assert store.installations() == []


async def other_cookie(caller):
    browser = Browser(caller)
    await browser.begin()
    return browser.cookie


async def test_a_link_installs_once(caller, emulated, store):
    """Coming back with the same link again changes nothing."""
    browser, query, _ = await installed(caller, emulated)
    before = store.installations()
    status, page = await browser.end(query)
    assert (status, store.installations()) == (401, before)
    assert "done already" in page


async def test_a_code_that_slack_refuses_installs_nothing(caller, emulated, store):
    """The page says so, and how to begin again."""
    browser = Browser(caller)
    query = await browser.allow(await browser.begin(), emulated.users["ada"])
    status, page = await browser.end(re.sub(r"code=[^&]+", "code=forged", query))
    assert status == 401
    assert "did not accept the code" in page
    assert f"{PUBLIC_URL}/slack/install" in page
    assert store.installations() == []


async def test_who_declines_is_told_so(caller, store):
    """Declining at Slack is no fault; what Slack says is never shown as markup."""
    status, page = await Browser(caller).end("error=access_denied&state=x")
    assert status == 200
    assert "You did not allow it" in page
    _, page = await Browser(caller).end("error=<script>alert(1)</script>")
    assert "<script" not in page


async def test_without_an_answer_of_slack_nothing_is_kept(caller, relay, emulated, store):
    """A lost answer ends in a page that says so."""
    browser = Browser(caller)
    query = await browser.allow(await browser.begin(), emulated.users["ada"])
    relay.lose = ["oauth.v2.access"]
    status, page = await browser.end(query)
    assert status == 502
    assert "did not answer" in page
    assert store.installations() == []


def events(relay, team):
    """Return what Slack sends when an app is removed: both, in no order."""
    uninstalled = {"type": "app_uninstalled"}
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}
    return [relay.happening(event, team=team) for event in (revoked, uninstalled)]


@pytest.mark.parametrize("which", [0, 1])
async def test_a_removed_app_forgets_the_token(caller, relay, emulated, store, adapter, which):
    """Removed from one workspace, its token is gone; the other goes on."""
    await installed(caller, emulated)
    second(store)
    await adapter._workspaces.of(FIRST)
    gone = asyncio.Event()
    forget = store.remove_installation
    store.remove_installation = lambda workspace: (forget(workspace), gone.set())[0]
    await caller.event(events(relay, FIRST)[which])
    async with asyncio.timeout(20):
        await gone.wait()
    assert [one.workspace for one in store.installations()] == [f"slack:{SECOND}"]
    with pytest.raises(ChatError, match="/slack/install") as gone:
        await adapter.send(delivery(adapter, FIRST, "C1"))
    assert gone.value.permanent


async def test_a_persons_own_tokens_are_not_the_apps(caller, relay, emulated, store, desk):
    """Slack tells of people's tokens by the same event; the app stays."""
    await installed(caller, emulated)
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U9"], "bot": []}}
    await caller.event(relay.happening(revoked, team=FIRST))
    ada, news = emulated.users["ada"], emulated.channels["news"]
    await caller.form(relay.typed("/whosaid", "status", ada, news, name="stays"))
    await relay.until(lambda: relay.responses["stays"])
    assert len(store.installations()) == 1


async def test_a_workspace_without_the_app_is_told_so(caller, relay, emulated, desk):
    """A command left over from a removed app is answered with what to do; events are dropped."""
    fields = relay.typed("/source", "x", "U1", "C1", name="gone", team="T0NOBODY")
    del fields["response_url"]
    status, answer = await caller.form(fields)
    assert status == 200
    assert "not installed" in answer
    event = {"type": "app_mention", "user": "U1", "text": "x", "ts": "1.1", "channel": "C1"}
    await caller.event(relay.happening(event, team="T0NOBODY"))
    assert desk.asked == []


def delivery(adapter, team, channel):
    at = datetime(2024, 10, 21, 7, tzinfo=UTC)
    return Delivery(f"slack:{team}:{channel}", at, 0, adapter.freeze(digest(1))[0])


async def test_each_workspace_is_spoken_to_with_its_own_token(
    caller, relay, emulated, store, adapter
):
    """A digest of one workspace never goes out with the token of another."""
    await installed(caller, emulated)
    second(store)
    relay.elsewhere = {SECOND_TOKEN}
    await adapter.send(delivery(adapter, SECOND, "C0SECOND"))
    (post,) = [call for call in relay.calls if call.method == "chat.postMessage"]
    assert (post.token, post.params["channel"]) == (SECOND_TOKEN, "C0SECOND")
    with pytest.raises(ChatError, match=r"not in this channel|no such channel"):
        await adapter.send(delivery(adapter, FIRST, "C0SECOND"))
    with pytest.raises(ChatError, match="T0THIRD"):
        await adapter.send(delivery(adapter, "T0THIRD", "C0SECOND"))


async def test_one_workspace_asks_only_for_itself(caller, relay, emulated, store, desk):
    """Commands, buttons made elsewhere, forms and suggestions act in the asker's workspace."""
    await installed(caller, emulated)
    second(store)
    relay.elsewhere = {SECOND_TOKEN}
    news = emulated.channels["news"]
    await caller.form(relay.typed("/whosaid", "feeds", "U2", news, name="iso1", team=SECOND))
    action = {"type": "button", "action_id": "ask:1", "value": "feeds", "block_id": "b"}
    container = {"type": "message", "message_ts": "1.1", "channel_id": news}
    pressed = {"type": "block_actions", "container": container, "actions": [action]}
    await caller.pressed(relay.done(pressed, "U2", name="iso2", team=SECOND))
    values = {
        "channel": {"channel": {"selected_conversation": news}},
        "words": {"words": {"value": "09:00"}},
    }
    view = {"id": "V9", "type": "modal", "callback_id": "schedule", "state": {"values": values}}
    submitted = {"type": "view_submission", "view": view}
    await caller.pressed(relay.done(submitted, "U2", name="iso3", team=SECOND))
    await relay.until(lambda: len(desk.asked) == 3)
    assert {asked[1] for asked in desk.asked} == {f"slack:{SECOND}:{news}"}
    payload = {"type": "block_suggestion", "action_id": "look", "block_id": "b", "value": "Ad"}
    await caller.pressed(relay.done(payload, "U2", name="iso4", team=SECOND))
    assert desk.completed == [("entity", "Ad", f"slack:{SECOND}:")]


async def test_a_person_of_another_workspace_changes_nothing_here(
    caller, relay, emulated, store, desk
):
    """Where two workspaces share a channel, an admin of one is a guest in the other."""
    await installed(caller, emulated)
    news = emulated.channels["news"]
    action = {"type": "button", "action_id": "ask:1", "value": "schedule pause", "block_id": "b"}
    container = {"type": "message", "message_ts": "1.1", "channel_id": news}
    pressed = {"type": "block_actions", "container": container, "actions": [action]}
    payload = relay.done(pressed, emulated.users["ben"], name="guest")
    payload["user"] = payload["user"] | {"team_id": SECOND}
    await caller.pressed(payload)
    await relay.until(lambda: desk.asked)
    assert desk.asked == [("schedule pause", f"slack:{FIRST}:{news}", False, "")]


async def test_the_home_tab_is_the_workspaces_own(caller, relay, emulated, store):
    """Each workspace sees its own digests, published with its own token."""
    await installed(caller, emulated)
    second(store)
    relay.elsewhere = {SECOND_TOKEN}
    for team in (FIRST, SECOND):
        store.save_subscription(subscription(f"slack:{team}:C{team}"))
    await caller.event(relay.happening(opened("U2"), team=SECOND))
    await relay.until(lambda: relay.posted("views.publish"))
    (call,) = [call for call in relay.calls if call.method == "views.publish"]
    assert call.token == SECOND_TOKEN
    seen = [one["channel_id"] for one in walk(call.params["view"]) if one.get("type") == "channel"]
    assert seen == [f"C{SECOND}"]


async def test_installed_again_what_waited_goes_out(caller, relay, emulated, store, adapter):
    """The new token is used at once, and digests that waited for hours are due."""
    await installed(caller, emulated)
    before = await adapter._workspaces.of(FIRST)
    waiting = replace(delivery(adapter, FIRST, "C1"), next_try=NOW + timedelta(hours=20))
    store.freeze([waiting])
    await installed(caller, emulated)
    assert (await adapter._workspaces.of(FIRST)) is not before
    assert [one.next_try for one in store.unfinished()] == [None]


async def test_a_new_key_takes_over_from_an_older_one(many, desk, store, relay):
    """Tokens under the older key are read, and written anew; then the older one can go."""
    second(store)
    adapter = build(replace(many, token_keys=(NEWER, KEY)), desk, store)
    async with listening(adapter):
        (kept,) = store.installations()
    assert Vault([NEWER]).open(kept.token) == SECOND_TOKEN
    with pytest.raises(ChatError, match="WHOSAID_SLACK_TOKEN_KEY"):
        Vault([KEY]).open(kept.token)


async def test_a_token_that_no_key_reads_is_told_and_stops_nothing(
    many, desk, store, relay, caplog, emulated
):
    """The log and each delivery say what to do; other workspaces are served."""
    second(store, key=NEWER)
    sealed = store.installations()
    adapter = build(many, desk, store)
    async with listening(adapter) as caller:
        with pytest.raises(ChatError, match="another key") as refused:
            await adapter.send(delivery(adapter, SECOND, "C1"))
        assert refused.value.permanent
        await installed(caller, emulated)
    assert store.installation(f"slack:{SECOND}") == sealed[0]
    assert f"slack:{SECOND}" in caplog.text
    assert "xoxb" not in caplog.text


def test_a_locked_token_is_different_each_time():
    """Two tokens that are alike do not look alike in the database."""
    vault = Vault([KEY])
    assert vault.lock("xoxb-1") != vault.lock("xoxb-1")
    assert Seen().first(vault.seal("x", NOW))
