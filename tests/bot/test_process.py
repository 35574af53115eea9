"""The program as a process: asked to end it ends cleanly, killed it goes on where it was."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commandline import STOPPED, TERMINATED
from bot.store import open_store

NEWS = (
    "Dam holds in storm\nBy Ada Lind\nPosted : October 20, 2024, 12:29\n\nThe Sarn dam held on"
    " Sunday, its keeper Ada Lind said.\n\nThe river fell overnight, the water office said.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "dam.txt"
    news.write_text(NEWS)
    config = tmp_path / "config.toml"
    config.write_text(
        f'database = "{tmp_path}/news.sqlite3"\n[news]\ndemo = false\nfiles = ["{news}"]\n'
    )
    return tmp_path


class Program:
    """``whosaid run`` with a pipe to type into."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--config", str(folder / "config.toml")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={k: v for k, v in os.environ.items() if not k.startswith("WHOSAID_")},
        )

    def until(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return
        pytest.fail(f"ended without {words}: {self.process.communicate()}")

    def end(self, how: signal.Signals) -> tuple[int, str]:
        self.process.send_signal(how)
        code = self.process.wait(timeout=120)  # before its input is closed, which ends it too
        _, told = self.process.communicate(timeout=120)
        return code, told


@pytest.fixture
def program(folder: Path) -> Iterator[Program]:
    started = Program(folder)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.communicate()


def test_sigterm_ends_it_in_a_sentence_with_everything_saved(
    program: Program, folder: Path
) -> None:
    """As a service manager or ``docker stop`` asks; nothing needs to be typed."""
    program.until("Stored: 1 article")
    code, told = program.end(signal.SIGTERM)
    assert code == TERMINATED
    assert told.splitlines()[-1] == STOPPED
    assert "Traceback" not in told
    store = open_store(str(folder / "news.sqlite3"))
    assert store.searched().articles == 1
    store.close()


def test_killed_and_started_again_it_goes_on(program: Program, folder: Path) -> None:
    program.until("Stored: 1 article")
    # Nobody holds its output open any more: those who analysed for it have ended too.
    assert program.end(signal.SIGKILL)[0] == -signal.SIGKILL
    again = Program(folder)
    try:
        again.until("Stored: 1 article")
        assert again.process.stdin is not None
        again.process.stdin.write("search dam\n")
        again.until("The Sarn dam held")
    finally:
        assert again.end(signal.SIGTERM)[0] == TERMINATED
