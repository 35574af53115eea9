"""Who is mentioned where: the index of entities by name, by alias, and by moment.

A name is looked up in its folded form. Two entities of one name are one here: telling them
apart is not for an index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Text,
    and_,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
)

from bot.model import EntityCount, Hit
from bot.store import schema
from bot.store.columns import EPOCH
from bot.store.database import Database, insert
from bot.store.identity import fold
from bot.store.scope import EVERYTHING, Scope, article_key
from bot.store.sentences import body, hits, ids_of, sentence_id
from bot.store.starts import Mark, Starts, read_starts
from summarizer.model import Analysis, Entity

LAST_LETTER = chr(0x10FFFF)
STARTS = 8
"""From so many of its words on can a name be completed."""

BATCH = 500

_added = insert(schema.names)
ADD_NAMES = _added.on_conflict_do_update(
    index_elements=["folded", "kind"],
    set_={"mentions": schema.names.c.mentions + _added.excluded.mentions},
)
ADD_STARTS = insert(schema.name_starts).on_conflict_do_nothing()
Name = tuple[str, str]
"""A folded name, and the kind of its bearer."""


@dataclass(frozen=True, slots=True)
class _Bearer:
    """An entity of one article, its names folded, with the ids of sentences that mention it."""

    entity: Entity
    own: str
    aliases: tuple[str, ...]
    within: tuple[int, ...]

    @property
    def name(self) -> Name:
        return self.own, str(self.entity.kind)


class Names:
    """The questions about who is mentioned where."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def entities(self, prefix: str, *, limit: int = 25) -> list[EntityCount]:
        """Return entities of which a name's word starts with the prefix, most mentioned first.

        An alias completes to the full name. A name with two kinds counts once, as the commoner.
        """
        names = schema.names.c
        question = select(names.folded, names.name, names.kind, names.mentions).where(
            names.mentions > 0, self._mentioned(names.folded)
        )
        if start := fold(prefix):
            starts = schema.name_starts.c
            fitting = select(starts.name_id).where(
                starts.start >= start, starts.start < start + LAST_LETTER
            )
            question = question.where(names.id.in_(fitting))
        with self._database.reading() as connection:
            rows = connection.execute(
                question.order_by(names.mentions.desc(), names.folded).limit(4 * limit)
            ).all()
        counts: dict[str, EntityCount] = {}
        for folded, name, kind, mentions in rows:
            first = counts.get(folded)
            counts[folded] = (
                EntityCount(first.name, first.kind, first.mentions + mentions)
                if first
                else EntityCount(name, kind, mentions)
            )
        return sorted(counts.values(), key=lambda count: -count.mentions)[:limit]

    def starts(self, known: Mark | None = None) -> Starts | None:
        """Return all names by how their words begin, for whoever is shown everything.

        None where ``known`` is the mark of what is still right.
        """
        with self._database.reading() as connection:
            return read_starts(connection, known)

    def named(self, names: Sequence[str]) -> set[str]:
        """Return those of the names by which some sentence that is shown mentions somebody."""
        if not names:
            return set()
        folded = {name: fold(name) for name in names}
        table = schema.mentions.c
        shown_in = self._scope.sentence(table.sentence_id)
        wanted = union_all(
            *(
                select(literal(one, Text)).where(exists().where(table.folded == one, shown_in))
                for one in sorted(set(folded.values()))
            )
        )
        with self._database.reading() as connection:
            shown = set(connection.scalars(wanted))
        return {name for name in names if folded[name] in shown}

    def mentions(self, name: str, *, limit: int = 500) -> list[Hit]:
        """Return body sentences that mention the entity (name or alias, any case), newest first."""
        table = schema.mentions.c
        with self._database.reading() as connection:
            ids = connection.scalars(
                select(table.sentence_id)
                .where(table.folded == fold(name), self._scope.sentence(table.sentence_id))
                .order_by(table.moment.desc(), table.sentence_id)
                .limit(limit)
            )
            return hits(connection, [(one, 0.0) for one in ids])

    def mention_days(
        self, name: str, *, zone: str = "UTC", most: int | None = None
    ) -> dict[date, int]:
        """Return how many sentences mention the entity on each local day that has any, in order.

        With ``most``, only on so many days up to the newest.
        """
        table = schema.mentions.c
        local = ZoneInfo(zone)
        days: Counter[date] = Counter()
        with self._database.reading() as connection:
            shown = and_(table.folded == fold(name), self._scope.sentence(table.sentence_id))
            question = select(table.moment, func.count()).where(shown)
            if most is not None:
                newest = select(table.moment).where(shown).order_by(table.moment.desc()).limit(1)
                last: datetime | None = connection.scalar(newest)
                first = (last or EPOCH).astimezone(local).date() - timedelta(days=most - 1)
                start = datetime.combine(first, time(), local)
                question = question.where(table.moment >= start)
            for moment, count in connection.execute(
                question.group_by(table.moment).order_by(table.moment)
            ):
                days[moment.astimezone(local).date()] += count
        return dict(days)

    def mention_counts(self, name: str) -> tuple[int, int]:
        """Return how many body sentences, and how many articles, mention the entity."""
        table = schema.mentions.c
        keys = article_key(table.sentence_id)
        question = select(func.count(), func.count(func.distinct(keys))).where(
            table.folded == fold(name), self._scope.sentence(table.sentence_id)
        )
        with self._database.reading() as connection:
            sentences, articles = connection.execute(question).one()
        return sentences, articles

    def _mentioned(self, folded: ColumnElement[str]) -> ColumnElement[bool]:
        """Tell in SQL whether a sentence that is shown mentions the bearer of a name."""
        if self._scope is EVERYTHING:
            return true()
        table = schema.mentions.alias()
        shown = self._scope.sentence(table.c.sentence_id)
        return exists().where(table.c.folded == folded, shown)


def index_names(connection: Connection, key: int, moment: datetime, analysis: Analysis) -> None:
    """Note each sentence under the full names of those it mentions, then under their aliases."""
    bearers = list(_bearers(key, analysis))
    own: dict[tuple[str, int], Name] = {}
    for bearer in bearers:
        for one in bearer.within:
            own.setdefault((bearer.own, one), bearer.name)
    ids = _add_names(connection, bearers, Counter(own.values()))
    rows = {place: _row(*place, moment, ids[name], own=True) for place, name in own.items()}
    for bearer in bearers:
        for alias in bearer.aliases:
            for one in bearer.within:
                row = _row(alias, one, moment, ids[bearer.name], own=False)
                rows.setdefault((alias, one), row)
    if rows:
        connection.execute(schema.mentions.insert(), list(rows.values()))


def forget_names(connection: Connection, key: int) -> None:
    """Drop the mentions of an article, and take them off the counts."""
    names, mentions = schema.names, schema.mentions
    within = mentions.c.sentence_id.between(*ids_of(key))
    counts = connection.execute(
        select(mentions.c.name_id, func.count())
        .where(within, mentions.c.own)
        .group_by(mentions.c.name_id)
    ).all()
    for name_id, count in counts:
        connection.execute(
            names.update().where(names.c.id == name_id).values(mentions=names.c.mentions - count)
        )
    connection.execute(mentions.delete().where(within))


def move_mentions(connection: Connection, key: int, moment: datetime) -> None:
    """Date the mentions of an article anew, when its time of publication became known."""
    mentions = schema.mentions
    within = mentions.c.sentence_id.between(*ids_of(key))
    connection.execute(mentions.update().where(within).values(moment=moment))


def _bearers(key: int, analysis: Analysis) -> Iterator[_Bearer]:
    """Yield the entities that a body sentence mentions."""
    sentences = list(body(analysis.sentences))
    for entity in analysis.entities:
        own, *aliases = map(fold, (entity.name, *entity.aliases))
        within = tuple(
            sentence_id(key, index)
            for index, span in sentences
            if any(span.overlaps(mention) for mention in entity.mentions)
        )
        if own and within:
            yield _Bearer(entity, own, tuple(filter(None, aliases)), within)


def _row(folded: str, one: int, moment: datetime, name_id: int, *, own: bool) -> dict[str, object]:
    return {
        "folded": folded,
        "moment": moment,
        "sentence_id": one,
        "name_id": name_id,
        "own": own,
    }


def _add_names(
    connection: Connection, bearers: Sequence[_Bearer], counts: Counter[Name]
) -> dict[Name, int]:
    """Count the mentions, remember how the names begin, and return each name's id."""
    if not bearers:
        return {}
    written = {bearer.name: bearer.entity.name for bearer in reversed(bearers)}
    connection.execute(
        ADD_NAMES,
        [
            {"folded": name[0], "kind": name[1], "name": words, "mentions": counts[name]}
            for name, words in written.items()
        ],
    )
    ids = _ids(connection, list(written))
    starts: dict[tuple[str, int], None] = {}
    for bearer in bearers:
        for start in _starts((bearer.own, *bearer.aliases)):
            starts[start, ids[bearer.name]] = None
    if starts:
        connection.execute(
            ADD_STARTS, [{"start": start, "name_id": name_id} for start, name_id in starts]
        )
    return ids


def _ids(connection: Connection, names: Sequence[Name]) -> dict[Name, int]:
    table = schema.names.c
    found: dict[Name, int] = {}
    folded = sorted({name for name, _ in names})
    for first in range(0, len(folded), BATCH):
        wanted = table.folded.in_(folded[first : first + BATCH])
        for row in connection.execute(select(table.folded, table.kind, table.id).where(wanted)):
            found[row.folded, row.kind] = row.id
    return found


def _starts(surfaces: Iterable[str]) -> Iterator[str]:
    for surface in surfaces:
        for word in [*re.finditer(r"\w+", surface)][:STARTS]:
            yield surface[word.start() :]
