"""What a running bot tells of itself: counters, lags and heartbeats. Home of prometheus_client.

Nothing here holds a name, a word of an article or a secret: labels are platforms, jobs and
outcomes. Serving it is in ``bot.service``.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.delivery_model import Delivery
from bot.errors import StoreError
from bot.jobs.watch import Watched
from bot.model import Channel
from bot.ports import Store

LAGS = (1, 5, 15, 60, 300, 900, 3600, 6 * 3600, 24 * 3600)
"""Seconds: a digest is on time within a minute, late from ten on, a day late at most."""

LATE_TICKS = 3
SLACK = timedelta(minutes=2)
"""A job that has not finished for so many of its intervals and this long is not healthy."""


class Metrics:
    """Counts what is told to it, asks the store when it is read."""

    def __init__(
        self,
        store: Store,
        ticks: Mapping[str, float],
        *,
        started: datetime,
        watch: Callable[[], Watched] | None = None,
    ) -> None:
        """Know the jobs: name -> how often each is to run, in seconds.

        ``watch`` looks at the workers, where there are some.
        """
        self._watch = watch
        self._ticks = dict(ticks)
        self._finished = dict.fromkeys(ticks, started)
        self._registry = CollectorRegistry()
        registry = self._registry
        self._deliveries = Counter(
            "whosaid_deliveries",
            "Parts of digests and notes, by what became of a try",
            ("platform", "kind", "outcome"),
            registry=registry,
        )
        self._lag = Histogram(
            "whosaid_delivery_lag_seconds",
            "From when a part was due, or written, until it was sent",
            ("platform", "kind"),
            buckets=LAGS,
            registry=registry,
        )
        self._seconds = Histogram(
            "whosaid_job_seconds", "How long one run of a job took", ("job",), registry=registry
        )
        self._faults = Counter(
            "whosaid_job_faults", "Runs of a job that failed", ("job",), registry=registry
        )
        self._heartbeat = Gauge(
            "whosaid_job_finished_timestamp_seconds",
            "When a job was last done (Unix time)",
            ("job",),
            registry=registry,
        )
        self._loop_lag = Gauge(
            "whosaid_loop_lag_seconds",
            "The longest that the event loop was held up in the last minute",
            registry=registry,
        )
        registry.register(_Stored(store))
        if watch is not None:
            registry.register(_Shared(watch))

    def delivery(self, part: Delivery, outcome: str, now: datetime) -> None:
        """Count what became of a part; of a sent one, how late it was."""
        platform = Channel(part.channel).platform
        kind = part.name.partition(" ")[0] or "digest"
        self._deliveries.labels(platform, kind, outcome).inc()
        if outcome == "sent":
            late = max(0.0, (now - part.slot).total_seconds())
            self._lag.labels(platform, kind).observe(late)

    def job(self, name: str, seconds: float, now: datetime, *, failed: bool) -> None:
        """Count one run of a job, which is its heartbeat too."""
        self._seconds.labels(name).observe(seconds)
        self._heartbeat.labels(name).set(now.timestamp())
        self._finished[name] = now
        if failed:
            self._faults.labels(name).inc()

    def held_up(self, seconds: float) -> None:
        """Note the longest that the event loop was held up lately."""
        self._loop_lag.set(seconds)

    def stuck(self, now: datetime) -> list[str]:
        """Return the jobs that have not finished for too long."""
        return [
            name
            for name, seconds in self._ticks.items()
            if now - self._finished[name] > SLACK + LATE_TICKS * timedelta(seconds=seconds)
        ]

    def workers(self) -> dict[str, object] | None:
        """Return how the workers do; None where this process does all. Waits for the database."""
        if self._watch is None:
            return None
        try:
            seen = self._watch()
        except StoreError as fault:
            return {"fault": str(fault)}
        return {**asdict(seen), "waiting": dict(seen.waiting)}

    def text(self) -> bytes:
        """Return everything in Prometheus's text format."""
        return generate_latest(self._registry)


class _Shared(Collector):
    """What the workers share, looked at at each reading; nothing while the database is away."""

    def __init__(self, watch: Callable[[], Watched]) -> None:
        self._watch = watch

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges."""
        try:
            seen = self._watch()
        except StoreError:
            return
        yield GaugeMetricFamily("whosaid_workers", "Workers with a heartbeat", seen.workers)
        aside = "Jobs that failed too often and are not tried for a while"
        yield GaugeMetricFamily("whosaid_jobs_set_aside", aside, len(seen.aside))
        jobs = GaugeMetricFamily("whosaid_jobs", "Jobs that wait or run", labels=("task",))
        for task, number in seen.waiting:
            jobs.add_metric((task,), number)
        yield jobs
        if seen.heard_seconds is not None:
            words = "Since the last heartbeat of any worker"
            yield GaugeMetricFamily("whosaid_worker_heard_seconds", words, seen.heard_seconds)


class _Stored(Collector):
    """What the store knows, asked for at each reading."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges."""
        searched = self._store.searched()
        yield GaugeMetricFamily("whosaid_articles", "Articles stored", searched.articles)
        feeds = GaugeMetricFamily("whosaid_feeds", "Feeds, by state", labels=("state",))
        feeds.add_metric(("up",), searched.feeds - len(searched.down))
        feeds.add_metric(("down",), len(searched.down))
        yield feeds
        yield self._channels()
        yield self._waiting()

    def _channels(self) -> GaugeMetricFamily:
        states = Tally({"posting": 0, "paused": 0, "failing": 0})
        for one in self._store.subscriptions():
            failing = "failing" if one.problem else "posting"
            states["paused" if one.schedule.paused else failing] += 1
        found = GaugeMetricFamily("whosaid_channels", "Channels, by state", labels=("state",))
        for state, number in states.items():
            found.add_metric((state,), number)
        return found

    def _waiting(self) -> GaugeMetricFamily:
        found = GaugeMetricFamily(
            "whosaid_outbox_parts", "Parts that are not sent yet", labels=("platform", "state")
        )
        waiting = Tally(
            (Channel(p.channel).platform, str(p.state)) for p in self._store.unfinished()
        )
        for labels, number in waiting.items():
            found.add_metric(labels, number)
        return found
