"""The card of the feeds and their health, in words (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cards.phrases import count, moment
from bot.message import Bullets, Heading, Message, Paragraph, Run, Text
from bot.model import Feed, FeedState

BROKEN_AFTER_FAILURES = 3


def feeds_card(feeds: Sequence[tuple[Feed, FeedState | None]], *, now: datetime) -> Message:
    """Render feeds, broken ones first."""
    if not feeds:
        text = "No feeds yet. Add one: feeds add https://outlet.example/rss"
        return Message((Paragraph((Run(text),)),), "No feeds yet", data={"feeds": []})
    ordered = sorted(feeds, key=lambda pair: (not is_down(pair[1]), pair[0].title or pair[0].url))
    items: list[Text] = []
    for feed, state in ordered:
        words = f": {state_in_words(state, now=now)}"
        items.append((Run(feed.title or feed.url, link=feed.url), Run(words)))
    down = sum(is_down(state) for _, state in feeds)
    title = f"{count(len(feeds), 'feed')}, {down} down" if down else count(len(feeds), "feed")
    data = [_record(feed, state, now) for feed, state in ordered]
    return Message((Heading(title, level=2), Bullets(tuple(items))), title, data={"feeds": data})


def is_down(state: FeedState | None) -> bool:
    """Tell whether a feed has stopped or failed several times in a row."""
    return state is not None and (state.stopped or state.failures >= BROKEN_AFTER_FAILURES)


def state_in_words(state: FeedState | None, *, now: datetime) -> str:
    """Say how a feed does: "fine, 4.2 articles a day, next poll in 12 minutes"."""
    if state is None or state.last_poll is None:
        return "not polled yet"
    if state.stopped:
        return f"stopped: {state.error or 'the outlet closed it'}"
    following = f"next poll {_until(state.next_poll, now)}"
    if state.failures:
        last = (
            f"last success {moment(state.last_success)}" if state.last_success else "never worked"
        )
        times = f" ({count(state.failures, 'failure')} in a row)" if state.failures > 1 else ""
        return f"failing{times}: {state.error or state.outcome}; {last}; {following}"
    return f"fine, last read {moment(state.last_poll)}, {following}"


def _until(at: datetime | None, now: datetime) -> str:
    if at is None or at <= now:
        return "now"
    minutes = int((at - now) / timedelta(minutes=1)) + 1
    return f"in {count(minutes, 'minute')}" if minutes < 120 else f"in {minutes // 60} hours"


def _record(feed: Feed, state: FeedState | None, now: datetime) -> dict[str, object]:
    return {
        "url": feed.url,
        "title": feed.title,
        "folder": feed.folder,
        "state_media": feed.state_media,
        "state": state_in_words(state, now=now),
        "down": is_down(state),
        "outcome": state.outcome if state else "",
        "error": state.error if state else "",
        "failures": state.failures if state else 0,
        "last_success": _iso(state.last_success if state else None),
        "next_poll": _iso(state.next_poll if state else None),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
