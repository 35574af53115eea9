"""Draws every kind of Slack message over the demo news, for a person to look at.

    python -m benchmarks.slack_pictures FOLDER [--only NAME ...] [--theme dark]

Writes one PNG a message, Home tab or form into FOLDER, and prints its name, its blocks
and its size. It needs npm (a drawer of Block Kit by others is installed once below ``build/``)
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError

from benchmarks.chromium import View, browser
from benchmarks.posted_notes import notes
from bot import app
from bot.chat.slack_blocks import above, threaded
from bot.chat.slack_controls import answer_page, with_remove
from bot.chat.slack_errors import in_words
from bot.chat.slack_views import FEEDS, SCHEDULE, form, form_errors, home
from bot.message import Message
from bot.model import Channel, Schedule, Subscription
from bot.store import open_store

PEER = Path(__file__).parents[1] / "tests" / "peers" / "slack_pictures"
BUILD = PEER.parents[2] / "build" / "peers"
DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
"""A moment in marked text, which the drawer does not know; its own words stand for it."""

CHANNEL = "slack:T1:C1"
WIDTH = 720
TIME = "2026-03-14T08:00:00Z"
ASKED = {
    "source": "source Tarsk moved 8,000 troops into the Oru Gap",
    "source-denied": "source has Palisade stated that a government paid it for the images?",
    "source-likely": "source the union blames the steering",
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
        told = told_outside_digests(config.database)
    for number, part in enumerate(threaded(digest), start=1):
        found.append((f"digest-{number}", post(part.blocks)))
    for name, message in answers.items():
        page = answer_page(message, ASKED[name])
        found.append((name, post(page.blocks, alone=True)))
    first = threaded(answers["source"])[0]
    shared = with_remove(above(first, f"ada asked: {ASKED['source']}"), "U1")
    found.append(("shared", post(shared.blocks)))
    found.append(("home", {"kind": "home", "view": home(subscriptions(), [answers["feeds"]])}))
    found += [(name, post(threaded(one)[0].blocks)) for name, one in told]
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


def told_outside_digests(database: str) -> list[tuple[str, Message]]:
    """Return a name and a message of each kind that is posted by itself."""
    refused = in_words(SlackApiError("", {"ok": False, "error": "not_in_channel"}), "#news")
    store = open_store(database)
    try:
        return list(notes(store, str(refused)))
    finally:
        store.close()


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


def page_of(picture: dict[str, Any], folder: Path, drawer: Path) -> Path:
    """Write the page that draws a picture; return its path."""
    names = {"channels": [{"id": "C1", "name": "news"}, {"id": "C2", "name": "old-desk"}]}
    whole = json.dumps(picture | {"time": TIME, "data": names})
    whole = DATE.sub(r"\1", whole).replace("<", "\\u003c")
    page = folder / "picture.html"
    page.write_text(
        f'<!doctype html><html><meta charset="utf-8"><title>0</title>'
        f'<link rel="stylesheet" href="file://{drawer}/page.css"><div id="root"></div>'
        f'<script>window.PICTURE = {whole}</script><script src="file://{drawer}/page.js"></script>',
        encoding="utf-8",
    )
    return page


async def draw(pictures: Sequence[tuple[str, dict[str, Any]]], folder: Path) -> None:
    """Draw these into a folder, and print what became of each."""
    drawer = bundle()
    with tempfile.TemporaryDirectory() as pages:
        async with browser() as chromium:
            for name, picture in pictures:
                page = page_of(picture, Path(pages), drawer)
                taken = await chromium.picture(
                    page.as_uri(), View(WIDTH), ready="document.title !== '0'", element="#root"
                )
                target = folder / f"slack-{name}.png"
                target.write_bytes(smaller(taken))
                blocks = picture.get("blocks") or picture["view"]["blocks"]
                size = target.stat().st_size / 1000
                print(f"{target.name}: {len(blocks)} blocks, {size:.0f} kB")


def smaller(png: bytes) -> bytes:
    """Return the picture in few colours, where ``pngquant`` is there to choose them."""
    if not (quantise := shutil.which("pngquant")):
        return png
    command = [quantise, "--strip", "--speed", "1", "32", "-"]
    return subprocess.run(command, input=png, capture_output=True, timeout=60, check=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    pictures = [
        (name, picture | {"theme": options.theme})
        for name, picture in asyncio.run(drawn())
        if not options.only or name in options.only
    ]
    asyncio.run(draw(pictures, options.folder))


if __name__ == "__main__":
    main()
