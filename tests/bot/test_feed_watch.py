"""Channels are told of their broken feeds once, and once more when these are well again."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from fakes import FakeChat, FakePlatform, FakeStore

from bot.chat.terminal import as_text
from bot.feed_watch import FeedWatch
from bot.model import Channel, Feed, FeedState, Schedule, Subscription
from bot.publish import Publisher

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAST = Feed("https://mast.example/feed", "The Mast", channel="fake:G:C")
DOWN = FeedState(
    MAST.url,
    outcome="not-found",
    error="The Mast is not there. Look on the site for the feed's new address.",
    failures=3,
    last_poll=NOW,
    last_success=NOW - timedelta(days=2),
    next_poll=NOW + 2 * HOUR,
)
FINE = replace(DOWN, outcome="ok", error="", failures=0, last_success=NOW)


class Queue:
    """Notes as the outbox takes them: of one name only the first."""

    def __init__(self, store):
        self.store = store
        self.notes = []

    def note(self, note, *, now):
        self.notes.append(note)
        self.store.parts_of_note = self.parts
        return True

    def parts(self, channel, name):
        return [note for note in self.notes if (note.channel, note.name) == (channel, name)]

    def said(self):
        return [(note.channel, as_text(note.message, width=200)) for note in self.notes]


@pytest.fixture
def store():
    made = FakeStore()
    made.add_feed(MAST)
    return made


@pytest.fixture
def queue(store):
    return Queue(store)


@pytest.fixture
def watch(store, queue):
    return FeedWatch(store, queue)


def wish(channel, *, paused=False):
    return Subscription(Channel(channel), Schedule((time(7),), paused=paused), since=NOW)


def test_a_broken_feed_is_told_in_words_in_its_channel_once(store, watch, queue):
    store.save_feed_state(DOWN)
    for hours in range(50):
        watch.tick(NOW + hours * HOUR)
    ((channel, said),) = queue.said()
    assert channel == "fake:G:C"
    assert "The Mast is not there. Look on the site for the feed's new address;" in said
    assert "last success 10 Mar 2026" in said
    assert "Nothing stored is lost" in said


def test_it_is_told_once_more_when_it_is_well_and_again_when_it_breaks_anew(store, watch, queue):
    states = [DOWN, FINE, FINE, DOWN, replace(DOWN, failures=9), FINE]
    for day, state in enumerate(states):
        store.save_feed_state(state)
        watch.tick(NOW + timedelta(days=day))
    told = ["feed can be read again" in said for _, said in queue.said()]
    assert told == [False, True, False, True]


def test_one_failure_is_nothing_to_tell(store, watch, queue):
    store.save_feed_state(replace(DOWN, failures=2))
    watch.tick(NOW)
    assert queue.notes == []


def test_a_feed_that_is_gone_is_told_at_once(store, watch, queue):
    store.save_feed_state(replace(DOWN, outcome="gone", failures=1, stopped=True, next_poll=None))
    watch.tick(NOW)
    assert "stopped" in queue.said()[0][1]


def test_what_breaks_within_an_hour_is_told_together(store, watch, queue):
    """A network that fails does not flood a channel."""
    for number in range(30):
        url = f"https://o{number:02}.example/feed"
        store.add_feed(Feed(url, channel="fake:G:C"))
        store.save_feed_state(replace(DOWN, url=url, failures=3 if number == 7 else 1))
    watch.tick(NOW)
    for state in store.feed_states():
        store.save_feed_state(replace(state, failures=4))
    for minutes in range(0, 70, 5):
        watch.tick(NOW + timedelta(minutes=minutes))
    assert len(queue.notes) == 2
    said = queue.said()[1][1]
    assert "29 feeds cannot be read" in said
    assert "and 19 more" in said
    assert "perhaps it is the network" in said


def test_the_configs_own_feeds_are_told_where_digests_are_wanted(store, watch, queue):
    store.add_feed(replace(MAST, channel=""))
    store.remove_feed(MAST.url, channel="fake:G:C")
    for wanted in (wish("fake:G:A"), wish("fake:G:B", paused=True), wish("console")):
        store.save_subscription(wanted)
    store.save_feed_state(DOWN)
    watch.tick(NOW)
    assert [channel for channel, _ in queue.said()] == ["fake:G:A"]


def test_a_feed_that_a_channel_removed_is_forgotten(store, watch, queue):
    store.save_feed_state(DOWN)
    watch.tick(NOW)
    store.remove_feed(MAST.url, channel="fake:G:C")
    store.save_feed_state(FINE)
    watch.tick(NOW + 2 * HOUR)
    assert store.told_feeds() == []
    assert len(queue.notes) == 1


def test_a_kill_before_the_note_was_kept_loses_and_doubles_nothing(store, watch, queue):
    store.save_feed_state(DOWN)
    queue.note = None  # killed: what was decided is kept, the note is not
    with pytest.raises(TypeError):
        watch.tick(NOW)
    again = Queue(store)
    for minutes in (1, 2, 3):
        FeedWatch(store, again).tick(NOW + timedelta(minutes=minutes))
    assert len(again.notes) == 1


async def test_the_note_goes_through_the_outbox_to_the_channel(store):
    platform = FakePlatform()
    publisher = Publisher(store, [FakeChat(platform)], lambda *_: None)
    store.save_feed_state(DOWN)
    for minutes in range(5):
        moment = NOW + timedelta(minutes=minutes)
        FeedWatch(store, publisher.notes).tick(moment)
        await publisher.tick(moment)
    posted = platform.posted("fake:G:C")
    assert sum("is not there" in payload for payload in posted) == 1
