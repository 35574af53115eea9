"""Analysts: they end with the process that they work for, and a killed one is replaced."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest

from bot import analysts as room
from bot.analysts import Analysts
from summarizer.model import Article

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


async def test_what_a_killed_analyst_was_at_is_given_to_another() -> None:
    """Nothing is lost but time, and later articles are analysed as before."""
    analysts = Analysts()
    articles = [Article(f"a{n}", f"The harbour is closed, master {n} said.", "", "") for n in "123"]
    try:
        await analysts(articles[0])
        for number in analysts._processes.numbers():
            os.kill(number, signal.SIGKILL)
        found = await asyncio.gather(*map(analysts, articles))
        assert [len(analysis.claims) for analysis in found] == [1, 1, 1]
        assert len((await analysts(articles[0])).claims) == 1
    finally:
        analysts.close()


@pytest.mark.parametrize(
    ("cores", "answering", "analysts"),
    [(1, True, 1), (2, True, 1), (2, False, 2), (4, True, 3), (64, True, 4), (64, False, 4)],
)
def test_a_core_is_left_to_whoever_answers(monkeypatch, cores, answering, analysts) -> None:
    """There is one analyst at least, and so many as cores where nobody is answered."""
    monkeypatch.setattr(room, "cores", lambda: cores)
    hired: list[int] = []
    monkeypatch.setattr(room, "Processes", lambda most, **_: hired.append(most))
    Analysts(answering=answering)
    assert hired == [analysts]
