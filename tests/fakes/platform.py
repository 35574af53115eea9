"""A chat platform that posts, loses answers, refuses and stalls as it is told to."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Message


class Fault(Enum):
    """What a platform does with a post."""

    NONE = "posted and answered"
    ANSWER_LOST = "posted, the answer lost"
    NOT_SENT = "not posted, nobody knows"
    REFUSED = "refused for now"
    FORBIDDEN = "refused for good"
    STALLED = "posted, never answered"


@dataclass
class Post:
    """What stands in a channel's history."""

    remote_id: str
    key: str
    payload: str
    thread: str = ""


@dataclass
class FakePlatform:
    """The far side of a chat: a history for each channel. ``fault`` decides on each post."""

    fault: Callable[[Delivery], Fault] = lambda _: Fault.NONE
    history: dict[str, list[Post]] = field(default_factory=lambda: defaultdict(list))
    blind: bool = False

    def posted(self, channel: str) -> list[str]:
        """Return the payloads in a channel's history, oldest first."""
        return [post.payload for post in self.history[channel]]

    def post(self, delivery: Delivery, thread: str) -> Post:
        """Put a delivery into the channel's history, whether or not it is there already."""
        post = Post(
            f"{delivery.channel}/{len(self.history[delivery.channel]) + 1}",
            delivery.key,
            delivery.payload,
            thread,
        )
        self.history[delivery.channel].append(post)
        return post


class FakeChat:
    """A chat adapter in front of a fake platform. A part holds so many blocks."""

    def __init__(self, platform: FakePlatform, name: str = "fake", *, blocks: int = 3) -> None:
        self.server = platform
        self.platform = name
        self.blocks = blocks
        self.responsible: dict[str, Sequence[str]] = {}

    async def admins(self, channel: str) -> Sequence[str]:
        return self.responsible.get(channel, ())

    async def run(self) -> None:
        await asyncio.Event().wait()

    def freeze(self, message: Message) -> tuple[str, ...]:
        texts = [repr(block) for block in message.blocks] or [message.summary]
        return tuple(
            json.dumps(texts[first : first + self.blocks])
            for first in range(0, len(texts), self.blocks)
        )

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        await asyncio.sleep(0)
        fault = self.server.fault(delivery)
        if fault in {Fault.REFUSED, Fault.FORBIDDEN}:
            raise ChatError("the channel refused it", permanent=fault is Fault.FORBIDDEN)
        if fault is Fault.NOT_SENT:
            raise ConnectionError("broken before it was sent")
        post = self.server.post(delivery, thread)
        if fault is Fault.ANSWER_LOST:
            raise ConnectionError("broken before the answer came")
        if fault is Fault.STALLED:
            raise TimeoutError
        return post.remote_id

    async def find(self, delivery: Delivery) -> str:
        await asyncio.sleep(0)
        if self.server.blind:
            raise ChatError("the history may not be read")
        posts = self.server.history[delivery.channel]
        return next((post.remote_id for post in posts if post.key == delivery.key), "")

    async def close(self) -> None:
        """Nothing is open."""
