"""Subscriptions and the outbox, in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.delivery_model import Arrival, Delivery, DeliveryState, Showing, Shown
from bot.model import Subscription
from fakes.shelves import Shelves


class Deliveries(Shelves):
    """The questions about what is to be posted, and what was."""

    def subscriptions(self) -> list[Subscription]:
        return [wish for _, wish in sorted(self.wishes.items())]

    def subscription(self, channel: str) -> Subscription | None:
        return self.wishes.get(channel)

    def save_subscription(self, subscription: Subscription) -> None:
        self.wishes[subscription.channel.key] = subscription

    def freeze(
        self,
        deliveries: Sequence[Delivery],
        *,
        shown: Mapping[str, Sequence[str]] | None = None,
        sentences: Sequence[Shown] = (),
    ) -> bool:
        if not deliveries or self._whole(deliveries[0]):
            return False
        for one in deliveries:
            self.outbox[one.channel, one.name or one.slot, one.part] = one
        first = deliveries[0]
        self.mark_briefed(first.channel, first.slot, shown or {})
        self.sentences += [Showing(first.channel, first.slot, first.name, one) for one in sentences]
        return True

    def _step(self, delivery: Delivery, **values: object) -> None:
        place = (delivery.channel, delivery.name or delivery.slot, delivery.part)
        self.outbox[place] = replace(self.outbox[place], **values)  # type: ignore[arg-type]

    def _now(self, delivery: Delivery) -> Delivery:
        return self.outbox[delivery.channel, delivery.name or delivery.slot, delivery.part]

    def claim(self, delivery: Delivery) -> bool:
        now = self._now(delivery)
        if now.state is not DeliveryState.FROZEN:
            return False
        self._step(
            delivery,
            state=DeliveryState.CLAIMED,
            attempts=now.attempts + 1,
            next_try=delivery.next_try,
        )
        return True

    def mark_sent(self, delivery: Delivery, remote_id: str) -> None:
        self._step(delivery, state=DeliveryState.SENT, remote_id=remote_id, next_try=None)

    def mark_failed(self, delivery: Delivery, *, next_try: datetime | None) -> None:
        if self._now(delivery).state is not DeliveryState.SENT:
            state = DeliveryState.FROZEN if next_try else DeliveryState.FAILED
            self._step(delivery, state=state, next_try=next_try)
        parts = self._whole(delivery)
        if not delivery.name and all(part.state is DeliveryState.FAILED for part in parts):
            shown = self.shown[delivery.channel]
            for place in [place for place, slot in shown.items() if slot == delivery.slot]:
                del shown[place]

    def unfinished(self) -> list[Delivery]:
        waiting = {DeliveryState.FROZEN, DeliveryState.CLAIMED}
        found = [one for one in self.outbox.values() if one.state in waiting]
        return sorted(found, key=lambda one: (one.slot, one.channel, one.name, one.part))

    def parts(self, channel: str, slot: datetime) -> list[Delivery]:
        return self._whole(Delivery(channel, slot, 0, ""))

    def parts_of_note(self, channel: str, name: str) -> list[Delivery]:
        return [
            one
            for (key, own, _), one in sorted(self.outbox.items(), key=lambda row: row[0][2])
            if (key, own) == (channel, name)
        ]

    def _whole(self, first: Delivery) -> list[Delivery]:
        if first.name:
            return self.parts_of_note(first.channel, first.name)
        found = [
            one
            for one in self.outbox.values()
            if (one.channel, one.slot, one.name) == (first.channel, first.slot, "")
        ]
        return sorted(found, key=lambda one: one.part)

    def last_slot(
        self, channel: str, *, until: datetime | None = None, sent: bool = False
    ) -> datetime | None:
        slots = [
            one.slot
            for one in self.outbox.values()
            if one.channel == channel
            and not one.name
            and (until is None or one.slot <= until)
            and (not sent or one.state is DeliveryState.SENT)
        ]
        return max(slots, default=None)

    def briefed(self, channel: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for (story, article), _ in sorted(self.shown[channel].items(), key=lambda row: row[1]):
            found[story] = (*found.get(story, ()), article)
        return found

    def notes_since(self, channel: str, kind: str, since: datetime) -> list[datetime]:
        return sorted(
            one.slot
            for one in self.outbox.values()
            if one.channel == channel
            and one.name.startswith(f"{kind} ")
            and not one.part
            and one.slot > since
        )

    def arrivals(self, since: datetime) -> list[Arrival]:
        found = []
        for one, kept in self.kept.items():
            story = self.story_of(one)
            if story is not None and one in self.analyses and kept.seen > since:
                found.append(Arrival(one, story.id, kept.seen, first=self._first_poll(one)))
        return found

    def _first_poll(self, article_id: str) -> bool:
        return not any(
            not carriage.feed.startswith("http")
            or any(
                o.feed == carriage.feed and o.seen < carriage.seen for o in self.carried.values()
            )
            for carriage in self.carriages(article_id)
        )

    def _showings(self, wanted: Callable[[Showing], bool]) -> list[Showing]:
        found = [one for one in self.sentences if wanted(one)]
        return sorted(found, key=lambda one: one.slot, reverse=True)

    def shown_and_changed(self, since: datetime) -> list[Showing]:
        return self._showings(
            lambda one: (
                one.slot > since
                and one.shown.article_id in self.kept
                and self.kept[one.shown.article_id].changed > one.slot
            )
        )

    def shown_of(self, articles: Sequence[str], since: datetime) -> list[Showing]:
        return self._showings(lambda one: one.slot > since and one.shown.article_id in articles)

    def alerted(self, channel: str) -> frozenset[str]:
        return frozenset(
            one.shown.article_id for one in self.sentences if one.channel == channel and one.name
        )

    def mark_briefed(
        self,
        channel: str,
        slot: datetime,
        shown: Mapping[str, Sequence[str]],
        *,
        sentences: Sequence[Shown] = (),
    ) -> None:
        self.sentences += [Showing(channel, slot, "", one) for one in sentences]
        for story, articles in shown.items():
            for article in articles:
                self.shown[channel].setdefault((story, article), slot)
