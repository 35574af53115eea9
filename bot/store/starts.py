"""Every name that is stored, in memory and by how its words begin: what completes while one types.

A question to the database lets go of the interpreter at each row, and while an answer is computed
gets it back a millisecond later: completions took up to a sixth of a second. Here one is a search
in sorted bytes. It is a picture of one moment; ``bot.renewed`` takes a new one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from bot.model import CONSOLE
from bot.store import schema
from bot.store.identity import fold
from bot.store.scope import EVERYBODY

Mark = tuple[int, int, int]
"""How many names, mentions and readers of feeds there were: equal marks, equal pictures."""

WIDE, MOST = 2_000, 25
"""Where more words than ``WIDE`` begin alike, their ``MOST`` mentioned names are found before."""

PAGE = 10_000
"""Rows that are fetched at once."""

_BEHIND = b"\xff"
"""Sorts behind all that UTF-8 has."""


class Strings:
    """Many texts in one piece of UTF-8: four bytes each beside their own."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the texts, in their order."""
        whole, self._ends = bytearray(), array("I")
        for text in texts:
            whole += text.encode()
            self._ends.append(len(whole))
        self._whole = bytes(whole)

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self._ends)

    def __getitem__(self, at: int) -> bytes:
        """Return the text at a place, from 0 on."""
        return self._whole[self._ends[at - 1] if at else 0 : self._ends[at]]


@dataclass(frozen=True, slots=True)
class Starts:
    """The names, most mentioned first, and under which number of them each start leads to.

    ``readers`` are the workspaces that read some feed, a set for each kind of feed.
    """

    mark: Mark
    readers: frozenset[frozenset[str]]
    names: Strings
    starts: Strings
    bearers: array[int]
    wide: dict[bytes, tuple[int, ...]]

    def shows_all(self, workspace: str) -> bool:
        """Tell whether nothing is kept from a workspace, so that every name may be shown to it."""
        ours = {EVERYBODY, workspace}
        return workspace == CONSOLE or all(ours & readers for readers in self.readers)

    def starting(self, prefix: str, limit: int) -> list[str]:
        """Return the names of which a word starts with the prefix, most mentioned first.

        The same as ``Names.entities`` gives, at the moment of the picture.
        """
        start = fold(prefix).encode()
        numbers = self.wide.get(start, ()) if limit <= MOST else ()
        if not numbers:
            first, last = _range(self.starts, start)
            numbers = tuple(sorted(set(self.bearers[first:last])))
        return [self.names[number].decode() for number in numbers[:limit]]


def read_starts(connection: Connection, known: Mark | None = None) -> Starts | None:
    """Read a picture of all names; None where ``known`` is the mark of one that is still right."""
    mark = _mark(connection)
    if mark == known:
        return None
    names, numbers = _names(connection)
    starts, bearers = _starts(connection, numbers)
    wide = dict(_wide(starts, bearers, "", 0, len(starts)))
    return Starts(mark, _readers(connection), Strings(names), starts, bearers, wide)


def _mark(connection: Connection) -> Mark:
    names = schema.names.c
    counted = select(func.count(), func.coalesce(func.sum(names.mentions), 0))
    count, mentions = connection.execute(counted.select_from(schema.names)).one()
    readers = connection.scalar(select(func.count()).select_from(schema.readers))
    return count, mentions, readers or 0


def _readers(connection: Connection) -> frozenset[frozenset[str]]:
    feeds: dict[str, set[str]] = {}
    table = schema.readers.c
    for feed, workspace in connection.execute(select(table.feed, table.workspace)):
        feeds.setdefault(feed, set()).add(workspace)
    return frozenset(map(frozenset, feeds.values()))


def _names(connection: Connection) -> tuple[list[str], dict[int, int]]:
    """Return the names, most mentioned first, and the number in that list of each name's id.

    A name with two kinds counts once, as the commoner.
    """
    table = schema.names.c
    question = select(table.id, table.folded, table.name, table.mentions).where(table.mentions > 0)
    rows = connection.execute(question.order_by(table.mentions.desc(), table.folded))
    written: list[str] = []
    counts: list[int] = []
    places: dict[str, int] = {}
    ids: dict[int, int] = {}
    for one, folded, name, mentions in rows.yield_per(PAGE):
        place = ids[one] = places.setdefault(folded, len(written))
        if place == len(written):
            written.append(name)
            counts.append(0)
        counts[place] += mentions
    order = sorted(range(len(written)), key=lambda place: -counts[place])
    number = {place: at for at, place in enumerate(order)}
    return [written[place] for place in order], {one: number[p] for one, p in ids.items()}


def _starts(connection: Connection, numbers: dict[int, int]) -> tuple[Strings, array[int]]:
    """Return the starts in order, and the number of the name that each belongs to."""
    table, bearers = schema.name_starts.c, array("I")
    rows = connection.execute(select(table.start, table.name_id).order_by(table.start))

    def kept() -> Iterator[str]:
        for start, name_id in rows.yield_per(PAGE):
            if name_id in numbers:
                bearers.append(numbers[name_id])
                yield start

    return Strings(kept()), bearers


def _wide(
    starts: Strings, bearers: array[int], prefix: str, first: int, last: int
) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """Yield each prefix, from this one on, that many start with, and the first of its names."""
    if last - first <= WIDE:
        return
    yield prefix.encode(), tuple(sorted(set(bearers[first:last]))[:MOST])
    at, length = first, len(prefix) + 1
    while at < last:
        longer = starts[at].decode()[:length]
        end = bisect_left(starts, longer.encode() + _BEHIND, at, last)
        if longer != prefix:  # else it is the prefix itself that is a name
            yield from _wide(starts, bearers, longer, at, end)
            at = end
        else:
            at += 1


def _range(starts: Strings, start: bytes) -> tuple[int, int]:
    """Return between which places the starts begin so."""
    first = bisect_left(starts, start)
    return first, bisect_left(starts, start + _BEHIND, first)
