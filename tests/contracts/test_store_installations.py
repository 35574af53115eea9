"""Where an app is installed, and what hurries on: the store's own promises."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery_model import Delivery, DeliveryState
from bot.model import Installation
from bot.store import SqlStore, open_store

NOW = datetime(2024, 10, 20, 7, tzinfo=UTC)


@pytest.fixture(params=["database", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[SqlStore]:
    """An empty store, in a file and on a server."""
    store = open_store(str(request.getfixturevalue(request.param)))
    yield store
    store.close()


def installed(team, token="sealed"):
    return Installation(f"slack:{team}", f"Team {team}", token, "U1", "U2", NOW)


def test_installations_are_kept_replaced_and_removed(store):
    """One a workspace; a removed one is gone with its token."""
    for one in (installed("T2"), installed("T1"), installed("T2", "newer")):
        store.save_installation(one)
    assert store.installations() == [installed("T1"), installed("T2", "newer")]
    assert store.installation("slack:T2") == installed("T2", "newer")
    assert store.remove_installation("slack:T2")
    assert not store.remove_installation("slack:T2")
    assert store.installation("slack:T2") is None


def waiting(channel, slot=NOW):
    return Delivery(channel, slot, 0, "{}", next_try=NOW + timedelta(hours=5))


def test_what_waits_for_a_channel_or_workspace_can_be_hurried(store):
    """Only what surely was not sent, and only there: a claimed part is looked for first."""
    for channel in ("slack:T1:C1", "slack:T1:C11", "slack:T10:C1", "slack:T1_:C1"):
        store.freeze([waiting(channel)])
    claimed = waiting("slack:T1:C9")
    store.freeze([claimed])
    store.claim(claimed)
    store.hurry("slack:T1:C1")
    assert {one.channel for one in store.unfinished() if one.next_try is None} == {"slack:T1:C1"}
    store.hurry("slack:T1")
    assert {one.channel for one in store.unfinished() if one.next_try is None} == {
        "slack:T1:C1",
        "slack:T1:C11",
    }
    (still,) = [one for one in store.unfinished() if one.state is DeliveryState.CLAIMED]
    assert still.next_try == claimed.next_try
