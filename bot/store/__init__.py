"""Keeping: articles, what was derived from them, stories, feeds, subscriptions, deliveries.

``open_store`` is the way in; ``move_store`` fills one database from another.
Nothing here fetches, analyses or sends.
"""

from bot.store.starts import Mark, Starts
from bot.store.store import (
    SqlStore,
    address_of,
    can_be_shared,
    folder_of,
    is_file,
    is_on_server,
    move_store,
    open_store,
    place_of,
)
from bot.store.transfer import Moved

__all__ = [
    "Mark",
    "Moved",
    "SqlStore",
    "Starts",
    "address_of",
    "can_be_shared",
    "folder_of",
    "is_file",
    "is_on_server",
    "move_store",
    "open_store",
    "place_of",
]
