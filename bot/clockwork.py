"""The jobs of a running bot, wired together: polling, watching, publishing, and telling of it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.delivery_model import Delivery
from bot.feed_watch import FeedWatch
from bot.jobs import LocalJobs, Tick
from bot.jobs.watch import Watched
from bot.metrics import Metrics
from bot.ports import Chat, Store
from bot.publish import Compose, HandOver, Publisher, Watch
from bot.service import Service
from bot.store.turn import Turn
from bot.turns import in_turn

PUBLISH_SECONDS = WATCH_SECONDS = 15
POLL_SECONDS = 30

log = logging.getLogger(__name__)


class Clockwork:
    """Everything that happens by itself: started once, stopped once."""

    def __init__(  # noqa: PLR0913 - the parts of one machine, all by name
        self,
        store: Store,
        chats: Sequence[Chat],
        *,
        poll: Callable[[datetime], Awaitable[None]],
        compose: Compose,
        alerts_per_hour: int,
        listen: str,
        clock: Callable[[], datetime],
        hand_over: HandOver | None = None,
        turn: Turn | None = None,
        delivers: bool = True,
        workers: Callable[[], Watched] | None = None,
    ) -> None:
        """Wire the parts; nothing runs yet. Without ``listen`` nothing is served to machines.

        Where several machines share a database, workers compose (``hand_over``), and nothing is
        delivered while another process has the ``turn``, nor by one that only answers (not
        ``delivers``). ``workers`` looks at them.
        """
        self.publisher = Publisher(store, chats, compose, tried=self._tried, hand_over=hand_over)
        watch = Watch(store, self.publisher.notes, per_hour=alerts_per_hour)
        self._feed_watch = FeedWatch(store, self.publisher.notes)
        delivering = [
            Tick("watch", WATCH_SECONDS, watch.tick),
            Tick("feed-watch", WATCH_SECONDS, self._watch_feeds),
            Tick("publish", PUBLISH_SECONDS, self._publish),
        ]
        ticks = [Tick("poll", POLL_SECONDS, poll)]
        if delivers:
            ticks += in_turn(turn, delivering)
        pace = {tick.name: tick.seconds for tick in ticks}
        self.metrics = Metrics(store, pace, started=clock(), watch=workers)
        self.jobs = LocalJobs(ticks, clock=clock, ran=self.metrics.job)
        self.service = Service(self.metrics, address=listen, clock=clock) if listen else None

    async def start(self) -> None:
        """Listen, and begin to tick.

        Raises:
            ConfigError: the address cannot be listened on.

        """
        if self.service:
            await self.service.start()
        self.jobs.start()

    async def stop(self) -> None:
        """Let what runs come to an end within seconds, and listen no more."""
        await self.jobs.stop()
        if self.service:
            await self.service.stop()

    async def _watch_feeds(self, moment: datetime) -> None:
        self._feed_watch.tick(moment)

    async def _publish(self, moment: datetime) -> None:
        for notice in await self.publisher.tick(moment):
            log.warning("notice channel=%s %s", notice.channel, notice.text)

    def _tried(self, part: Delivery, outcome: str, now: datetime) -> None:
        self.metrics.delivery(part, outcome, now)
