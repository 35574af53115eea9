"""A probe: how long the event loop of a process is held, and by which lines of ours.

``watch`` runs in the process; its report is a file of JSON that is written anew every second,
so that it outlives a kill. A held loop is looked at from a thread, every 20 ms.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

PAUSE_SECONDS = 0.005
HELD_SECONDS = 0.05
"""A pause that takes longer by so much is looked at."""


class Probe:
    """Measures the lag of the running loop until its task is cancelled."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self._lags: list[float] = []
        self._culprits: Counter[str] = Counter()
        self._due = 0.0
        self._main = threading.get_ident()
        self._stop = threading.Event()

    async def watch(self) -> None:
        """Measure, and write the report every second."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._look, args=(loop,), daemon=True).start()
        written = loop.time()
        try:
            while True:
                self._due = loop.time() + PAUSE_SECONDS
                await asyncio.sleep(PAUSE_SECONDS)
                self._lags.append(max(0.0, loop.time() - self._due))
                if loop.time() - written > 1:
                    written = loop.time()
                    self._write()
        finally:
            self._stop.set()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stop.wait(0.02):
            if self._due and loop.time() - self._due > HELD_SECONDS:
                frame = sys._current_frames().get(self._main)  # noqa: SLF001 - the documented way
                calls = traceback.extract_stack(frame) if frame else []
                ours = [call for call in calls if "/bot/" in call.filename] or calls[-2:]
                where = [f"{Path(call.filename).name}:{call.lineno} {call.name}" for call in ours]
                self._culprits[" < ".join(reversed(where[-3:]))] += 1

    def _write(self) -> None:
        part = self._report.with_suffix(".part")
        part.write_text(json.dumps({"lags": self._lags, "held": self._culprits.most_common(8)}))
        part.replace(self._report)


def read_report(report: Path) -> tuple[list[float], list[tuple[str, int]]]:
    """Return the lags in seconds, and where the loop was when it was held, commonest first."""
    told: dict[str, Any] = json.loads(report.read_text())
    return told["lags"], [(where, times) for where, times in told["held"]]
