"""Watching what comes in: alerts on what a channel follows, corrections of what it was shown.

What to say is decided by ``bot.following`` and ``bot.corrections``; it is said in notes, which
the outbox posts once. What is remembered here is only what has been looked at already.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from bot.cards.watch import alert_card
from bot.corrections import shown_passage
from bot.delivery_model import Arrival
from bot.following import Match, match
from bot.message import Note
from bot.model import Subscription
from bot.ports import Store
from bot.publish.amend import Amendments
from bot.publish.notes import NoteQueue
from bot.schedule import in_quiet
from summarizer.model import Analysis, Article, Story

LOOKED_BACK = timedelta(hours=24)
"""An article seen longer ago than this, or printed so long before it was seen, is no alert."""

ALERT = "alert"
HOUR = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _News:
    """A match in an article that came at ``seen``."""

    seen: datetime
    match: Match

    @property
    def article(self) -> Article:
        return self.match.passage.citation.article


class Watch:
    """Looks at what arrived and at what changed, and writes notes. One at a time on a database."""

    def __init__(self, store: Store, notes: NoteQueue, *, per_hour: int) -> None:
        """Keep the doors; ``per_hour`` caps a channel's alerts, 0 means that there are none."""
        self._store = store
        self._notes = notes
        self._per_hour = per_hour
        self._amendments = Amendments(store, notes)
        self._judged: frozenset[str] = frozenset()
        self._pending: dict[str, dict[str, _News]] = defaultdict(dict)

    async def tick(self, now: datetime) -> None:
        """Look at what came since the last tick, in a thread: it may be much after a start."""
        await asyncio.to_thread(self._look, now)

    def _look(self, now: datetime) -> None:
        arrivals = self._store.arrivals(now - LOOKED_BACK)
        subscriptions = [one for one in self._store.subscriptions() if one.follows]
        judged = set[str]()
        for arrival in arrivals:
            known = arrival.article_id in self._judged
            if known or self._judge(arrival, subscriptions, now):
                judged.add(arrival.article_id)
        self._judged = frozenset(judged)
        self._amendments.look_at_edits(now)
        for subscription in subscriptions:
            self._alert(subscription, now)

    def _judge(
        self, arrival: Arrival, subscriptions: Sequence[Subscription], now: datetime
    ) -> bool:
        """Look at one article; False when it has to be looked at again."""
        story = self._store.story(arrival.story_id)
        if story is None:
            return True
        earlier = self._amendments.shown_of(story, now)
        if not earlier and (arrival.first or not subscriptions):
            return True
        article, analysis = self._store.article(arrival.article_id), None
        if article is not None:
            analysis = self._store.analysis(arrival.article_id)
        if article is None or analysis is None:
            return article is None
        if not arrival.first and _is_news(article, arrival):
            self._match(arrival, article, analysis, subscriptions)
        return self._amendments.look_at_article(earlier, article, analysis, now)

    def _match(
        self,
        arrival: Arrival,
        article: Article,
        analysis: Analysis,
        subscriptions: Sequence[Subscription],
    ) -> None:
        for one in subscriptions:
            seen = self._store.seen_from(one.channel.key).article(article.id)
            if seen is None:
                continue
            found = match(_followed_before(one, arrival.seen), seen, analysis)
            if found is not None:
                self._pending[one.channel.key][article.id] = _News(arrival.seen, found)

    def _alert(self, subscription: Subscription, now: datetime) -> None:
        """Write one note of all that waits, unless the channel is quiet or had enough."""
        channel = subscription.channel.key
        pending = self._pending[channel]
        for article_id in [one for one, news in pending.items() if news.seen <= now - LOOKED_BACK]:
            del pending[article_id]
        if not pending or in_quiet(subscription.schedule, now):
            return
        if len(self._store.notes_since(channel, ALERT, now - HOUR)) >= self._per_hour:
            return
        news = self._newest(subscription, pending)
        if not news:
            pending.clear()
            return
        shown = [
            shown_passage(
                one.passage, version=len(self._store.versions(one.passage.citation.article.id))
            )
            for one, _ in news
        ]
        card = alert_card(
            [(one.followed, one.passage, story) for one, story in news], per_hour=self._per_hour
        )
        note = Note(channel, f"{ALERT} {now:%Y%m%dT%H%M%S.%f}", card, expires=now + LOOKED_BACK)
        if self._notes.note(note, now=now, sentences=shown):
            log.info("alert channel=%s stories=%d", channel, len(news))
            pending.clear()

    def _newest(
        self, subscription: Subscription, pending: dict[str, _News]
    ) -> list[tuple[Match, Story]]:
        """Return one match a story that is no news to the channel yet, newest first."""
        channel = subscription.channel.key
        view, told = self._store.seen_from(channel), self._store.alerted(channel)
        briefed = {one for ids in self._store.briefed(channel).values() for one in ids}
        wanted = {followed.casefold() for followed in subscription.follows}
        found: dict[str, tuple[Match, Story]] = {}
        for news in sorted(pending.values(), key=lambda one: one.seen, reverse=True):
            story = view.story_of(news.article.id)
            ended = news.match.followed.casefold() not in wanted
            if story is None or ended or news.article.id in briefed or told & set(story.articles):
                continue
            found.setdefault(story.id, (news.match, story))
        return list(found.values())


def _is_news(article: Article, arrival: Arrival) -> bool:
    return article.published is None or article.published > arrival.seen - LOOKED_BACK


def _followed_before(subscription: Subscription, moment: datetime) -> list[str]:
    """Return what a channel followed already at a moment."""
    pairs = zip_longest(subscription.follows, subscription.followed)
    return [
        followed
        for followed, began in pairs
        if followed is not None and (began or subscription.since or moment) <= moment
    ]
