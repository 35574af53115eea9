"""How an item lands: as a new article, on one that is known, or as another text of it.

It is all done within the transaction that ``bot.store.articles`` begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from bot.model import Item, Landing, Stored
from bot.store import schema
from bot.store.codec import decode, encode
from bot.store.copies import forget_copies, note_copies
from bot.store.database import insert
from bot.store.identity import alike, canonical, filled, same_text, storable, wording
from bot.store.index import forget
from bot.store.names import move_mentions
from bot.store.scope import covers, readers_of, seen_by
from bot.store.sightings import (
    ADDRESS,
    GUID,
    ID,
    PASSED,
    guid_mark,
    sight,
    sightings,
)
from bot.store.versions import keep_version
from summarizer.model import Article


@dataclass(frozen=True, slots=True)
class _Held:
    """A stored article with its row number; ``own`` when the item is printed under its address."""

    key: int
    article: Article
    changed: datetime
    own: bool


def land(connection: Connection, item: Item, seen: datetime) -> Stored:
    """Keep an item; see ``Articles.add``."""
    item = replace(item, article=storable(item.article))
    marks = sightings(connection, item)
    landed = marks.get(ID) or marks.get(ADDRESS)
    if landed is None and PASSED in marks:
        return Stored(Landing.SAME, item.article.id)
    held = _held(connection, landed, marks.get(GUID), item)
    if landed and held is None:
        stored = Stored(Landing.SAME, landed)  # seen before, and forgotten since
    elif held and not _may_tell(connection, held.article, item):
        return Stored(Landing.SAME, held.article.id)
    else:
        stored = _land(connection, held, item, seen)
        if stored.landing in {Landing.NEW, Landing.CARRIED}:
            _leave(connection, item.article, marks.get(ADDRESS), stored.article_id)
    _note(connection, item, stored.article_id, seen)
    return stored


def _may_tell(connection: Connection, stored: Article, item: Item) -> bool:
    """Tell whether an item's words are those of a stored article, or may replace them.

    A feed of the article's own site may change them; another only where nobody sees the article
    who does not read that feed.
    """
    site, _, _ = canonical(stored.url).partition("/")
    host, _, _ = canonical(item.feed).partition("/")
    if same_text(stored.text, item.article.text) or (
        site and (host == site or host.endswith(f".{site}"))
    ):
        return True
    return covers(readers_of(connection, item.feed), seen_by(connection, stored.id))


def _held(
    connection: Connection, landed: str | None, by_guid: str | None, item: Item
) -> _Held | None:
    """Return the stored article that the item is, or was, or is carried on."""
    if landed is None:
        found = _row(connection, by_guid, item) if by_guid else None
        return replace(found, own=True) if found and alike(found.article, item.article) else None
    return _row(connection, landed, item)


def _row(connection: Connection, article_id: str, item: Item) -> _Held | None:
    table = schema.articles.c
    row = connection.execute(
        select(table.key, table.body, table.changed).where(table.id == article_id)
    ).one_or_none()
    if row is None:
        return None
    article = decode(Article, row.body)
    same = item.article.id == article.id
    url = canonical(item.article.url)
    return _Held(
        row.key, article, row.changed, same or (bool(url) and url == canonical(article.url))
    )


def _land(connection: Connection, held: _Held | None, item: Item, seen: datetime) -> Stored:
    """Keep an item: on the article that holds it, or as a new one."""
    article = item.article
    if held and same_text(held.article.text, article.text):
        return _again(connection, held, article)
    if held and held.own and (article.url or alike(held.article, article)):
        return _edited(connection, held, article, seen)
    if held and held.own:  # the feed gave another story the same id of its own
        article = replace(article, id=f"{article.id[:8]}{wording(article)[:8]}")
    return _first(connection, article, seen)


def _again(connection: Connection, held: _Held, article: Article) -> Stored:
    """Keep what this reading tells and the stored one left blank (a date, a byline)."""
    if held.own:
        fuller = filled(held.article, article)
        fuller = filled(fuller, held.article)
        if fuller != held.article:
            moment = fuller.published
            connection.execute(
                schema.articles.update()
                .where(schema.articles.c.key == held.key)
                .values(_body(fuller) | ({"moment": moment} if moment else {}))
            )
            if moment:
                move_mentions(connection, held.key, moment)
    return Stored(Landing.SAME, held.article.id)


def _edited(connection: Connection, held: _Held, article: Article, seen: datetime) -> Stored:
    """Keep the older text as a version, and drop all that was derived from it."""
    older = held.article
    forget(connection, held.key, older)
    before = forget_copies(connection, held.key, older, seen)
    keep_version(connection, older, held.changed)
    newer = filled(article, older)
    values: dict[str, object] = {"wording": wording(newer), "changed": seen, **_body(newer)}
    if newer.published:
        values["moment"] = newer.published
    connection.execute(
        schema.articles.update().where(schema.articles.c.key == held.key).values(values)
    )
    note_copies(connection, held.key, newer, seen, before)
    return Stored(Landing.UPDATED, older.id)


def _first(connection: Connection, article: Article, seen: datetime) -> Stored:
    """Keep an item of which neither id nor address holds these words."""
    words = wording(article)
    if words:
        carried_on = connection.scalar(
            select(schema.articles.c.id)
            .where(schema.articles.c.wording == words)
            .order_by(schema.articles.c.key)
            .limit(1)
        )
        if carried_on:
            return Stored(Landing.CARRIED, carried_on)
    made = connection.execute(
        schema.articles.insert().values(
            id=article.id,
            wording=words,
            moment=article.published or seen,
            seen=seen,
            changed=seen,
            analysed=schema.NOT_ANALYSED,
            **_body(article),
        )
    )
    assert made.inserted_primary_key is not None
    note_copies(connection, made.inserted_primary_key[0], article, seen)
    return Stored(Landing.NEW, article.id)


def _body(article: Article) -> dict[str, object]:
    """Return the article as its row has it, and what of it is asked for by itself."""
    return {"body": encode(article), "language": article.language}


def _leave(connection: Connection, article: Article, landed: str | None, article_id: str) -> None:
    """End the carriage under this address on another article, where it landed before."""
    if landed and landed != article_id:
        table = schema.carriages
        here = (table.c.article_id == landed) & (table.c.address == canonical(article.url))
        connection.execute(table.delete().where(here))


def _note(connection: Connection, item: Item, article_id: str, seen: datetime) -> None:
    """Remember under which id and address, and by whom, the article was seen."""
    article = item.article
    address = canonical(article.url)
    marks = (ID, article.id), (ID, article_id), (ADDRESS, address), (GUID, guid_mark(item))
    sight(connection, marks, article_id, seen)
    carriage = insert(schema.carriages).values(
        article_id=article_id,
        outlet=article.outlet,
        address=address,
        feed=item.feed,
        url=article.url,
        seen=seen,
    )
    connection.execute(carriage.on_conflict_do_nothing())
