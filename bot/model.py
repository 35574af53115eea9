"""The values of the shell: feeds, channels, schedules, deliveries. Nothing here acts."""

from __future__ import annotations

import hashlib
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
class ShownClaim:
    """What a shown sentence says of a source: the source's name, how it says it, and what."""

    source: str
    stance: str
    content: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of an article as it stood when a digest or an alert showed it.

    ``span`` points into the text of then, which was the article's ``version`` (from 0, the number
    of earlier texts kept).
    """

    article_id: str
    version: int
    span: Span
    quote: str
    link: str = ""
    outlet: str = ""
    claims: tuple[ShownClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """A shown sentence and the digest (by its slot, UTC) or note (by its name) that showed it."""

    channel: str
    slot: datetime
    name: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Arrival:
    """An analysed article in its story, and when it was first seen (UTC).

    ``first`` tells that it came with the first poll of each feed that carried it then.
    """

    article_id: str
    story_id: str
    seen: datetime
    first: bool = False


class DeliveryState(StrEnum):
    """Where a delivery stands. CLAIMED may or may not have been sent: look before sending."""

    FROZEN = "frozen"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of a digest, unique by (channel, slot, part), or of a note: (channel, name, part).

    ``slot`` is in UTC: when a digest is due, when a note was written. ``payload`` is the frozen
    message as the adapter will send it (JSON). ``key`` is what the platform is asked about when
    the outcome is unknown. ``remote_id`` is the platform's id of the sent message. ``name`` is
    empty for digests. ``thread`` is the remote id under which all parts go; where it is empty,
    later parts go under the first. A note that was not sent by ``expires`` is given up.
    """

    channel: str
    slot: datetime
    part: int
    payload: str
    state: DeliveryState = DeliveryState.FROZEN
    remote_id: str = ""
    attempts: int = 0
    next_try: datetime | None = None
    name: str = ""
    thread: str = ""
    expires: datetime | None = None

    @property
    def key(self) -> str:
        """The delivery's unique key as text, at most 100 characters."""
        if self.name:
            return (
                f"{self.channel}!{hashlib.sha256(self.name.encode()).hexdigest()[:24]}#{self.part}"
            )
        return f"{self.channel}@{self.slot:%Y%m%dT%H%M}#{self.part}"


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
