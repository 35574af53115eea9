"""A process of its own with the adapter in it, to be killed: sends the parts of one digest.

Each part is claimed in a file before it is sent and marked in it after, as the outbox does.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.chat.slack import Slack
from bot.chat.slack_setup import Setup
from bot.delivery_model import Delivery
from bot.message import Message
from bot.ports import Asker
from bot.store import open_store


async def respond(words: str, asker: Asker) -> Message:
    """Answer nothing; this process only delivers."""
    return Message((), words)


def complete(kind: str, prefix: str, /, channel: str = "") -> list[str]:
    """Suggest nothing."""
    return []


class Outbox:
    """What is frozen, claimed and sent, in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.rows = json.loads(path.read_text())
        self.began = datetime(2024, 10, 20, 7, tzinfo=UTC)

    def keep(self) -> None:
        """Write it all down."""
        self._path.write_text(json.dumps(self.rows))


async def main(base_url: str, channel: str, slot: str, outbox: Outbox) -> None:
    """Deliver what the outbox says is not done, and look first where that is unknown."""
    setup = Setup(bot_token="xoxb-whosaid", app_token="xapp-relay", base_url=base_url, pause=0.0)
    slack = Slack(setup, respond, complete, open_store(":memory:"), clock=lambda: outbox.began)
    root = ""
    for part, row in enumerate(outbox.rows):
        delivery = Delivery(channel, datetime.fromisoformat(slot), part, row["payload"])
        if row["state"] == "claimed":
            row["id"] = await slack.find(delivery)
        elif row["state"] == "frozen":
            row["state"] = "claimed"
            outbox.keep()
        if not row["id"]:
            row["id"] = await slack.send(delivery, thread=root)
        row["state"] = "sent"
        outbox.keep()
        root = root or row["id"]


if __name__ == "__main__":
    assert datetime.fromisoformat(sys.argv[3]).tzinfo == UTC
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], Outbox(Path(sys.argv[4]))))
