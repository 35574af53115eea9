"""The values of what is posted: deliveries, and the sentences that they showed. Nothing acts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from summarizer.model import Span


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
