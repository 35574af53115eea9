"""Draws every kind of Slack message over the demo news, for a person to look at.

    python -m benchmarks.slack_pictures FOLDER [--only NAME ...] [--theme dark]

Writes one PNG a message, Home tab or form into FOLDER, and prints its name, its size in pixels
and its blocks. It needs npm (a drawer of Block Kit by others is installed once below ``build/``)
and Chromium; with ``pngquant`` the files become small. A browser is not Slack: it
shows layout, words and order, not Slack's own fonts and menus.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from bot import app
from bot.chat.slack_blocks import above, threaded
from bot.chat.slack_controls import answer_page, with_remove
from bot.chat.slack_views import FEEDS, SCHEDULE, form, form_errors, home
from bot.model import Channel, Schedule, Subscription

PEER = Path(__file__).parents[1] / "tests" / "peers" / "slack_pictures"
BUILD = PEER.parents[2] / "build" / "peers"
CHANNEL = "slack:T1:C1"
WIDTH = 720
LOWEST = 240
"""Pixels below which the browser shows less than it is told."""
TIME = "2026-03-14T08:00:00Z"
BROWSER = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
ASKED = {
    "source": "source Tarsk moved 8,000 troops into the Oru Gap",
    "no-source": "source The mayor resigned over the ferry",
    "entity": "entity Aldering",
    "story": "story ferry",
    "brief": "brief ferry",
    "search": "search ferry",
    "feeds": "feeds",
    "schedule": "schedule",
    "why": "why https://outlet.example/nothing",
    "status": "status",
    "help": "help",
    "wrong": "sourse the dam held",
}


@dataclass(frozen=True)
class Sitter:
    """Who asks."""

    channel: str = CHANNEL
    may_change: bool = True
    context: str = ""


async def drawn() -> list[tuple[str, dict[str, Any]]]:
    """Return a name and what is drawn, for every kind of message."""
    found: list[tuple[str, dict[str, Any]]] = []
    with tempfile.TemporaryDirectory() as folder:
        config = app.configure(None, database=f"{folder}/news.sqlite3")
        async with app.application(config) as whole:
            await whole.ingest([app.DEMO])
            answers = {
                name: await whole.responder(words, Sitter()) for name, words in ASKED.items()
            }
            digest = await whole.responder("digest", Sitter())
    for number, part in enumerate(threaded(digest), start=1):
        found.append((f"digest-{number}", post(part.blocks)))
    for name, message in answers.items():
        page = answer_page(message, ASKED[name])
        found.append((name, post(page.blocks, alone=True)))
    first = threaded(answers["source"])[0]
    shared = with_remove(above(first, f"ada asked: {ASKED['source']}"), "U1")
    found.append(("shared", post(shared.blocks)))
    found.append(("home", {"kind": "home", "view": home(subscriptions(), [answers["feeds"]])}))
    return found + list(forms())


def post(blocks: object, *, alone: bool = False) -> dict[str, Any]:
    return {"kind": "post", "blocks": blocks, "alone": alone}


def subscriptions() -> list[Subscription]:
    morning = Schedule(
        times=(time(7), time(18, 30)), zone="Europe/London", weekdays=(0, 1, 2, 3, 4)
    )
    trouble = "#old-desk: The channel is archived; unarchive it, or set the times in another one."
    return [
        Subscription(Channel(CHANNEL), morning),
        Subscription(Channel("slack:T1:C2"), Schedule(), problem=trouble),
    ]


def forms() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield both forms as they open, and one with wrong words in it."""
    for name in (SCHEDULE, FEEDS):
        yield f"form-{name}", {"kind": "form", "view": form(name, "C1")}
    view = form(SCHEDULE, "C1")
    wrong = "25:99 Atlantis"
    view["blocks"][1]["element"]["initial_value"] = wrong
    yield "form-wrong", {"kind": "form", "view": view, "errors": form_errors(f"schedule {wrong}")}


def bundle() -> Path:
    """Return the folder with the drawing page, built once."""
    sources = [
        PEER / name for name in ("package-lock.json", "package.json", "page.css", "page.jsx")
    ]
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()[:12]
    folder = BUILD / f"slack-pictures-{digest}"
    if not (folder / "out" / "page.js").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for one in sources:
            shutil.copy(one, folder)
        run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", where=folder)
        build = ("--bundle", "--minify", "--jsx=automatic", "--outfile=out/page.js")
        run("node_modules/.bin/esbuild", "page.jsx", *build, where=folder)
    return folder / "out"


def run(*command: str, where: Path | None = None) -> str:
    done = subprocess.run(
        command, cwd=where, capture_output=True, text=True, timeout=180, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr[-500:]}")
    return done.stdout


def draw(browser: str, page: Path, picture: dict[str, Any], target: Path) -> int:
    """Draw one picture; return its height in pixels."""
    names = {"channels": [{"id": "C1", "name": "news"}, {"id": "C2", "name": "old-desk"}]}
    whole = json.dumps(picture | {"time": TIME, "data": names}).replace("<", "\\u003c")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "picture.html"
        file.write_text(
            f'<!doctype html><html><meta charset="utf-8"><title>0</title>'
            f'<link rel="stylesheet" href="file://{page}/page.css"><div id="root"></div>'
            f'<script>window.PICTURE = {whole}</script><script src="file://{page}/page.js"></script>',
            encoding="utf-8",
        )
        options = (*BROWSER, f"--user-data-dir={folder}/profile")
        seen = run(browser, *options, f"--window-size={WIDTH},800", "--dump-dom", str(file))
        height = max(LOWEST, int(re.search(r"<title>(\d+)</title>", seen)[1]))
        shot = (f"--window-size={WIDTH},{height}", f"--screenshot={target}", str(file))
        run(browser, *options, *shot)
    if smaller := shutil.which("pngquant"):
        run(
            smaller,
            "--force",
            "--strip",
            "--speed",
            "1",
            "--output",
            str(target),
            "32",
            str(target),
        )
    return height


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    options = parser.parse_args()
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        raise SystemExit("Chromium is not installed here (Debian: apt-get install chromium).")
    page = bundle()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, picture in asyncio.run(drawn()):
        if options.only and name not in options.only:
            continue
        target = (options.folder / f"slack-{name}.png").resolve()
        height = draw(browser, page, picture | {"theme": options.theme}, target)
        blocks = picture.get("blocks") or picture["view"]["blocks"]
        kilobytes = target.stat().st_size / 1000
        print(f"{target.name}: {WIDTH} x {height}, {len(blocks)} blocks, {kilobytes:.0f} kB")


if __name__ == "__main__":
    main()
