"""Stories, and which article belongs to which. An article is in one story at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from bot.store import schema
from bot.store.codec import decode
from bot.store.database import Database, insert
from bot.store.scope import EVERYTHING, Scope
from bot.store.unplaced import list_unplaced, strike_unplaced
from summarizer.model import ENGLISH, Article, Story

STATE = "stories:"
"""Before a language: the clusterer's state for it, in the keepsakes."""

BATCH = 500
MERGED = "merged:"
"""Before the number of a story that was merged away, in the keepsakes."""

MOST_MERGES = 20
"""So many merges in a row are followed."""


class Stories:
    """The questions about stories."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def placing(self, language: str = ENGLISH) -> AbstractContextManager[None]:
        """Let nobody else place articles of a language meanwhile, in any process."""
        return self._database.alone(STATE + language)

    def save_stories(
        self, stories: Iterable[Story], *, state: bytes = b"", language: str = ENGLISH
    ) -> None:
        """Keep these stories, replacing those with the same ids, and the clusterer's own state.

        An article named by two stories is in the later one. An empty state changes nothing;
        there is one for each language.
        """
        left: set[str] = set()
        with self._database.writing(derived=True) as connection:
            for story in stories:
                if not story.articles:
                    self._close(connection, story)
                    continue
                kept = insert(schema.stories).values(
                    id=story.id, title=story.title, first=story.first, last=story.last
                )
                connection.execute(
                    kept.on_conflict_do_update(
                        index_elements=["id"],
                        set_={"title": story.title, "first": story.first, "last": story.last},
                    )
                )
                left |= _put(connection, story)
            list_unplaced(connection, sorted(left))
            if state:
                keepsake = insert(schema.keepsakes).values(name=STATE + language, value=state)
                connection.execute(
                    keepsake.on_conflict_do_update(index_elements=["name"], set_={"value": state})
                )

    def _close(self, connection: Connection, story: Story) -> None:
        """Drop a story that was merged into another, and keep its number pointing there."""
        connection.execute(schema.stories.delete().where(schema.stories.c.id == story.id))
        if story.into:
            kept = insert(schema.keepsakes).values(
                name=MERGED + story.id, value=story.into.encode()
            )
            connection.execute(
                kept.on_conflict_do_update(
                    index_elements=["name"], set_={"value": story.into.encode()}
                )
            )

    def stories_state(self, language: str = ENGLISH) -> bytes:
        """Return the clusterer's state for a language as last saved; empty when none was."""
        kept = schema.keepsakes.c
        with self._database.reading() as connection:
            question = select(kept.value).where(kept.name == STATE + language)
            return connection.scalar(question) or b""

    def story(self, story_id: str) -> Story | None:
        """Return one story; by the number of one that was merged into it too."""
        for _ in range(MOST_MERGES):
            found = self._stories([story_id])
            if found:
                return found[0]
            with self._database.reading() as connection:
                into: bytes | None = connection.scalar(
                    select(schema.keepsakes.c.value).where(
                        schema.keepsakes.c.name == MERGED + story_id
                    )
                )
            if into is None:
                return None
            story_id = into.decode()
        return None

    def story_of(self, article_id: str) -> Story | None:
        """Return the story that holds an article."""
        return self.stories_of([article_id]).get(article_id)

    def stories_of(self, ids: Sequence[str]) -> dict[str, Story]:
        """Return article id -> its story, for those of these articles that are in one."""
        parts = schema.story_articles.c
        question = select(parts.article_id, parts.story_id)
        held: dict[str, str] = {}
        with self._database.reading() as connection:
            for first in range(0, len(ids), BATCH):
                wanted = parts.article_id.in_(ids[first : first + BATCH])
                rows = connection.execute(question.where(wanted))
                held.update((row.article_id, row.story_id) for row in rows)
            found = {one.id: one for one in self._stories(list(dict.fromkeys(held.values())))}
        return {one: found[held[one]] for one in ids if held.get(one) in found}

    def stories_titled(self, words: str, *, limit: int = 25) -> list[Story]:
        """Return stories whose title holds these words (any case), newest first."""
        table, parts = schema.stories.c, schema.story_articles.alias()
        ours = exists().where(parts.c.story_id == table.id, self._scope.article(parts.c.article_id))
        question = (
            select(table.id)
            .where(table.title.icontains(words, autoescape=True), ours)
            .order_by(table.last.desc().nulls_last(), table.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            found = self._stories(list(connection.scalars(question)))
        # One that is shown without others' articles may bear another title.
        return [story for story in found if words.casefold() in story.title.casefold()]

    def stories_between(self, since: datetime, until: datetime) -> list[Story]:
        """Return stories with an article published in [since, until), newest first."""
        moment = schema.articles.c.moment
        return self._having(and_(moment >= since, moment < until))

    def stories_arrived(
        self, since: datetime, until: datetime, *, printed_since: datetime
    ) -> list[Story]:
        """Return stories with an article first seen in [since, until), newest first.

        Articles published (else seen) before ``printed_since`` don't count: what a feed brings
        at its first poll is no news.
        """
        articles = schema.articles.c
        arrived = and_(articles.seen >= since, articles.seen < until)
        return self._having(and_(arrived, articles.moment >= printed_since))

    def _having(self, wanted: ColumnElement[bool]) -> list[Story]:
        """Return stories with such an article, those with the newest one first."""
        parts, articles = schema.story_articles, schema.articles
        question = (
            select(parts.c.story_id)
            .join(articles, articles.c.id == parts.c.article_id)
            .where(wanted, self._scope.article(articles.c.id))
            .group_by(parts.c.story_id)
            .order_by(func.max(articles.c.moment).desc(), parts.c.story_id)
        )
        with self._database.reading() as connection:
            ids = list(connection.scalars(question))
            return self._stories(ids)

    def _stories(self, ids: Sequence[str]) -> list[Story]:
        """Return the stories with these numbers as this scope sees them."""
        found: dict[str, Story] = {}
        parts = schema.story_articles.c
        with self._database.reading() as connection:
            for first in range(0, len(ids), BATCH):
                batch = ids[first : first + BATCH]
                articles: dict[str, dict[str, bool]] = defaultdict(dict)
                for story_id, article_id, shown in connection.execute(
                    select(parts.story_id, parts.article_id, self._scope.article(parts.article_id))
                    .where(parts.story_id.in_(batch))
                    .order_by(parts.position)
                ):
                    articles[story_id][article_id] = shown
                for row in connection.execute(
                    select(schema.stories).where(schema.stories.c.id.in_(batch))
                ):
                    ours = tuple(one for one, shown in articles[row.id].items() if shown)
                    story = Story(row.id, row.title, ours, row.first, row.last)
                    if len(ours) == len(articles[row.id]):
                        found[row.id] = story
                    elif ours:
                        found[row.id] = _without_others(connection, story)
        return [found[story_id] for story_id in ids if story_id in found]


def _put(connection: Connection, story: Story) -> set[str]:
    """Have a story hold its articles and no others; return those that it held before."""
    parts = schema.story_articles
    held = connection.scalars(select(parts.c.article_id).where(parts.c.story_id == story.id)).all()
    connection.execute(parts.delete().where(parts.c.story_id == story.id))
    part = insert(parts)
    connection.execute(
        part.on_conflict_do_update(
            index_elements=["article_id"],
            set_={"story_id": part.excluded.story_id, "position": part.excluded.position},
        ),
        [
            {"article_id": one, "story_id": story.id, "position": position}
            for position, one in enumerate(story.articles)
        ],
    )
    strike_unplaced(connection, story.articles)
    return set(held) - set(story.articles)


def _without_others(connection: Connection, story: Story) -> Story:
    """Return a story under the title and times of the articles that are left of it."""
    table = schema.articles.c
    question = select(table.body, table.moment).where(table.id.in_(story.articles))
    rows = connection.execute(question.order_by(table.moment, table.key)).all()
    title = decode(Article, rows[0].body).title
    return replace(story, title=title, first=rows[0].moment, last=rows[-1].moment)
