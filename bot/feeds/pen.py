"""The pen: strangers' bytes are parsed in a process that is killed when it takes too long."""

from __future__ import annotations

import asyncio
import pickle
import struct
import sys

from bot.errors import InputError
from bot.feeds.tasks import Result, Task

DEADLINE_SECONDS = 20.0
START_SECONDS = 30.0
PATIENCE = 6
"""A file that someone at this machine names may take so many times longer."""

_LENGTH = struct.Struct(">I")


class Pen:
    """One parsing process, started when first needed and again after it was killed."""

    def __init__(self, *, deadline: float = DEADLINE_SECONDS) -> None:
        """``deadline`` bounds one task, in seconds."""
        self._deadline = deadline
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._warm = False

    async def do(self, task: Task) -> Result:
        """Do a task in the process.

        Raises:
            InputError: the bytes are no news, or took too long (``too-slow``), or killed the
                process (``hostile``).

        """
        async with self._turn:
            answer = await self._ask(task)
        if isinstance(answer, InputError):
            raise answer
        return answer

    async def _ask(self, task: Task) -> Result | InputError:
        seconds = self._deadline * (1 if task.url else PATIENCE)
        seconds += 0 if self._warm else START_SECONDS
        try:
            async with asyncio.timeout(seconds):
                answer = await self._exchange(task)
        except TimeoutError:
            await self._kill()
            text = f"{task.place} took longer than {self._deadline:.0f} s to read. Is it an attack?"
            return InputError(text, outcome="too-slow")
        except (OSError, asyncio.IncompleteReadError):
            await self._kill()
            text = f"{task.place} crashed the process that read it and is left alone."
            return InputError(text, outcome="hostile")
        except BaseException:
            await self._kill()  # half an exchange must not answer the next task
            raise
        self._warm = True
        return answer

    async def _exchange(self, task: Task) -> Result | InputError:
        if self._process is None or self._process.returncode is not None:
            self._warm = False
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.feeds.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:  # never: both are pipes
            raise OSError("no pipe")
        told = pickle.dumps(task)
        target.write(_LENGTH.pack(len(told)) + told)
        await target.drain()
        length = _LENGTH.unpack(await source.readexactly(_LENGTH.size))[0]
        answer: Result | InputError = pickle.loads(await source.readexactly(length))  # noqa: S301 - from our own process
        return answer

    async def _kill(self) -> None:
        process, self._process, self._warm = self._process, None, False
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    async def close(self) -> None:
        """Stop the process."""
        await self._kill()
