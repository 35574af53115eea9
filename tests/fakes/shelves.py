"""What a fake store keeps, and who sees it."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.delivery_model import Delivery, Showing
from bot.model import (
    CONSOLE,
    Carriage,
    Channel,
    Feed,
    FeedState,
    Item,
    Reading,
    Subscription,
    ToldFeed,
    Version,
)
from bot.store.identity import canonical
from summarizer.model import Analysis, Article, Story


@dataclass
class Kept:
    """An article in the fake store."""

    article: Article
    seen: datetime
    changed: datetime

    @property
    def moment(self) -> datetime:
        return self.article.published or self.seen


class Shelves:
    """The dictionaries of a fake store, and who may see what of them."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.landed: dict[tuple[str, str], str] = {}
        self.carried: dict[tuple[str, str, str, str], Carriage] = {}
        self.older: dict[str, list[Version]] = defaultdict(list)
        self.analyses: dict[str, Analysis] = {}
        self.told: dict[str, Story] = {}
        self.notes: dict[str, str] = {}
        self.merged: dict[str, str] = {}
        self.state: dict[str, bytes] = {}
        self.readings: dict[str, Reading] = {}
        self.passed: dict[tuple[str, str], str] = {}
        self.told_broken: dict[tuple[str, str], ToldFeed] = {}
        self.polled: dict[tuple[str, str], Feed] = {}
        self.states: dict[str, FeedState] = {}
        self.wishes: dict[str, Subscription] = {}
        self.outbox: dict[tuple[str, datetime | str, int], Delivery] = {}
        self.sentences: list[Showing] = []
        self.shown: dict[str, dict[tuple[str, str], datetime]] = defaultdict(dict)
        self.readers: dict[str, set[str]] = defaultdict(set)
        self.eyes: set[str] | None = None

    def seen_from(self, channel: str) -> Self:
        """Return a view that shares all that is kept."""
        seen = copy(self)
        seen.eyes = None if channel == CONSOLE else {"", Channel(channel).workspace}
        return seen

    def _read_by(self, feed: str) -> set[str]:
        found = self.readers.get(feed) or {""}
        return {""} if "" in found else found

    def _seen_by(self, article_id: str) -> set[str]:
        own = [one.feed for one in self.carried.values() if one.article_id == article_id]
        return {workspace for feed in own for workspace in self._read_by(feed)}

    def _shows(self, article_id: str) -> bool:
        return self.eyes is None or bool(self._seen_by(article_id) & self.eyes)

    def read_with(self, feed: str, article_id: str) -> bool:
        seen = self._seen_by(article_id)
        return "" in seen or self._read_by(feed) <= seen

    def _may_tell(self, item: Item, article_id: str) -> bool:
        readers = self._read_by(item.feed)
        site, host = (canonical(url).partition("/")[0] for url in (item.article.url, item.feed))
        own = bool(site) and (host == site or host.endswith(f".{site}"))
        return own or "" in readers or self._seen_by(article_id) <= readers
