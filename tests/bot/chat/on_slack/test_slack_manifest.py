"""The app's manifest, and the doctor's checks of the app."""

import re

from emulated import BOT_TOKEN
from emulated import SCOPES as GIVEN
from relay import APP_TOKEN

from bot.chat.slack_doctor import check
from bot.chat.slack_events import COMMANDS, SHORTCUT
from bot.chat.slack_manifest import EVENTS, SCOPES, manifest


def test_the_manifest_names_what_the_adapter_listens_to():
    """Commands, the shortcut, events and scopes are those of the code."""
    text = manifest()
    assert tuple(re.findall(r"command: (/\w+)", text)) == COMMANDS
    assert f"callback_id: {SHORTCUT}" in text
    assert all(f"- {event}\n" in text for event in EVENTS)
    assert set(re.findall(r"- ([a-z_]+:[a-z.]+|commands)  #", text)) == set(SCOPES)
    assert "socket_mode_enabled: true" in text


def test_descriptions_keep_slacks_limits():
    """A shortcut's name has 24 characters, a command's description 2,000, the app's name 35."""
    text = manifest()
    assert len(re.search(r"- name: (.*)", text)[1]) <= 24
    assert all(len(line) < 160 for line in text.splitlines())


def test_a_manager_group_needs_one_scope_more():
    """The scope is asked for only where it is used."""
    assert "usergroups:read" not in manifest()
    assert "usergroups:read" in manifest(manager_group="S1")


def test_the_emulated_app_has_just_these_scopes():
    """What the tests pass with is what the manifest asks for."""
    assert set(GIVEN) == set(SCOPES)


async def test_the_doctor_says_what_works(relay, emulated):
    """Tokens, Socket Mode and channels, each in a line."""
    keys = [f"slack:T000000001:{emulated.channels['news']}", "slack:T0OTHER:C1"]
    keys.append(f"slack:T000000001:{emulated.channels['random']}")
    found = await check(BOT_TOKEN, APP_TOKEN, keys, base_url=relay.base_url)
    told = [finding.found for finding in found]
    assert told[0] == "connected as whosaid of Lantern"
    assert "Socket Mode works" in told
    assert "digests can be posted in #news" in told
    assert "slack:T0OTHER:C1 is not of this workspace" in told
    assert any("the bot is not in #random" in one for one in told)


async def test_the_doctor_says_what_to_mend(relay, emulated):
    """A wrong token of either kind, and no network, come with what to do."""
    (found, wrong) = await check(BOT_TOKEN, "xapp-wrong", base_url=relay.base_url)
    assert not found.grave
    assert wrong.grave
    assert "WHOSAID_SLACK_APP_TOKEN" in wrong.mend
    relay.errors["auth.test"] = [{"error": "invalid_auth"}]
    (refused,) = await check(BOT_TOKEN, APP_TOKEN, base_url=relay.base_url)
    assert "WHOSAID_SLACK_BOT_TOKEN" in refused.mend
    (nobody,) = await check(BOT_TOKEN, APP_TOKEN, base_url="http://127.0.0.1:9/")
    assert nobody.found == "Slack cannot be reached"
