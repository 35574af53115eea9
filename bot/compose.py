"""A channel's digest from the store: the window, its stories, and what was shown before.

What to show and in which order is decided by ``summarizer.digest``; sending is elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.digest import digest_card
from bot.cards.phrases import moment
from bot.corrections import shown_passage
from bot.delivery_model import Shown
from bot.message import Message
from bot.model import Channel, Schedule, Settings, Subscription
from bot.ports import Store
from summarizer.digest import Told, Wishes, compose
from summarizer.model import Digest, Story

FIRST_WINDOW = timedelta(hours=24)
"""How far back a channel's first digest looks."""

LATE_BY_MOST = timedelta(hours=24)
"""An article that a feed brings later than this after it was printed is no news."""


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open time that a digest covers, with a note where it is not the one expected."""

    since: datetime
    until: datetime
    note: str = ""


class Composer:
    """Composes digests from one store. ``owners`` and ``state_media`` are what the user knows."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        owners: Mapping[str, str],
        state_media: Collection[str] = (),
    ) -> None:
        """Keep the doors."""
        self._store = store
        self._settings = settings
        self._owners = owners
        self._state_media = state_media

    def scheduled(
        self, wanted: Subscription, since: datetime, until: datetime
    ) -> tuple[Message, dict[str, tuple[str, ...]], list[Shown]] | None:
        """Return a slot's digest, what it tells of, as ``shown_in`` has it, and its sentences.

        None when nothing is new and the channel wants no word then.
        """
        # What a feed brought late was printed before the window, and no digest had it yet.
        printed = since - LATE_BY_MOST
        stories = self._store.stories_arrived(since, until, printed_since=printed)
        composed = self.digest(wanted, stories, printed, until)
        digest = replace(composed, since=since.astimezone(composed.until.tzinfo))
        if not digest.items and wanted.skip_empty:
            return None
        card = replace(digest_card(digest), private=False, silent=wanted.schedule.silent)
        return card, shown_in(digest), sentences_in(digest, self._store)

    def by_hand(self, channel: str, now: datetime) -> tuple[Digest, str]:
        """Return the digest that a channel would get now, and a note of ours for its head.

        When nothing is stored from the last day it is the newest news that there is, and the
        note says so.
        """
        settings = self._settings
        known = self._store.subscription(channel)
        wanted = known or Subscription(
            Channel(channel), Schedule(zone=settings.zone), length=settings.length
        )
        window = self._window(wanted, now)
        stories = self._store.stories_between(window.since, window.until)
        return self.digest(wanted, stories, window.since, window.until), window.note

    def digest(
        self, wanted: Subscription, stories: Iterable[Story], since: datetime, until: datetime
    ) -> Digest:
        """Return the digest of these stories over [``since``, ``until``), in the channel's zone."""
        zone = ZoneInfo(wanted.schedule.zone)
        return compose(
            told(self._store, stories),
            since=since.astimezone(zone),
            until=until.astimezone(zone),
            wishes=Wishes(
                keywords=wanted.keywords,
                follows=wanted.follows,
                length=wanted.length,
                briefed=self._store.briefed(wanted.channel.key),
                owners=self._owners,
                state_media=self._state_media,
            ),
            searched=self._store.searched(),
        )

    def _window(self, wanted: Subscription, now: datetime) -> Window:
        since = self._store.last_slot(wanted.channel.key) or now - FIRST_WINDOW
        newest = self._store.newest()
        recent = self._store.published_between(since, now)
        # An undated file that was read just now is no reason to call its news today's.
        if newest is None or any(article.published for article in recent):
            return Window(since, now)
        until = newest + timedelta(minutes=1)
        note = f"Nothing newer is stored: this is the news of the day up to {moment(newest)}."
        return Window(until - FIRST_WINDOW, until, note)


def shown_in(digest: Digest) -> dict[str, tuple[str, ...]]:
    """Return story id -> article ids that a digest tells of."""
    return {item.story.id: item.story.articles for item in digest.items}


def sentences_in(digest: Digest, store: Store) -> list[Shown]:
    """Return the sentences that a digest shows, each once, as they stand now."""
    passages = {
        (passage.citation.article.id, passage.citation.span): passage
        for item in digest.items
        for passage in (*item.briefing.passages, *(item.new or ()))
    }
    return [
        shown_passage(one, version=len(store.versions(one.citation.article.id)))
        for one in passages.values()
    ]


def told(store: Store, stories: Iterable[Story]) -> Iterator[Told]:
    """Yield stories with their stored articles and analyses."""
    for story in stories:
        articles = store.articles(story.articles)
        analysed = ((article, store.analysis(article.id)) for article in articles)
        kept = tuple((article, analysis) for article, analysis in analysed if analysis is not None)
        if kept:
            yield Told(story, kept)
