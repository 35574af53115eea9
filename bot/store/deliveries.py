"""Subscriptions and the outbox: what is to be sent, what may have been, what was.

A part is frozen, then claimed, then sent; each step is committed before the next begins. Who
sends and when is in ``bot.publish``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from bot.delivery_model import Delivery, DeliveryState
from bot.delivery_model import Shown as ShownSentence
from bot.model import Subscription
from bot.store import posted
from bot.store.codec import decode, encode
from bot.store.database import Database, insert
from bot.store.shown import keep_shown, notes_written

SETTLED = (DeliveryState.SENT, DeliveryState.FAILED)


class Deliveries:
    """The questions about subscriptions and deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def subscriptions(self) -> list[Subscription]:
        """Return every channel's subscription."""
        table = posted.subscriptions.c
        with self._database.reading() as connection:
            bodies = connection.scalars(select(table.body).order_by(table.channel))
            return [decode(Subscription, body) for body in bodies]

    def subscription(self, channel: str) -> Subscription | None:
        """Return one channel's subscription."""
        table = posted.subscriptions.c
        with self._database.reading() as connection:
            body = connection.scalar(select(table.body).where(table.channel == channel))
        return decode(Subscription, body) if body else None

    def save_subscription(self, subscription: Subscription) -> None:
        """Keep a subscription, replacing the channel's older one."""
        body = encode(subscription)
        kept = insert(posted.subscriptions).values(channel=subscription.channel.key, body=body)
        with self._database.writing() as connection:
            connection.execute(
                kept.on_conflict_do_update(index_elements=["channel"], set_={"body": body})
            )

    def freeze(
        self,
        deliveries: Sequence[Delivery],
        *,
        shown: Mapping[str, Sequence[str]] | None = None,
        sentences: Sequence[ShownSentence] = (),
    ) -> bool:
        """Keep all parts of a slot or note under their keys, or none; False when it was there.

        ``shown`` (story id -> article ids) is marked as briefed in the same transaction, and
        ``sentences`` are kept as what it showed. A part given as sent stays so: an empty slot is
        frozen as one part without a payload.
        """
        if not deliveries:
            return False
        table = posted.deliveries
        first = deliveries[0]
        with self._database.writing() as connection:
            there = connection.scalar(select(func.count()).where(_same(first)))
            if there:
                return False
            connection.execute(table.insert(), [_row(delivery) for delivery in deliveries])
            _mark_briefed(connection, first.channel, first.slot, shown or {})
            keep_shown(connection, first, sentences)
        return True

    def claim(self, delivery: Delivery) -> bool:
        """Commit that this part is about to be sent; False when another has claimed or sent it.

        The delivery's ``next_try`` is kept: before it nobody may take the outcome for unknown.
        """
        table = posted.deliveries
        return self._step(
            delivery,
            table.c.state == DeliveryState.FROZEN,
            state=DeliveryState.CLAIMED,
            attempts=table.c.attempts + 1,
            next_try=delivery.next_try,
        )

    def mark_sent(self, delivery: Delivery, remote_id: str) -> None:
        """Commit that the part was sent."""
        self._step(delivery, state=DeliveryState.SENT, remote_id=remote_id, next_try=None)

    def mark_failed(self, delivery: Delivery, *, next_try: datetime | None) -> None:
        """Commit that the part was surely not sent; ``next_try`` None gives it up.

        A part that was sent stays sent. What a slot showed of which no part was sent, and all are
        given up, is no longer briefed.
        """
        state = DeliveryState.FROZEN if next_try else DeliveryState.FAILED
        table, shown = posted.deliveries.c, posted.briefed
        with self._database.writing() as connection:
            unsent = table.state != DeliveryState.SENT
            self._step(delivery, unsent, state=state, next_try=next_try)
            alive = connection.scalar(
                select(func.count()).where(_same(delivery), table.state != DeliveryState.FAILED)
            )
            if not alive and not delivery.name:
                connection.execute(
                    shown.delete().where(
                        shown.c.channel == delivery.channel, shown.c.slot == delivery.slot
                    )
                )

    def hurry(self, place: str) -> None:
        """Let what waits for a channel, or for all channels of a workspace, be tried at once.

        A part that may have been sent is left alone: it is looked for when that is due.
        """
        table = posted.deliveries
        there = or_(
            table.c.channel == place, table.c.channel.startswith(f"{place}:", autoescape=True)
        )
        frozen = and_(there, table.c.state == DeliveryState.FROZEN)
        with self._database.writing() as connection:
            connection.execute(table.update().where(frozen).values(next_try=None))

    def unfinished(self) -> list[Delivery]:
        """Return parts that are frozen or claimed, oldest slot first, parts in order."""
        table = posted.deliveries.c
        waiting = table.state.in_((DeliveryState.FROZEN, DeliveryState.CLAIMED))
        return self._parts(waiting)

    def parts(self, channel: str, slot: datetime) -> list[Delivery]:
        """Return all parts of one slot's digest in order, whatever their state."""
        return self._parts(_same(Delivery(channel, slot, 0, "")))

    def parts_of_note(self, channel: str, name: str) -> list[Delivery]:
        """Return all parts of one note in order, whatever their state."""
        table = posted.deliveries.c
        return self._parts(and_(table.channel == channel, table.name == name))

    def notes_since(self, channel: str, kind: str, since: datetime) -> list[datetime]:
        """Return when the notes were written whose name begins with this word, after ``since``."""
        with self._database.reading() as connection:
            return notes_written(connection, channel, kind, since)

    def last_slot(
        self, channel: str, *, until: datetime | None = None, sent: bool = False
    ) -> datetime | None:
        """Return the newest slot (not after ``until``) that was frozen for a channel (UTC).

        With ``sent``, of which a part was sent.
        """
        table = posted.deliveries.c
        question = select(func.max(table.slot)).where(table.channel == channel, table.name == "")
        if sent:
            question = question.where(table.state == DeliveryState.SENT)
        if until:
            question = question.where(table.slot <= until)
        with self._database.reading() as connection:
            newest: datetime | None = connection.scalar(question)
        return newest

    def briefed(self, channel: str) -> dict[str, tuple[str, ...]]:
        """Return story id -> article ids already shown in this channel's digests."""
        table = posted.briefed.c
        found: dict[str, tuple[str, ...]] = {}
        with self._database.reading() as connection:
            for story_id, article_id in connection.execute(
                select(table.story_id, table.article_id)
                .where(table.channel == channel)
                .order_by(table.slot, table.story_id, table.article_id)
            ):
                found[story_id] = (*found.get(story_id, ()), article_id)
        return found

    def mark_briefed(
        self,
        channel: str,
        slot: datetime,
        shown: Mapping[str, Sequence[str]],
        *,
        sentences: Sequence[ShownSentence] = (),
    ) -> None:
        """Keep which articles of which stories a slot showed, and the sentences that it showed."""
        with self._database.writing() as connection:
            _mark_briefed(connection, channel, slot, shown)
            keep_shown(connection, Delivery(channel, slot, 0, ""), sentences)

    def _step(
        self, delivery: Delivery, when: ColumnElement[bool] | None = None, **values: object
    ) -> bool:
        table = posted.deliveries
        step = table.update().where(
            _same(delivery),
            table.c.part == delivery.part,
        )
        if when is not None:
            step = step.where(when)
        with self._database.writing() as connection:
            return connection.execute(step.values(values)).rowcount > 0

    def _parts(self, which: ColumnElement[bool]) -> list[Delivery]:
        table = posted.deliveries.c
        question = select(posted.deliveries).where(which)
        with self._database.reading() as connection:
            rows = connection.execute(
                question.order_by(table.slot, table.channel, table.name, table.part)
            )
            return [_delivery(*row) for row in rows]


def _same(delivery: Delivery) -> ColumnElement[bool]:
    """Return which rows are parts of the same digest or note."""
    table = posted.deliveries.c
    if delivery.name:
        return and_(table.channel == delivery.channel, table.name == delivery.name)
    return and_(table.channel == delivery.channel, table.slot == delivery.slot, table.name == "")


def _row(delivery: Delivery) -> dict[str, object]:
    return asdict(delivery) | {"state": str(delivery.state)}


def _delivery(  # noqa: PLR0913, PLR0917 - the columns of one row
    channel: str,
    slot: datetime,
    part: int,
    payload: str,
    state: str,
    remote_id: str,
    attempts: int,
    next_try: datetime | None,
    name: str,
    thread: str,
    expires: datetime | None,
) -> Delivery:
    return Delivery(
        channel,
        slot,
        part,
        payload,
        state=DeliveryState(state),
        remote_id=remote_id,
        attempts=attempts,
        next_try=next_try,
        name=name,
        thread=thread,
        expires=expires,
    )


def _mark_briefed(
    connection: Connection, channel: str, slot: datetime, shown: Mapping[str, Sequence[str]]
) -> None:
    rows = [
        {"channel": channel, "slot": slot, "story_id": story, "article_id": article}
        for story, articles in shown.items()
        for article in articles
    ]
    if rows:
        connection.execute(insert(posted.briefed).on_conflict_do_nothing(), rows)
