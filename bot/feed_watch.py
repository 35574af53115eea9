"""Telling channels of their broken feeds: once, and once more when a feed is well again.

Who is to be told of what is decided purely and kept in the store before anything is posted; the
note is made from what was kept, under a name of its own, so that a kill in the middle neither
loses nor doubles it. Posting is behind the door ``Notes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards.feeds import feeds_changed_card
from bot.message import Note
from bot.model import CONSOLE, Feed, FeedState, ToldFeed
from bot.ports import Notes, Store

WELL = "ok"
APART = timedelta(hours=1)
KEPT = timedelta(days=1)
"""So long a recovery is kept, and an unposted note is made again."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What telling is decided from: feeds in trouble or told of, and who was told.

    ``wanted`` are the channels that want digests: the config's own feeds are theirs.
    """

    feeds: Sequence[tuple[Feed, FeedState]]
    told: Sequence[ToldFeed]
    wanted: Sequence[str] = ()

    def by_channel(self) -> dict[tuple[str, str], tuple[Feed, FeedState]]:
        """Return each channel and address with the feed there and its state."""
        return {
            (channel, feed.url): (feed, state)
            for feed, state in self.feeds
            for channel in ((feed.channel,) if feed.channel else self.wanted)
            if channel != CONSOLE
        }


def to_tell(watched: Watched, now: datetime) -> list[ToldFeed]:
    """Return who is to be told of what: feeds that broke, and told ones that are well again.

    A channel that was told within the hour waits: what breaks in a row is told together.
    """
    told = {(one.channel, one.url): one.outcome for one in watched.told}
    just_told = {one.channel for one in watched.told if one.seen > now - APART}
    return [
        ToldFeed(channel, url, outcome, now)
        for (channel, url), (_, state) in watched.by_channel().items()
        if channel not in just_told and (outcome := _news(state, told.get((channel, url), "")))
    ]


def to_forget(watched: Watched, now: datetime) -> list[ToldFeed]:
    """Return what need not be kept: of feeds that a channel has no more, and old recoveries."""
    known = watched.by_channel()
    return [
        one
        for one in watched.told
        if (one.channel, one.url) not in known or (one.outcome == WELL and one.seen < now - KEPT)
    ]


def _news(state: FeedState, told: str) -> str:
    """Return the outcome that a channel does not know of yet; "" when it knows all."""
    if state.down:
        return state.outcome if told in {"", WELL} else ""
    recovered = not state.failures and state.last_success is not None
    return WELL if recovered and told not in {"", WELL} else ""


class FeedWatch:
    """Tells channels of their feeds, from one store through one door."""

    def __init__(self, store: Store, notes: Notes) -> None:
        """Keep the doors."""
        self._store = store
        self._notes = notes

    def tick(self, now: datetime) -> None:
        """Decide, keep what was decided, then post what was kept and not posted yet."""
        watched = self._watched()
        for told in to_tell(watched, now):
            self._store.tell_feed(told)
        for told in to_forget(watched, now):
            self._store.untell_feed(told.channel, told.url)
        self._post(watched, now)

    def _watched(self) -> Watched:
        subscriptions = self._store.subscriptions()
        return Watched(
            feeds=self._store.troubled_feeds(),
            told=self._store.told_feeds(),
            wanted=[one.channel.key for one in subscriptions if not one.schedule.paused],
        )

    def _post(self, watched: Watched, now: datetime) -> None:
        recent = [one for one in self._store.told_feeds() if one.seen > now - KEPT]
        for (channel, seen), told in _by_note(recent).items():
            name = f"feeds {seen:%Y%m%dT%H%M%S}"
            known = watched.by_channel()
            feeds = [known[channel, one.url] for one in told if (channel, one.url) in known]
            if feeds and not self._store.parts_of_note(channel, name):
                message = feeds_changed_card(feeds, polled=self._polled(channel), now=now)
                self._notes.note(Note(channel, name, message), now=now)

    def _polled(self, channel: str) -> int:
        return len(self._store.feeds(channel)) + len(self._store.feeds(""))


def _by_note(told: Iterable[ToldFeed]) -> dict[tuple[str, datetime], list[ToldFeed]]:
    """Return what was kept at one moment for one channel together: it is one note."""
    notes: dict[tuple[str, datetime], list[ToldFeed]] = {}
    for one in told:
        notes.setdefault((one.channel, one.seen), []).append(one)
    return notes
