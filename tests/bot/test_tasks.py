"""The jobs of workers, on both databases: what is due is done once, whatever is lost on the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from fake_jobs import FakeJobs
from fakes import FakeChat, FakePlatform

from bot import tasks as the_tasks
from bot.delivery_model import DeliveryState
from bot.gather import Gather
from bot.keeping import InThreads
from bot.message import Message, Paragraph, plain
from bot.model import (
    Channel,
    Feed,
    FeedState,
    Item,
    Schedule,
    Subscription,
)
from bot.publish import Composed, Press, Publisher
from bot.store import SqlStore, open_store
from bot.tasks import Tasks, bucket_of, hand_over, slot_key
from summarizer.model import ANALYSIS_VERSION, Analysis, Article

SEVEN = datetime(2024, 10, 21, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = "fake:G1:C1"


@pytest.fixture
def store(each_database: str) -> Iterator[SqlStore]:
    opened = open_store(each_database)
    yield opened
    opened.close()


def article(name: str) -> Article:
    return Article(name, f"The barge {name} left the harbour, the union said.", name, "The Mast")


class Newsstand:
    """Polls feeds that bring two articles each, and remembers which were polled."""

    def __init__(self) -> None:
        self.polled: list[str] = []

    async def poll(self, feed: Feed, state: FeedState):
        self.polled.append(feed.url)
        items = [
            Item(
                article(f"{feed.url}#{n}"),
                feed=feed.url,
            )
            for n in range(2)
        ]
        return FeedState(feed.url, outcome="ok", next_poll=SEVEN + timedelta(hours=1)), items


async def analyse(article: Article) -> Analysis:
    return Analysis(ANALYSIS_VERSION)


def digest(subscription: Subscription, since: datetime, until: datetime) -> Composed:
    return Composed(Message((Paragraph(plain(f"news of {until:%d %H:%M}")),), "news"), {"s": ["a"]})


class Crew:
    """Workers over one store, with their jobs in memory."""

    def __init__(self, store: SqlStore) -> None:
        self.now = SEVEN
        self.store = store
        self.stand = Newsstand()
        self.jobs = FakeJobs(lambda: self.now)
        self.platform = FakePlatform()
        chat = FakeChat(self.platform)
        self.tasks = Tasks(
            store,
            Gather(store, self.stand, InThreads(store, analyse)),  # type: ignore[arg-type]
            Press(store, digest),
            self.jobs,
            lambda platform: chat.freeze if platform == "fake" else None,
        )
        self.publisher = Publisher(store, [chat], digest, hand_over=hand_over(self.jobs))

    async def look(self) -> None:
        await self.tasks.look(self.now)

    async def work(self) -> None:
        await self.jobs.drain(self.tasks.tasks)


@pytest.fixture
def crew(store: SqlStore) -> Crew:
    return Crew(store)


def feeds(store: SqlStore, count: int, host: str = "https://a{}.example/feed") -> list[str]:
    urls = [host.format(number) for number in range(count)]
    for url in urls:
        store.add_feed(Feed(url))
    return urls


async def test_a_due_feed_is_polled_analysed_and_placed_in_stories(crew: Crew) -> None:
    urls = feeds(crew.store, 3)
    await crew.look()
    await crew.work()
    assert sorted(crew.stand.polled) == urls
    assert crew.store.unanalysed(ANALYSIS_VERSION) == []
    assert crew.store.unplaced() == []
    assert crew.store.story_of(f"{urls[0]}#1") is not None


async def test_a_feed_that_was_polled_meanwhile_is_not_polled_again(crew: Crew) -> None:
    (url,) = feeds(crew.store, 1)
    await crew.look()
    (note,) = crew.jobs.waits.values()
    await crew.work()
    await crew.tasks.poll(str(bucket_of(url)), note, crew.now)
    assert crew.stand.polled == [url]


async def test_the_feeds_of_a_host_are_one_job(crew: Crew) -> None:
    """Whatever their paths: so one host is asked by one worker at a time."""
    urls = feeds(crew.store, 5, "https://same.example/{}/feed")
    await crew.look()
    assert crew.jobs.waits == {("poll", str(bucket_of(urls[0]))): "\n".join(urls)}


async def test_a_job_has_fifty_feeds_at_most(crew: Crew) -> None:
    feeds(crew.store, 70, "https://same.example/{}/feed")
    await crew.look()
    await crew.work()
    assert len(crew.stand.polled) == the_tasks.FEEDS_A_JOB
    await crew.look()
    await crew.work()
    assert len(set(crew.stand.polled)) == len(crew.stand.polled) == 70


async def test_articles_whose_jobs_were_lost_are_found_again(crew: Crew) -> None:
    feeds(crew.store, 20)
    await crew.look()
    await crew.work()
    crew.store.add(Item(article("late")), seen=SEVEN)
    crew.jobs.waits.clear()
    await crew.look()
    await crew.work()
    assert crew.store.analysis("late") is not None
    assert crew.store.story_of("late") is not None


async def test_nothing_is_polled_while_analysis_is_behind(
    crew: Crew, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(the_tasks, "MOST_UNANALYSED", 3)
    feeds(crew.store, 1)
    for number in range(4):
        crew.store.add(Item(article(f"a{number}")), seen=SEVEN)
    await crew.look()
    assert {task for task, _ in crew.jobs.waits} == {"analyse"}
    assert "no feed is polled" in caplog.text
    await crew.work()
    await crew.look()
    assert {task for task, _ in crew.jobs.waits} == {"poll"}


async def test_articles_are_analysed_in_batches_that_share_none(crew: Crew) -> None:
    for number in range(40):
        crew.store.add(Item(article(f"a{number}")), seen=SEVEN)
    batches = crew.store.unanalysed_batches(ANALYSIS_VERSION, most=99)
    found = [one.id for b in batches for one in crew.store.unanalysed_in(ANALYSIS_VERSION, b)]
    assert found == [f"a{number}" for number in range(40)]
    assert crew.store.unanalysed_batches(ANALYSIS_VERSION, most=2) == batches[:2]
    assert crew.store.unanalysed_count(ANALYSIS_VERSION, most=99) == 40
    assert crew.store.unanalysed_count(ANALYSIS_VERSION, most=7) == 7


async def test_a_poll_defers_what_it_brought_and_leaves_the_rest_to_the_look(crew: Crew) -> None:
    """However much waits for its analysis, a poll costs the same."""
    for number in range(40):
        crew.store.add(Item(article(f"a{number}")), seen=SEVEN)
    (url,) = feeds(crew.store, 1)
    await crew.tasks.poll(str(bucket_of(url)), url, crew.now)
    held = crew.store.batches_of([f"{url}#0", f"{url}#1"])
    assert list(crew.jobs.waits) == [("analyse", str(batch)) for batch in held]
    await crew.work()
    assert crew.store.analysis(f"{url}#1") is not None


async def test_the_batches_of_many_articles_are_told(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.backlog.IDS_AT_ONCE", 2)
    ids = [f"a{number}" for number in range(5)]
    for one in ids:
        store.add(Item(article(one)), seen=SEVEN)
    found = store.batches_of([*ids, "unknown"])
    assert {one.id for b in found for one in store.unanalysed_in(1, b)} == set(ids)
    assert store.batches_of([]) == []


async def test_each_language_is_grouped_by_a_job_of_its_own(crew: Crew) -> None:
    """So two are grouped side by side, and an article joins no story of another language."""
    crew.store.add(Item(article("same")), seen=SEVEN)
    crew.store.add(
        Item(replace(article("same too"), text=article("same").text + " Again.", language="fr")),
        seen=SEVEN,
    )
    await crew.look()
    ((task, batch),) = crew.jobs.waits
    await crew.tasks.analyse(batch, "", crew.now)
    del crew.jobs.waits[task, batch]
    assert sorted(crew.jobs.waits) == [("cluster", "en"), ("cluster", "fr")]
    await crew.work()
    english, french = (crew.store.story_of(one) for one in ("same", "same too"))
    assert english is not None
    assert french is not None
    assert english.id != french.id


def subscribe(store: SqlStore, since: datetime = SEVEN - 12 * 60 * MINUTE) -> None:
    store.save_subscription(Subscription(Channel(KEY), Schedule((time(7),)), since=since))


async def test_a_worker_freezes_a_digest_and_its_deliverer_sends_it(crew: Crew) -> None:
    subscribe(crew.store)
    await crew.publisher.tick(crew.now)
    assert list(crew.jobs.waits) == [("publish", slot_key(KEY, SEVEN))]
    assert crew.platform.history[KEY] == []
    await crew.work()
    assert [part.state for part in crew.store.parts(KEY, SEVEN)] == [DeliveryState.FROZEN]
    crew.now += MINUTE
    await crew.publisher.tick(crew.now)
    assert [post.key for post in crew.platform.history[KEY]] == [f"{KEY}@20241021T0700#0"]
    assert crew.store.briefed(KEY) == {"s": ("a",)}


async def test_a_digest_is_made_once_also_when_its_job_runs_twice(crew: Crew) -> None:
    subscribe(crew.store)
    await crew.publisher.tick(crew.now)
    ((key, note),) = [(key, note) for (_, key), note in crew.jobs.waits.items()]
    await crew.tasks.publish(key, note, crew.now)
    await crew.tasks.publish(key, note, crew.now)
    await crew.work()
    await crew.publisher.tick(crew.now + MINUTE)
    assert len(crew.platform.history[KEY]) == 1


async def test_the_job_of_a_slot_that_a_newer_one_replaced_makes_nothing(crew: Crew) -> None:
    subscribe(crew.store)
    await crew.publisher.tick(crew.now)
    crew.now += timedelta(days=1)
    await crew.work()
    assert crew.store.unfinished() == []
    await crew.publisher.tick(crew.now)
    await crew.work()
    (part,) = crew.store.unfinished()
    assert part.slot == crew.now
    assert "1 missed digest is folded into this one" in part.payload


async def test_a_channel_of_a_platform_that_nobody_serves_waits(crew: Crew) -> None:
    other = "nowhere:G1:C1"
    crew.store.save_subscription(
        Subscription(Channel(other), Schedule((time(7),)), since=SEVEN - 60 * MINUTE)
    )
    await crew.tasks.publish(slot_key(other, SEVEN), "0 0", crew.now)
    assert crew.store.parts(other, SEVEN) == []
