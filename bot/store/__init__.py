"""Keeping: articles, what was derived from them, stories, feeds, subscriptions, deliveries.

``open_store`` is the way in. Nothing here fetches, analyses or sends.
"""

from bot.store.store import SqlStore, folder_of, open_store, place_of

__all__ = ["SqlStore", "folder_of", "open_store", "place_of"]
