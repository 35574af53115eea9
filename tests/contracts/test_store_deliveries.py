"""What every store promises of the outbox: the real one and the fake pass the same tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery_model import Delivery, DeliveryState
from bot.ports import Store

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = "discord:G1:C1"


@pytest.fixture
def store(each_store: Store) -> Store:
    return each_store


def parts(slot: datetime = SEVEN, count: int = 2, channel: str = KEY) -> list[Delivery]:
    return [Delivery(channel, slot, part, f'{{"part":{part}}}') for part in range(count)]


def test_a_frozen_slot_waits_in_order_and_is_frozen_once(store: Store) -> None:
    assert store.freeze(parts())
    assert not store.freeze(parts(count=3))
    assert store.freeze(parts(SEVEN - HOUR, 1))
    assert store.freeze(parts(SEVEN - HOUR, 1, "console"))
    assert store.unfinished() == [
        *parts(SEVEN - HOUR, 1, "console"),
        *parts(SEVEN - HOUR, 1),
        *parts(),
    ]
    assert store.parts(KEY, SEVEN) == parts()
    assert not store.freeze([])


def test_a_part_is_claimed_once(store: Store) -> None:
    first, second = parts()
    store.freeze([first, second])
    assert store.claim(replace(first, next_try=SEVEN + HOUR))
    assert not store.claim(first)
    held = store.parts(KEY, SEVEN)
    assert held == [
        replace(first, state=DeliveryState.CLAIMED, attempts=1, next_try=SEVEN + HOUR),
        second,
    ]
    assert store.unfinished() == held


def test_a_sent_part_is_done_for_good(store: Store) -> None:
    (part,) = parts(count=1)
    store.freeze([part])
    store.claim(part)
    store.mark_sent(part, "m1")
    assert store.unfinished() == []
    assert not store.claim(part)
    store.mark_failed(part, next_try=SEVEN)
    (held,) = store.parts(KEY, SEVEN)
    assert (held.state, held.remote_id) == (DeliveryState.SENT, "m1")


def test_a_part_that_was_surely_not_sent_can_be_claimed_again(store: Store) -> None:
    (part,) = parts(count=1)
    store.freeze([part])
    store.claim(part)
    store.mark_failed(part, next_try=SEVEN + HOUR)
    (held,) = store.unfinished()
    assert (held.state, held.attempts, held.next_try) == (
        DeliveryState.FROZEN,
        1,
        SEVEN + HOUR,
    )
    assert store.claim(held)


def test_a_part_that_is_given_up_is_done(store: Store) -> None:
    first, second = parts()
    store.freeze([first, second])
    store.mark_failed(first, next_try=None)
    assert store.unfinished() == [second]
    assert not store.claim(first)


def test_an_empty_slot_is_done_when_it_is_frozen(store: Store) -> None:
    assert store.freeze([Delivery(KEY, SEVEN, 0, "", state=DeliveryState.SENT)])
    assert store.unfinished() == []
    assert store.last_slot(KEY) == SEVEN


def test_the_last_slot_is_the_newest_that_was_frozen(store: Store) -> None:
    assert store.last_slot(KEY) is None
    store.freeze(parts(SEVEN))
    store.freeze(parts(SEVEN - HOUR))
    store.freeze(parts(SEVEN + HOUR, channel="console"))
    assert store.last_slot(KEY) == SEVEN
    assert store.last_slot(KEY, until=SEVEN) == SEVEN
    assert store.last_slot(KEY, until=SEVEN - timedelta(seconds=1)) == SEVEN - HOUR
    assert store.last_slot(KEY, sent=True) is None
    store.mark_sent(parts(SEVEN - HOUR)[0], "m1")
    assert store.last_slot(KEY, sent=True) == SEVEN - HOUR


def test_what_was_shown_is_told_by_story_and_kept_apart_by_channel(store: Store) -> None:
    store.mark_briefed(KEY, SEVEN, {"s1": ["a1", "a2"], "s2": ["a3"]})
    store.mark_briefed(KEY, SEVEN + HOUR, {"s1": ["a2", "a4"]})
    assert store.briefed(KEY) == {"s1": ("a1", "a2", "a4"), "s2": ("a3",)}
    assert store.briefed("console") == {}


def test_what_a_slot_shows_is_kept_with_the_slot_or_not_at_all(store: Store) -> None:
    assert store.freeze(parts(), shown={"s1": ["a1"]})
    assert not store.freeze(parts(), shown={"s2": ["a2"]})
    assert store.briefed(KEY) == {"s1": ("a1",)}


def test_what_was_never_sent_was_not_shown(store: Store) -> None:
    first, second = parts()
    store.freeze([first, second], shown={"s1": ["a1"]})
    store.mark_failed(first, next_try=None)
    assert store.briefed(KEY) == {"s1": ("a1",)}
    store.mark_failed(second, next_try=None)
    assert store.briefed(KEY) == {}


def test_what_was_sent_in_part_was_shown(store: Store) -> None:
    first, second = parts()
    store.freeze([first, second], shown={"s1": ["a1"]})
    store.mark_sent(first, "m1")
    store.mark_failed(second, next_try=None)
    assert store.briefed(KEY) == {"s1": ("a1",)}


def noted(name: str, slot: datetime = SEVEN, part: int = 0) -> Delivery:
    return Delivery(KEY, slot, part, "payload", name=name, thread="m7", expires=slot + HOUR)


def test_a_note_is_kept_once_by_its_name_whenever_it_is_written(store: Store) -> None:
    assert store.freeze([noted("one"), noted("one", part=1)])
    assert not store.freeze([noted("one", SEVEN + HOUR)])
    assert store.freeze([noted("two")])
    assert store.freeze([replace(noted("one"), channel="console")])
    assert store.parts_of_note(KEY, "one") == [noted("one"), noted("one", part=1)]
    assert store.parts_of_note(KEY, "three") == []


def test_a_note_is_apart_from_the_digest_of_its_moment(store: Store) -> None:
    """Each goes through the same steps without moving the other."""
    store.freeze([noted("one")], shown={"s1": ["a1"]})
    assert store.last_slot(KEY) is None
    assert store.freeze(parts(count=1))
    assert store.claim(noted("one"))
    assert [part.state for part in store.parts(KEY, SEVEN)] == [DeliveryState.FROZEN]
    store.mark_failed(noted("one"), next_try=None)
    assert store.unfinished() == parts(count=1)
    assert store.briefed(KEY) == {"s1": ("a1",)}
    store.mark_sent(parts(count=1)[0], "m1")
    assert [part.state for part in store.parts_of_note(KEY, "one")] == [DeliveryState.FAILED]
