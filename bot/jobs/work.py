"""What every engine of jobs promises: tasks that are deferred, and what becomes of those that fail.

A job is one call of a task for a key. Of each (task, key) one job waits at most, and one runs at
a time, over all processes that work. A job may run again after a kill, so a task finds out by
itself what is left to do. Nothing that is waited for here is precious: what is due is computed
from the store, and a tick finds again whatever a lost job left behind.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

MOST_TRIES = 5
"""A job that failed so often, or killed so many workers, is set aside with its cause."""

ASIDE_HOURS = 1
"""So long nothing is deferred for a task and key that was set aside; then it is tried anew."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Task:
    """A named function of (key, note, now); ``note`` says more than the key, and is no part of it.

    Its name is its queue too: a worker takes all of them, or some.
    """

    name: str
    run: Callable[[str, str, datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Tick:
    """A task that is run every so many seconds with the present time (UTC)."""

    name: str
    seconds: float
    run: Callable[[datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A job that is not tried for a while, and why."""

    task: str
    key: str
    tries: int
    cause: str


def lock_of(task: str, key: str) -> str:
    """Return the name under which one job waits and one runs."""
    return f"{task} {key}"
