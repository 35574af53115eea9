"""The press: a slot that is due becomes a digest in the form in which it will be sent.

Pure of platforms: how a message is rendered is handed in, and nothing is sent here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery_model import Delivery, DeliveryState, Shown
from bot.message import Message, Small, plain
from bot.model import Subscription
from bot.ports import Store
from bot.schedule import Due

ON_TIME = timedelta(minutes=10)
"""A digest that is later than this says so, and covers the time until it is made."""

log = logging.getLogger(__name__)

Freeze = Callable[[Message], tuple[str, ...]]
"""A message -> the payloads of its parts, as one platform takes them (pure)."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest's message, which articles of which stories it tells of, and its sentences."""

    message: Message
    shown: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sentences: Sequence[Shown] = ()


Compose = Callable[[Subscription, datetime, datetime], Composed | Message | None]
"""(subscription, since, until) -> the digest, None to post nothing. It is run in a thread."""


class Press:
    """Composes digests and freezes them. Any number of presses may work on one database."""

    def __init__(self, store: Store, compose: Compose) -> None:
        """Keep the doors."""
        self._store = store
        self._compose = compose

    async def freeze(
        self,
        subscription: Subscription,
        found: Due,
        render: Freeze,
        now: datetime,
        *,
        attempts: int = 0,
    ) -> list[Delivery]:
        """Compose and freeze the digest of a slot; return its parts, none when it was there."""
        key = subscription.channel.key
        since = self._store.last_slot(key, until=found.slot, sent=True) or subscription.since
        until = found.slot if found.late <= ON_TIME else now
        digest = await asyncio.to_thread(self._compose, subscription, since or until, until)
        composed = Composed(digest) if isinstance(digest, Message) else digest
        parts = [
            replace(part, attempts=attempts)
            for part in _parts(key, found, composed, render, subscription.schedule.zone)
        ]
        shown, sentences = (composed.shown, composed.sentences) if composed else ({}, ())
        if not self._store.freeze(parts, shown=shown, sentences=sentences):
            return []
        log.info("digest channel=%s slot=%s parts=%d", key, found.slot, len(parts))
        return parts


def _parts(
    key: str, found: Due, composed: Composed | None, render: Freeze, zone: str
) -> list[Delivery]:
    """Return the frozen parts of a slot; one that counts as sent when nothing is to be said."""
    payloads = render(told_late(composed.message, found, zone)) if composed else ()
    if not payloads:
        return [Delivery(key, found.slot, 0, "", state=DeliveryState.SENT)]
    return [Delivery(key, found.slot, number, payload) for number, payload in enumerate(payloads)]


def told_late(message: Message, found: Due, zone: str) -> Message:
    """Return the message with a line that says how late it is and what is folded into it."""
    lines = []
    if found.late > ON_TIME:
        hours, minutes = divmod(found.late // timedelta(minutes=1), 60)
        late = f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
        local = found.slot.astimezone(ZoneInfo(zone))
        lines.append(f"Due at {local:%H:%M on %A, %d %B}; comes {late} late.")
    if found.folded:
        several = "1 missed digest is" if found.folded == 1 else f"{found.folded} missed ones are"
        lines.append(f"{several} folded into this one.")
    if not lines:
        return message
    return replace(message, blocks=(Small(plain(" ".join(lines))), *message.blocks))
