"""The mentions of an article that mean one and the same, while they are being gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from summarizer.kinds import best, vote
from summarizer.known import Known, Use
from summarizer.model import EntityKind, Span
from summarizer.names import Name


@dataclass(slots=True)
class Group:
    """Mentions that mean one and the same; ``possible`` ones perhaps do.

    ``full`` are the words of its fullest name, the first of the longest; ``long`` its mentions
    of more than one word. ``leaning`` is a kind that its short forms speak for. ``kind`` is set
    when all are gathered; ``guess`` tells it on the way.
    """

    names: list[Name] = field(default_factory=list)
    long: list[Name] = field(default_factory=list)
    possible: list[Span] = field(default_factory=list)
    kind: EntityKind = EntityKind.OTHER
    known: Known | None = None
    acronyms: set[str] = field(default_factory=set)
    leaning: EntityKind | None = None
    full: tuple[str, ...] = ()
    named: bool = False
    votes: Counter[EntityKind] = field(default_factory=Counter)
    nations: Counter[str] = field(default_factory=Counter)

    def add(self, name: Name, text: str) -> None:
        """Add a mention with what it tells of the whole."""
        self.names.append(name)
        vote(name, text, self.votes)
        if name.nation:
            self.nations[name.nation] += 1
        if len(name.words) > 1:
            self.long.append(name)
        own = name.use is Use.NAME and not name.headline
        if (own, len(name.words)) > (self.named, len(self.full)):
            self.full, self.named = name.words, own

    @property
    def guess(self) -> EntityKind:
        """The kind by its mentions; what else is called so decides weak cases."""
        if self.known:
            return self.known.kind
        votes = self.votes
        if self.leaning:
            votes = votes.copy()
            votes[self.leaning] += 1 + len(self.long)
        return best(votes)

    @property
    def nation(self) -> str:
        """The country that the article (or our table) puts it to, empty when unknown."""
        return self.nations.most_common(1)[0][0] if self.nations else ""

    @property
    def first(self) -> Span:
        """Where it is first named."""
        return min(name.span for name in self.names)
