"""The commands that show and change what a channel gets: feeds, schedule, follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cards.feeds import Health, feeds_card
from bot.cards.phrases import count, shown_at
from bot.commands import Command
from bot.errors import UsageError
from bot.message import Message, Paragraph, Run, When
from bot.model import CONSOLE, Channel, Schedule, Subscription
from bot.ports import Asker
from bot.respond.desk import Desk, note
from bot.schedule import next_slots
from bot.timetable import parse_schedule, schedule_in_words

MOST_FOLLOWS = 50
LONGEST_FOLLOW = 200
"""Characters: a story's title is followed whole, a pasted page is not."""
UPCOMING = 3


def feeds(desk: Desk, command: Command, asker: Asker) -> Message:
    """Show the channel's feeds, and those of the config, with their health in words."""
    return feeds_card(_health(desk, asker.channel), now=desk.now(), page=command.page)


def _health(desk: Desk, channel: str) -> list[Health]:
    store, now = desk.store, desk.now()
    states = {state.url: state for state in store.feed_states()}
    visible = {feed.url: feed for feed in store.feeds("") + store.feeds(channel)}
    return [
        Health(feed, states.get(url), store.articles_a_day(url, now))
        for url, feed in visible.items()
    ]


async def add_feed(desk: Desk, command: Command, asker: Asker) -> Message:
    """Add a feed, or the feed that a page names."""
    if not command.words.lower().startswith(("http://", "https://")):
        raise UsageError("Give the feed's address: “feeds add https://outlet.example/rss”")
    return await _add(desk, command.words.split()[0], asker)


async def import_feeds(desk: Desk, command: Command, asker: Asker) -> Message:
    """Add all feeds of an OPML file: an address, or at the console a path."""
    address = command.words.lower().startswith(("http://", "https://"))
    if not address and asker.channel != CONSOLE:
        raise UsageError("Give the address of an OPML file: “feeds import https://...”")
    return await _add(desk, command.words, asker)


async def _add(desk: Desk, place: str, asker: Asker) -> Message:
    found = await desk.feeds_at(place, asker.channel)
    added = [feed for feed in found if desk.store.add_feed(replace(feed, channel=asker.channel))]
    if not added:
        again = [feed for feed in found if _restarted(desk, feed.url)]
        if again:
            return note(f"{again[0].title or again[0].url} had stopped. It is tried once more now.")
        return note(f"Nothing to add: {count(len(found), 'feed')} found, all here already.")
    names = ", ".join(feed.title or feed.url for feed in added[:3])
    more = f" and {len(added) - 3} more" if len(added) > 3 else ""
    return note(f"Added {count(len(added), 'feed')}: {names}{more}. The first poll comes soon.")


def _restarted(desk: Desk, url: str) -> bool:
    """Poll a feed again that had stopped for good; False when it had not."""
    state = desk.store.feed_state(url)
    if state is None or not state.stopped:
        return False
    desk.store.save_feed_state(replace(state, stopped=False, failures=0, next_poll=None))
    return True


def remove_feed(desk: Desk, command: Command, asker: Asker) -> Message:
    """Stop polling a feed for this channel."""
    if desk.store.remove_feed(command.words.strip(), channel=asker.channel):
        return note("Removed. Its articles stay; nothing new is polled.")
    raise UsageError("No feed of this channel has that address; “feeds” lists them all.")


def export_feeds(desk: Desk, command: Command, asker: Asker) -> Message:  # noqa: ARG001 - one form for all
    """Show the channel's feeds as OPML."""
    opml = desk.opml_of(desk.store.feeds(asker.channel) + desk.store.feeds(""))
    return note(opml, data={"opml": opml}, quoting=True)


def schedule(desk: Desk, command: Command, asker: Asker) -> Message:
    """Show or change this channel's digest times."""
    current = desk.store.subscription(asker.channel)
    if not command.words:
        return _times(current, desk)
    base = current or new_subscription(desk, asker.channel)
    # Times of today that are past already are not caught up.
    typed = parse_schedule(command.words, zone=base.schedule.zone, current=base.schedule)
    wanted = replace(typed, since=desk.now())
    desk.store.save_subscription(replace(base, schedule=wanted, problem=""))
    return _times(replace(base, schedule=wanted), desk)


def new_subscription(desk: Desk, channel: str) -> Subscription:
    """Return the subscription of a channel that has none: paused until it asks for digests."""
    settings = desk.settings
    times = Schedule(times=settings.times, zone=settings.zone, paused=True)
    return Subscription(
        Channel(channel),
        times,
        since=desk.now(),
        length=settings.length,
        skip_empty=settings.skip_empty,
    )


def _times(subscription: Subscription | None, desk: Desk) -> Message:
    if subscription is None:
        return note("No digest times here yet. Set them: “schedule 07:00 Europe/London weekdays”")
    words = schedule_in_words(subscription.schedule)
    slots = next_slots(subscription.schedule, desk.now(), UPCOMING)
    if not slots:
        return note(f"{words}. Paused; “schedule resume” starts it again.")
    zone = subscription.schedule.zone
    shown = [part for slot in slots for part in (Run(", "), shown_at(slot, zone, day=True))]
    said = ", ".join(part.fallback for part in shown if isinstance(part, When))
    text = f"{words}. Next: {said}."
    blocks = (Paragraph((Run(f"{words}. Next: "), *shown[1:], Run("."))),)
    return Message(blocks, text, data={"note": text})


def follow(desk: Desk, command: Command, asker: Asker) -> Message:
    """Follow an entity, words, or a story by its number, in this channel."""
    base = desk.store.subscription(asker.channel) or new_subscription(desk, asker.channel)
    wanted = _followed(desk, command.words)
    if len(wanted) > LONGEST_FOLLOW:
        raise UsageError("That is too long to follow: give a name, or a few words.")
    if wanted.casefold() in (word.casefold() for word in base.follows):
        return note(f"“{wanted}” is followed here already.", quoting=True)
    if len(base.follows) >= MOST_FOLLOWS:
        raise UsageError(f"A channel follows at most {MOST_FOLLOWS}; unfollow something first.")
    began = (*_began(base, desk), desk.now())
    desk.store.save_subscription(replace(base, follows=(*base.follows, wanted), followed=began))
    told = f"Following “{wanted}”: it comes first in this channel's digests{_alerts(desk)}."
    return note(told, quoting=True)


def _began(base: Subscription, desk: Desk) -> tuple[datetime, ...]:
    """Return when each of what is followed began; what is older than our notes of it, long ago."""
    missing = len(base.follows) - len(base.followed)
    return (*base.followed, *[base.since or desk.now()] * missing)


def _alerts(desk: Desk) -> str:
    most = desk.settings.alerts_per_hour
    if not most:
        return ""
    told = f"at most {count(most, 'message')} an hour"
    return f", and what is new of it is told here: once a story, {told}"


def _followed(desk: Desk, words: str) -> str:
    """Return what is followed: a story's number stands for its title."""
    story = desk.store.story(words.strip().lstrip("#").lower())
    return story.title if story is not None else words


def unfollow(desk: Desk, command: Command, asker: Asker) -> Message:
    """Stop following an entity or words in this channel."""
    base = desk.store.subscription(asker.channel)
    wanted = _followed(desk, command.words).casefold()
    pairs = zip(base.follows, _began(base, desk), strict=True) if base else ()
    left = [pair for pair in pairs if pair[0].casefold() != wanted]
    if base is None or len(left) == len(base.follows):
        followed = ", ".join(base.follows) if base and base.follows else "nothing"
        raise UsageError(f"“{command.words[:80]}” is not followed here. Followed: {followed}.")
    kept = replace(
        base,
        follows=tuple(word for word, _ in left),
        followed=tuple(began for _, began in left),
    )
    desk.store.save_subscription(kept)
    return note(f"No longer following “{command.words}”.", quoting=True)
