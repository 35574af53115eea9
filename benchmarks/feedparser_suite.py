"""The feeds of feedparser's own test suite, read by us.

    pip download --no-binary :all: --no-deps feedparser && tar xf feedparser-*.tar.gz
    python -m benchmarks.feedparser_suite feedparser-*/

Each file of the suite carries an assertion on what feedparser makes of it. Told is (1) how many
are read by our whole path (sniffing, attribute floods, parsing, items) without a fault; (2) how
many assertions on the parts that we keep hold on what we keep; (3) in the files about hostile
HTML, how many of our titles and texts have the words of feedparser's own cleaned ones, and in how
many a tag or script came through.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from bot.errors import InputError
from bot.feeds.items import feed_items
from bot.feeds.markup import fragment
from bot.feeds.parse import parse_feed
from bot.feeds.sniff import text_of
from bot.feeds.tasks import POLLED, Entry, ParsedFeed, Result, Task
from bot.feeds.worker import answer

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
BASE = "http://127.0.0.1:8097/"
CASE = re.compile(r"Description:\s*(.*?)\s*Expect:\s*(.*?)\s*-->", re.DOTALL)
HEADER = re.compile(r"^Header:\s+([^:]+):(.+)$", re.MULTILINE)
HTML = "sanitize"
Told = feedparser.FeedParserDict


def main() -> int:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("suite", type=Path, help="the unpacked source archive of feedparser")
    asked.add_argument("--show", action="store_true", help="name the files that differ")
    options = asked.parse_args()
    folder = options.suite / "tests"
    counts: Counter[str] = Counter()
    for file in sorted(folder.rglob("*.xml")):
        for outcome in judged(file, str(file.relative_to(folder))):
            counts[outcome] += 1
            if options.show and outcome.endswith(("fault", "differs", "came through")):
                print(outcome, file.relative_to(folder))
    if not counts:
        print(f"There are no .xml files under {folder}. Give the unpacked source archive.")
        return 2
    for outcome, number in sorted(counts.items()):
        print(f"| {outcome} | {number:,} |")
    return 0


def judged(file: Path, place: str) -> list[str]:
    raw = file.read_bytes()
    text = text_of(raw)
    headers = {name.strip().lower(): value.strip() for name, value in HEADER.findall(text)}
    url = headers.get("content-location", BASE + place)
    kind = headers.get("content-type", "application/xml")
    theirs = feedparser.parse(
        io.BytesIO(raw), response_headers={"content-location": url, "content-type": kind}
    )
    told = answer(Task(raw, url, NOW, url=url, media_type=kind, want=POLLED))
    outcomes = [read(told, theirs)]
    case = CASE.search(text)
    if f"/{HTML}/" in f"/{place}":
        return outcomes + cleaned(raw, url, kind, theirs)
    if case and isinstance(told, Result):
        outcomes.append(kept(case[2], raw, url, kind))
    return outcomes


def read(told: Result | InputError, theirs: Told) -> str:
    """Whether our whole path read it; feedparser itself calls some files no feed."""
    if isinstance(told, Result):
        return "1 read"
    return (
        "1 read: told as no feed, as by feedparser"
        if not theirs.version and not theirs.entries
        else f"1 read: {told.outcome}, a fault"
    )


def kept(expected: str, raw: bytes, url: str, kind: str) -> str:
    """Whether the file's assertion holds on what we keep, else on the same words marked up."""
    headers = {"content-location": url, "content-type": kind}
    whole = feedparser.parse(io.BytesIO(raw), response_headers=headers)
    ours = parse_feed(raw, url=url, media_type=kind)
    env = {name: value for name, value in whole.items() if name not in {"feed", "entries"}}
    told = {"feed": feed(ours), "entries": [entry(one) for one in ours.entries]}
    marked = {
        "feed": as_marked(told["feed"], whole.feed),
        "entries": [as_marked(*pair) for pair in zip(told["entries"], whole.entries, strict=False)],
    }
    try:
        if holds(expected, {**env, **told}):
            return "2 kept parts: as asserted"
        if holds(expected, {**env, **marked}):
            return "2 kept parts: as asserted, but for markup and white space"
    except (KeyError, AttributeError, IndexError, NameError, TypeError):
        return "2 parts that we do not keep"
    if not holds(expected, dict(whole)):
        return "2 kept parts: feedparser itself, without its server, differs too"
    return "2 kept parts: differs"


def holds(expected: str, env: dict[str, Any]) -> bool:
    return bool(eval(expected, {}, env))


def as_marked(ours: Told, theirs: Told) -> Told:
    """Return our parts as feedparser has them, where both have the same words."""
    same = Told(ours)
    for name, value in ours.items():
        other = theirs.get(name)
        if name == "content":
            same[name] = [
                one
                for one in theirs.get("content", [])
                if shown(one.value) == shown(value[0].value)
            ] or value
        elif isinstance(other, str) and shown(other) == shown(value):
            same[name] = other
    return same


def shown(html: str) -> list[str]:
    return words(" ".join(fragment(html)[0]))


def feed(ours: ParsedFeed) -> Told:
    return Told(
        {
            name: value
            for name, value in {
                "title": ours.title,
                "link": ours.home,
                "language": ours.language,
            }.items()
            if value
        }
    )


def entry(ours: Entry) -> Told:
    told: dict[str, Any] = {
        "title": ours.title,
        "link": ours.url,
        "id": ours.guid,
        "summary": ours.summary,
        "published": ours.published,
        "updated": ours.updated,
        "author": ", ".join(ours.authors),
    }
    if ours.content:
        told["content"] = [Told({"value": ours.content})]
    return Told({name: value for name, value in told.items() if value})


def cleaned(raw: bytes, url: str, kind: str, theirs: Told) -> list[str]:
    """Whether our words are those of feedparser's cleaned HTML, and no markup is left in them."""
    items = feed_items(parse_feed(raw, url=url, media_type=kind), url=url, now=NOW)
    if not items or not theirs.entries:
        return ["3 hostile HTML: not in an entry"]
    article, other = items[0].article, theirs.entries[0]
    found = []
    if re.search(
        r"<\s*(?:script|style|iframe|object|embed|img|a|p)\b|javascript:|on\w+\s*=",
        article.text + article.title,
        re.IGNORECASE,
    ):
        found.append("3 hostile HTML: markup came through")
    html = max((part.value for part in other.get("content", [])), key=len, default="") or other.get(
        "summary", ""
    )
    same = words(article.text) == words(" ".join(fragment(html)[0]))
    return [*found, "3 hostile HTML: the same words" if same else "3 hostile HTML: words differs"]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


if __name__ == "__main__":
    sys.exit(main())
