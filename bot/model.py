"""The values of the shell: feeds, channels, schedules. Nothing here acts.

What is posted is in ``bot.delivery_model``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from summarizer.model import Article, Span


@dataclass(frozen=True, slots=True)
class Feed:
    """Where we poll. ``channel`` is the channel that added it, empty for the config's own."""

    url: str
    title: str = ""
    folder: str = ""
    channel: str = ""
    state_media: bool = False


DOWN_AFTER_FAILURES = 3
"""Failed polls in a row. One rule for all that is told of feeds: notes, lists and counts."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What polling has learnt of a feed: validators, health, pace. Times are aware, in UTC.

    ``outcome`` is one stable word for the last poll (``ok``, ``unchanged``, ``not-found``,
    ``gone``, ``timeout``, ``not-a-feed``, ``refused``, ...); ``error`` tells it in words with
    what to do about it. ``failures`` counts failed polls in a row. ``moved_to`` is the address
    of a permanent redirect seen ``moved_seen`` times. ``ttl_seconds``, ``skip_hours`` (UTC) and
    ``skip_days`` (0 is Monday) are the feed's own wishes, which a 304 does not repeat.
    """

    url: str
    etag: str = ""
    modified: str = ""
    outcome: str = ""
    error: str = ""
    failures: int = 0
    last_poll: datetime | None = None
    last_success: datetime | None = None
    next_poll: datetime | None = None
    interval_seconds: float = 0.0
    articles: int = 0
    moved_to: str = ""
    moved_seen: int = 0
    stopped: bool = False
    ttl_seconds: float = 0.0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()

    @property
    def down(self) -> bool:
        """It has stopped, or failed so often in a row that it is no passing fault."""
        return self.stopped or self.failures >= DOWN_AFTER_FAILURES


@dataclass(frozen=True, slots=True)
class ToldFeed:
    """A channel was told that a feed is broken: with which outcome, and when (UTC)."""

    channel: str
    url: str
    outcome: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """Why an address gave no article when it was last read.

    ``outcome`` is one stable word (``login``, ``robots``, ``pdf``, ...), ``words`` a sentence.
    """

    url: str
    outcome: str
    words: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One article as it came in: what was read, from where, and where else it stands.

    ``feed`` is the feed's address or the file's path; ``guid`` the feed's own id for it.
    ``teaser`` tells that the feed gives only the opening, and the page has the story; ``old``
    that it stood in the feed before the feed was added: it is remembered, and is no news.
    """

    article: Article
    feed: str = ""
    guid: str = ""
    teaser: bool = False
    old: bool = False


class Landing(StrEnum):
    """What storing an item did."""

    NEW = "new"
    SAME = "same"
    CARRIED = "carried"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Stored:
    """The outcome of storing one item, and the id of the article that holds it now."""

    landing: Landing
    article_id: str


@dataclass(frozen=True, slots=True)
class Carriage:
    """A feed or outlet that carried an article, with the address that it printed."""

    article_id: str
    outlet: str
    url: str
    feed: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of an article, kept when the outlet edited it."""

    article_id: str
    number: int
    title: str
    text: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence found by full-text search; a higher score is a better match."""

    article_id: str
    sentence: int
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity's name, how many stored sentences mention it, and its kind."""

    name: str
    kind: str
    mentions: int


CONSOLE = "console"
"""The key of the terminal's own channel."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where digests go. ``key`` is ``console``, ``slack:T1:C1`` or ``discord:G1:C1``."""

    key: str
    title: str = ""

    @property
    def platform(self) -> str:
        """The platform's name: the part of the key before the first colon."""
        return self.key.partition(":")[0]

    @property
    def workspace(self) -> str:
        """Platform and guild or workspace: what isolates one customer from another."""
        return ":".join(self.key.split(":")[:2])


@dataclass(frozen=True, slots=True)
class Schedule:
    """Local times at which a channel gets its digest. ``weekdays`` are 0 (Monday) to 6.

    ``since`` is when it was set or resumed: slots before it are not caught up. ``quiet`` is when
    nothing is posted, [begin, end) in local time; it may go past midnight. ``silent`` digests
    notify nobody, where the platform has that (Discord).
    """

    times: tuple[time, ...] = (time(7),)
    zone: str = "UTC"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    paused: bool = False
    since: datetime | None = None
    quiet: tuple[time, time] | None = None
    silent: bool = True


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's wish: which schedule, which feeds and keywords, how long.

    ``since`` is when it began: nothing older is ever news to it. ``feeds`` empty means all
    feeds of the channel. ``length`` is short, medium or long. ``followed`` tells when each of
    ``follows`` began, in the same order; those that it lacks count from ``since``.
    """

    channel: Channel
    schedule: Schedule = field(default_factory=Schedule)
    since: datetime | None = None
    keywords: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    followed: tuple[datetime, ...] = ()
    length: str = "medium"
    skip_empty: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Installation:
    """A chat app in one workspace (``slack:T1``). ``token`` is encrypted, never in the clear.

    ``bot_user`` and ``installer`` are the platform's ids; ``since`` is when it was installed.
    """

    workspace: str
    name: str
    token: str = field(repr=False)
    bot_user: str
    installer: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """What answering and publishing need of the config."""

    version: str
    sentences: int = 3
    ranker: str = "whosaid"
    zone: str = "UTC"
    times: tuple[time, ...] = (time(7),)
    length: str = "medium"
    skip_empty: bool = False
    alerts_per_hour: int = 4
