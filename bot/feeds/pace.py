"""When a feed is polled next (pure): its own pace, its wishes, and patience with faults."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.feeds.moments import moment

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=24)
LONGEST_WISH = timedelta(hours=24)
START = timedelta(minutes=30)
FASTER = 0.7
SLOWER = 1.4
JITTER = 0.1
_MAX_AGE = re.compile(r"max-age\s*=\s*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the server and the feed ask for, in seconds; hours are UTC, day 0 is Monday."""

    retry_after: float = 0.0
    max_age: float = 0.0
    ttl: float = 0.0
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


NO_WISHES = Wishes()


def retry_after(value: str, *, now: datetime) -> float:
    """Return the seconds that a ``Retry-After`` header asks for; 0 for none or nonsense."""
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    until = moment(value) if value else None
    return max(0.0, (until - now).total_seconds()) if until else 0.0


def max_age(value: str) -> float:
    """Return the seconds that a ``Cache-Control`` header lets a response live."""
    if "no-cache" in value or "no-store" in value:
        return 0.0
    found = _MAX_AGE.search(value)
    return float(found[1]) if found else 0.0


def interval(before: float, *, fresh: int, base: float = START.total_seconds()) -> float:
    """Return the seconds until the next poll of a healthy feed: quicker when it had news.

    ``before`` is the last interval (0 for none), ``base`` the config's own pace.
    """
    pace = (before or base) * (FASTER if fresh else SLOWER)
    least = max(SHORTEST.total_seconds(), base / 6)
    most = min(LONGEST.total_seconds(), base * 12)
    return max(least, min(pace, most))


def backoff(failures: int, *, base: float = START.total_seconds()) -> float:
    """Return the seconds until a broken feed is tried again: doubled each time, a day at most."""
    return float(min(base * 2 ** min(max(failures - 1, 0), 10), LONGEST.total_seconds()))


def next_poll(now: datetime, seconds: float, *, url: str, wishes: Wishes) -> datetime:
    """Return when to poll again: the wishes kept within bounds, jittered, never in skipped hours.

    The jitter is a function of the address and the hour, so that polls spread and tests hold; it
    never brings a poll before the moment that was asked for.
    """
    asked = max(wishes.max_age, wishes.ttl, wishes.retry_after)
    least = min(asked, LONGEST_WISH.total_seconds())
    spread = _spread(f"{url} {now:%Y%m%d%H}")
    wanted = max(seconds * (1 + JITTER * spread), least * (1 + JITTER * (1 + spread) / 2))
    return _after_skips(now + timedelta(seconds=wanted), wishes)


def _spread(seed: str) -> float:
    """Return a number in [-1, 1] that looks random and depends on the seed alone."""
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=4).digest()) / 2**31 - 1


def _after_skips(when: datetime, wishes: Wishes) -> datetime:
    """Move a moment out of the hours and days that the feed asks to be left alone in.

    A feed that would skip all hours or days is not obeyed.
    """
    hours = wishes.skip_hours if len(wishes.skip_hours) < 24 else frozenset()
    days = wishes.skip_days if len(wishes.skip_days) < 7 else frozenset()
    for _ in range(24 * 7):
        here = when.astimezone(UTC)
        if here.hour not in hours and here.weekday() not in days:
            return when
        when = when.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return when
