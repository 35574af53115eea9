"""Peers and worlds for the tests of the Discord adapter."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "peers" / "discord"))

from peer import Missing, Peer


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
