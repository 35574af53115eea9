"""The outbox at work: frozen parts are sent once, in order, whatever fails on the way.

Before a part is sent the claim is committed. A claim whose outcome nobody knows (an answer that
was lost, a crash between sending and marking) is settled by looking in the channel's history
before anything is sent again. What stays open: a platform that accepts a message after we have
looked, and a history that does not show it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.delivery_model import Delivery, DeliveryState
from bot.errors import ChatError
from bot.ports import Chat, Store
from bot.publish.notes import ADMIN

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
"""A note, and the rest of a digest of which a part was sent, is given up after so many permanent
refusals."""

GIVEN_UP_AFTER_LOOKS = 8
"""An outcome that could not be looked up so many times is given up rather than sent twice."""

log = logging.getLogger(__name__)
Tried = Callable[[Delivery, str, datetime], None]
"""Is told of each try: the part, what became of it in a word, when."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the admins of a channel are to be told, once for each ``name``.

    ``here`` tells that the channel itself will do when no admin is known.
    """

    channel: str
    text: str
    name: str
    here: bool = True


@dataclass(slots=True)
class _Look:
    """How often a part was looked for in vain, and when to look again."""

    tries: int
    again: datetime


class Outbox:
    """Sends the frozen parts of digests and notes. One outbox at a time works on a database."""

    def __init__(
        self,
        store: Store,
        tell: Callable[[Notice, datetime], Awaitable[None]],
        tried: Tried | None = None,
    ) -> None:
        self._tried = tried
        self._store = store
        self._tell = tell
        self._looks: dict[str, _Look] = {}

    async def send(self, chat: Chat, parts: Sequence[Delivery], clock: Clock) -> bool:
        """Bring the parts of one digest or note forward in order; tell whether all are settled.

        Parts after the first are sent under it. A part that has to wait holds up those after it.
        """
        thread = parts[0].thread if parts else ""
        for part in parts:
            settled: Delivery | None = part
            if part.state in UNFINISHED:
                expired = self._expired(part, clock())
                settled = expired or await self._part(chat, part, thread, clock)
            if settled is None:
                return False
            thread = thread or settled.remote_id
        return True

    def _expired(self, part: Delivery, now: datetime) -> Delivery | None:
        """Give up a part that surely was not sent and is stale by now."""
        if part.state is not DeliveryState.FROZEN or not part.expires or part.expires > now:
            return None
        self._store.mark_failed(part, next_try=None)
        self._log(part, "expired", now)
        return replace(part, state=DeliveryState.FAILED)

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
            await self._refused(part, refusal, clock())
            return None
        except Exception as fault:  # noqa: BLE001 - whatever it was, the outcome is unknown
            self._log(part, "unknown", clock(), fault=fault)
            return None
        return await self._sent(part, remote, clock())

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
            return await self._blind(part, fault, clock())
        self._looks.pop(part.key, None)
        now = clock()
        if remote:
            return await self._sent(part, remote, now)
        self._store.mark_failed(part, next_try=now)
        self._log(part, "not-sent", now)
        return replace(part, state=DeliveryState.FROZEN, next_try=now)

    async def _blind(self, part: Delivery, fault: Exception, now: datetime) -> Delivery | None:
        """Look again later; give the part up when that goes on."""
        look = self._looks.setdefault(part.key, _Look(0, now))
        look.tries += 1
        look.again = now + _pause(look.tries)
        self._log(part, "not-seen", now, fault=fault)
        if look.tries < GIVEN_UP_AFTER_LOOKS:
            return None
        self._looks.pop(part.key)
        self._store.mark_failed(part, next_try=None)
        what = "a note" if part.name else "the digest"
        await self._say(
            part,
            f"Part {part.part + 1} of {what} of {part.slot:%Y-%m-%d %H:%M} UTC may or may"
            f" not have been posted ({fault}). It is not sent again, so that it cannot come"
            " twice; let the bot read this channel's history to avoid this.",
            now,
        )
        return replace(part, state=DeliveryState.FAILED)

    async def _sent(self, part: Delivery, remote: str, now: datetime) -> Delivery:
        self._store.mark_sent(part, remote)
        self._log(part, "sent", now)
        subscription = self._store.subscription(part.channel)
        if subscription and subscription.problem:
            await self._say(part, "Digests can be posted here again, and are.", now, kind="again")
            self._store.save_subscription(replace(subscription, problem=""))
        return replace(part, state=DeliveryState.SENT, remote_id=remote)

    async def _refused(self, part: Delivery, refusal: ChatError, now: datetime) -> None:
        """Try again after a pause; tell it once; give up notes and what is left of a digest."""
        tries = part.attempts + 1
        self._log(part, "refused", now, fault=refusal)
        parts = whole(self._store, part)
        begun = part.name or any(one.state is DeliveryState.SENT for one in parts)
        if begun and refusal.permanent and tries >= GIVEN_UP_AFTER_TRIES:
            for one in parts[part.part :]:
                self._store.mark_failed(one, next_try=None)
        else:
            pause = _pause(tries, refused=refusal.permanent)
            self._store.mark_failed(part, next_try=now + pause)
        if refusal.permanent or tries >= TOLD_AFTER_TRIES:
            await self._troubled(part, str(refusal), now)

    def _log(
        self, part: Delivery, outcome: str, now: datetime, *, fault: Exception | None = None
    ) -> None:
        """Log a try in one line, and tell who counts."""
        level = logging.WARNING if fault else logging.INFO
        line = "delivery key=%s outcome=%s tries=%d"
        log.log(level, line, part.key, outcome, part.attempts + 1, exc_info=fault)
        if self._tried:
            self._tried(part, outcome, now)

    async def _troubled(self, part: Delivery, trouble: str, now: datetime) -> None:
        subscription = self._store.subscription(part.channel)
        if subscription and subscription.problem:
            return
        what = "A note" if part.name else "A digest"
        await self._say(
            part,
            f"{what} could not be posted: {trouble.rstrip('.')}. The bot tries again with growing"
            " pauses and goes on by itself when it can.",
            now,
            here=False,
        )
        if subscription:
            self._store.save_subscription(replace(subscription, problem=trouble))

    async def _say(
        self, part: Delivery, text: str, now: datetime, *, kind: str = "trouble", here: bool = True
    ) -> None:
        """Tell the admins, except of what was for themselves; a kill here tells it once still."""
        if not part.name.startswith(ADMIN):
            await self._tell(Notice(part.channel, text, f"{kind} {part.key}", here), now)


def whole(store: Store, part: Delivery) -> list[Delivery]:
    """Return all parts of the digest or note that a part belongs to, as they stand."""
    if part.name:
        return store.parts_of_note(part.channel, part.name)
    return store.parts(part.channel, part.slot)


UNFINISHED = frozenset({DeliveryState.FROZEN, DeliveryState.CLAIMED})


def _pause(tries: int, *, refused: bool = False) -> timedelta:
    """Return how long to wait after so many tries in vain (from 1)."""
    first, longest = (
        (FIRST_PAUSE_REFUSED, LONGEST_PAUSE_REFUSED) if refused else (FIRST_PAUSE, LONGEST_PAUSE)
    )
    doubled: timedelta = first * 2 ** min(tries - 1, 20)
    return min(longest, doubled)
