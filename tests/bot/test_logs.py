"""The log: one line a record, no token and no article text, whatever fails."""

import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from fakes import FakeChat, FakePlatform, FakeStore

from bot.delivery_model import Delivery
from bot.errors import FaultElsewhere, StoreError
from bot.gather import Gather
from bot.jobs import LocalJobs, Tick
from bot.keeping import InThreads
from bot.logs import OneLine, set_up, told
from bot.message import Message, Note, Paragraph, plain
from bot.model import (
    Channel,
    Feed,
    FeedState,
    Item,
    Schedule,
    Subscription,
)
from bot.publish import Composed, Publisher
from bot.respond import Responder
from summarizer.model import Analysis, Article

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
SLACK = "xoxb-123456789012-abcdefABCDEF"
APP = "xapp-1-A0B1C2-987-deadbeef"
DISCORD = "MTA5OTk5OTk5OTk5OTk5OTk5OQ.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
OTHER = "a-secret-that-looks-like-nothing"
TEXT = "The ferry Corva was carrying 241 people when it struck the pier."


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    set_up("debug", secrets=[OTHER], stream=stream)
    yield stream
    root.handlers[:], root.level = before


@pytest.mark.parametrize(
    ("logged", "shown"),
    [
        (f"token {SLACK} refused", "token [hidden] refused"),
        (f"app={APP}", "app=[hidden]"),
        (f"Authorization: Bot {DISCORD}", "Authorization: Bot [hidden]"),
        (f"opened with {OTHER}", "opened with [hidden]"),
        ("get https://ada:pa55@news.example/rss", "get https://[hidden]@news.example/rss"),
        (
            "get https://news.example/rss?api_key=k1&page=2",
            "get https://news.example/rss?api_key=[hidden]&page=2",
        ),
        ("two\nlines\r\nand more", "two lines and more"),
        ("x" * 5000, "x" * 100),
    ],
)
def test_a_record_is_one_line_without_secrets(log: io.StringIO, logged: str, shown: str) -> None:
    logging.getLogger("bot.somewhere").warning("%s", logged)
    (line,) = log.getvalue().splitlines()
    assert line.split(" ", 3)[1:3] == ["warning", "bot.somewhere"]
    assert shown in line
    assert len(line) <= 1000


def test_what_is_logged_beside_the_words_is_shown(log: io.StringIO) -> None:
    logging.getLogger("bot").error("not stored", extra={"article": "a1"})
    assert log.getvalue().endswith(" error bot not stored article=a1\n")


def test_a_fault_is_told_by_kind_and_place_and_only_our_own_words(log: io.StringIO) -> None:
    try:
        store_badly()
    except StoreError:
        logging.getLogger("bot").exception("not stored")
    line = log.getvalue()
    assert "fault=StoreError (the disk is full: free some space) at test_logs.py:" in line
    assert "< ValueError at test_logs.py:" in line
    assert TEXT not in line


def store_badly() -> None:
    try:
        int(TEXT)
    except ValueError as fault:
        raise StoreError("the disk is full: free some space") from fault


def test_setting_up_twice_writes_each_line_once(log: io.StringIO) -> None:
    set_up("info", stream=log)
    logging.getLogger("bot").info("one")
    logging.getLogger("bot").debug("two")
    assert log.getvalue().count("\n") == 1


def test_libraries_speak_up_for_warnings_only(log: io.StringIO) -> None:
    logging.getLogger("discord.gateway").info("chatter")
    logging.getLogger("bot").debug("ours")
    assert "chatter" not in log.getvalue()
    assert OneLine().format(logging.makeLogRecord({"msg": "a", "levelname": "INFO"}))


class Broken(FakeStore):
    """A store that quotes what it was given when it fails."""

    def add(self, item: Item, *, seen: datetime) -> None:  # type: ignore[override]
        raise ValueError(f"cannot store {item.article.text} {SLACK}")


class Reader:
    """Reads one article, polls with a fault."""

    def __init__(self) -> None:
        url = f"https://ada:pw@news.example/rss?token={OTHER}"
        self.article = Article("a1", TEXT, TEXT[:30], "Vale Post", url=url)

    async def read_all(self, place: str) -> tuple[list[Item], list[object]]:
        return [Item(self.article)], []

    async def poll(self, feed: Feed, state: FeedState) -> tuple[FeedState, list[Item]]:
        raise RuntimeError(f"{TEXT} {DISCORD}")


async def failing(article: Article) -> Analysis:
    raise RuntimeError(f"no parse of {article.text} {SLACK}")


async def test_neither_tokens_nor_article_text_come_into_the_log_on_any_failing_path(
    log: io.StringIO,
) -> None:
    """Storing, analysing, polling, composing, posting, looking, answering and ticking all fail."""
    for store in (Broken(), FakeStore()):
        gather = Gather(store, Reader(), InThreads(store, failing))  # type: ignore[arg-type]
        await gather.ingest(["x"], now=NOW)
        store.add_feed(Feed(f"https://ada:pw@news.example/rss?token={OTHER}"))
        await gather.poll_due(NOW)
    await publish_badly()
    await answer_badly()

    async def tick(now: datetime) -> None:
        raise RuntimeError(f"{TEXT} {APP}")

    await LocalJobs([], clock=lambda: NOW)._guarded(Tick("poll", 1, tick))
    lines = log.getvalue()
    assert lines.count("\n") >= 7
    for hidden in (SLACK, APP, DISCORD, OTHER, "ada:pw", "Corva", "241 people"):
        assert hidden not in lines, lines


async def publish_badly() -> None:
    store = FakeStore()
    for number in range(2):
        wanted = Subscription(Channel(f"fake:G1:C{number}"), Schedule((time(7),)))
        store.save_subscription(replace(wanted, since=NOW - timedelta(hours=1)))

    def compose(subscription: Subscription, since: datetime, until: datetime) -> Composed:
        if subscription.channel.key.endswith("0"):
            raise ValueError(f"{TEXT} {SLACK}")
        return Composed(Message((Paragraph(plain(TEXT)),), TEXT))

    class Chat(FakeChat):
        async def send(self, delivery: Delivery, *, thread: str = "") -> str:
            raise RuntimeError(f"{delivery.payload} {DISCORD}")

        async def find(self, delivery: Delivery) -> str:
            raise RuntimeError(f"{delivery.payload} {SLACK}")

        async def admins(self, channel: str) -> list[str]:
            raise RuntimeError(f"{TEXT} {APP}")

    publisher = Publisher(store, [Chat(FakePlatform())], compose)
    note = Note("fake:G1:C1", f"alert {TEXT}", Message((Paragraph(plain(TEXT)),), TEXT))
    publisher.notes.note(note, now=NOW)
    for hours in range(12):
        await publisher.tick(NOW + timedelta(hours=hours))


async def answer_badly() -> None:
    class Person:
        channel, may_change, context = "console", True, ""

    def desk(channel: str) -> None:
        raise RuntimeError(f"{TEXT} {SLACK}")

    await Responder(desk)(f"source {TEXT}", Person())  # type: ignore[arg-type]


def test_a_fault_of_another_process_is_told_by_its_kind_and_place_there(log: io.StringIO) -> None:
    """It comes as words that were made as these lines are, by whoever saw it."""
    try:
        try:
            int(TEXT)
        except ValueError as fault:
            raise FaultElsewhere(told(fault)) from None
    except FaultElsewhere:
        logging.getLogger("bot.respond").exception("answering failed")
    assert "fault=FaultElsewhere (ValueError at test_logs.py:" in log.getvalue()
    assert TEXT not in log.getvalue()
