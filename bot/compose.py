"""A channel's digest from the store: the window, its stories, and what was shown before.

What to show and in which order is decided by ``summarizer.digest``; sending is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.phrases import moment
from bot.model import CONSOLE, Channel, Settings, Subscription
from bot.ports import Store
from summarizer.digest import Told, Wishes, compose
from summarizer.model import Digest, Story

FIRST_WINDOW = timedelta(hours=24)
"""How far back a channel's first digest looks."""


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open time that a digest covers, with a note where it is not the one expected."""

    since: datetime
    until: datetime
    note: str = ""


def compose_digest(
    store: Store,
    settings: Settings,
    subscription: Subscription | None,
    *,
    now: datetime,
    owners: Mapping[str, str],
    look_back: bool = False,
) -> tuple[Digest, str]:
    """Return the digest that a channel would get now, and a note of ours for its head.

    ``look_back`` shows the newest stored news when there is none in the window, as one who
    asks by hand would want.
    """
    wanted = subscription or Subscription(Channel(CONSOLE), length=settings.length)
    window = _window(store, wanted, now=now, look_back=look_back)
    zone = ZoneInfo(subscription.schedule.zone if subscription else settings.zone)
    digest = compose(
        told(store, store.stories_between(window.since, window.until)),
        since=window.since.astimezone(zone),
        until=window.until.astimezone(zone),
        wishes=Wishes(
            keywords=wanted.keywords,
            follows=wanted.follows,
            length=wanted.length,
            briefed=store.briefed(wanted.channel.key),
            owners=owners,
            ranker=settings.ranker,
        ),
        searched=store.searched(),
    )
    return digest, window.note


def _window(store: Store, wanted: Subscription, *, now: datetime, look_back: bool) -> Window:
    since = store.last_slot(wanted.channel.key) or now - FIRST_WINDOW
    if wanted.since is not None:
        since = max(since, wanted.since - FIRST_WINDOW)
    if not look_back or store.published_between(since, now):
        return Window(since, now)
    newest = store.newest()
    if newest is None:
        return Window(since, now)
    until = newest + timedelta(minutes=1)
    note = f"Nothing is stored from the last day; this is the news up to {moment(newest)}."
    return Window(until - FIRST_WINDOW, until, note)


def told(store: Store, stories: Iterable[Story]) -> Iterator[Told]:
    """Yield stories with their stored articles and analyses."""
    for story in stories:
        articles = store.articles(story.articles)
        analysed = ((article, store.analysis(article.id)) for article in articles)
        kept = tuple((article, analysis) for article, analysis in analysed if analysis is not None)
        if kept:
            yield Told(story, kept)
