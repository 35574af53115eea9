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
from slack_people import Desk
from slack_rules import faults

from bot.chat.slack import Slack


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
    relay = Relay(emulated.url, faults)
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
async def slack(relay: Relay, desk: Desk) -> AsyncIterator[Slack]:
    """The adapter, connected."""
    adapter = Slack(
        BOT_TOKEN,
        APP_TOKEN,
        desk.respond,
        desk.complete,
        manager_group="S1",
        subscriptions=desk.subscriptions,
        base_url=relay.base_url,
        pause=0.0,
    )
    async with serving(adapter):
        await relay.connected()
        yield adapter
