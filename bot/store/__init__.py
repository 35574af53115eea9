"""Keeping: articles, what was derived from them, stories, feeds, subscriptions, deliveries.

``open_store`` is the way in. Nothing here fetches, analyses or sends.
"""

from bot.store.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
