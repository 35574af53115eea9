"""The doctor: checks the set-up part by part and says in words what to mend.

Each check is a function that returns a finding; none changes anything but that the database
is made when there is none.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.cards.phrases import searched_in_words
from bot.config import Config
from bot.cross_encoder import installed
from bot.errors import WhosaidError
from bot.machines import workers_in_words
from bot.message import Block, Bullets, Heading, Message, Paragraph, Run, Text
from bot.platforms import slack_setup
from bot.store import is_on_server, open_store, place_of
from summarizer.analysis import analyze_text

PROBE = "The bridge is closed, the port authority said on Tuesday. Nobody was hurt."


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found. ``mend`` says what to do; it is empty when all is well."""

    part: str
    found: str
    mend: str = ""
    grave: bool = False


async def examine(config: Config) -> tuple[Message, bool]:
    """Run every check; return the report, and whether nothing grave was found."""
    database, channels = _database(config)
    checks = [*_machine(), *_news(config), database]
    checks += [*_meaning(config, database), *_workers(config, database), _language()]
    checks += await _discord(config, channels)
    checks += await _slack(config, channels)
    if not config.has_token:
        checks.append(Check("Chat", "no token is set, so “run” is the console", _TOKENS))
    manifest = "" if config.has_slack else _manifest(config)
    return _report(checks, manifest), not any(check.grave for check in checks)


async def _discord(config: Config, channels: list[str]) -> list[Check]:
    if not config.discord_token:
        return []
    from bot.chat import discord_doctor  # noqa: PLC0415 - a library that a console need not load

    keys = [key for key in channels if key.startswith("discord:")]
    found = await discord_doctor.check(config.discord_token, keys)
    return [Check("Discord", one.found, one.mend, grave=not one.good) for one in found]


async def _slack(config: Config, channels: list[str]) -> list[Check]:
    if not config.has_slack:
        return []
    from bot.chat import slack_doctor  # noqa: PLC0415 - the same

    keys = [key for key in channels if key.startswith("slack:")]
    with closing(open_store(config.database)) as store:
        found = await slack_doctor.check(slack_setup(config), store, keys)
    return [Check(one.part, one.found, one.mend, grave=one.grave) for one in found]


def _manifest(config: Config) -> str:
    from bot.chat.slack_manifest import manifest  # noqa: PLC0415 - the same

    section = config.slack
    return manifest(
        manager_group=section.manager_group,
        http=section.mode == "http",
        many=section.workspaces == "many",
        public_url=section.public_url,
    )


_TOKENS = "to connect, set WHOSAID_DISCORD_TOKEN, or WHOSAID_SLACK_BOT_TOKEN and ..._APP_TOKEN"


def _machine() -> Iterator[Check]:
    yield Check("Python", f"{platform.python_version()} on {platform.system()}")
    found = "installed" if installed() else "not installed: questions are matched by words alone"
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


def _database(config: Config) -> tuple[Check, list[str]]:
    """Check the database; return also the keys of the channels that get digests."""
    try:
        store = open_store(config.database)
    except WhosaidError as error:
        return Check("Database", str(error), "see there", grave=True), []
    try:
        found = f"{place_of(config.database)}: {searched_in_words(store.searched())}"
        return Check("Database", found), [s.channel.key for s in store.subscriptions()]
    finally:
        store.close()


def _meaning(config: Config, database: Check) -> Iterator[Check]:
    """Say where the vectors are kept, where questions are matched by meaning too."""
    if database.grave or not config.answers.meaning:
        return
    with closing(open_store(config.database)) as store:
        shared = store.make_vectors()
    mend = ""
    if not shared and is_on_server(config.database):
        mend = "to have one index for all processes, install pgvector on the database's server"
    found = "pgvector, in the database" if shared else "numpy, in the memory of each process"
    yield Check("Search by meaning", found, mend)


def _workers(config: Config, database: Check) -> Iterator[Check]:
    """Check who works, where the work is shared."""
    if not database.grave:
        found, mend = workers_in_words(config)
        if found:
            yield Check("Workers", found, mend)


def _language() -> Check:
    claims = analyze_text(PROBE).claims
    if any(claim.attribution.source for claim in claims):
        return Check("Language model", "loads, and names the source of a test sentence")
    return Check("Language model", "finds no source in a test sentence", _REINSTALL, grave=True)


_REINSTALL = "set up anew: make clean, then make run"


def _report(checks: list[Check], manifest: str) -> Message:
    items: list[Text] = []
    for check in checks:
        mark = "✗" if check.grave else "!" if check.mend else "✓"
        mend = f" → {check.mend}" if check.mend else ""
        items.append((Run(f"{mark} {check.part}: ", bold=True), Run(check.found + mend)))
    grave = sum(check.grave for check in checks)
    title = f"{grave} to mend" if grave else "All is well"
    blocks: list[Block] = [Heading(title, level=2), Bullets(tuple(items))]
    if manifest:
        blocks.append(
            Heading("Slack: paste this at api.slack.com/apps, “From a manifest”", level=2)
        )
        blocks.append(Paragraph((Run(manifest),)))
    data = {
        "checks": [
            {"part": c.part, "found": c.found, "mend": c.mend, "grave": c.grave} for c in checks
        ],
        "slack_manifest": manifest,
    }
    return Message(tuple(blocks), title, data=data)
