"""Slack's Web API by people who are not us (npm ``emulate``), started on loopback.

It is installed once below ``build/``; without Node, npm or a registry the tests that need it
are skipped, and say so.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BUILD = HERE.parents[2] / "build" / "peers"
FILES = ("package.json", "package-lock.json", "loopback.cjs", "listener.cjs")
BOT_TOKEN = "xoxb-whosaid"
ADA_TOKEN = "xoxp-ada"
SCOPES = [
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
]
CLIENT_ID, CLIENT_SECRET = "1795477083.1795477084", "client-secret-of-the-tests"
PUBLIC_URL = "https://whosaid.example"
SEED = {
    "slack": {
        "strict_scopes": True,
        "team": {"name": "Lantern", "domain": "lantern"},
        "users": [
            {"name": "whosaid", "real_name": "Whosaid"},
            {"name": "ada", "real_name": "Ada Ruiz"},
            {"name": "ben", "real_name": "Ben Oduya", "is_admin": True},
        ],
        "channels": [
            {"name": "news"},
            {"name": "desk", "is_private": True},
            {"name": "archive", "is_private": True},
        ],
        "bots": [{"name": "whosaid"}],
        "oauth_apps": [
            {
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
                "name": "Whosaid installed",
                "redirect_uris": [f"{PUBLIC_URL}/slack/oauth_redirect"],
                "scopes": SCOPES,
            }
        ],
        "tokens": [
            {"token": BOT_TOKEN, "type": "bot", "user": "whosaid", "scopes": SCOPES},
            {"token": ADA_TOKEN, "user": "ada", "scopes": ["im:write", "im:history", "chat:write"]},
        ],
    }
}


class Missing(Exception):  # noqa: N818 - the name says what is wrong
    """Node, npm or the registry is not there."""


def installed() -> Path:
    """Return the folder with the packages installed, by the committed lock file."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise Missing("node and npm are not installed here")
    files = [HERE / name for name in FILES]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    final = BUILD / f"slack-{digest}"
    if not final.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as folder:
            _install(Path(folder) / "peer", files)
            with contextlib.suppress(OSError):  # another run of the tests was faster
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


class Emulated:
    """A running emulation of one workspace."""

    def __init__(self) -> None:
        folder = installed()
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = tempfile.TemporaryDirectory()
        seed = Path(self._folder.name) / "seed.json"
        seed.write_text(json.dumps(SEED))
        command = ["node", "node_modules/emulate/dist/index.js", "start", "--service", "slack"]
        command += ["--port", str(self.port), "--seed", str(seed), "--base-url", self.url]
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "NODE_OPTIONS": "--require ./loopback.cjs"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        people = self.call("users.list")["members"]
        self.users = {one["name"]: one["id"] for one in people}
        kinds = {"types": "public_channel,private_channel"}
        channels = self.call("conversations.list", kinds)["channels"]
        self.channels = {one["name"]: one["id"] for one in channels}

    def _wait(self) -> None:
        for _ in range(200):
            try:
                if self.call("auth.test").get("ok"):
                    return
            except OSError:
                time.sleep(0.1)
        self.close()
        raise Missing("emulate did not start within 20 s")

    def call(self, method: str, body: object = None, *, token: str = BOT_TOKEN) -> dict[str, Any]:
        """Ask its Web API."""
        request = urllib.request.Request(
            f"{self.url}/api/{method}",
            json.dumps(body or {}).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return dict(json.load(answer))

    def close(self) -> None:
        self._process.kill()
        self._process.wait(timeout=10)
        self._folder.cleanup()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
