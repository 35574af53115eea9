"""The command ``why``: would an article be posted here, and if not, why not.

An address that is not stored is read now, unless that failed a short while ago.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.cards.phrases import count, moment
from bot.commands import Command
from bot.errors import InputError
from bot.message import Message
from bot.model import Subscription
from bot.pages import may_read
from bot.ports import Asker
from bot.respond.desk import Desk, note
from bot.schedule import next_slot
from summarizer.model import Article, Story


@dataclass(frozen=True, slots=True)
class _Case:
    """A stored article as a channel sees it."""

    article: Article
    story: Story | None
    subscription: Subscription | None
    briefed: frozenset[str]
    known_story: bool

    @property
    def title(self) -> str:
        return f"“{self.article.title or 'untitled'}” ({self.article.outlet or 'outlet unknown'})"


async def why(desk: Desk, command: Command, asker: Asker) -> Message:
    """Say whether an article would be posted here, and if not, why not."""
    place = command.words.strip()
    article = desk.store.article_by_url(place) or desk.store.article(place)
    if article is None:
        outcome, text = await _not_stored(desk, place)
    else:
        outcome, text = _stored(desk, _case(desk, article, asker.channel))
        text += _and_page(desk, article) + _and_channel(desk, article, asker.channel)
    return note(text, data={"outcome": outcome, "text": text})


async def _not_stored(desk: Desk, place: str) -> tuple[str, str]:
    """Return why nothing is stored of an address: what became of reading it, then or now."""
    if feed := desk.store.passed_over(place):
        return "before-first-poll", (
            f"No: it stood in {feed} before that feed was added, and a new feed brings its newest "
            f"articles only. “brief {place}” reads it."
        )
    known = desk.store.reading(place)
    if known is not None and not may_read(known, desk.now()):
        return (
            known.outcome,
            f"No: it was read on {moment(known.seen)} and gave no article. {known.words}",
        )
    if not place.lower().startswith(("http://", "https://")):
        return "not-stored", "No: no stored article has this address. Give all of it, with https://"
    try:
        items = await desk.read(place)
    except InputError as fault:
        return (
            fault.outcome,
            f"No: no stored article has this address, and reading it gave none. {fault}",
        )
    if len(items) > 1:
        return "feed", f"That is a feed of {count(len(items), 'article')}: “feeds add {place}”."
    return "not-stored", (
        "No: no stored article has this address. It came in by no feed or file; “feeds” shows "
        f"what is polled, and “brief {place}” reads it."
    )


def _case(desk: Desk, article: Article, channel: str) -> _Case:
    story = desk.store.story_of(article.id)
    briefed = desk.store.briefed(channel)
    shown = briefed.get(story.id, ()) if story is not None else ()
    return _Case(
        article,
        story,
        desk.store.subscription(channel),
        frozenset(shown),
        known_story=story is not None and story.id in briefed,
    )


def _stored(desk: Desk, case: _Case) -> tuple[str, str]:  # noqa: PLR0911 - one return an outcome
    article, title, subscription = case.article, case.title, case.subscription
    if article.id in case.briefed:
        return "already-posted", f"No: {title} was already in a digest of this channel."
    if subscription is None:
        return "no-schedule", (
            f"No: this channel has no digest times. {title} is stored; try “schedule”."
        )
    if article.published is None:
        return "no-date", f"Only as part of a story: {title} gives no date of its own."
    since = subscription.since
    if since is not None and article.published < since - timedelta(days=1):
        return "before-first-run", f"No: {title} is older than this channel's first digest."
    if case.story is not None and case.known_story:
        others = count(len(case.story.articles), "article")
        return "same-story", (
            f"As news of a known story: {title} is one of {others} of story {case.story.id}."
        )
    slot = next_slot(subscription.schedule, desk.now())
    if slot is None:
        return "paused", f"Not now: the digests of this channel are paused. {title} waits."
    local = slot.astimezone(ZoneInfo(subscription.schedule.zone))
    return "would-post", f"Yes, if the digest of {moment(local)} has room: {title}."


def _and_channel(desk: Desk, article: Article, channel: str) -> str:
    """Say that an alert told of the article here, and that the channel cannot be posted to."""
    told = " An alert told of it here." if article.id in desk.store.alerted(channel) else ""
    subscription = desk.store.subscription(channel)
    if subscription is None or not subscription.problem:
        return told
    return f"{told} Nothing can be posted here just now: {subscription.problem}."


def _and_page(desk: Desk, article: Article) -> str:
    """Say why only a feed's teaser of the article is stored; "" where its page was read."""
    known = desk.store.reading(article.url) if article.url else None
    return f" Only what the feed gives of it is stored. {known.words}" if known else ""
