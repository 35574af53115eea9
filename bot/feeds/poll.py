"""One poll of one feed: ask politely, read, and decide when to ask again.

What to do is decided purely from the answer; the state that comes back tells it in words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import InputError
from bot.feeds.fetch import Fetcher, Response
from bot.feeds.pace import (
    NO_WISHES,
    START,
    Wishes,
    backoff,
    interval,
    max_age,
    next_poll,
    retry_after,
)
from bot.feeds.sniff import Form
from bot.feeds.tasks import POLLED, Outlet, ParsedFeed, Result, Task, not_a_feed
from bot.model import Feed, FeedState, Item

FIRST_POLL_ITEMS = 20
"""A new feed brings its newest entries only; the rest of its window was news before."""

MOVES_BEFORE_BELIEF = 2
MOST_STEPS = 3
"""So many pages are followed from one to the next in search of a feed."""

WELL = frozenset({"ok", "unchanged"})

Do = Callable[[Task], Awaitable[Result]]

_STATUS = {
    401: ("login", "asks for a login. Ask its owner for a public address."),
    403: ("forbidden", "refuses to be read. Ask its owner, or remove it."),
    404: ("not-found", "is not there. Look on the site for the feed's new address."),
    410: ("gone", "is gone for good and is no longer polled. Remove it, or add its new address."),
    429: ("too-many-requests", "asks us to come less often. It is polled more slowly."),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One poll: of which feed, what was known of it, when, and the config's pace in seconds."""

    feed: Feed
    state: FeedState
    now: datetime
    base: float = START.total_seconds()


async def poll(visit: Visit, *, fetcher: Fetcher, do: Do) -> tuple[FeedState, list[Item]]:
    """Poll a feed; faults are told in the state, never raised.

    A state with another address than the feed's means that the feed has moved there.
    """
    try:
        response = await fetcher.get(visit.feed.url, headers=conditions(visit.state))
        if response.status == 304 and visit.state.outcome in WELL:
            return _unchanged(visit, response), []
        if response.status != 200:
            return _refused(visit, response), []
        result = await do(_task(visit, response))
        if result.form is Form.PAGE:
            return _page(visit, result), []
    except InputError as error:
        return _failed(visit, error.outcome, str(error)), []
    return _read(visit, response, result)


def _page(visit: Visit, result: Result) -> FeedState:
    """Return the state of an address that is a page: a new one becomes the feed that it names.

    An address that was a feed once stays as it is: its page may name quite another feed.

    Raises:
        InputError: it is no feed, and its words name the one that the page does.

    """
    if not result.feeds:
        raise not_a_feed(visit.feed.url)
    named, steps = result.feeds[0].url, visit.state.moved_seen + 1
    if visit.state.last_success is None and steps <= MOST_STEPS:
        return replace(visit.state, url=named, moved_seen=steps, next_poll=None)
    text = f"{visit.feed.title or visit.feed.url} is a page now, no feed. It names {named}: add it."
    raise InputError(text, outcome="not-a-feed")


def _task(visit: Visit, response: Response) -> Task:
    return Task(
        response.body,
        visit.feed.url,
        visit.now,
        url=response.url,
        media_type=response.media_type,
        outlet=Outlet(visit.feed.title),
        want=POLLED,
    )


def conditions(state: FeedState) -> dict[str, str]:
    """Return the validators; none for a feed that was not well, whose 304 would prove nothing."""
    if state.outcome not in WELL:
        return {}
    told = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in told.items() if value}


def _wishes(response: Response, state: FeedState, now: datetime) -> Wishes:
    """Return what the server asks for now, and the feed asked for when it was last read."""
    headers = response.headers
    return Wishes(
        retry_after=retry_after(headers.get("retry-after", ""), now=now),
        max_age=max_age(headers.get("cache-control", "")),
        ttl=state.ttl_seconds,
        skip_hours=frozenset(state.skip_hours),
        skip_days=frozenset(state.skip_days),
    )


def _unchanged(visit: Visit, response: Response) -> FeedState:
    return _well(visit, response, None, fresh=0)


def _well(visit: Visit, response: Response, parsed: ParsedFeed | None, *, fresh: int) -> FeedState:
    """Return the state of a feed that answered as it should."""
    state, now = _learnt(visit.state, parsed), visit.now
    seconds = interval(state.interval_seconds, fresh=fresh, base=visit.base)
    healthy = replace(
        state,
        outcome="ok" if parsed else "unchanged",
        error="",
        failures=0,
        last_poll=now,
        last_success=now,
        interval_seconds=seconds,
        next_poll=next_poll(now, seconds, url=state.url, wishes=_wishes(response, state, now)),
        articles=state.articles + fresh,
    )
    return _moved(healthy, response)


def _learnt(state: FeedState, parsed: ParsedFeed | None) -> FeedState:
    """Return the state with the wishes that the feed tells; a 304 tells none, and they hold."""
    if parsed is None:
        return state
    return replace(
        state,
        ttl_seconds=parsed.ttl_seconds,
        skip_hours=tuple(sorted(parsed.skip_hours)),
        skip_days=tuple(sorted(parsed.skip_days)),
    )


def _read(visit: Visit, response: Response, result: Result) -> tuple[FeedState, list[Item]]:
    first = visit.state.last_success is None
    items = with_old(result.items) if first else list(result.items)
    items = [replace(item, feed=visit.feed.url) for item in items]
    fresh = sum(1 for item in items if not item.old and _is_fresh(item, visit.state))
    healthy = replace(
        _well(visit, response, result.feed, fresh=fresh),
        etag=response.headers.get("etag", "")[:1000],
        modified=response.headers.get("last-modified", "")[:200],
    )
    return healthy, items


def with_old(items: Sequence[Item], most: int = FIRST_POLL_ITEMS) -> list[Item]:
    """Return a new feed's items, in its order, all but the newest ones marked as old.

    Undated ones count as the feed orders them.
    """
    times = [item.article.published for item in items]
    dates = sorted((time for time in times if time), reverse=True)
    if len(dates) < len(items) or len(dates) <= most:
        fresh = set(range(min(most, len(items))))
    else:
        places = [n for n, time in enumerate(times) if time and time >= dates[most - 1]]
        fresh = set(places[:most])
    return [replace(item, old=place not in fresh) for place, item in enumerate(items)]


def _is_fresh(item: Item, state: FeedState) -> bool:
    when = item.article.published
    return state.last_success is None or when is None or when > state.last_success


def _moved(state: FeedState, response: Response) -> FeedState:
    """Count permanent redirects to the same place; believed, it becomes the feed's address."""
    if not response.moved_to:
        return replace(state, moved_to="", moved_seen=0)
    seen = state.moved_seen + 1 if state.moved_to == response.moved_to else 1
    if seen >= MOVES_BEFORE_BELIEF:
        return replace(state, url=response.moved_to, moved_to="", moved_seen=0)
    return replace(state, moved_to=response.moved_to, moved_seen=seen)


def _refused(visit: Visit, response: Response) -> FeedState:
    """Return the state after an answer that is no feed."""
    status = response.status
    outcome, advice = _STATUS.get(status, ("", ""))
    if not outcome and status >= 500:
        outcome, advice = "server-error", f"has a fault of its own ({status}). It is tried again."
    elif not outcome:
        outcome, advice = "odd-answer", f"answered {status}. Open it in a browser to see why."
    told = f"{visit.feed.title or visit.feed.url} {advice}"
    failed = _failed(visit, outcome, told, wishes=_wishes(response, visit.state, visit.now))
    return replace(failed, stopped=True, next_poll=None) if status == 410 else failed


def _failed(visit: Visit, outcome: str, words: str, *, wishes: Wishes = NO_WISHES) -> FeedState:
    """Return the state of a broken feed: slower with each failure, its validators forgotten."""
    failures = visit.state.failures + 1
    seconds = backoff(failures, base=visit.base)
    return replace(
        visit.state,
        etag="",
        modified="",
        outcome=outcome,
        error=words,
        failures=failures,
        last_poll=visit.now,
        interval_seconds=0.0,
        next_poll=next_poll(visit.now, seconds, url=visit.feed.url, wishes=wishes),
    )
