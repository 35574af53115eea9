"""The outbox at work: frozen parts are sent once, in order, whatever fails on the way.

Before a part is sent the claim is committed. A claim whose outcome nobody knows (an answer that
was lost, a crash between sending and marking) is settled by looking in the channel's history
before anything is sent again. What stays open: a platform that accepts a message after we have
looked, and a history that does not show it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import ChatError
from bot.model import Delivery, DeliveryState
from bot.ports import Chat, Store

SEND_SECONDS = 30.0
"""A platform that has not answered by then has an outcome that nobody knows."""

UNKNOWN_FOR = timedelta(seconds=60)
"""From the claim on, before which nobody looks: the send's cap, and as long for the history."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
FIRST_PAUSE_REFUSED, LONGEST_PAUSE_REFUSED = timedelta(hours=1), timedelta(hours=24)
"""Pauses double with each try; those after a permanent refusal are the longer ones."""

TOLD_AFTER_TRIES = 6
"""A trouble that lasts so many tries (about half an hour) is told like a permanent one."""

GIVEN_UP_AFTER_TRIES = 5
"""The rest of a digest of which a part was sent is given up after so many permanent refusals."""

GIVEN_UP_AFTER_LOOKS = 8
"""An outcome that could not be looked up so many times is given up rather than sent twice."""

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the admin of a channel is to be told, once."""

    channel: str
    text: str


@dataclass(slots=True)
class _Look:
    """How often a part was looked for in vain, and when to look again."""

    tries: int
    again: datetime


class Outbox:
    """Sends the frozen parts of slots. One outbox at a time works on a database."""

    def __init__(self, store: Store, tell: Callable[[Notice], None]) -> None:
        self._store = store
        self._tell = tell
        self._looks: dict[str, _Look] = {}

    async def send(self, chat: Chat, parts: Sequence[Delivery], clock: Clock) -> bool:
        """Bring the parts of one slot forward in order; tell whether all of them are settled.

        Parts after the first are sent under it. A part that has to wait holds up those after it.
        """
        thread = ""
        for part in parts:
            settled: Delivery | None = part
            if part.state in UNFINISHED:
                settled = await self._part(chat, part, thread, clock)
            if settled is None:
                return False
            thread = thread or settled.remote_id
        return True

    async def _part(self, chat: Chat, part: Delivery, thread: str, clock: Clock) -> Delivery | None:
        """Return the part as it stands when it is settled, None when it has to wait."""
        if part.next_try and part.next_try > clock():
            return None
        if part.state is DeliveryState.CLAIMED:
            looked = await self._look(chat, part, clock)
            if looked is None or looked.state is not DeliveryState.FROZEN:
                return looked
        if not self._store.claim(replace(part, next_try=clock() + UNKNOWN_FOR)):
            return None
        try:
            async with asyncio.timeout(SEND_SECONDS):
                remote = await chat.send(part, thread=thread)
        except ChatError as refusal:
            self._refused(part, refusal, clock())
            return None
        except Exception as fault:  # noqa: BLE001 - whatever it was, the outcome is unknown
            log.warning("delivery key=%s outcome=unknown cause=%r", part.key, fault)
            return None
        return self._sent(part, remote)

    async def _look(self, chat: Chat, part: Delivery, clock: Clock) -> Delivery | None:
        """Settle an unknown outcome: the part is sent, or frozen again, or given up.

        None when that cannot be known now.
        """
        look = self._looks.get(part.key)
        if look and look.again > clock():
            return None
        try:
            async with asyncio.timeout(SEND_SECONDS):
                remote = await chat.find(part)
        except Exception as fault:  # noqa: BLE001 - whatever it was, we did not see the history
            return self._blind(part, fault, clock())
        self._looks.pop(part.key, None)
        if remote:
            return self._sent(part, remote)
        now = clock()
        self._store.mark_failed(part, next_try=now)
        log.info("delivery key=%s outcome=not-sent, sent again", part.key)
        return replace(part, state=DeliveryState.FROZEN, next_try=now)

    def _blind(self, part: Delivery, fault: Exception, now: datetime) -> Delivery | None:
        """Look again later; give the part up when that goes on."""
        look = self._looks.setdefault(part.key, _Look(0, now))
        look.tries += 1
        look.again = now + _pause(look.tries)
        log.warning("delivery key=%s outcome=unknown look=%d cause=%r", part.key, look.tries, fault)
        if look.tries < GIVEN_UP_AFTER_LOOKS:
            return None
        self._looks.pop(part.key)
        self._store.mark_failed(part, next_try=None)
        self._tell(
            Notice(
                part.channel,
                f"Part {part.part + 1} of the digest of {part.slot:%Y-%m-%d %H:%M} UTC may or may"
                f" not have been posted ({fault}). It is not sent again, so that it cannot come"
                " twice; let the bot read this channel's history to avoid this.",
            )
        )
        return replace(part, state=DeliveryState.FAILED)

    def _sent(self, part: Delivery, remote: str) -> Delivery:
        self._store.mark_sent(part, remote)
        log.info("delivery key=%s outcome=sent tries=%d", part.key, part.attempts + 1)
        subscription = self._store.subscription(part.channel)
        if subscription and subscription.problem:
            self._store.save_subscription(replace(subscription, problem=""))
            self._tell(Notice(part.channel, "Digests can be posted here again, and are."))
        return replace(part, state=DeliveryState.SENT, remote_id=remote)

    def _refused(self, part: Delivery, refusal: ChatError, now: datetime) -> None:
        """Try again after a pause; tell it once; give up the rest of a digest that was begun."""
        tries = part.attempts + 1
        log.warning("delivery key=%s outcome=refused tries=%d cause=%s", part.key, tries, refusal)
        parts = self._store.parts(part.channel, part.slot)
        begun = any(one.state is DeliveryState.SENT for one in parts)
        if begun and refusal.permanent and tries >= GIVEN_UP_AFTER_TRIES:
            for one in parts[part.part :]:
                self._store.mark_failed(one, next_try=None)
        else:
            pause = _pause(tries, refused=refusal.permanent)
            self._store.mark_failed(part, next_try=now + pause)
        if refusal.permanent or tries >= TOLD_AFTER_TRIES:
            self._troubled(part.channel, str(refusal))

    def _troubled(self, channel: str, trouble: str) -> None:
        subscription = self._store.subscription(channel)
        if subscription is None or subscription.problem:
            return
        self._store.save_subscription(replace(subscription, problem=trouble))
        self._tell(
            Notice(
                channel,
                f"A digest could not be posted: {trouble}. The bot tries again with growing"
                " pauses and goes on by itself when it can.",
            )
        )


UNFINISHED = frozenset({DeliveryState.FROZEN, DeliveryState.CLAIMED})


def _pause(tries: int, *, refused: bool = False) -> timedelta:
    """Return how long to wait after so many tries in vain (from 1)."""
    first, longest = (
        (FIRST_PAUSE_REFUSED, LONGEST_PAUSE_REFUSED) if refused else (FIRST_PAUSE, LONGEST_PAUSE)
    )
    doubled: timedelta = first * 2 ** min(tries - 1, 20)
    return min(longest, doubled)
