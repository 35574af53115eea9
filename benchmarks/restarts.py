"""How soon the bot has ended when asked to, and is up again after kill -9, in the middle of work.

Run: ``python -m benchmarks.restarts [--rounds 10]`` (a few minutes; prints figures, and ends with
a fault when one stop takes over 5 s, one start over 15 s, or an article is lost).

Each life is a real process (``whosaid run`` on a pipe) that gathers and analyses the demo news. It
is ended at a random moment, in turn with SIGTERM and SIGKILL. Up again means that it answers a
question. The console gathers what its files hold before it answers, so two starts are told apart:
one that still has articles to analyse, and one after a kill -9 with all of them there.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.store import open_store

DEMO = Path(__file__).parents[1] / "seeds" / "demo"
SEED = 9
STOP_SECONDS, START_SECONDS = 5.0, 15.0
LONGEST_LIFE_SECONDS = 12.0


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--config", str(folder / "config.toml")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("WHOSAID_")},
    )


def end(process: subprocess.Popen[str], how: signal.Signals) -> float:
    """Return how many seconds it took to end."""
    began = time.perf_counter()
    process.send_signal(how)
    process.wait()
    took = time.perf_counter() - began
    process.communicate()
    return took


def up(folder: Path) -> float:
    """Start, ask, and return how many seconds it took to be answered."""
    began = time.perf_counter()
    process = start(folder)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("search ferry\n")
    process.stdin.flush()
    for line in process.stdout:
        if "Corisande" in line:
            break
    else:
        raise SystemExit(f"no answer: {process.communicate()[1][-500:]}")
    took = time.perf_counter() - began
    end(process, signal.SIGTERM)
    return took


def articles(folder: Path) -> int:
    store = open_store(str(folder / "news.sqlite3"))
    count = store.searched().articles
    store.close()
    return count


def told(name: str, seconds: Sequence[float]) -> None:
    middle = sorted(seconds)[len(seconds) // 2]
    print(f"{name}: {len(seconds)} times, median {middle:.1f} s, slowest {max(seconds):.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    chance = random.Random(SEED)
    stops: list[float] = []
    starts: list[float] = []
    catching_up: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = f'database = "{folder}/news.sqlite3"\n[news]\ndemo = false\nfiles = ["{DEMO}"]\n'
        (folder / "config.toml").write_text(config)
        most = 0
        for number in range(options.rounds):
            for how in (signal.SIGTERM, signal.SIGKILL):
                process = start(folder)
                time.sleep(chance.uniform(0.5, LONGEST_LIFE_SECONDS))
                took = end(process, how)
                if how is signal.SIGTERM:
                    stops.append(took)
                now = articles(folder)
                if now < most:
                    raise SystemExit(f"round {number}: {most} articles were stored, {now} are left")
                most = now
            catching_up.append(up(folder))
            most = articles(folder)
            process = start(folder)
            time.sleep(chance.uniform(0.5, LONGEST_LIFE_SECONDS / 4))
            end(process, signal.SIGKILL)
            starts.append(up(folder))
            if number % 3 == 2:  # begin anew, so that it is always gathering when it is ended
                (folder / "news.sqlite3").unlink()
                most = 0
    told("ended by SIGTERM", stops)
    told("up and answering after kill -9, all gathered before", starts)
    told("the same, with up to 64 articles left to analyse", catching_up)
    if max(stops) > STOP_SECONDS or max(starts) > START_SECONDS:
        raise SystemExit("too slow")


if __name__ == "__main__":
    main()
