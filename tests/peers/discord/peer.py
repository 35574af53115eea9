"""What others wrote of Discord, asked through Node: its schema, and a parser of its markdown.

The packages are installed once below ``build/``; without Node, npm or a registry the tests
that need them are skipped, and say so.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BUILD = HERE.parents[2] / "build" / "peers"


class Missing(Exception):  # noqa: N818 - the name says what is wrong
    """Node, npm or the registry is not there."""


def installed() -> Path:
    """Return the folder with the packages installed, by the committed lock file."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise Missing("node and npm are not installed here")
    files = [HERE / name for name in ("package.json", "package-lock.json", "check.mjs")]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    final = BUILD / f"discord-{digest}"
    if not final.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as folder:
            _install(Path(folder) / "peer", files)
            if not final.exists():
                (Path(folder) / "peer").rename(final)
    return final


def _install(folder: Path, files: Iterable[Path]) -> None:
    folder.mkdir()
    for file in files:
        shutil.copy(file, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Missing("npm did not answer within 120 s") from error
    if done.returncode:
        raise Missing(f"npm could not install the packages: {done.stderr[-300:]}")


class Peer:
    """A running Node process that answers one line for each line."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", "check.mjs"],
            cwd=installed(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def fault(self, schema: str, value: Any) -> str:
        """Return what is wrong with a value by this schema of Discord's; empty when nothing."""
        return str(self._ask({"schema": schema, "value": value})["fault"])

    def nodes(self, text: str) -> list[dict[str, Any]]:
        """Return the tree that the parser reads a text as."""
        return list(self._ask({"text": text})["nodes"])

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()
