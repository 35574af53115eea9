"""Gateways and the one who delivers as processes of their own, over one database."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from fakes import FakeChat, FakePlatform

from bot.__main__ import main
from bot.app import Application, application, now
from bot.config import DEMO, Config
from bot.machines import FOR_OTHERS
from bot.message import Message, Note, Paragraph, plain
from bot.publish import Publisher
from bot.store import open_store
from bot.turns import Role

KEY = "fake:G1:C1"
NEWS = Message((Paragraph(plain("The dam held.")),), "news")


class Seen(FakeChat):
    """A platform that tells when it was connected to, and when something was posted."""

    def __init__(self, platform: FakePlatform) -> None:
        super().__init__(platform)
        self.connected, self.sent = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        self.connected.set()
        await super().run()

    async def send(self, *given: object, **named: object) -> str:
        self.sent.set()
        return await super().send(*given, **named)  # type: ignore[arg-type]  # as it came


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Seen:
    made = Seen(FakePlatform())
    monkeypatch.setattr("bot.app.connected", lambda *_, **__: [made])
    return made


class Silent:
    """A console at which nobody sits."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    async def answer(self, words: str) -> None:
        pass

    async def run(self) -> None:
        pass


@asynccontextmanager
async def serving(app: Application, role: Role) -> AsyncIterator[None]:
    task = asyncio.create_task(app.serve(role))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_gateway_answers_and_leaves_what_waits_to_the_one_who_delivers(
    postgres: str, chat: Seen
) -> None:
    """A note waits: the gateway connects and sends nothing; who delivers sends and connects not."""
    store = open_store(postgres)
    Publisher(store, [chat], lambda *_: None).notes.note(Note(KEY, "alert 1", NEWS), now=now())
    config = Config(database=postgres, discord_token="t")
    async with application(config) as app:
        async with asyncio.timeout(60), serving(app, Role(delivers=False)):
            await chat.connected.wait()
        assert [part.remote_id for part in store.unfinished()] == [""]
        chat.connected.clear()
        async with asyncio.timeout(60), serving(app, Role(answers=False)):
            await chat.sent.wait()
        assert not chat.connected.is_set()
    assert len(chat.server.posted(KEY)) == 1
    store.close()


async def test_a_worker_without_a_token_adds_no_demo_news_and_says_what_it_is_for(
    postgres: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its database is that of a bot whose tokens are set on another machine."""
    gathered: list[Sequence[str]] = []
    asked = asyncio.Event()

    async def gather_files(files: Sequence[str], *_: object) -> None:
        gathered.append(files)
        asked.set()

    monkeypatch.setattr("bot.app.gather_files", gather_files)
    async with application(Config(database=postgres)) as app:
        task = asyncio.create_task(app.work(None, 1))
        async with asyncio.timeout(60):
            await asked.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert gathered == [[]]
    assert FOR_OTHERS in caplog.messages


async def test_a_console_over_a_shared_database_adds_no_demo_news(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over a file it is what the demo is for."""
    gathered: list[Sequence[str]] = []

    async def gather_files(files: Sequence[str], *_: object) -> None:
        gathered.append(files)

    monkeypatch.setattr("bot.app.gather_files", gather_files)
    monkeypatch.setattr("bot.app.Console", Silent)
    for place in (postgres, ":memory:"):
        async with application(Config(database=place)) as app:
            await app.run_console()
    assert gathered == [[], [DEMO]]


def test_a_gateway_on_a_file_is_refused_in_words(
    database: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHOSAID_DISCORD_TOKEN", "t")
    for command in ("gateway", "deliver"):
        assert main([command, "--database", str(database)]) == 2
        assert "whosaid migrate" in capsys.readouterr().err


def test_without_a_token_there_is_nobody_to_serve(
    postgres: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WHOSAID_DISCORD_TOKEN", "WHOSAID_SLACK_BOT_TOKEN", "WHOSAID_SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert main(["deliver", "--database", postgres]) == 2
    assert "no token is set" in capsys.readouterr().err


def test_shards_that_are_not_there_are_refused(
    postgres: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHOSAID_DISCORD_TOKEN", "t")
    assert main(["gateway", "--shards", "3-9", "--database", postgres]) == 2
    assert "discord.shards is 1" in capsys.readouterr().err
