"""The adapter on real sockets, against an emulated workspace that we did not write."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "peers" / "slack"))

from emulated import BOT_TOKEN, Emulated, Missing
from relay import APP_TOKEN, Relay
from slack_people import Desk, build
from slack_rules import faults, view_faults

from bot.chat.slack import Slack
from bot.chat.slack_setup import Setup
from bot.store import SqlStore, open_store


@pytest.fixture(scope="session")
def emulated() -> Iterator[Emulated]:
    """An emulated workspace, one for the session."""
    try:
        workspace = Emulated()
    except Missing as missing:
        pytest.skip(f"the emulated Slack is not there: {missing}")
    yield workspace
    workspace.close()


@pytest.fixture
async def relay(emulated: Emulated) -> AsyncIterator[Relay]:
    """The relay in front of it; at the end nothing may have been sent that Slack refuses."""
    relay = Relay(emulated.url, faults, view_faults)
    await relay.start()
    yield relay
    await relay.stop()
    assert relay.faults == []


@pytest.fixture
def desk() -> Desk:
    """Who answers: our own fake."""
    return Desk()


@asynccontextmanager
async def serving(slack: Slack) -> AsyncIterator[Slack]:
    """Run an adapter in the background."""
    task = asyncio.create_task(slack.run())
    try:
        yield slack
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    """What the adapter remembers, in memory."""
    store = open_store(":memory:")
    yield store
    store.close()


@pytest.fixture
def setup(relay: Relay) -> Setup:
    """One workspace by Socket Mode."""
    return Setup(
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        manager_group="S1",
        base_url=relay.base_url,
        pause=0.0,
    )


@pytest.fixture
def built(setup: Setup, desk: Desk, store: SqlStore) -> Slack:
    """The adapter, not connected yet."""
    return build(setup, desk, store)


@pytest.fixture
async def slack(relay: Relay, built: Slack) -> AsyncIterator[Slack]:
    """The adapter, connected."""
    async with serving(built):
        await relay.connected()
        yield built
