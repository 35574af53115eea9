"""Notes: short messages to a channel outside its digests, frozen once under a name of their own.

They go through the same outbox as digests. What they say, and when, is decided elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.delivery_model import Delivery, Shown
from bot.delivery_ports import DeliveryStore
from bot.message import Note
from bot.model import Channel
from bot.ports import Chat

ADMIN = "admin "
"""Begins the names of notes to admins: trouble with those is logged, never told to admins."""

log = logging.getLogger(__name__)


class NoteQueue:
    """The door ``bot.ports.Notes`` over a store and the platforms that are served."""

    def __init__(self, store: DeliveryStore, chats: Mapping[str, Chat]) -> None:
        """Keep the doors; ``chats`` is by platform."""
        self._store = store
        self._chats = chats

    def note(self, note: Note, *, now: datetime, sentences: Sequence[Shown] = ()) -> bool:
        """Freeze a note, once, with what it shows; see ``bot.ports.Notes``."""
        chat = self._chats.get(Channel(note.channel).platform)
        if chat is None or self._store.parts_of_note(note.channel, note.name):
            return False
        frozen = self._store.freeze(note_parts(note, chat, now), sentences=sentences)
        kind = note.name.partition(" ")[0]
        log.info("note channel=%s kind=%s frozen=%s", note.channel, kind, frozen)
        return frozen

    async def tell_admins(self, note: Note, *, now: datetime) -> bool:
        """Freeze a note for those who can mend its channel; see ``bot.ports.Notes``."""
        chat = self._chats.get(Channel(note.channel).platform)
        if chat is None:
            return False
        try:
            admins = await chat.admins(note.channel)
        except Exception as fault:
            log.warning("admins channel=%s unknown", note.channel, exc_info=fault)
            return False
        name = f"{ADMIN}{note.channel} {note.name}"
        for admin in admins:
            self.note(replace(note, channel=admin, name=name), now=now)
        return bool(admins)


def note_parts(note: Note, chat: Chat, now: datetime) -> list[Delivery]:
    """Return the frozen parts of a note written at ``now``."""
    return [
        Delivery(
            note.channel,
            now,
            number,
            payload,
            name=note.name,
            thread=note.thread,
            expires=note.expires,
        )
        for number, payload in enumerate(chat.freeze(note.message))
    ]
