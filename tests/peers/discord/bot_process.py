"""The Discord adapter as a process of its own, against a server on loopback.

Commands come as JSON lines on the standard input, answers go to the standard output:
``{"send": ..., "thread": ...}`` and ``{"find": ...}`` with a delivery's fields.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from datetime import datetime
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket

from bot.chat.discord import Discord
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Button, Buttons, Message, Paragraph, plain
from bot.ports import Asker


async def respond(words: str, asker: Asker) -> Message:
    row = Buttons((Button("Story", "story 3f2a"),))
    return Message((Paragraph(plain(f"{words} in {asker.channel}")), row), words)


def complete(kind: str, prefix: str, /, channel: str = "") -> list[str]:
    return [f"{kind} {prefix} {channel}"]


def delivery(fields: dict[str, Any]) -> Delivery:
    return Delivery(
        fields["channel"],
        datetime.fromisoformat(fields["slot"]),
        fields["part"],
        fields["payload"],
    )


async def answer(adapter: Discord, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        if "find" in asked:
            return {"found": await adapter.find(delivery(asked["find"]))}
        sent = await adapter.send(delivery(asked["send"]), thread=asked.get("thread", ""))
    except ChatError as refusal:
        return {"refused": str(refusal), "permanent": refusal.permanent}
    except Exception as fault:  # noqa: BLE001 - the door says: any other leaves the outcome open
        return {"unknown": type(fault).__name__}
    return {"sent": sent}


async def main(port: int) -> None:
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/")
    adapter = Discord("token-of-the-tests", respond, complete)
    running = asyncio.create_task(adapter.run())
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await answer(adapter, json.loads(line))), flush=True)  # noqa: T201
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    await adapter.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
