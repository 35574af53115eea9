"""Feeds and what polling learnt of them, in memory."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import Channel, Feed, FeedState, ToldFeed
from fakes.shelves import Shelves


class Feeds(Shelves):
    """The questions about feeds."""

    def feeds(self, channel: str | None = None) -> list[Feed]:
        found = [feed for _, feed in sorted(self.polled.items())]
        return [feed for feed in found if channel is None or feed.channel == channel]

    def add_feed(self, feed: Feed) -> bool:
        self.readers[feed.url].add(Channel(feed.channel).workspace)
        return self.polled.setdefault((feed.url, feed.channel), feed) is feed

    def name_feed(self, url: str, title: str) -> None:
        for place, feed in self.polled.items():
            if place[0] == url and not feed.title:
                self.polled[place] = replace(feed, title=title)

    def remove_feed(self, url: str, *, channel: str) -> bool:
        return self.polled.pop((url, channel), None) is not None

    def feed_state(self, url: str) -> FeedState | None:
        return self.states.get(url)

    def feed_states(self) -> list[FeedState]:
        return [state for _, state in sorted(self.states.items())]

    def save_feed_state(self, state: FeedState) -> None:
        self.states[state.url] = state

    def due_feeds(self, now: datetime) -> list[tuple[Feed, FeedState]]:
        feeds = {url: feed for (url, _), feed in sorted(self.polled.items())}
        pairs = [(feed, self.states.get(url) or FeedState(url)) for url, feed in feeds.items()]
        due = [
            (feed, state)
            for feed, state in pairs
            if not state.stopped and (state.next_poll is None or state.next_poll <= now)
        ]
        return sorted(due, key=lambda pair: (pair[1].next_poll is not None, pair[1].next_poll))

    def troubled_feeds(self) -> list[tuple[Feed, FeedState]]:
        told = {url for _, url in self.told_broken}
        pairs = [(feed, self.states.get(url)) for (url, _), feed in sorted(self.polled.items())]
        return [
            (feed, state)
            for feed, state in pairs
            if state and (state.failures or state.stopped or state.url in told)
        ]

    def articles_a_day(self, url: str, now: datetime) -> float:
        ids = {one.article_id for one in self.carried.values() if one.feed == url}
        moments = [self.kept[one].moment for one in ids]
        recent = [moment for moment in moments if moment > now - timedelta(days=14)]
        span = max(timedelta(days=1), min(timedelta(days=14), now - min(moments, default=now)))
        return len(recent) / (span / timedelta(days=1))

    def told_feeds(self) -> list[ToldFeed]:
        return [told for _, told in sorted(self.told_broken.items())]

    def tell_feed(self, told: ToldFeed) -> None:
        self.told_broken[told.channel, told.url] = told

    def untell_feed(self, channel: str, url: str) -> None:
        self.told_broken.pop((channel, url), None)

    def move_feed(self, old: str, new: str) -> None:
        for (url, channel), feed in list(self.polled.items()):
            if url == old and old != new:
                del self.polled[url, channel]
                self.polled.setdefault((new, channel), replace(feed, url=new))
        if old != new and old in self.readers:
            self.readers[new] |= self.readers.pop(old)
        for place, carriage in list(self.carried.items()):
            if carriage.feed == old:
                self.carried[place] = replace(carriage, feed=new)
        if old != new and (state := self.states.pop(old, None)):
            self.states.setdefault(new, replace(state, url=new, moved_to="", moved_seen=0))
