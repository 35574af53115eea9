"""The commands about the bot itself: help and status."""

from __future__ import annotations

from datetime import datetime

from bot.cards.phrases import count, moment, searched_in_words
from bot.commands import COMMANDS, Command
from bot.message import Bullets, Facts, Heading, Message, Run, Text
from bot.model import Subscription
from bot.ports import Asker
from bot.respond.desk import Desk
from bot.schedule import in_quiet, next_slot


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
        rows += _told_at_once(subscription, desk)
    rows += _waiting(desk, asker.channel, subscription)
    found, mend = desk.workers()
    if found:
        rows.append(("Workers", (Run(f"{found} → {mend}" if mend else found),)))
    rows.append(("Version", (Run(desk.settings.version),)))
    data = {
        "articles": searched.articles,
        "feeds": searched.feeds,
        "down": list(searched.down),
        "newest": newest.isoformat() if newest else None,
        "next": upcoming.isoformat() if upcoming else None,
        "workers": found,
        "version": desk.settings.version,
    }
    return Message((Heading("Status", level=2), Facts(tuple(rows))), "Status", data=data)


def _told_at_once(subscription: Subscription, desk: Desk) -> list[tuple[str, Text]]:
    """Say what is followed and when it is quiet."""
    rows: list[tuple[str, Text]] = []
    if subscription.follows:
        rows.append(("Followed here", (Run(", ".join(subscription.follows)),)))
    if quiet := subscription.schedule.quiet:
        now = ", now" if in_quiet(subscription.schedule, desk.now()) else ""
        hours = f"{quiet[0]:%H:%M} to {quiet[1]:%H:%M} {subscription.schedule.zone}{now}"
        rows.append(("Quiet hours", (Run(hours),)))
    return rows


def _waiting(desk: Desk, channel: str, subscription: Subscription | None) -> list[tuple[str, Text]]:
    """Say what is not posted yet, and why."""
    rows: list[tuple[str, Text]] = []
    if subscription is not None and subscription.problem:
        rows.append(("Cannot post", (Run(f"{subscription.problem}. It is tried again."),)))
    waiting = [part for part in desk.store.unfinished() if part.channel == channel]
    if waiting:
        tries = [part.next_try for part in waiting if part.next_try]
        zone = subscription.schedule.zone if subscription else "UTC"
        again = f", next try {moment(min(tries), zone)}" if tries else ""
        rows.append(("Waiting", (Run(f"{count(len(waiting), 'message')}{again}"),)))
    return rows


def _told(slot: datetime | None) -> str:
    return moment(slot) if slot else "none yet"
