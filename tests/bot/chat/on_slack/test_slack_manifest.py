"""The app's manifest, and the doctor's checks of the app."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from emulated import BOT_TOKEN
from emulated import SCOPES as GIVEN

from bot.chat.slack_doctor import check
from bot.chat.slack_events import COMMANDS, SHORTCUT
from bot.chat.slack_manifest import EVENTS, SCOPES, UNINSTALLED, manifest
from bot.chat.slack_vault import Vault
from bot.model import Installation

DOCS = Path(__file__).parents[4] / "docs" / "slack"


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


@pytest.mark.parametrize("http", [False, True])
@pytest.mark.parametrize("many", [False, True])
def test_a_terminal_of_eighty_columns_breaks_no_line(http, many):
    """What the doctor prints can be pasted as it stands: a line that was broken is no YAML."""
    text = manifest(manager_group="S1", http=http, many=many)
    assert all(len(line) < 80 for line in text.splitlines())


def test_a_manager_group_needs_one_scope_more():
    """The scope is asked for only where it is used."""
    assert "usergroups:read" not in manifest()
    assert "usergroups:read" in manifest(manager_group="S1")


def test_the_emulated_app_has_just_these_scopes():
    """What the tests pass with is what the manifest asks for."""
    assert set(GIVEN) == set(SCOPES)


def test_over_http_slack_is_given_our_address():
    """Every place where Slack asks for an address has it, and Socket Mode is off."""
    text = manifest(http=True, public_url="https://news.example")
    assert text.count("https://news.example/slack/events\n") == 6
    assert "message_menu_options_url: https" in text
    assert "socket_mode_enabled: false" in text
    assert "WHOSAID_SLACK_SIGNING_SECRET" in text
    assert "request_url" not in manifest()


def test_for_many_workspaces_there_is_a_way_back_and_an_end():
    """The address of OAuth, and the events that tell of an end."""
    text = manifest(many=True, public_url="https://news.example")
    assert "redirect_urls:\n    - https://news.example/slack/oauth_redirect\n" in text
    assert all(f"- {event}\n" in text for event in UNINSTALLED)
    assert "redirect_urls" not in manifest()


@pytest.mark.parametrize(
    ("name", "settings"),
    [("manifest", {}), ("manifest-http", {"http": True}), ("manifest-many", {"many": True})],
)
def test_the_manifests_in_the_docs_are_those_of_the_doctor(name, settings):
    """What people paste from the repository is what the program needs."""
    assert (DOCS / f"{name}.yaml").read_text(encoding="utf-8") == manifest(**settings)


async def test_the_doctor_says_what_works(setup, store, emulated):
    """Tokens, Socket Mode and channels, each in a line."""
    keys = [f"slack:T000000001:{emulated.channels['news']}", "slack:T0OTHER:C1"]
    keys.append(f"slack:T000000001:{emulated.channels['random']}")
    found = await check(setup, store, keys)
    told = [finding.found for finding in found]
    assert told[0] == "connected as whosaid of Lantern"
    assert "Socket Mode works" in told
    assert "digests can be posted in #news" in told
    assert "slack:T0OTHER:C1 is not of this workspace" in told
    assert any("the bot is not in #random" in one for one in told)


async def test_the_doctor_says_what_to_mend(setup, store, relay, emulated):
    """A wrong token of either kind, and no network, come with what to do."""
    (found, wrong) = await check(replace(setup, app_token="xapp-wrong"), store)
    assert not found.grave
    assert wrong.grave
    assert "WHOSAID_SLACK_APP_TOKEN" in wrong.mend
    relay.errors["auth.test"] = [{"error": "invalid_auth"}]
    refused, _ = await check(setup, store)
    assert "WHOSAID_SLACK_BOT_TOKEN" in refused.mend
    nobody, _ = await check(replace(setup, base_url="http://127.0.0.1:9/"), store)
    assert nobody.found == "Slack cannot be reached"


async def test_the_doctor_looks_at_each_workspace(setup, store, emulated):
    """Those that installed the app are tried one by one; over HTTP an address is wanted."""
    key = Fernet.generate_key().decode()
    many = replace(setup, client_id="1.2", token_keys=(key,), http=True)
    told = await check(many, store)
    assert [one.found for one in told] == [
        "no workspace has installed the app yet",
        "where Slack reaches us is not known",
    ]
    now = datetime(2026, 11, 24, tzinfo=UTC)
    for team, token in (("T000000001", Vault([key]).lock(BOT_TOKEN)), ("T2", "torn")):
        store.save_installation(Installation(f"slack:{team}", f"Team {team}", token, "", "", now))
    keys = [f"slack:T000000001:{emulated.channels['news']}", "slack:T2:C1"]
    told = [one.found for one in await check(replace(many, public_url="https://x"), store, keys)]
    assert told == [
        "connected as whosaid of Lantern",
        "digests can be posted in #news",
        "Team T2 cannot be served",
    ]
