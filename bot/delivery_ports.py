"""The doors to subscriptions and the outbox, and to what it showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.delivery_model import (
    Arrival,
    Delivery,
    Showing,
    Shown,
)
from bot.model import Subscription


class DeliveryStore(Protocol):
    """Subscriptions and the outbox."""

    def subscriptions(self) -> list[Subscription]:
        """Return every channel's subscription."""

    def subscription(self, channel: str) -> Subscription | None:
        """Return one channel's subscription."""

    def save_subscription(self, subscription: Subscription) -> None:
        """Keep a subscription, replacing the channel's older one."""

    def freeze(
        self,
        deliveries: Sequence[Delivery],
        *,
        shown: Mapping[str, Sequence[str]] | None = None,
        sentences: Sequence[Shown] = (),
    ) -> bool:
        """Keep all parts of a slot or note under their keys, or none; False when it was there.

        ``shown`` (story id -> article ids) is marked as briefed in the same transaction, and
        ``sentences`` are kept as what it showed. An empty slot is frozen as one part without a
        payload that is sent already.
        """

    def claim(self, delivery: Delivery) -> bool:
        """Commit that this part is about to be sent; False when another has claimed or sent it.

        The delivery's ``next_try`` is kept: before it nobody may take the outcome for unknown.
        """

    def mark_sent(self, delivery: Delivery, remote_id: str) -> None:
        """Commit that the part was sent."""

    def mark_failed(self, delivery: Delivery, *, next_try: datetime | None) -> None:
        """Commit that the part was surely not sent; ``next_try`` None gives it up.

        What a slot showed of which no part was sent, and all are given up, is no longer briefed.
        """

    def unfinished(self) -> list[Delivery]:
        """Return parts that are frozen or claimed, oldest slot first, parts in order."""

    def parts(self, channel: str, slot: datetime) -> list[Delivery]:
        """Return all parts of one slot's digest in order, whatever their state."""

    def parts_of_note(self, channel: str, name: str) -> list[Delivery]:
        """Return all parts of one note in order, whatever their state."""

    def notes_since(self, channel: str, kind: str, since: datetime) -> list[datetime]:
        """Return when the notes were written whose name begins with this word, after ``since``."""

    def last_slot(
        self, channel: str, *, until: datetime | None = None, sent: bool = False
    ) -> datetime | None:
        """Return the newest slot (not after ``until``) that was frozen for a channel (UTC).

        With ``sent``, of which a part was sent.
        """

    def briefed(self, channel: str) -> dict[str, tuple[str, ...]]:
        """Return story id -> article ids already shown in this channel's digests."""

    def mark_briefed(
        self,
        channel: str,
        slot: datetime,
        shown: Mapping[str, Sequence[str]],
        *,
        sentences: Sequence[Shown] = (),
    ) -> None:
        """Keep which articles of which stories a slot showed, and the sentences that it showed."""


class ShownStore(Protocol):
    """What was shown, beside what came since."""

    def arrivals(self, since: datetime) -> list[Arrival]:
        """Return analysed articles in stories that were first seen after ``since``, oldest first.

        Files count as no feed: what they bring is never a first poll.
        """

    def shown_and_changed(self, since: datetime) -> list[Showing]:
        """Return sentences shown after ``since`` of articles whose text changed after that."""

    def shown_of(self, articles: Sequence[str], since: datetime) -> list[Showing]:
        """Return sentences of these articles that were shown after ``since``, newest first."""

    def alerted(self, channel: str) -> frozenset[str]:
        """Return the ids of the articles that notes of this channel showed."""
