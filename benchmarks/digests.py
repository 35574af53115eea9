"""Three digests of the demo news, as a channel gets them, as Markdown.

    python -m benchmarks.digests > docs/digests.md

The demo is ingested into a new database by the bot itself; nothing depends on the clock.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.demo_news import DEMO
from bot.cards.digest import digest_card
from bot.chat.terminal import as_text
from bot.compose import Composer, sentences_in, shown_in
from bot.model import Channel, Schedule, Settings, Subscription
from bot.outlets import owners_in, state_media_in
from bot.store import SqlStore, open_store

WEDNESDAY = datetime(2026, 3, 11, 7, tzinfo=UTC)
DAY = timedelta(days=1)
SHOWN = (
    ("Wednesday, short", "one", WEDNESDAY, "short", ()),
    ("Thursday, medium, after Wednesday's was shown", "one", WEDNESDAY + DAY, "medium", ()),
    (
        'Thursday, short, for a channel with the keywords "bank" and "dam"',
        "other",
        WEDNESDAY + DAY,
        "short",
        ("bank", "dam"),
    ),
)
HEAD = """\
# Digests of the demo news

What `python -m benchmarks.digests` prints: what a channel of London time gets at seven in the morning of the news in `seeds/demo` (invented, countries and all). On Slack and Discord the lines with › are buttons.

The order of stories is by weight: 2 ln(1 + outlets) + 3 ln(1 + origins) + 2^(-age of the newest article / 12 hours) + 2 if a followed name or word is in it + 1 if a keyword of the channel is. `short` is 5 stories of 1 sentence, at most 2 led by one outlet; `medium` 10 of 2, at most 3; `long` 20 of 3, at most 5. An item opens with the lede and headline of the article whose lede scores best, times how new the article is (half for each 12 hours), times how much of the story its head shares, times a quarter where the headline asks or says "opinion". A lede that says hardly more than its headline gives way to the next sentence. A story that was shown before comes back only with sentences that no shown article said.
"""  # noqa: E501 - a paragraph is a line


def main() -> None:
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "news.sqlite3")
        ingest = [sys.executable, "-m", "bot", "ingest", "--database", database, str(DEMO)]
        subprocess.run(ingest, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        store = open_store(database)
        print("\n".join(shown(store)), end="")
        store.close()


def shown(store: SqlStore) -> list[str]:
    """Return the digests in order, each marked as briefed before the next is made."""
    tables = [DEMO / "outlets.toml"]
    composer = Composer(store, Settings("0.0"), owners_in(tables), state_media_in(tables))
    found = []
    for title, name, until, length, keywords in SHOWN:
        wanted = Subscription(
            Channel(name), Schedule(zone="Europe/London"), length=length, keywords=keywords
        )
        stories = store.stories_between(until - DAY, until)
        digest = composer.digest(wanted, stories, until - DAY, until)
        card = as_text(digest_card(digest), width=100)
        lines = "\n".join(line.rstrip() for line in card.splitlines()).strip("\n")
        found.append(f"## {title}\n\n```\n{lines}\n```\n")
        told = sentences_in(digest, store)
        store.mark_briefed(wanted.channel.key, until, shown_in(digest), sentences=told)
    return found


if __name__ == "__main__":
    main()
