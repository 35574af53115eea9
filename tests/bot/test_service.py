"""What a running bot tells machines: health and metrics, on loopback."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta

import aiohttp
import pytest
from fakes import FakeChat, FakePlatform, FakeStore, Fault

from bot.clockwork import Clockwork
from bot.errors import ConfigError, StoreError
from bot.jobs import SetAside
from bot.jobs.watch import Watched
from bot.message import Message, Note, Paragraph, plain
from bot.metrics import Metrics
from bot.model import Channel, Feed, FeedState, Schedule, Subscription
from bot.publish import Composed, Publisher
from bot.service import Service

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = "fake:G1:C1"
NEWS = Message((Paragraph(plain("The dam held.")),), "news")


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> FakeStore:
    made = FakeStore()
    made.save_subscription(
        Subscription(Channel(KEY), Schedule((time(7),)), since=NOW - timedelta(hours=1))
    )
    return made


@pytest.fixture
def metrics(store: FakeStore) -> Metrics:
    return Metrics(store, {"poll": 30, "publish": 15}, started=NOW)


@pytest.fixture
async def service(metrics: Metrics, clock: Clock) -> AsyncIterator[Service]:
    made = Service(metrics, address="127.0.0.1:0", clock=clock)
    await made.start()
    yield made
    await made.stop()


async def get(service: Service, path: str) -> tuple[int, str]:
    address = f"http://127.0.0.1:{service.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def test_health_is_well_while_every_job_comes_to_an_end(
    service: Service, metrics: Metrics, clock: Clock
) -> None:
    assert await get(service, "/healthz") == (200, '{"status": "ok", "stuck": []}')
    clock.now += 10 * MINUTE
    metrics.job("poll", 0.1, clock.now, failed=False)
    assert await get(service, "/healthz") == (503, '{"status": "stuck", "stuck": ["publish"]}')
    metrics.job("publish", 0.1, clock.now, failed=True)
    assert (await get(service, "/healthz"))[0] == 200


async def test_metrics_count_what_became_of_deliveries(
    service: Service, metrics: Metrics, store: FakeStore
) -> None:
    """With how late they were, and what waits now."""
    left = [Fault.REFUSED]
    platform = FakePlatform(lambda _: left.pop() if left else Fault.NONE)
    chat = FakeChat(platform)
    publisher = Publisher(store, [chat], lambda *_: Composed(NEWS), tried=metrics.delivery)
    publisher.notes.note(Note(KEY, "alert 1", NEWS), now=NOW)
    await publisher.tick(NOW)
    _, text = await get(service, "/metrics")
    assert line(text, "whosaid_deliveries_total", 'outcome="refused"') == 1
    assert line(text, "whosaid_outbox_parts", 'state="frozen"') == 2
    for minutes in range(1, 3):
        await publisher.tick(NOW + minutes * MINUTE)
    _, text = await get(service, "/metrics")
    assert line(text, "whosaid_deliveries_total", 'kind="alert"') == 1
    assert line(text, "whosaid_deliveries_total", 'kind="digest",outcome="sent"') == 1
    assert line(text, "whosaid_delivery_lag_seconds_sum", 'kind="digest"') >= 60
    assert "whosaid_outbox_parts{" not in text


async def test_metrics_tell_jobs_feeds_and_channels(
    service: Service, metrics: Metrics, store: FakeStore
) -> None:
    for number in range(3):
        store.add_feed(Feed(f"https://{number}.example/rss"))
    store.save_feed_state(FeedState("https://1.example/rss", failures=4))
    store.save_subscription(Subscription(Channel("fake:G1:C2"), problem="the channel is gone"))
    metrics.job("poll", 2.5, NOW, failed=True)
    metrics.held_up(0.25)
    _, text = await get(service, "/metrics")
    assert line(text, "whosaid_job_seconds_sum", 'job="poll"') == 2.5
    assert line(text, "whosaid_job_faults_total", 'job="poll"') == 1
    assert line(text, "whosaid_job_finished_timestamp_seconds", 'job="poll"') == NOW.timestamp()
    assert line(text, "whosaid_feeds", 'state="down"') == 1
    assert line(text, "whosaid_feeds", 'state="up"') == 2
    assert line(text, "whosaid_channels", 'state="failing"') == 1
    assert line(text, "whosaid_channels", 'state="posting"') == 1
    assert "whosaid_loop_lag_seconds 0.25" in text


def line(text: str, name: str, label: str) -> float:
    """Return the value of the one line of this name and label."""
    found = [one for one in text.splitlines() if one.startswith(name + "{") and label in one]
    assert len(found) == 1, text
    return float(found[0].split()[-1])


async def test_an_address_that_is_taken_is_told_in_words(
    service: Service, metrics: Metrics
) -> None:
    other = Service(metrics, address=f"127.0.0.1:{service.port}", clock=Clock())
    with pytest.raises(ConfigError, match="name another port"):
        await other.start()


async def test_the_clockwork_polls_watches_publishes_and_is_heard(store: FakeStore) -> None:
    """Started once, it does each job by itself; stopped, it listens no more."""
    platform, polled = FakePlatform(), []

    async def poll(moment: datetime) -> None:
        polled.append(moment)

    def made(listen: str) -> Clockwork:
        return Clockwork(
            store,
            [FakeChat(platform)],
            poll=poll,
            compose=lambda *_: Composed(NEWS),
            alerts_per_hour=4,
            listen=listen,
            clock=lambda: NOW,
        )

    clockwork = made("127.0.0.1:0")
    await clockwork.start()
    service = clockwork.service
    assert service is not None
    async with asyncio.timeout(60):
        while not (platform.posted(KEY) and polled):  # noqa: ASYNC110 - nobody tells of a post
            await asyncio.sleep(0)
    assert (await get(service, "/healthz"))[0] == 200
    address = f"http://127.0.0.1:{service.port}/healthz"
    await clockwork.stop()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.get(address)
    assert store.parts(KEY, NOW)[0].state == "sent"
    silent = made("")
    assert silent.service is None


async def test_health_and_metrics_tell_of_workers_where_there_are_some(
    store: FakeStore, clock: Clock
) -> None:
    """Alive, last heard of, what waits, what was set aside and why; a lost database is told."""
    aside = SetAside("poll", "7", 5, "it broke")
    seen = [Watched(2, (("analyse", 3),), (aside,), 1.5)]

    def watch() -> Watched:
        if not seen:
            raise StoreError("the jobs in the database cannot be seen: gone")
        return seen[0]

    service = Service(
        Metrics(store, {}, started=NOW, watch=watch), address="127.0.0.1:0", clock=clock
    )
    await service.start()
    status, health = await get(service, "/healthz")
    _, text = await get(service, "/metrics")
    assert status == 200
    assert '"workers": 2' in health
    assert '"cause": "it broke"' in health
    assert "whosaid_workers 2.0" in text
    assert line(text, "whosaid_jobs", 'task="analyse"') == 3
    assert "whosaid_jobs_set_aside 1.0" in text
    assert "whosaid_worker_heard_seconds 1.5" in text
    seen.clear()
    status, health = await get(service, "/healthz")
    assert (status, "cannot be seen" in health) == (200, True)
    assert "whosaid_workers " not in (await get(service, "/metrics"))[1]
    await service.stop()


def test_who_only_answers_has_no_jobs_that_deliver(store: FakeStore, clock: Clock) -> None:
    async def poll(_: datetime) -> None:
        """Nothing is polled."""

    def ticks(*, delivers: bool) -> set[str]:
        clockwork = Clockwork(
            store,
            [],
            poll=poll,
            compose=lambda *_: None,
            alerts_per_hour=1,
            listen="",
            clock=clock,
            delivers=delivers,
        )
        return set(clockwork.metrics.stuck(NOW + timedelta(days=1)))

    assert ticks(delivers=False) == {"poll"}
    assert ticks(delivers=True) == {"poll", "watch", "feed-watch", "publish"}
