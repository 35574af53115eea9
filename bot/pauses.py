"""Short pauses in a process that answers: when rubbish is collected, and whose turn it is.

Both are settings of the whole process, made once when the bot is built.
"""

from __future__ import annotations

import gc
import sys

COLLECT_AFTER = (200_000, 10, 1_000)
"""How many more objects make Python look for dead circles among the newest; how many such looks
make it look at the older ones; how many of those at all. With Python's own (700, 10, 10) a look
at all that the caches hold stopped everything for up to 370 ms, several times a minute, and with
2,000 a look at the newer ones for up to 160 ms in the midst of an answer (``benchmarks.latency``
at a million sentences). An answer makes some ten thousand: the looks come after it."""

TURN_SECONDS = 0.001
"""How long a thread computes while others wait. One that asks the database waits for its turn
after each question; with Python's own 5 ms a storing thread made that the most of an answer."""


def tidy() -> None:
    """Look for dead circles among the newer objects, while nobody waits."""
    gc.collect(1)


def keep_short() -> None:
    """Make the pauses of this process short; call it when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(TURN_SECONDS)
