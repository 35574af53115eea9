"""Fakes behind the doors of ``bot.ports``: a store in memory, and a chat platform that fails.

The store passes the contract tests of the real one (tests/contracts). The platform posts, loses
answers, refuses and stalls as it is told to.
"""

import asyncio
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.delivery_model import (
    Arrival,
    Delivery,
    DeliveryState,
    Showing,
    Shown,
)
from bot.errors import ChatError, StoreError
from bot.message import Message
from bot.model import (
    CONSOLE,
    Carriage,
    Channel,
    EntityCount,
    Feed,
    FeedState,
    Hit,
    Item,
    Landing,
    Reading,
    Stored,
    Subscription,
    ToldFeed,
    Version,
)
from bot.store.identity import (
    alike,
    canonical,
    filled,
    fold,
    same_text,
    shared_part,
    storable,
    wording,
)
from summarizer.model import ENGLISH, Analysis, Article, LineKind, Searched, Sentence, Story
from summarizer.origins import COPIED
from summarizer.similarity import shingles


@dataclass
class Kept:
    """An article in the fake store."""

    article: Article
    seen: datetime
    changed: datetime

    @property
    def moment(self) -> datetime:
        return self.article.published or self.seen


def stem(word: str) -> str:
    """Cut common endings: enough for tests."""
    bare = fold(word)
    for ending in ("ing", "ed", "es", "s"):
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            return bare.removesuffix(ending)
    return bare


class FakeStore:
    """The store's questions, answered from dictionaries."""

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

    # Who sees what

    def seen_from(self, channel: str) -> "FakeStore":
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

    # Articles

    def add(self, item: Item, *, seen: datetime) -> Stored:
        article = storable(item.article)
        address = canonical(article.url)
        marks = [("id", article.id), *([("address", address)] if address else [])]
        known, own = self._known(item, marks, address)
        if not known and (item.feed, article.id) in self.passed:
            return Stored(Landing.SAME, article.id)
        kept = self.kept.get(known)
        guid = ("guid", f"{item.feed} {item.guid}")
        if kept and same_text(kept.article.text, article.text):
            if own:
                fuller = filled(filled(kept.article, article), kept.article)
                self.kept[known] = replace(kept, article=fuller)
            stored = Stored(Landing.SAME, known)
        elif kept and not self._may_tell(item, known):
            return Stored(Landing.SAME, known)
        elif kept and own and (address or alike(kept.article, article)):
            stored = self._edited(kept, article, seen)
        else:
            if kept and own:
                article = replace(article, id=f"{article.id[:8]}{wording(article)[:8]}")
            stored = self._first(article, seen)
            for place, carriage in list(self.carried.items()):
                if kept and place[2] == address and carriage.article_id == known:
                    del self.carried[place]
        for mark in [*marks, ("id", stored.article_id), *([guid] if item.guid else [])]:
            self.landed[mark] = stored.article_id
        place = (stored.article_id, article.outlet, address, item.feed)
        carriage = Carriage(stored.article_id, article.outlet, article.url, item.feed, seen)
        self.carried.setdefault(place, carriage)
        return stored

    def _edited(self, kept: Kept, article: Article, seen: datetime) -> Stored:
        older = kept.article
        earlier = self.older[older.id]
        if older.text not in [one.text for one in earlier]:
            number = len(earlier) + 1
            earlier.append(Version(older.id, number, older.title, older.text, kept.changed))
        self.kept[older.id] = replace(kept, article=filled(article, older), changed=seen)
        self.analyses.pop(older.id, None)
        return Stored(Landing.UPDATED, older.id)

    def _known(self, item: Item, marks: list[tuple[str, str]], address: str) -> tuple[str, bool]:
        """Return where the item landed before, and whether it is that article itself."""
        known = next((self.landed[mark] for mark in marks if mark in self.landed), "")
        if kept := self.kept.get(known):
            same = address and address == canonical(kept.article.url)
            return known, bool(same or item.article.id == kept.article.id)
        by_guid = self.landed.get(("guid", f"{item.feed} {item.guid}")) if item.guid else None
        if by_guid and alike(self.kept[by_guid].article, item.article):
            return by_guid, True
        return known, False

    def _first(self, article: Article, seen: datetime) -> Stored:
        words = wording(article)
        for kept in self.kept.values():
            if words and wording(kept.article) == words:
                return Stored(Landing.CARRIED, kept.article.id)
        self.kept[article.id] = Kept(article, seen, seen)
        return Stored(Landing.NEW, article.id)

    def article(self, article_id: str) -> Article | None:
        return next(iter(self.articles([article_id])), None)

    def article_by_url(self, url: str) -> Article | None:
        return self.article(self.landed.get(("address", canonical(url)), ""))

    def articles(self, ids: Sequence[str]) -> list[Article]:
        shown = [one for one in ids if one in self.kept and self._shows(one)]
        return [self._as_carried(self.kept[one].article) for one in shown]

    def _as_carried(self, article: Article) -> Article:
        carriages = self.carriages(article.id)
        if self.eyes is None or canonical(article.url) in [canonical(one.url) for one in carriages]:
            return article
        return replace(article, outlet=carriages[0].outlet, url=carriages[0].url)

    def published_between(self, since: datetime, until: datetime) -> list[Article]:
        kept = [one for one in self.kept.values() if since <= one.moment < until]
        ids = [one.article.id for one in sorted(kept, key=lambda one: one.moment)]
        return self.articles(ids)

    def newest(self) -> datetime | None:
        shown = [kept for one, kept in self.kept.items() if self._shows(one)]
        dated = [kept.moment for kept in shown if kept.article.published is not None]
        return max(dated or [kept.moment for kept in shown], default=None)

    def carriages(self, article_id: str) -> list[Carriage]:
        found = [
            one
            for one in self.carried.values()
            if one.article_id == article_id
            and (self.eyes is None or self._read_by(one.feed) & self.eyes)
        ]
        return sorted(found, key=lambda one: (one.seen, one.outlet))

    def carriages_of(self, ids: Sequence[str]) -> dict[str, list[Carriage]]:
        return {one: found for one in ids if (found := self.carriages(one))}

    def versions(self, article_id: str) -> list[Version]:
        return list(self.older[article_id])

    def copies(self, article_id: str) -> list[str]:
        """Compare the article with every other one."""
        runs = shingles(self.kept[article_id].article.text)
        return [
            one
            for one, kept in self.kept.items()
            if one != article_id
            and self._shows(one)
            and shared_part(runs, shingles(kept.article.text)) >= COPIED
        ]

    # Readings

    def note_reading(self, reading: Reading) -> None:
        self.readings[canonical(reading.url)] = reading

    def forget_reading(self, url: str) -> None:
        self.readings.pop(canonical(url), None)

    def reading(self, url: str) -> Reading | None:
        return self.readings.get(canonical(url))

    def pass_over(self, item: Item, *, seen: datetime) -> None:
        self.passed[item.feed, item.article.id] = canonical(item.article.url)

    def passed_over(self, url: str) -> str:
        places = self.passed.items()
        feeds = [feed for (feed, _), one in places if one == canonical(url)]
        shown = (one for one in feeds if self.eyes is None or self._read_by(one) & self.eyes)
        return next(shown, "")

    def unanalysed(self, version: int) -> list[Article]:
        return [
            kept.article
            for one, kept in self.kept.items()
            if one not in self.analyses or self.analyses[one].version < version
        ]

    def save_analysis(
        self, article_id: str, analysis: Analysis, *, of_text: str | None = None
    ) -> None:
        article = self.article(article_id)
        if article is None:
            raise StoreError(f"no article {article_id}")
        older = self.analyses.get(article_id)
        if of_text in {None, article.text} and (not older or older.version <= analysis.version):
            self.analyses[article_id] = analysis

    def analysis(self, article_id: str) -> Analysis | None:
        return self.analyses.get(article_id) if self._shows(article_id) else None

    def analyses_of(self, ids: Sequence[str]) -> dict[str, Analysis]:
        return {one: analysis for one in ids if (analysis := self.analysis(one))}

    def analysed(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        names: Sequence[str] = (),
    ) -> Iterator[tuple[Article, Analysis]]:
        named = {hit.article_id for name in names for hit in self.mentions(name)}
        for kept in sorted(self.kept.values(), key=lambda one: one.moment):
            analysis = self.analyses.get(kept.article.id)
            early = since is not None and kept.moment < since
            late = until is not None and kept.moment >= until
            unnamed = bool(names) and kept.article.id not in named
            if analysis is None or early or late or unnamed or not self._shows(kept.article.id):
                continue
            yield kept.article, analysis

    def _body(self) -> Iterable[tuple[Kept, int, Sentence]]:
        for one, analysis in self.analyses.items():
            if not self._shows(one):
                continue
            for index, sentence in enumerate(analysis.sentences):
                if sentence.kind is LineKind.BODY:
                    yield self.kept[one], index, sentence

    def search(
        self, words: Sequence[str], *, since: datetime | None = None, limit: int = 50
    ) -> list[Hit]:
        wanted = {stem(part) for word in words for part in re.findall(r"\w+", word)}
        hits = []
        for kept, index, sentence in self._body():
            if since is None or kept.moment >= since:
                parts = re.findall(r"\w+", sentence.span.of(kept.article.text))
                same = wanted & {stem(part) for part in parts}
                if same:
                    score = len(same) + 1 / (1 + len(parts))
                    hits.append(Hit(kept.article.id, index, sentence.span, score))
        return sorted(hits, key=lambda hit: -hit.score)[: max(limit, 0)]

    def _mentions(self) -> Iterable[tuple[str, str, tuple[str, ...], Kept, Hit]]:
        for kept, index, sentence in self._body():
            for entity in self.analyses[kept.article.id].entities:
                if any(sentence.span.overlaps(mention) for mention in entity.mentions):
                    hit = Hit(kept.article.id, index, sentence.span, 0.0)
                    yield entity.name, str(entity.kind), entity.aliases, kept, hit

    def entities(self, prefix: str, *, limit: int = 25) -> list[EntityCount]:
        wanted = fold(prefix)
        counts: Counter[str] = Counter()
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        names: dict[str, str] = {}
        for name, kind, aliases, _, _ in self._mentions():
            folded = [fold(one) for one in (name, *aliases)]
            starts = [one[word.start() :] for one in folded for word in re.finditer(r"\w+", one)]
            if not wanted or any(start.startswith(wanted) for start in starts):
                counts[folded[0]] += 1
                kinds[folded[0]][kind] += 1
                names.setdefault(folded[0], name)
        return [
            EntityCount(names[one], kinds[one].most_common(1)[0][0], count)
            for one, count in counts.most_common(limit)
        ]

    def mentions(self, name: str, *, limit: int = 500) -> list[Hit]:
        found = {
            (hit.article_id, hit.sentence): (kept.moment, hit)
            for full, _, aliases, kept, hit in self._mentions()
            if fold(name) in map(fold, (full, *aliases))
        }
        newest = sorted(found.values(), key=lambda pair: pair[0], reverse=True)
        return [hit for _, hit in newest[:limit]]

    def mention_days(
        self, name: str, *, zone: str = "UTC", most: int | None = None
    ) -> dict[date, int]:
        days = Counter(
            self.kept[hit.article_id].moment.astimezone(ZoneInfo(zone)).date()
            for hit in self.mentions(name)
        )
        last = max(days, default=None)
        return {
            day: count
            for day, count in sorted(days.items())
            if most is None or day > last - timedelta(days=most)
        }

    def mention_counts(self, name: str) -> tuple[int, int]:
        hits = self.mentions(name)
        return len(hits), len({hit.article_id for hit in hits})

    def searched(self) -> Searched:
        urls = {
            url: feed.title or url
            for (url, channel), feed in sorted(self.polled.items())
            if self.eyes is None or Channel(channel).workspace in self.eyes
        }
        down = [
            (title, state.last_success)
            for url, title in urls.items()
            if (state := self.states.get(url)) and state.down
        ]
        names, since = tuple(name for name, _ in down), tuple(at for _, at in down)
        moments = [kept.moment for one, kept in self.kept.items() if self._shows(one)]
        return Searched(len(moments), len(urls), min(moments, default=None), names, since)

    # Stories

    def placing(self, language: str = ENGLISH) -> AbstractContextManager[None]:
        return nullcontext()

    def save_stories(
        self, stories: Iterable[Story], *, state: bytes = b"", language: str = ENGLISH
    ) -> None:
        for story in stories:
            for one, other in self.told.items():
                left = tuple(part for part in other.articles if part not in story.articles)
                self.told[one] = replace(other, articles=left)
            if story.articles:
                self.told[story.id] = story
            else:
                self.told.pop(story.id, None)
                self.merged[story.id] = story.into
        self.state[language] = state or self.state.get(language, b"")

    def stories_state(self, language: str = ENGLISH) -> bytes:
        return self.state.get(language, b"")

    def story(self, story_id: str) -> Story | None:
        while story_id in self.merged and story_id not in self.told:
            story_id = self.merged[story_id]
        found = self.told.get(story_id)
        return self._ours(found) if found else None

    def _ours(self, story: Story) -> Story | None:
        ours = [one for one in story.articles if one not in self.kept or self._shows(one)]
        if len(ours) == len(story.articles):
            return story
        if not ours:
            return None
        kept = sorted((self.kept[one] for one in ours), key=lambda one: one.moment)
        title, first, last = kept[0].article.title, kept[0].moment, kept[-1].moment
        return replace(story, title=title, articles=tuple(ours), first=first, last=last)

    def story_of(self, article_id: str) -> Story | None:
        found = next((one for one in self.told.values() if article_id in one.articles), None)
        return self._ours(found) if found else None

    def stories_of(self, ids: Sequence[str]) -> dict[str, Story]:
        return {one: story for one in ids if (story := self.story_of(one))}

    def unplaced(self, language: str = ENGLISH, *, limit: int | None = None) -> list[Article]:
        return [one for one in self._unplaced() if one.language == language][:limit]

    def unplaced_languages(self) -> list[str]:
        return sorted({one.language for one in self._unplaced()})

    def _unplaced(self) -> list[Article]:
        placed = {one for story in self.told.values() for one in story.articles}
        return [
            k.article for one, k in self.kept.items() if one in self.analyses and one not in placed
        ]

    def stories_titled(self, words: str, *, limit: int = 25) -> list[Story]:
        titled = [one for one in self.told.values() if words.casefold() in one.title.casefold()]
        ours = [found for one in titled if (found := self._ours(one))]
        found = [one for one in ours if words.casefold() in one.title.casefold()]
        newest = sorted(found, key=lambda one: one.last or datetime.min.replace(tzinfo=UTC))
        return newest[::-1][:limit]

    def stories_between(self, since: datetime, until: datetime) -> list[Story]:
        return self._having(lambda kept: since <= kept.moment < until)

    def stories_arrived(
        self, since: datetime, until: datetime, *, printed_since: datetime
    ) -> list[Story]:
        return self._having(
            lambda kept: since <= kept.seen < until and kept.moment >= printed_since
        )

    def _having(self, wanted: Callable[[Kept], bool]) -> list[Story]:
        found = []
        for told in self.told.values():
            story = self._ours(told)
            if story is None:
                continue
            held = [self.kept[one] for one in story.articles if one in self.kept]
            within = [kept.moment for kept in held if wanted(kept)]
            if within:
                found.append((max(within), story))
        return [story for _, story in sorted(found, key=lambda pair: pair[0], reverse=True)]

    # Notebook

    def remember(self, name: str, words: str) -> None:
        self.notes[name] = words

    def remembered(self, name: str) -> str:
        return self.notes.get(name, "")

    # Feeds

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

    # Subscriptions and the outbox

    def subscriptions(self) -> list[Subscription]:
        return [wish for _, wish in sorted(self.wishes.items())]

    def subscription(self, channel: str) -> Subscription | None:
        return self.wishes.get(channel)

    def save_subscription(self, subscription: Subscription) -> None:
        self.wishes[subscription.channel.key] = subscription

    def freeze(
        self,
        deliveries: Sequence[Delivery],
        *,
        shown: Mapping[str, Sequence[str]] | None = None,
        sentences: Sequence[Shown] = (),
    ) -> bool:
        if not deliveries or self._whole(deliveries[0]):
            return False
        for one in deliveries:
            self.outbox[one.channel, one.name or one.slot, one.part] = one
        first = deliveries[0]
        self.mark_briefed(first.channel, first.slot, shown or {})
        self.sentences += [Showing(first.channel, first.slot, first.name, one) for one in sentences]
        return True

    def _step(self, delivery: Delivery, **values: object) -> None:
        place = (delivery.channel, delivery.name or delivery.slot, delivery.part)
        self.outbox[place] = replace(self.outbox[place], **values)  # type: ignore[arg-type]

    def _now(self, delivery: Delivery) -> Delivery:
        return self.outbox[delivery.channel, delivery.name or delivery.slot, delivery.part]

    def claim(self, delivery: Delivery) -> bool:
        now = self._now(delivery)
        if now.state is not DeliveryState.FROZEN:
            return False
        self._step(
            delivery,
            state=DeliveryState.CLAIMED,
            attempts=now.attempts + 1,
            next_try=delivery.next_try,
        )
        return True

    def mark_sent(self, delivery: Delivery, remote_id: str) -> None:
        self._step(delivery, state=DeliveryState.SENT, remote_id=remote_id, next_try=None)

    def mark_failed(self, delivery: Delivery, *, next_try: datetime | None) -> None:
        if self._now(delivery).state is not DeliveryState.SENT:
            state = DeliveryState.FROZEN if next_try else DeliveryState.FAILED
            self._step(delivery, state=state, next_try=next_try)
        parts = self._whole(delivery)
        if not delivery.name and all(part.state is DeliveryState.FAILED for part in parts):
            shown = self.shown[delivery.channel]
            for place in [place for place, slot in shown.items() if slot == delivery.slot]:
                del shown[place]

    def unfinished(self) -> list[Delivery]:
        waiting = {DeliveryState.FROZEN, DeliveryState.CLAIMED}
        found = [one for one in self.outbox.values() if one.state in waiting]
        return sorted(found, key=lambda one: (one.slot, one.channel, one.name, one.part))

    def parts(self, channel: str, slot: datetime) -> list[Delivery]:
        return self._whole(Delivery(channel, slot, 0, ""))

    def parts_of_note(self, channel: str, name: str) -> list[Delivery]:
        return [
            one
            for (key, own, _), one in sorted(self.outbox.items(), key=lambda row: row[0][2])
            if (key, own) == (channel, name)
        ]

    def _whole(self, first: Delivery) -> list[Delivery]:
        if first.name:
            return self.parts_of_note(first.channel, first.name)
        found = [
            one
            for one in self.outbox.values()
            if (one.channel, one.slot, one.name) == (first.channel, first.slot, "")
        ]
        return sorted(found, key=lambda one: one.part)

    def last_slot(
        self, channel: str, *, until: datetime | None = None, sent: bool = False
    ) -> datetime | None:
        slots = [
            one.slot
            for one in self.outbox.values()
            if one.channel == channel
            and not one.name
            and (until is None or one.slot <= until)
            and (not sent or one.state is DeliveryState.SENT)
        ]
        return max(slots, default=None)

    def briefed(self, channel: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for (story, article), _ in sorted(self.shown[channel].items(), key=lambda row: row[1]):
            found[story] = (*found.get(story, ()), article)
        return found

    def notes_since(self, channel: str, kind: str, since: datetime) -> list[datetime]:
        return sorted(
            one.slot
            for one in self.outbox.values()
            if one.channel == channel
            and one.name.startswith(f"{kind} ")
            and not one.part
            and one.slot > since
        )

    def arrivals(self, since: datetime) -> list[Arrival]:
        found = []
        for one, kept in self.kept.items():
            story = self.story_of(one)
            if story is not None and one in self.analyses and kept.seen > since:
                found.append(Arrival(one, story.id, kept.seen, first=self._first_poll(one)))
        return found

    def _first_poll(self, article_id: str) -> bool:
        return not any(
            not carriage.feed.startswith("http")
            or any(
                o.feed == carriage.feed and o.seen < carriage.seen for o in self.carried.values()
            )
            for carriage in self.carriages(article_id)
        )

    def _showings(self, wanted: Callable[[Showing], bool]) -> list[Showing]:
        found = [one for one in self.sentences if wanted(one)]
        return sorted(found, key=lambda one: one.slot, reverse=True)

    def shown_and_changed(self, since: datetime) -> list[Showing]:
        return self._showings(
            lambda one: (
                one.slot > since
                and one.shown.article_id in self.kept
                and self.kept[one.shown.article_id].changed > one.slot
            )
        )

    def shown_of(self, articles: Sequence[str], since: datetime) -> list[Showing]:
        return self._showings(lambda one: one.slot > since and one.shown.article_id in articles)

    def alerted(self, channel: str) -> frozenset[str]:
        return frozenset(
            one.shown.article_id for one in self.sentences if one.channel == channel and one.name
        )

    def mark_briefed(
        self,
        channel: str,
        slot: datetime,
        shown: Mapping[str, Sequence[str]],
        *,
        sentences: Sequence[Shown] = (),
    ) -> None:
        self.sentences += [Showing(channel, slot, "", one) for one in sentences]
        for story, articles in shown.items():
            for article in articles:
                self.shown[channel].setdefault((story, article), slot)

    def close(self) -> None:
        """Nothing is open."""


class Fault(Enum):
    """What a platform does with a post."""

    NONE = "posted and answered"
    ANSWER_LOST = "posted, the answer lost"
    NOT_SENT = "not posted, nobody knows"
    REFUSED = "refused for now"
    FORBIDDEN = "refused for good"
    STALLED = "posted, never answered"


@dataclass
class Post:
    """What stands in a channel's history."""

    remote_id: str
    key: str
    payload: str
    thread: str = ""


@dataclass
class FakePlatform:
    """The far side of a chat: a history for each channel. ``fault`` decides on each post."""

    fault: Callable[[Delivery], Fault] = lambda _: Fault.NONE
    history: dict[str, list[Post]] = field(default_factory=lambda: defaultdict(list))
    blind: bool = False

    def posted(self, channel: str) -> list[str]:
        """Return the payloads in a channel's history, oldest first."""
        return [post.payload for post in self.history[channel]]

    def post(self, delivery: Delivery, thread: str) -> Post:
        """Put a delivery into the channel's history, whether or not it is there already."""
        post = Post(
            f"{delivery.channel}/{len(self.history[delivery.channel]) + 1}",
            delivery.key,
            delivery.payload,
            thread,
        )
        self.history[delivery.channel].append(post)
        return post


class FakeChat:
    """A chat adapter in front of a fake platform. A part holds so many blocks."""

    def __init__(self, platform: FakePlatform, name: str = "fake", *, blocks: int = 3) -> None:
        self.server = platform
        self.platform = name
        self.blocks = blocks
        self.responsible: dict[str, Sequence[str]] = {}

    async def admins(self, channel: str) -> Sequence[str]:
        return self.responsible.get(channel, ())

    async def run(self) -> None:
        await asyncio.Event().wait()

    def freeze(self, message: Message) -> tuple[str, ...]:
        texts = [repr(block) for block in message.blocks] or [message.summary]
        return tuple(
            json.dumps(texts[first : first + self.blocks])
            for first in range(0, len(texts), self.blocks)
        )

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        await asyncio.sleep(0)
        fault = self.server.fault(delivery)
        if fault in {Fault.REFUSED, Fault.FORBIDDEN}:
            raise ChatError("the channel refused it", permanent=fault is Fault.FORBIDDEN)
        if fault is Fault.NOT_SENT:
            raise ConnectionError("broken before it was sent")
        post = self.server.post(delivery, thread)
        if fault is Fault.ANSWER_LOST:
            raise ConnectionError("broken before the answer came")
        if fault is Fault.STALLED:
            raise TimeoutError
        return post.remote_id

    async def find(self, delivery: Delivery) -> str:
        await asyncio.sleep(0)
        if self.server.blind:
            raise ChatError("the history may not be read")
        posts = self.server.history[delivery.channel]
        return next((post.remote_id for post in posts if post.key == delivery.key), "")

    async def close(self) -> None:
        """Nothing is open."""
