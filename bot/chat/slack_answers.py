"""Answers what Slack's people ask, in Slack's manners.

Answers go to the asker alone, a part at a time, with a row to page, share and remove.
Acknowledging, and telling a repeated event from a new one, is ``slack``'s.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from slack_sdk.errors import SlackApiError

from bot.cards.typed import told
from bot.chat.slack_asker import People, SlackAsker, channel_key
from bot.chat.slack_blocks import Payload, above, payloads, threaded
from bot.chat.slack_controls import (
    State,
    answer_page,
    is_paging,
    may_be_shared,
    with_remove,
)
from bot.chat.slack_errors import error_name
from bot.chat.slack_place import Place
from bot.chat.slack_post import Poster, key_of
from bot.chat.slack_reply import Replies
from bot.chat.slack_words import mention_words, subject_of
from bot.commands import parse
from bot.errors import ChatError, UsageError, WhosaidError
from bot.message import Message, Paragraph, plain
from bot.ports import Respond

_log = logging.getLogger(__name__)
_SHOWN_QUESTION = 150
_LOOKED_AFTER = {"schedule", "digest post"}
"""Who uses these looks after the channel's digests."""

Changed = Callable[[str, str], None]


class Answers:
    """Asks what was asked, and shows the answer where the question came from."""

    def __init__(  # noqa: PLR0913, PLR0917 - the doors of one workspace
        self,
        team: str,
        respond: Respond,
        people: People,
        poster: Poster,
        replies: Replies,
        changed: Changed,
    ) -> None:
        """Keep the doors of the workspace with the id ``team``.

        ``changed`` is told the channel and the person whenever digests are set or posted there.
        """
        self._respond = respond
        self._people = people
        self._poster = poster
        self._replies = replies
        self._changed = changed
        self.team = team

    async def answer(
        self, place: Place, words: str, *, part: int = 1, instead: bool = False, context: str = ""
    ) -> None:
        """Answer words: to the asker alone, or for all where the answer is for the channel."""
        message = await self.ask(place, words, context)
        words = message.command or words
        if not message.private and not place.direct:
            await self._publish(place, message, words, "Posted.")
            return
        page = answer_page(message, words, part, share=not place.direct)
        await self._replies.show(place, page, instead=instead)
        if place.direct and not place.url:
            await self._pictures(place.channel, message, place.thread)

    async def mention(self, place: Place, text: str) -> None:
        """Answer what was said to the bot in plain words, in a channel, thread or conversation."""
        subject = subject_of(await self._root(place)) if place.thread else ""
        await self.answer(place, mention_words(text, subject), context=subject)

    async def write(self, place: Place, words: str) -> None:
        """Answer words in the conversation with the bot, wherever they were asked."""
        message = await self.ask(place, words)
        for number, part in enumerate(threaded(message)):
            await self._poster.post(place.user, part, f"{place.key}#{number}")

    def key_of(self, channel: str) -> str:
        """Return the key of a channel of this workspace."""
        return channel_key(self.team, channel)

    async def press(self, place: Place, command: str) -> None:
        """Do what a button says; a page is turned in place where only the presser sees it."""
        own = place.alone or place.direct
        await self.answer(place, command, instead=own and is_paging(command))

    async def page(self, place: Place, value: str) -> None:
        """Show another part of an answer in its place."""
        state = State.from_value(value)
        await self.answer(place, state.command, part=state.part, instead=True)

    async def share(self, place: Place, value: str) -> None:
        """Post an answer in the channel, once, and take the private one away."""
        command = State.from_value(value).command
        if not may_be_shared(command):
            await self.tell(place, "This answer is for you alone; it cannot be shared.")
            return
        await self._publish(place, await self.ask(place, command), command, "")

    async def remove(self, place: Place, value: str) -> None:
        """Take an answer away; a shared one only for who shared it or may change the channel."""
        owner = State.from_value(value).user
        if (
            owner
            and owner != place.user
            and not await self._people.may_change(place.user, place.channel)
        ):
            await self.tell(place, "Only who asked, or who may manage the channel, can remove it.")
            return
        if not place.alone:
            await self._remove_rest(place)
        await self._replies.remove(place)

    async def ask(self, place: Place, words: str, context: str = "") -> Message:
        """Return the answer to words; what goes wrong becomes an answer in words."""
        key = channel_key(self.team, place.channel)
        asker = SlackAsker(key, await self._may_change(place, words), context)
        if asker.may_change and parse(words).name in _LOOKED_AFTER:
            self._changed(place.channel, place.user)
        try:
            return await self._respond(words, asker)
        except WhosaidError as error:
            return told(str(error))

    async def tell(self, place: Place, text: str) -> None:
        """Tell the asker a sentence."""
        (payload,) = payloads(Message((Paragraph(plain(text)),), text))
        await self._replies.show(place, payload)

    async def _may_change(self, place: Place, words: str) -> bool:
        """Ask Slack for the permission, only when the command needs one."""
        try:
            changing = parse(words).changing
        except UsageError:
            return False
        if not changing or (place.team and place.team != self.team):
            return False
        return await self._people.may_change(place.user, place.channel)

    async def _publish(self, place: Place, message: Message, command: str, done: str) -> None:
        """Post an answer for all in its place, the rest below it, and tell the asker."""
        try:
            root = await self._post_all(place, message, command)
        except (ChatError, SlackApiError) as fault:
            text = str(fault) if isinstance(fault, ChatError) else "Slack did not answer."
            await self.tell(place, f"Not shared. {text}")
            return
        if place.alone:
            await self._replies.remove(replace(place, thread=""))
        elif done:
            await self.tell(place, done)
        await self._pictures(place.channel, message, place.thread or root)

    async def _post_all(self, place: Place, message: Message, command: str) -> str:
        first, *rest = threaded(message)
        asked = f"{place.name or 'Somebody'} asked: {command[:_SHOWN_QUESTION]}"
        first = with_remove(above(first, asked), place.user)
        root = await self._once(place, first, f"{place.key}#0", place.thread)
        for number, part in enumerate(rest, start=1):
            await self._once(place, part, f"{place.key}#{number}@{root}", place.thread or root)
        return root

    async def _once(self, place: Place, part: Payload, key: str, thread: str) -> str:
        return await self._poster.post_surely(
            place.channel, part, key, since=max(0.0, place.at - 60), thread=thread
        )

    async def _remove_rest(self, place: Place) -> None:
        """Take away the further parts of a shared answer, which stand in a thread."""
        for message in await self._thread(place.channel, place.thread or place.pressed):
            if key_of(message).endswith(f"@{place.pressed}"):
                rest = replace(place, pressed=str(message["ts"]), alone=False)
                await self._replies.remove(rest)

    async def _root(self, place: Place) -> dict[str, object]:
        messages = await self._thread(place.channel, place.thread)
        return dict(messages[0]) if messages else {}

    async def _thread(self, channel: str, root: str) -> list[dict[str, object]]:
        try:
            return [dict(one) for one in await self._poster.thread(channel, root)]
        except SlackApiError as fault:
            _log.warning("a thread in %s cannot be read: %s", channel, error_name(fault))
            return []

    async def _pictures(self, channel: str, message: Message, thread: str) -> None:
        for one in (message, *message.thread):
            for part in payloads(one):
                for picture in part.pictures:
                    await self._poster.upload(channel, picture, thread=thread)
