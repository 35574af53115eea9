"""The commands about the bot itself: help and status."""

from __future__ import annotations

from bot.cards.phrases import count, shown_at
from bot.cards.status import Standing, status_card
from bot.commands import COMMANDS, Command
from bot.message import Bullets, Heading, Message, Run, Text
from bot.model import Subscription
from bot.ports import Asker
from bot.respond.desk import Desk
from bot.schedule import in_quiet, next_slot


def show_help(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Say what can be asked, a line a command."""
    items: list[Text] = [
        (Run(entry.usage, code=True, typed=True), Run(f" {entry.about}")) for entry in COMMANDS
    ]
    data = [{"usage": entry.usage, "about": entry.about} for entry in COMMANDS]
    return Message((Heading("What you can ask", level=2), Bullets(tuple(items))), "Help", data=data)


def status(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Say what is stored, what is down, and when the next digest comes."""
    store, now = desk.store, desk.now()
    wanted = store.subscription(asker.channel)
    known = {state.url: state for state in store.feed_states()}
    visible = {feed.url for feed in (*store.feeds(asker.channel), *store.feeds(""))}
    found, mend = desk.workers()
    standing = Standing(
        searched=store.searched(),
        states=[known.get(url) for url in sorted(visible)],
        newest=store.newest(),
        schedule=wanted.schedule if wanted else None,
        last=store.last_slot(asker.channel),
        upcoming=next_slot(wanted.schedule, now) if wanted else None,
        workers=f"{found} → {mend}" if mend else found,
        version=desk.settings.version,
    )
    more = [
        *(_told_at_once(wanted, desk) if wanted else ()),
        *_waiting(desk, asker.channel, wanted),
    ]
    return status_card(standing, now=now, more=more)


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
        again = (Run(", next try "), shown_at(min(tries), zone)) if tries else ()
        rows.append(("Waiting", (Run(count(len(waiting), "message")), *again)))
    return rows
