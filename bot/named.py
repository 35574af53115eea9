"""What the config names: its feeds are added, and its files gathered, at every start."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.config import News
from bot.errors import InputError
from bot.feeds.files import fingerprint
from bot.gather import Report
from bot.model import Feed
from bot.ports import Store
from summarizer.model import ANALYSIS_VERSION

FILES = "files"
"""What the store remembers of the files that the config names."""

FeedsAt = Callable[[str, str], Awaitable[Sequence[Feed]]]
"""(address or path, channel) -> the feeds found there; nothing is stored."""

log = logging.getLogger(__name__)


async def add_feeds(news: News, store: Store, feeds_at: FeedsAt) -> None:
    """Add the feeds and OPML files of the config; none is asked here."""
    for place in (*news.opml, *news.feeds):
        address = place.startswith(("http://", "https://"))
        for feed in [Feed(place)] if address else await feeds_at(place, ""):
            store.add_feed(feed)


async def gather_files(
    files: Sequence[str], store: Store, ingest: Callable[[Sequence[str]], Awaitable[Report]]
) -> None:
    """Ingest files, unless all are as they were when they were last ingested."""
    if not files:
        return
    try:
        mark = f"{ANALYSIS_VERSION} {fingerprint(files)}"
    except InputError:
        mark = ""
    if mark and store.remembered(FILES) == mark:
        return
    report = await ingest(files)
    for fault in report.faults:
        log.warning("%s", fault)
    if not report.faults:
        store.remember(FILES, mark)
