"""Fakes behind the doors of ``bot.ports``: a store in memory, and a chat platform that fails.

The store passes the contract tests of the real one (tests/contracts).
"""

from fakes.articles import Articles
from fakes.deliveries import Deliveries
from fakes.feeds import Feeds
from fakes.index import Index
from fakes.platform import FakeChat, FakePlatform, Fault, Post
from fakes.stories import Stories

__all__ = ["FakeChat", "FakePlatform", "FakeStore", "Fault", "Post"]


class FakeStore(Articles, Index, Stories, Feeds, Deliveries):
    """The store's questions, answered from dictionaries."""

    def close(self) -> None:
        """Nothing is open."""
