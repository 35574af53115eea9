"""A store that dies and platforms that fail, for ``benchmarks/deliveries.py``; it prints nothing.

The platforms are fakes in this process that accept a post and lose the answer, accept it late
(after the publisher has given up waiting), break before they post, ask to wait, or refuse. Discord
answers a second post of one nonce with the first within two minutes, Slack has no such key.

A kill is a BaseException out of any question to the store (before or after its commit) or out of
any post or look (before or after the platform has it); from then on everything fails until the
store is opened again, as after kill -9.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Message
from bot.store import SqlStore

WRITES = {"save_subscription", "freeze", "claim", "mark_sent", "mark_failed"}
FAULTS = (
    ("answer lost", 0.06),
    ("accepted late", 0.06),
    ("broken before", 0.06),
    ("too many requests", 0.06),
    ("server error", 0.06),
)
LATEST = timedelta(seconds=55)
"""A post that is accepted late is there by then: before anyone looks."""


NONCE_WINDOW = timedelta(seconds=120)
"""For so long Discord answers a second post of one nonce with the first message."""


class Kill(BaseException):
    """The process is dead."""


class Reaper:
    """Kills at random moments, and keeps what is dead dead until the next life."""

    def __init__(self, chance: random.Random, kills: int, moments: int) -> None:
        self.chance, self.left, self.rate = chance, kills, kills / moments
        self.dead = False
        self.where: Counter[str] = Counter()

    def pass_by(self, where: str) -> None:
        if self.dead:
            raise Kill
        if self.left and self.chance.random() < self.rate:
            self.left -= 1
            self.dead = True
            self.where[where] += 1
            raise Kill


class MortalStore:
    """The real store, with death before and after each of its commits."""

    def __init__(self, store: SqlStore, reaper: Reaper) -> None:
        self._store, self._reaper = store, reaper

    def __getattr__(self, name: str) -> Callable[..., object]:
        question = getattr(self._store, name)

        def asked(*args: object, **named: object) -> object:
            if name not in WRITES:
                if self._reaper.dead:
                    raise Kill
                return question(*args, **named)
            self._reaper.pass_by(f"before {name}")
            answer = question(*args, **named)
            self._reaper.pass_by(f"after {name}")
            return answer

        return asked


class Platform:
    """The far side: it outlives the kills."""

    def __init__(
        self, name: str, chance: random.Random, reaper: Reaper, *, start: datetime
    ) -> None:
        self.platform, self.chance, self.reaper = name, chance, reaper
        self.now = start
        self.history: dict[str, list[str]] = {}
        self.threads: dict[str, str] = {}
        self.nonces: dict[str, tuple[datetime, str]] = {}
        self.coming: list[tuple[datetime, Delivery]] = []
        self.met: Counter[str] = Counter()

    def arrive(self) -> None:
        for moment, delivery in [*self.coming]:
            if moment <= self.now:
                self.coming.remove((moment, delivery))
                self._post(delivery)

    def _post(self, delivery: Delivery) -> str:
        known = self.nonces.get(delivery.key)
        if self.platform == "discord" and known and self.now - known[0] < NONCE_WINDOW:
            return known[1]
        posts = self.history.setdefault(delivery.channel, [])
        posts.append(delivery.key)
        self.nonces[delivery.key] = (self.now, str(len(posts)))
        return str(len(posts))

    async def admins(self, channel: str) -> tuple[str, ...]:  # noqa: ARG002 - the door's form
        return ()

    def freeze(self, message: Message) -> tuple[str, ...]:
        return tuple(json.dumps(repr(block)) for block in message.blocks)

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        await asyncio.sleep(0)
        self.threads[delivery.key] = thread
        self.reaper.pass_by("before a post")
        fault = self._fault()
        self.met[fault] += 1
        if fault == "broken before":
            raise ConnectionResetError
        if fault in {"too many requests", "server error"}:
            raise ChatError(fault)
        if fault == "accepted late":
            later = self.now + self.chance.random() * LATEST
            self.coming.append((later, delivery))
            raise TimeoutError
        posted = self._post(delivery)
        self.reaper.pass_by("after a post")
        await asyncio.sleep(0)
        if fault == "answer lost":
            raise ConnectionResetError
        return posted

    async def find(self, delivery: Delivery) -> str:
        await asyncio.sleep(0)
        self.reaper.pass_by("before a look")
        if self.chance.random() < 0.3:
            raise ConnectionResetError
        posts = self.history.get(delivery.channel, [])
        return str(posts.index(delivery.key) + 1) if delivery.key in posts else ""

    async def close(self) -> None:
        """Nothing is open."""

    async def run(self) -> None:
        """Nothing comes in."""

    def _fault(self) -> str:
        drawn = self.chance.random()
        for name, share in FAULTS:
            drawn -= share
            if drawn < 0:
                return name
        return "none"
