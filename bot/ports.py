"""The doors of the shell: what gathering, publishing and answering ask of the world.

A room behind a door is built in ``bot.app`` and nowhere else; tests put fakes behind the
same doors, and fakes and real ones pass the same contract tests.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from bot.delivery_model import Delivery
from bot.delivery_ports import DeliveryStore, ShownStore
from bot.feed_ports import FeedStore, ReadingStore
from bot.message import Message, Note
from bot.model import (
    Carriage,
    EntityCount,
    Hit,
    Item,
    Stored,
    Version,
)
from summarizer.model import ENGLISH, Analysis, Article, Searched, Story


class ArticleStore(Protocol):
    """Articles, what was derived from them, and the index over their sentences."""

    def add(self, item: Item, *, seen: datetime) -> Stored:
        """Keep an item once: new, the same again, carried by another outlet, or edited.

        The article and its carriage are committed before this returns. An item whose text
        is that of a stored article (same address, or same words) lands on that article.
        """

    def article(self, article_id: str) -> Article | None:
        """Return one article."""

    def article_by_url(self, url: str) -> Article | None:
        """Return the article that was printed at this address, by its canonical form."""

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Return these articles in the given order; unknown ids are skipped."""

    def published_between(self, since: datetime, until: datetime) -> list[Article]:
        """Return articles published (else first seen) in [since, until), oldest first."""

    def newest(self) -> datetime | None:
        """Return when the newest dated article was published; where none is, the last sight."""

    def read_with(self, feed: str, article_id: str) -> bool:
        """Tell whether all who read a feed are shown this article already."""

    def carriages(self, article_id: str) -> list[Carriage]:
        """Return every feed and outlet that carried the article, oldest first."""

    def carriages_of(self, ids: Sequence[str]) -> dict[str, list[Carriage]]:
        """Return who carried each of these articles, oldest first."""

    def versions(self, article_id: str) -> list[Version]:
        """Return the earlier texts of an edited article, oldest first."""

    def copies(self, article_id: str) -> list[str]:
        """Return the ids of other articles that are mostly the same words, in the order they came.

        They are copies of one another or of one article: at least half of the shorter one's
        five-word runs stand in the longer one.
        """

    def unanalysed(self, version: int) -> list[Article]:
        """Return the articles without an analysis of this version."""

    def save_analysis(
        self, article_id: str, analysis: Analysis, *, of_text: str | None = None
    ) -> None:
        """Keep an analysis, index its body sentences and entities; replaces an older one.

        With ``of_text`` nothing is kept when that is no longer the article's text: it was edited
        while it was analysed.
        """

    def analysis(self, article_id: str) -> Analysis | None:
        """Return the newest analysis of an article."""

    def analyses_of(self, ids: Sequence[str]) -> dict[str, Analysis]:
        """Return the newest analysis of each of these articles that has one."""

    def analysed(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        names: Sequence[str] = (),
    ) -> Iterator[tuple[Article, Analysis]]:
        """Yield articles published (else first seen) in [since, until) with analyses, oldest first.

        With ``names``, only those that mention one of them. They are read a page at a time.
        """

    def search(
        self, words: Sequence[str], *, since: datetime | None = None, limit: int = 50
    ) -> list[Hit]:
        """Return sentences that hold any of the words, best first (BM25, stemmed).

        Words are data: operators of the index's own language in them mean nothing.
        """

    def entities(self, prefix: str, *, limit: int = 25) -> list[EntityCount]:
        """Return entities of which a name's word starts with the prefix, most mentioned first."""

    def named(self, names: Sequence[str]) -> set[str]:
        """Return those of the names by which some sentence that is shown mentions somebody."""

    def mentions(self, name: str, *, limit: int = 500) -> list[Hit]:
        """Return body sentences that mention the entity (name or alias, any case), newest first."""

    def mention_days(
        self, name: str, *, zone: str = "UTC", most: int | None = None
    ) -> dict[date, int]:
        """Return how many sentences mention the entity on each local day that has any, in order.

        With ``most``, only on so many days up to the newest.
        """

    def mention_counts(self, name: str) -> tuple[int, int]:
        """Return how many body sentences, and how many articles, mention the entity."""

    def searched(self) -> Searched:
        """Return the denominators: articles, feeds, since when, which feeds are down."""


class StoryStore(Protocol):
    """Stories and which article belongs to which."""

    def placing(self, language: str = ENGLISH) -> AbstractContextManager[None]:
        """Let nobody else place articles of a language meanwhile, in any process."""

    def save_stories(
        self, stories: Iterable[Story], *, state: bytes = b"", language: str = ENGLISH
    ) -> None:
        """Keep these stories, replacing those with the same ids, and the clusterer's own state."""

    def stories_state(self, language: str = ENGLISH) -> bytes:
        """Return the clusterer's state for a language as last saved."""

    def story(self, story_id: str) -> Story | None:
        """Return one story."""

    def story_of(self, article_id: str) -> Story | None:
        """Return the story that holds an article."""

    def stories_of(self, ids: Sequence[str]) -> dict[str, Story]:
        """Return article id -> its story, for those of these articles that are in one."""

    def unplaced(self, language: str = ENGLISH, *, limit: int | None = None) -> list[Article]:
        """Return the first analysed articles of a language that are in no story, oldest first."""

    def unplaced_languages(self) -> list[str]:
        """Return the languages of the analysed articles that are in no story yet."""

    def stories_titled(self, words: str, *, limit: int = 25) -> list[Story]:
        """Return stories whose title holds these words (any case), newest first."""

    def stories_between(self, since: datetime, until: datetime) -> list[Story]:
        """Return stories with an article published in [since, until), newest first."""

    def stories_arrived(
        self, since: datetime, until: datetime, *, printed_since: datetime
    ) -> list[Story]:
        """Return stories with an article first seen in [since, until), newest first.

        Articles published (else seen) before ``printed_since`` don't count: what a feed brings
        at its first poll is no news.
        """


class Notebook(Protocol):
    """Small things to remember over a restart, by name."""

    def remember(self, name: str, words: str) -> None:
        """Keep words under a name, replacing what was there."""

    def remembered(self, name: str) -> str:
        """Return the words under a name; empty when there are none."""


class Store(
    ArticleStore,
    ReadingStore,
    StoryStore,
    FeedStore,
    DeliveryStore,
    ShownStore,
    Notebook,
    Protocol,
):
    """Every question to the database, a method each. Used from one thread at a time.

    The store itself shows everything; for people it is asked through ``seen_from``.
    """

    def seen_from(self, channel: str) -> Store:
        """Return this store as the people of a channel may see it.

        What only other workspaces' feeds brought is not there: no article, sentence, name, story
        or count of it. The config's feeds and files are everybody's; the console sees all.
        """

    def close(self) -> None:
        """Close the database; pending work is committed or rolled back whole."""


class Chat(Protocol):
    """The door to one chat platform."""

    platform: str

    async def run(self) -> None:
        """Connect and serve until cancelled; reconnects by itself."""

    async def admins(self, channel: str) -> Sequence[str]:
        """Return the keys of the conversations that reach those who can mend a channel.

        Such as direct messages; empty when the adapter knows nobody. ``send`` takes these keys.
        """

    def freeze(self, message: Message) -> tuple[str, ...]:
        """Render a message into the payloads (JSON) of its parts, each within the limits (pure)."""

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        """Send one frozen part, under ``thread`` (a remote id) when given; return its remote id.

        Raises:
            ChatError: it was surely not sent. Any other exception leaves the outcome unknown.

        """

    async def find(self, delivery: Delivery) -> str:
        """Look in the channel's history for this delivery; return its remote id, or empty."""

    async def close(self) -> None:
        """Disconnect."""


class Notes(Protocol):
    """The door to the outbox for all that is no digest: each note is posted once, by its name."""

    def note(self, note: Note, *, now: datetime) -> bool:
        """Freeze a note, to be sent soon and after quiet hours.

        False when the channel had one of that name before, or nobody serves its platform: call
        it as often as you like.
        """

    async def tell_admins(self, note: Note, *, now: datetime) -> bool:
        """Freeze a note for those who can mend its channel, once each; False when nobody is known.

        It is told that nobody is known so that the caller can say it elsewhere: in the log, or in
        the channel itself.
        """


class Asker(Protocol):
    """Who asks, and from where: given by an adapter with each command."""

    @property
    def channel(self) -> str:
        """The channel's key."""

    @property
    def may_change(self) -> bool:
        """Whether the platform lets this person change the channel's settings."""

    @property
    def context(self) -> str:
        """The story or text that the question is asked under (a thread's root), or empty."""


Respond = Callable[[str, Asker], Awaitable[Message]]
"""Words typed (or a button's command) and who asks -> the message; bad words get a message too."""


class Complete(Protocol):
    """Suggestions for autocomplete."""

    def __call__(self, kind: str, prefix: str, /, channel: str = "") -> Sequence[str]:
        """Return what begins with the prefix; kind is entity, story, feed or zone.

        ``channel`` is the asking channel's key: nobody is shown another channel's feeds.
        """
