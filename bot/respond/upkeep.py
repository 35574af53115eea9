"""The commands about the bot itself: help, status, and why an article is (not) posted."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.phrases import count, moment, searched_in_words
from bot.commands import COMMANDS, Command
from bot.message import Bullets, Facts, Heading, Message, Run, Text
from bot.ports import Asker
from bot.respond.desk import Desk, note
from bot.schedule import next_slot
from summarizer.model import Article


def show_help(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Say what can be asked, a line a command."""
    items: list[Text] = [
        (Run(entry.usage, code=True), Run(f" {entry.about}")) for entry in COMMANDS
    ]
    data = [{"usage": entry.usage, "about": entry.about} for entry in COMMANDS]
    return Message((Heading("What you can ask", level=2), Bullets(tuple(items))), "Help", data=data)


def status(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Say what is stored, what is down, and when the next digest comes."""
    searched = desk.store.searched()
    subscription = desk.store.subscription(asker.channel)
    newest = desk.store.newest()
    rows: list[tuple[str, Text]] = [
        ("Stored", (Run(searched_in_words(searched)),)),
        ("Newest", (Run(moment(newest) if newest else "nothing yet"),)),
        ("Last digest here", (Run(_told(desk.store.last_slot(asker.channel))),)),
    ]
    upcoming = None
    if subscription is not None:
        upcoming = next_slot(subscription.schedule, desk.now())
        zone = subscription.schedule.zone
        rows.append(("Next digest here", (Run(moment(upcoming, zone) if upcoming else "paused"),)))
    rows.append(("Version", (Run(desk.settings.version),)))
    data = {
        "articles": searched.articles,
        "feeds": searched.feeds,
        "down": list(searched.down),
        "newest": newest.isoformat() if newest else None,
        "next": upcoming.isoformat() if upcoming else None,
        "version": desk.settings.version,
    }
    return Message((Heading("Status", level=2), Facts(tuple(rows))), "Status", data=data)


def _told(slot: datetime | None) -> str:
    return moment(slot) if slot else "none yet"


def why(desk: Desk, command: Command, asker: Asker) -> Message:
    """Say whether an article would be posted here, and if not, why not."""
    article = desk.store.article_by_url(command.words) or desk.store.article(command.words)
    outcome, text = _outcome(desk, article, asker.channel)
    return note(text, data={"outcome": outcome, "text": text})


def _outcome(  # noqa: PLR0911 - one return an outcome
    desk: Desk, article: Article | None, channel: str
) -> tuple[str, str]:
    if article is None:
        return "not-stored", (
            "No: no stored article has this address. It came in by no feed or file; "
            "“feeds” shows what is polled."
        )
    title = f"“{article.title or 'untitled'}” ({article.outlet or 'outlet unknown'})"
    story = desk.store.story_of(article.id)
    briefed = desk.store.briefed(channel)
    if story is not None and article.id in briefed.get(story.id, ()):
        return "already-posted", f"No: {title} was already in a digest of this channel."
    subscription = desk.store.subscription(channel)
    if subscription is None:
        return (
            "no-schedule",
            f"No: this channel has no digest times. {title} is stored; try “schedule”.",
        )
    if article.published is None:
        return "no-date", f"Only as part of a story: {title} gives no date of its own."
    if subscription.since is not None and article.published < subscription.since - timedelta(
        days=1
    ):
        return "before-first-run", f"No: {title} is older than this channel's first digest."
    if story is not None and story.id in briefed:
        others = count(len(story.articles), "article")
        return (
            "same-story",
            f"As news of a known story: {title} is one of {others} of story {story.id}.",
        )
    slot = next_slot(subscription.schedule, desk.now())
    if slot is None:
        return "paused", f"Not now: the digests of this channel are paused. {title} waits."
    local = slot.astimezone(ZoneInfo(subscription.schedule.zone))
    return "would-post", f"Yes, if the digest of {moment(local)} has room: {title}."
