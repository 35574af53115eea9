"""What is posted outside digests, made of the demo news, for both drawers of pictures.

Alerts on what is followed (one story, and many folded), corrections and denials, feeds that broke
and are well again, and a channel that cannot be posted to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.cards.feeds import feeds_changed_card
from bot.cards.watch import alert_card, correction_card, quoted
from bot.message import Message, Paragraph, plain
from bot.model import Feed, FeedState
from bot.ports import Store
from summarizer.briefing import brief
from summarizer.model import Passage, Story

UNTIL = datetime(2026, 3, 16, tzinfo=UTC)
"""The demo news is older than this, and at most a week."""

FOLLOWED = "Aldering"
PER_HOUR = 4


def notes(store: Store, refusal: str) -> Iterator[tuple[str, Message]]:
    """Yield a name and a message of every kind; ``refusal`` is the platform's, in words."""
    told = list(_told(store))
    yield "alert", alert_card(told[:1], per_hour=PER_HOUR)
    yield "alert-folded", alert_card(told, per_hour=PER_HOUR)
    yield "correction", _correction(told[0][1], "It says now:", "changed what was quoted here")
    yield "denial", _correction(told[1][1], "Mara Voss now:", "says otherwise now")
    yield "feeds-broken", feeds_changed_card(list(_feeds()), polled=4, now=UNTIL)
    text = (
        f"A digest could not be posted: {refusal}. The bot tries again with growing pauses and"
        " goes on by itself when it can."
    )
    yield "paused", Message((Paragraph(plain(text)),), text)


def _told(store: Store) -> Iterator[tuple[str, Passage, Story]]:
    """Yield the opening of each story's newest article as what is new of what is followed."""
    for story in store.stories_between(UNTIL - timedelta(days=7), UNTIL):
        article = store.articles(story.articles)[-1]
        analysis = store.analysis(article.id)
        passages = brief(article, analysis).passages if analysis else ()
        if passages:
            yield FOLLOWED, passages[0], story


def _correction(passage: Passage, words: str, heading: str) -> Message:
    """Show a sentence of the demo and, as what became of it, the same one shortened."""
    citation = passage.citation
    outlet = citation.article.outlet
    now = quoted(
        citation.quote[: len(citation.quote) * 2 // 3].rpartition(" ")[0] + ".", outlet, ""
    )
    said = quoted(citation.quote, outlet, citation.link)
    return correction_card(f"{outlet} {heading}", [(said, [(words, now)])])


def _feeds() -> Iterator[tuple[Feed, FeedState]]:
    well = FeedState("", outcome="ok", last_poll=UNTIL, last_success=UNTIL)
    gone = "is gone for good and is no longer polled. Remove it, or add its new address."
    lost = "is not there. Look on the site for the feed's new address."
    for name, words, state in (
        ("Oldquay Watch", lost, replace(well, outcome="not-found", failures=3)),
        ("The Courier", gone, replace(well, outcome="gone", failures=1, stopped=True)),
        ("Meridian Wire", "", well),
    ):
        url = f"https://{name.lower().replace(' ', '')}.example/rss"
        error = f"{name} {words}" if words else ""
        following = UNTIL + timedelta(hours=1)
        yield Feed(url, name), replace(state, url=url, error=error, next_poll=following)
