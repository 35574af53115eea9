"""Jobs in memory: the same promises as the engine over PostgreSQL."""

import asyncio
from collections.abc import Sequence

from bot.jobs import MOST_TRIES, Clock, SetAside, Task, Tick


class FakeJobs:
    """Runs jobs in this event loop; a failed one is tried again at once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.waits: dict[tuple[str, str], str] = {}
        self._tries: dict[tuple[str, str], int] = {}
        self.faults = 0
        self._aside: list[SetAside] = []
        self._busy: frozenset[tuple[str, str]] = frozenset()
        self._more = asyncio.Event()

    async def defer(self, task: str, key: str, note: str = "") -> bool:
        if (task, key) in self.waits or any((a.task, a.key) == (task, key) for a in self._aside):
            return False
        self.waits[task, key] = note
        self._more.set()
        return True

    async def set_aside(self) -> list[SetAside]:
        return self._aside

    async def waiting(self) -> dict[str, int]:
        names = [task for task, _ in self.waits]
        return {name: names.count(name) for name in names}

    async def run(
        self,
        tasks: Sequence[Task],
        ticks: Sequence[Tick],
        *,
        queues: Sequence[str] | None = None,
        concurrency: int = 4,
    ) -> None:
        taken = {task.name: task for task in tasks if queues is None or task.name in queues}
        async with asyncio.TaskGroup() as group:
            for tick in ticks:
                group.create_task(self._ticking(tick))
            for _ in range(concurrency):
                group.create_task(self._working(taken))

    async def drain(self, tasks: Sequence[Task]) -> None:
        """Run what waits, and what that defers, until nothing waits."""
        by_name = {task.name: task for task in tasks}
        while found := self._next(by_name):
            await self._one(by_name[found[0]], found[1], self.waits.pop(found))

    def _next(self, taken: dict[str, Task]) -> tuple[str, str] | None:
        free = (one for one in self.waits if one[0] in taken and one not in self._busy)
        return next(free, None)

    async def _working(self, taken: dict[str, Task]) -> None:
        while True:
            if (found := self._next(taken)) is None:
                self._more.clear()
                await self._more.wait()
                continue
            self._busy |= {found}
            await self._one(taken[found[0]], found[1], self.waits.pop(found))
            self._busy -= {found}
            self._more.set()

    async def _one(self, task: Task, key: str, note: str) -> None:
        try:
            await task.run(key, note, self._clock())
            self._tries.pop((task.name, key), None)
        except Exception as fault:  # noqa: BLE001 - as the real engine does
            tries = self._tries[task.name, key] = self._tries.get((task.name, key), 0) + 1
            if tries >= MOST_TRIES:
                self._aside.append(SetAside(task.name, key, tries, repr(fault)))
            else:
                self.waits.setdefault((task.name, key), note)

    async def _ticking(self, tick: Tick) -> None:
        while True:
            try:
                await tick.run(self._clock())
            except Exception:  # noqa: BLE001 - as the real engine does
                self.faults += 1
            await asyncio.sleep(0)
