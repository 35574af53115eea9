"""What is due becomes a digest, is frozen under its slot, and goes to the outbox.

The clock is an argument of ``tick``. Nothing here connects to a platform or writes news.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery_model import Delivery, DeliveryState
from bot.message import Message, Note, Paragraph, plain
from bot.model import Channel, Subscription
from bot.ports import Chat, Store
from bot.publish.notes import NoteQueue
from bot.publish.outbox import Clock, Notice, Outbox, Tried
from bot.publish.press import Compose, Press
from bot.schedule import Due, due, in_quiet

AT_ONCE = 8
"""So many channels are served at the same time."""

UNSENT = frozenset({DeliveryState.FROZEN, DeliveryState.FAILED})

log = logging.getLogger(__name__)


HandOver = Callable[[str, Due, int], Awaitable[object]]
"""(channel, what is due, how often a digest that it replaces was tried): a worker takes it on."""


class Publisher:
    """Serves every subscribed channel once per slot. One publisher at a time on a database."""

    def __init__(
        self,
        store: Store,
        chats: Sequence[Chat],
        compose: Compose,
        *,
        tried: Tried | None = None,
        hand_over: HandOver | None = None,
    ) -> None:
        """Keep the doors. A channel whose platform is not among ``chats`` waits.

        ``tried`` is told of each try to send. With ``hand_over`` nothing is composed here:
        workers freeze, and the next tick sends.
        """
        self._store = store
        self._chats = {chat.platform: chat for chat in chats}
        self._press = Press(store, compose)
        self._hand_over = hand_over
        self._told: list[Notice] = []
        self.notes = NoteQueue(store, self._chats)
        self._outbox = Outbox(store, self._tell, tried)
        self._one_at_a_time = asyncio.Lock()

    async def recover(self, now: datetime) -> list[Notice]:
        """Take up what was begun before the last stop, and compose nothing new."""
        return await self._serve(now, compose=False)

    async def tick(self, now: datetime) -> list[Notice]:
        """Send what waits, then what is due at ``now`` (UTC); return what admins are to be told.

        A fault in one channel is logged and does not hold up the others.
        """
        return await self._serve(now, compose=True)

    async def _serve(self, now: datetime, *, compose: bool) -> list[Notice]:
        async with self._one_at_a_time:
            loop = asyncio.get_running_loop()
            began = loop.time()
            room = asyncio.Semaphore(AT_ONCE)

            def clock() -> datetime:
                return now + timedelta(seconds=loop.time() - began)

            async def serve(channel: str, waiting: Sequence[Delivery]) -> None:
                async with room:
                    await self._channel(channel, waiting, clock, compose=compose)

            waiting = self._waiting()
            wanted = {one.channel.key for one in self._store.subscriptions()} if compose else set()
            channels = sorted(wanted | set(waiting))
            results = await asyncio.gather(
                *(serve(channel, waiting.get(channel, ())) for channel in channels),
                return_exceptions=True,
            )
            _report(channels, results)
            notices, self._told[:] = list(self._told), []
        return notices

    def _waiting(self) -> dict[str, list[Delivery]]:
        """Return channel -> its unfinished parts, oldest slot first."""
        waiting: dict[str, list[Delivery]] = defaultdict(list)
        for delivery in self._store.unfinished():
            waiting[delivery.channel].append(delivery)
        return waiting

    async def _channel(
        self, key: str, waiting: Sequence[Delivery], clock: Clock, *, compose: bool
    ) -> None:
        chat = self._chats.get(Channel(key).platform)
        if chat is None:
            return
        slots = dict.fromkeys(part.slot for part in waiting if not part.name)
        if await self._digests(key, list(slots), chat, clock, compose=compose):
            names = dict.fromkeys(part.name for part in waiting if part.name)
            await self._send_notes(key, list(names), chat, clock)

    async def _digests(
        self, key: str, slots: Sequence[datetime], chat: Chat, clock: Clock, *, compose: bool
    ) -> bool:
        """Send the digests that wait, then that which is due; False when one has to wait."""
        for slot in slots:
            if compose and await self._fold(key, slot, chat, clock):
                return False
            if not await self._outbox.send(chat, self._store.parts(key, slot), clock):
                return False
        subscription = self._store.subscription(key)
        if compose and subscription and (found := self._due(subscription, clock())):
            return await self._publish(subscription, found, chat, clock)
        return True

    async def _send_notes(self, key: str, names: Sequence[str], chat: Chat, clock: Clock) -> None:
        """Send notes that wait, oldest first, in no quiet hours.

        One that is refused holds up those after it.
        """
        subscription = self._store.subscription(key)
        if subscription and in_quiet(subscription.schedule, clock()):
            return
        for name in names:
            settled = await self._outbox.send(chat, self._store.parts_of_note(key, name), clock)
            if not settled and _resting(self._store.parts_of_note(key, name), clock()):
                return

    async def _tell(self, notice: Notice, now: datetime) -> None:
        """Tell admins; the channel itself where none is known and it may be told; and the log."""
        self._told.append(notice)
        message = Message((Paragraph(plain(notice.text)),), notice.text, private=False)
        note = Note(notice.channel, notice.name, message)
        if not await self.notes.tell_admins(note, now=now) and notice.here:
            self.notes.note(note, now=now)

    async def _fold(self, key: str, slot: datetime, chat: Chat, clock: Clock) -> bool:
        """Replace a digest that surely was not sent by that of a newer slot, when one is due."""
        parts = self._store.parts(key, slot)
        subscription = self._store.subscription(key)
        found = self._due(subscription, clock()) if subscription else None
        unsent = all(part.state in UNSENT for part in parts)
        resting = _resting(parts, clock())
        if found is None or subscription is None or not unsent or resting:
            return False
        for part in parts:
            self._store.mark_failed(part, next_try=None)
        folded = replace(found, folded=found.folded + 1)
        await self._publish(subscription, folded, chat, clock, attempts=parts[0].attempts)
        return True  # a stop before the new one is frozen does no harm: it is still due then

    def _due(self, subscription: Subscription, now: datetime) -> Due | None:
        if subscription.since is None:  # news begins now: nothing before was missed
            self._store.save_subscription(replace(subscription, since=now))
            return None
        return due(subscription, self._store.last_slot(subscription.channel.key, until=now), now)

    async def _publish(
        self, subscription: Subscription, found: Due, chat: Chat, clock: Clock, *, attempts: int = 0
    ) -> bool:
        """Compose, freeze and send the digest of one slot; or let a worker make it.

        Tell whether all of it is settled.
        """
        if self._hand_over is not None:
            await self._hand_over(subscription.channel.key, found, attempts)
            return False
        parts = await self._press.freeze(
            subscription, found, chat.freeze, clock(), attempts=attempts
        )
        return await self._outbox.send(chat, parts, clock) if parts else True


def _resting(parts: Sequence[Delivery], now: datetime) -> bool:
    """Tell whether a part that surely was not sent has to wait before it is tried again."""
    return any(part.state in UNSENT and part.next_try and part.next_try > now for part in parts)


def _report(channels: Sequence[str], results: Sequence[BaseException | None]) -> None:
    """Log what went wrong in a channel; what is no mere fault goes on up."""
    for channel, result in zip(channels, results, strict=True):
        if isinstance(result, Exception):
            log.error("digest channel=%s failed", channel, exc_info=result)
        elif result is not None:
            raise result
