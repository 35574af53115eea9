"""The doctor: checks the set-up part by part and says in words what to mend.

Each check is a function that returns a finding; none changes anything but that the database
is made when there is none.
"""

from __future__ import annotations

import importlib.util
import platform
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.cards.phrases import searched_in_words
from bot.config import Config
from bot.errors import WhosaidError
from bot.message import Bullets, Heading, Message, Run, Text
from bot.store import open_store
from summarizer.analysis import analyze_text

PROBE = "The bridge is closed, the port authority said on Tuesday. Nobody was hurt."


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found. ``mend`` says what to do; it is empty when all is well."""

    part: str
    found: str
    mend: str = ""
    grave: bool = False


Platform = Callable[[Config], Awaitable[list[Check]]]


async def examine(config: Config, platforms: tuple[Platform, ...] = ()) -> tuple[Message, bool]:
    """Run every check; return the report, and whether nothing grave was found."""
    checks = [*_machine(), *_news(config), _database(config), _language()]
    for platform_checks in platforms:
        checks += await platform_checks(config)
    if not config.has_token:
        checks.append(Check("Chat", "no token is set, so “run” is the console", _TOKENS))
    return _report(checks), not any(check.grave for check in checks)


_TOKENS = "to connect, set WHOSAID_DISCORD_TOKEN, or WHOSAID_SLACK_BOT_TOKEN and ..._APP_TOKEN"


def _machine() -> Iterator[Check]:
    yield Check("Python", f"{platform.python_version()} on {platform.system()}")
    embed = importlib.util.find_spec("onnxruntime") is not None
    found = "installed" if embed else "not installed: questions are matched by words alone"
    yield Check("Extra “embed”", found)


def _news(config: Config) -> Iterator[Check]:
    for place in (*config.news.files, *config.news.opml):
        if not Path(place).exists():
            yield Check(
                "News", f"{place} is not there", "correct news.files or news.opml", grave=True
            )
    if (config.news.feeds or config.news.opml) and not config.news.contact:
        mend = "set news.contact, so that outlets can write to you instead of blocking you"
        yield Check("News", "no contact is told to outlets", mend)


def _database(config: Config) -> Check:
    try:
        store = open_store(config.database)
    except WhosaidError as error:
        return Check("Database", f"{config.database}: {error}", "see above", grave=True)
    try:
        return Check("Database", f"{config.database}: {searched_in_words(store.searched())}")
    finally:
        store.close()


def _language() -> Check:
    claims = analyze_text(PROBE).claims
    if any(claim.attribution.source for claim in claims):
        return Check("Language model", "loads, and names the source of a test sentence")
    return Check("Language model", "finds no source in a test sentence", _REINSTALL, grave=True)


_REINSTALL = "set up anew: make clean, then make run"


def _report(checks: list[Check]) -> Message:
    items: list[Text] = []
    for check in checks:
        mark = "✗" if check.grave else "!" if check.mend else "✓"
        mend = f" → {check.mend}" if check.mend else ""
        items.append((Run(f"{mark} {check.part}: ", bold=True), Run(check.found + mend)))
    grave = sum(check.grave for check in checks)
    title = f"{grave} to mend" if grave else "All is well"
    data = [{"part": c.part, "found": c.found, "mend": c.mend, "grave": c.grave} for c in checks]
    return Message((Heading(title, level=2), Bullets(tuple(items))), title, data={"checks": data})
