"""The parsing process: ``python -m bot.feeds.worker``. It reads tasks and writes results.

Frames on its pipes are a length of four bytes and a pickle. It may be killed at any moment, and
it may not grow past ``MOST_MEMORY``: what it reads comes from strangers.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import struct
import sys
from typing import BinaryIO

from bot.errors import InputError
from bot.feeds.tasks import Result, Task
from bot.feeds.work import do

MOST_MEMORY = 2 * 2**30
LENGTH = struct.Struct(">I")


def answer(task: Task) -> Result | InputError:
    """Do a task; whatever goes wrong becomes an ``InputError``."""
    try:
        return do(task)
    except InputError as error:
        return error
    except (MemoryError, RecursionError):
        text = f"{task.place} needs too much memory to read and is left alone."
        return InputError(text, outcome="hostile")
    except Exception as error:  # noqa: BLE001 - the one place; parsers of strangers' bytes raise anything
        text = f"{task.place} broke its parser ({type(error).__name__}). Please report the address."
        return InputError(text, outcome="unreadable")


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _serve(source: BinaryIO, target: BinaryIO) -> None:
    while head := source.read(LENGTH.size):
        task = pickle.loads(source.read(LENGTH.unpack(head)[0]))  # noqa: S301 - written by our own parent process
        told = pickle.dumps(answer(task))
        target.write(LENGTH.pack(len(told)) + told)
        target.flush()


def main() -> None:
    """Serve until the pipe closes; Ctrl-C is for the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    target, sys.stdout = sys.stdout.buffer, sys.stderr
    _serve(sys.stdin.buffer, target)


if __name__ == "__main__":
    main()
