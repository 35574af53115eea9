"""Publishing: each due slot becomes one digest, sent once.

``Publisher`` decides what is due and freezes it; ``NoteQueue`` freezes what others want told
outside digests; ``Watch`` writes such notes of what came in; ``Outbox`` brings frozen parts to a
platform.
What a digest says is composed elsewhere.
"""

from bot.publish.notes import NoteQueue
from bot.publish.outbox import Notice, Outbox, Tried
from bot.publish.publisher import Compose, Composed, Publisher
from bot.publish.watch import Watch

__all__ = ["Compose", "Composed", "NoteQueue", "Notice", "Outbox", "Publisher", "Tried", "Watch"]
