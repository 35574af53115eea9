"""The card of the feeds and their health, in words (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards.phrases import count, lapse, moment
from bot.cards.typed import ours
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Message,
    Paragraph,
    Run,
    Small,
    Text,
)
from bot.model import Feed, FeedState

PAGE = 25
TOLD_AT_ONCE = 10
MANY = 3
ALL_AT_ONCE = "So many at once: perhaps it is the network of the machine that this bot runs on."
REASSURANCE = "Nothing stored is lost. You are told once more when they can be read again."


@dataclass(frozen=True, slots=True)
class Health:
    """A feed with what polling has learnt of it, and how many articles a day it carries."""

    feed: Feed
    state: FeedState | None = None
    a_day: float = 0.0


def feeds_card(feeds: Sequence[Health], *, now: datetime, page: int = 1) -> Message:
    """Render one page of feeds, broken ones first; a button asks for the next page."""
    if not feeds:
        text = "No feeds yet. Add one: “feeds add https://outlet.example/rss”"
        return Message((Paragraph(ours(text)),), "No feeds yet", data={"feeds": []})
    ordered = sorted(feeds, key=_broken_first)
    start = (page - 1) * PAGE if (page - 1) * PAGE < len(ordered) else 0
    shown = ordered[start : start + PAGE]
    down = sum(_is_down(one.state) for one in feeds)
    title = f"{count(len(feeds), 'feed')}, {down} down" if down else count(len(feeds), "feed")
    blocks: list[Block] = [
        Heading(title, level=2),
        Bullets(tuple(_line(one, now) for one in shown)),
    ]
    if len(ordered) > PAGE:
        last = min(start + PAGE, len(ordered))
        blocks.append(
            Small((Run(f"{start + 1} to {last} of {len(ordered):,}, broken ones first."),))
        )
    if len(ordered) > start + PAGE:
        blocks.append(Buttons((Button("More", f"feeds:{page + 1}"),)))
    data = [_record(one, now) for one in ordered]
    return Message(tuple(blocks), title, data={"feeds": data})


def feeds_changed_card(
    feeds: Sequence[tuple[Feed, FeedState]], *, polled: int, now: datetime
) -> Message:
    """Render the note about feeds that broke and feeds that are well again.

    ``polled`` is how many feeds the channel has: where most break at once it says what that means.
    """
    broken = [pair for pair in feeds if pair[1].down]
    well = [pair for pair in feeds if not pair[1].down]
    blocks: list[Block] = []
    for pairs, words in ((broken, "cannot be read"), (well, "can be read again")):
        if pairs:
            blocks.append(Paragraph((Run(f"{count(len(pairs), 'feed')} {words}:", bold=True),)))
            told = [_line(Health(*pair), now) for pair in pairs[:TOLD_AT_ONCE]]
            blocks.append(Bullets(tuple(told)))
        if len(pairs) > TOLD_AT_ONCE:
            blocks.append(Small(ours(f"and {len(pairs) - TOLD_AT_ONCE:,} more; see “feeds”.")))
    if len(broken) >= MANY and len(broken) * 2 > polled:
        blocks.append(Paragraph((Run(ALL_AT_ONCE),)))
    if broken:
        blocks.append(Small((Run(REASSURANCE),)))
    parts = [f"{len(broken)} broken" if broken else "", f"{len(well)} well again" if well else ""]
    summary = f"Feeds: {', '.join(filter(None, parts))}"
    return Message((*blocks, Buttons((Button("Feeds", "feeds"),))), summary, private=False)


def _broken_first(one: Health) -> tuple[bool, bool, str]:
    failing = one.state is not None and one.state.failures > 0
    return not _is_down(one.state), not failing, (one.feed.title or one.feed.url).casefold()


def _line(one: Health, now: datetime) -> Text:
    words = f": {state_in_words(one.state, now=now, a_day=one.a_day)}"
    return (Run(one.feed.title or one.feed.url, link=one.feed.url), Run(words))


def _is_down(state: FeedState | None) -> bool:
    return state is not None and state.down


def state_in_words(state: FeedState | None, *, now: datetime, a_day: float = 0.0) -> str:
    """Say how a feed does: "fine, 4.2 articles a day, next poll in 12 minutes"."""
    if state is None or state.last_poll is None:
        return "not polled yet"
    if state.stopped:
        return f"stopped: {state.error or 'the outlet closed it'}"
    following = f"next poll {_until(state.next_poll, now)}"
    if state.failures:
        last = (
            f"last success {moment(state.last_success)}" if state.last_success else "never worked"
        )
        times = f" ({count(state.failures, 'failure')} in a row)" if state.failures > 1 else ""
        error = (state.error or state.outcome).rstrip(".")
        return f"failing{times}: {error}; {last}; {following}"
    return f"fine, {_rate(a_day)}last read {moment(state.last_poll)}, {following}"


def _rate(a_day: float) -> str:
    """Say how many articles a day; below one in ten days nothing."""
    if a_day < 0.05:
        return ""
    shown = f"{a_day:.0f}" if a_day >= 9.95 else f"{a_day:.1f}"
    return f"{shown} articles a day, " if shown != "1.0" else "1 article a day, "


def _until(at: datetime | None, now: datetime) -> str:
    if at is None or at <= now:
        return "now"
    return f"in {lapse(at - now + timedelta(minutes=1))}"


def _record(one: Health, now: datetime) -> dict[str, object]:
    feed, state = one.feed, one.state
    return {
        "url": feed.url,
        "title": feed.title,
        "folder": feed.folder,
        "state_media": feed.state_media,
        "state": state_in_words(state, now=now, a_day=one.a_day),
        "down": _is_down(state),
        "outcome": state.outcome if state else "",
        "error": state.error if state else "",
        "failures": state.failures if state else 0,
        "articles_a_day": round(one.a_day, 2),
        "last_success": _iso(state.last_success if state else None),
        "next_poll": _iso(state.next_poll if state else None),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
