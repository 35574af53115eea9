"""The bot as a process on real sockets: killed, cut off, refused, slowed down, resumed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback

from bot.chat.discord_answers import parts_of
from bot.message import Heading, Message, Paragraph, Picture, plain

ROOT = Path(__file__).parents[4]
SCRIPT = ROOT / "tests" / "peers" / "discord" / "bot_process.py"
SLOT = datetime(2025, 12, 31, 23, 55, tzinfo=UTC)
POST = "/messages"


class Bot:
    """The bot's process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, server: Loopback) -> Bot:
        ready = server.identified + 1
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(SCRIPT),
            str(server.port),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        await server.until(lambda: server.identified == ready)
        return cls(process)

    async def tell(self, command: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
        await self.process.stdin.drain()

    async def ask(self, command: dict[str, Any]) -> dict[str, Any]:
        await self.tell(command)
        assert self.process.stdout is not None
        async with asyncio.timeout(60):
            return dict(json.loads(await self.process.stdout.readline()))

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    loopback = Loopback()
    await loopback.start()
    yield loopback
    await loopback.close()


@pytest.fixture
async def bot(server: Loopback) -> AsyncIterator[Bot]:
    process = await Bot.start(server)
    yield process
    await process.kill()


def parts(server: Loopback) -> list[dict[str, Any]]:
    rest = Message((Paragraph(plain("The rest.")),), "rest")
    picture = Picture(b"\x89PNG\r\n\x1a\n", "Mentions a day")
    digest = Message((Heading("Digest"), picture), "Digest", thread=(rest,))
    key = f"discord:{server.guild.id}:{server.channel.id}"
    return [
        {"channel": key, "slot": SLOT.isoformat(), "part": number, "payload": part.to_json()}
        for number, part in enumerate(parts_of(digest, ()))
    ]


async def test_a_command_is_acknowledged_and_answered(server: Loopback, bot: Bot) -> None:
    record = await server.slash("source", claim="the port is closed")
    await server.until(lambda: server.asked("PATCH", "@original"))
    assert record.responded
    answer = server.backend.get_message(server.channel.id, record.message_id)
    text = answer.components[0]["components"][0]["content"]
    assert text.startswith("source the port is closed in discord\\:")
    pressed = await server.press(answer, "story 3f2a")
    await server.until(lambda: server.asked("PATCH", "@original") == 2)
    assert pressed.responded


async def test_commands_are_registered_once_over_two_starts(server: Loopback, bot: Bot) -> None:
    await server.slash("help")
    await server.until(lambda: server.asked("PATCH", "@original"))
    await bot.kill()
    again = await Bot.start(server)
    await server.slash("help")
    await server.until(lambda: server.asked("PATCH", "@original") == 2)
    assert server.asked("PUT", "/commands") == 1
    await again.kill()


async def test_what_happens_while_the_connection_is_away_is_answered_after_resuming(
    server: Loopback, bot: Bot
) -> None:
    await server.slash("help")
    await server.until(lambda: server.asked("PATCH", "@original"))
    await server.reconnect()
    record = await server.slash("status")
    await server.until(lambda: server.asked("PATCH", "@original") == 2)
    assert record.responded
    assert (server.identified, server.resumed) == (1, 1)
    assert server.asked("POST", "/callback") == 2


async def test_parts_are_delivered_with_their_thread_and_picture(
    server: Loopback, bot: Bot
) -> None:
    first, second = parts(server)
    sent = await bot.ask({"send": first})
    below = await bot.ask({"send": second, "thread": sent["sent"]})
    (post,) = server.posts[:1]
    assert post.attachments[0]["description"] == "Mentions a day"
    assert await bot.ask({"find": second}) == {"found": below["sent"]}


async def test_a_lost_answer_leaves_one_post_that_is_found(server: Loopback, bot: Bot) -> None:
    (first, _) = parts(server)
    cuts = iter(["cut"])
    server.rules = [lambda how, path: next(cuts, "") if (how, path[-9:]) == ("POST", POST) else ""]
    assert "unknown" in await bot.ask({"send": first})
    found = await bot.ask({"find": first})
    assert found == {"found": str(server.posts[0].id)}
    assert await bot.ask({"send": first}) == {"sent": found["found"]}
    assert len(server.posts) == 1


async def test_a_bot_killed_between_post_and_answer_finds_its_post_after_the_restart(
    server: Loopback, bot: Bot
) -> None:
    (first, _) = parts(server)
    server.rules = [lambda how, path: "hold" if (how, path[-9:]) == ("POST", POST) else ""]
    await bot.tell({"send": first})
    async with asyncio.timeout(30):
        await server.held.wait()
    await bot.kill()
    server.rules = []
    again = await Bot.start(server)
    assert await again.ask({"find": first}) == {"found": str(server.posts[0].id)}
    assert len(server.posts) == 1
    await again.kill()


async def test_a_bot_killed_before_its_post_finds_nothing_and_posts_once(
    server: Loopback, bot: Bot
) -> None:
    (first, _) = parts(server)
    await bot.kill()
    again = await Bot.start(server)
    assert await again.ask({"find": first}) == {"found": ""}
    assert await again.ask({"send": first}) == {"sent": str(server.posts[0].id)}
    await again.kill()


async def test_slowing_down_delays_and_does_not_double(server: Loopback, bot: Bot) -> None:
    (first, _) = parts(server)
    slow = iter(["429", "429"])
    server.rules = [lambda how, path: next(slow, "") if (how, path[-9:]) == ("POST", POST) else ""]
    assert await bot.ask({"send": first}) == {"sent": str(server.posts[0].id)}
    assert server.asked("POST", POST) == 3
    assert len(server.posts) == 1


async def test_a_refusal_is_told_after_one_request(server: Loopback, bot: Bot) -> None:
    (first, _) = parts(server)
    server.rules = [lambda how, path: "403" if (how, path[-9:]) == ("POST", POST) else ""]
    refused = await bot.ask({"send": first})
    assert refused["permanent"] is True
    assert "Send Messages" in refused["refused"]
    assert server.asked("POST", POST) == 1
