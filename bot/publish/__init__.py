"""Publishing: each due slot becomes one digest, sent once.

``Publisher`` decides what is due and freezes it; ``NoteQueue`` freezes what others want told
outside digests; ``Outbox`` brings frozen parts to a platform.
What a digest says is composed elsewhere.
"""

from bot.publish.notes import NoteQueue
from bot.publish.outbox import Notice, Outbox
from bot.publish.publisher import Compose, Composed, Publisher

__all__ = ["Compose", "Composed", "NoteQueue", "Notice", "Outbox", "Publisher"]
