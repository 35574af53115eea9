"""The whole way of a digest as a process: a store on disk, the publisher, the Discord adapter.

Each line of the standard input is the present moment (ISO 8601); the publisher ticks then, and
``ticked`` on the standard output says that it is done.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

import discord
import yarl
from bot_process import complete, respond
from discord.gateway import DiscordWebSocket

from bot.chat.discord import Discord
from bot.message import Heading, Message, Paragraph, plain
from bot.model import Subscription
from bot.publish import Publisher
from bot.store import open_store


def digest(_wanted: Subscription, _since: datetime, until: datetime) -> Message:
    """Return a digest of two parts that both name their slot."""
    rest = Message((Paragraph(plain(f"The rest of {until:%H-%M}")),), "The rest")
    return Message((Heading(f"Digest of {until:%H-%M}"),), "Digest", thread=(rest,))


async def main(port: int, database: str) -> None:
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/")
    adapter = Discord("token-of-the-tests", respond, complete)
    publisher = Publisher(open_store(database), [adapter], digest)
    running = asyncio.create_task(adapter.run())
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        await publisher.tick(datetime.fromisoformat(line.strip()))
        print("ticked", flush=True)  # noqa: T201
    running.cancel()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
