"""Publishing: each due slot becomes one digest, sent once.

``Publisher`` decides what is due, ``Press`` freezes it; ``NoteQueue`` freezes what others want told
outside digests; ``Watch`` writes such notes of what came in; ``Outbox`` brings frozen parts to a
platform.
What a digest says is composed elsewhere.
"""

from bot.publish.notes import NoteQueue
from bot.publish.outbox import Notice, Outbox, Tried
from bot.publish.press import Compose, Composed, Freeze, Press
from bot.publish.publisher import HandOver, Publisher
from bot.publish.watch import Watch

__all__ = [
    "Compose",
    "Composed",
    "Freeze",
    "HandOver",
    "NoteQueue",
    "Notice",
    "Outbox",
    "Press",
    "Publisher",
    "Tried",
    "Watch",
]
