"""Peers and worlds for the tests of the Discord adapter."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "peers" / "discord"))

import discord
from peer import Missing, Peer
from simcord.env import Env
from town import Town, schema_faults
from world import Complete, Respond

from bot.chat.discord import Discord

PATIENCE_SECONDS = 60.0
"""How long the world waits for an answer: a busy machine takes its time to load a model."""


@pytest.fixture(scope="session")
def found_peer() -> Iterator[Peer | str]:
    """The peer, or why there is none."""
    try:
        peer = Peer()
    except Missing as reason:
        yield str(reason)
        return
    yield peer
    peer.close()


@pytest.fixture
def peer(found_peer: Peer | str) -> Peer:
    """The peer; the test is skipped where there is none."""
    if isinstance(found_peer, str):
        pytest.skip(f"Discord's schema cannot be asked: {found_peer}")
    return found_peer


@pytest.fixture
def respond() -> Respond:
    return Respond()


@pytest.fixture
def complete() -> Complete:
    return Complete()


@pytest.fixture
def manager_roles() -> tuple[int, ...]:
    return ()


@pytest.fixture
def adapter(respond: Respond, complete: Complete, manager_roles: tuple[int, ...]) -> Discord:
    return Discord("no-token", respond, complete, manager_roles=manager_roles)


@pytest.fixture
def simcord_bot(adapter: Discord) -> discord.Client:
    return adapter.client


@pytest.fixture
def town(simcord_env: Env) -> Town:
    """A server with a channel, a member, and one who manages channels."""
    simcord_env.settle_timeout = PATIENCE_SECONDS
    return Town(simcord_env)


@pytest.fixture(autouse=True)
def schema_check(request: pytest.FixtureRequest, found_peer: Peer | str) -> Iterator[None]:
    """Hold every payload that a test sent against Discord's own schema, where it can be asked."""
    yield
    env = request.node.funcargs.get("simcord_env")
    if env and isinstance(found_peer, Peer):
        faults = [(one.method, one.path, fault) for one, fault in schema_faults(env, found_peer)]
        assert not faults
