"""The card of how the bot does: heartbeat, feeds, articles, slots, version (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards.phrases import count, lapse, searched_in_words, shown_at
from bot.cards.typed import ours
from bot.message import Facts, Heading, Message, Run, Text
from bot.model import FeedState, Schedule
from summarizer.model import Searched


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: what is stored, each visible feed's state, the channel's slots (UTC).

    ``workers`` tells of other machines in words; empty where this process does all.
    """

    searched: Searched
    states: Sequence[FeedState | None]
    newest: datetime | None
    schedule: Schedule | None
    last: datetime | None
    upcoming: datetime | None
    workers: str
    version: str


def status_card(
    standing: Standing, *, now: datetime, more: Sequence[tuple[str, Text]] = ()
) -> Message:
    """Render how the bot does, each count with what it is out of; ``more`` rows go before last."""
    zone = standing.schedule.zone if standing.schedule else ""
    rows: list[tuple[str, Text]] = [
        ("Heartbeat", _heartbeat(standing, now, zone)),
        ("Feeds", ours(_feeds(standing))),
        ("Stored", (Run(searched_in_words(standing.searched)),)),
        ("Newest", _at(standing.newest, "", "nothing yet")),
        ("Last digest here", _at(standing.last, zone, "none yet")),
        ("Next digest here", _at(standing.upcoming, zone, _no_digest(standing))),
        *more,
        *([("Workers", (Run(standing.workers),))] if standing.workers else ()),
        ("Version", (Run(standing.version),)),
    ]
    blocks = (Heading("Status", level=2), Facts(tuple(rows)))
    return Message(blocks, "Status", data=_record(standing, now))


def _feeds(standing: Standing) -> str:
    total = len(standing.states)
    if not total:
        return "none polled; articles come from files alone (“feeds add URL” adds one)"
    down = _down(standing)
    return f"{total - down} of {count(total, 'feed')} up" + (f", {down} down" if down else "")


def _down(standing: Standing) -> int:
    return sum(state is not None and state.down for state in standing.states)


def _last_poll(standing: Standing) -> datetime | None:
    polls = [state.last_poll for state in standing.states if state and state.last_poll]
    return max(polls, default=None)


def _polled(standing: Standing, now: datetime) -> str:
    last = _last_poll(standing)
    if last is None:
        return "no feed polled yet"
    since = now - last
    return "last poll just now" if since < timedelta(minutes=1) else f"last poll {lapse(since)} ago"


def _heartbeat(standing: Standing, now: datetime, zone: str) -> Text:
    return (Run("answering at "), shown_at(now, zone), Run(f"; {_polled(standing, now)}"))


def _at(moment: datetime | None, zone: str, otherwise: str) -> Text:
    return (shown_at(moment, zone),) if moment else ours(otherwise)


def _no_digest(standing: Standing) -> str:
    if standing.schedule is None:
        return "no times set; “schedule 07:00 Europe/London weekdays” sets them"
    return "paused"


def _record(standing: Standing, now: datetime) -> dict[str, object]:
    searched, last = standing.searched, _last_poll(standing)
    return {
        "now": now.isoformat(),
        "last_poll": last.isoformat() if last else None,
        "articles": searched.articles,
        "feeds": len(standing.states),
        "up": len(standing.states) - _down(standing),
        "down": list(searched.down),
        "newest": standing.newest.isoformat() if standing.newest else None,
        "last": standing.last.isoformat() if standing.last else None,
        "next": standing.upcoming.isoformat() if standing.upcoming else None,
        "workers": standing.workers,
        "version": standing.version,
    }
