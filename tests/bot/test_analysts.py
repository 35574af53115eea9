"""Analysts: they end with the process that they work for, however that ends."""

import subprocess
import sys

WORK = """
import asyncio
from bot.analysts import Analysts
from summarizer.model import Article

async def work():
    await Analysts()(Article("a1", "The harbour is closed, its master said.", "", ""))
    print("analysed", flush=True)
    await asyncio.Event().wait()

asyncio.run(work())
"""
LONG_ENOUGH_SECONDS = 60


def test_analysts_of_a_killed_process_end_too() -> None:
    """What they inherited, such as the output of the process, is closed by all of them."""
    command = [sys.executable, "-c", WORK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "analysed\n"
        process.kill()
        rest, _ = process.communicate(timeout=LONG_ENOUGH_SECONDS)  # until all have closed it
    assert rest == ""
