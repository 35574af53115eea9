"""The arithmetic of one open story: the sum of its articles' vectors, and how close they are.

The likeness of an article and a story is the mean of its cosines with the story's articles. What
is asked of it grows with how alike these are among themselves: a tight story lets in only what
is as tight, so a look-alike event stays out, and a lone article is met half-way. Older articles
weigh less, so a story may move on; copies of one text are in it, but weigh nothing: forty prints
of one wire report would make it so tight that the next day's news stays out. Nothing here knows
of other stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarizer.similarity import dot

JOIN = 0.08
"""What an article's likeness must exceed the story's own demand by."""

_TIGHT = 0.5
"""The share of a story's inner likeness that it demands of what joins."""

_LOOSE = 0.08
"""The inner likeness that a story of one article is taken to have; from five on it is measured."""

_MEASURED_FROM = 5
_HALF_LIFE_DAYS = 7.0
_GAP_PER_DAY = 0.005
_LONGEST_GAP = 14.0
_MOST_TERMS = 600
_KEPT_TERMS = 400

Vector = Mapping[str, float]


@dataclass(slots=True)
class Group:
    """An open story. ``articles`` are ids in the order of joining; days are since 1970, in UTC.

    ``total`` is the sum of weighted vectors, ``mass`` of their weights, ``own`` of the squares
    of the weights, ``square`` the squared length of ``total``. ``counted`` is how many articles are
    in the sum: all but copies.
    """

    id: str
    title: str
    articles: list[str] = field(default_factory=list)
    total: dict[str, float] = field(default_factory=dict)
    mass: float = 0.0
    own: float = 0.0
    square: float = 0.0
    first: float = 0.0
    last: float = 0.0
    counted: int = 0

    def likeness(self, vector: Vector) -> float:
        """Return the mean cosine of an article's vector with the story's articles."""
        return dot(vector, self.total) / self.mass if self.mass else 0.0

    def demand(self) -> float:
        """Return how alike a joining article must be, less ``JOIN``."""
        pairs = self.mass * self.mass - self.own
        inner = (self.square - self.own) / pairs if pairs > 1e-9 else _LOOSE
        sure = min(1.0, (self.counted - 1) / (_MEASURED_FROM - 1))
        return _TIGHT * (inner * sure + _LOOSE * (1 - sure))

    def margin(self, vector: Vector, day: float) -> float:
        """Return by how much an article of that day is like enough to join; negative if not."""
        gap = min(_LONGEST_GAP, max(0.0, day - self.last, self.first - day))
        return self.likeness(vector) - self.demand() - JOIN - _GAP_PER_DAY * gap

    def kinship(self, other: Group) -> float:
        """Return the mean cosine between this story's articles and another's."""
        return dot(self.total, other.total) / (self.mass * other.mass)

    def join(self, article: str, vector: Vector, day: float) -> None:
        """Take an article in; the others weigh less the longer ago they are."""
        if not self.articles:
            self.first = self.last = day
        self._age(max(0.0, day - self.last))
        self.first, self.last = min(self.first, day), max(self.last, day)
        self.articles.append(article)
        self.counted += 1
        self._add(vector, _faded(self.last - day))

    def follow(self, article: str, day: float) -> None:
        """Take in a copy of an article that is in the story already."""
        self.first, self.last = min(self.first, day), max(self.last, day)
        self.articles.append(article)

    def leave(self, article: str, vector: Vector, day: float) -> None:
        """Let an article go, as if it had not joined."""
        self.articles.remove(article)
        self.counted -= 1
        self._add(vector, -_faded(self.last - day))

    def absorb(self, other: Group) -> None:
        """Take in all of another story."""
        last = max(self.last, other.last)
        self._age(last - self.last)
        other._age(last - other.last)
        self.square += other.square + 2 * dot(self.total, other.total)
        for term, weight in other.total.items():
            self.total[term] = self.total.get(term, 0.0) + weight
        self.mass, self.own = self.mass + other.mass, self.own + other.own
        self.first, self.last = min(self.first, other.first), last
        self.articles += other.articles
        self.counted += other.counted

    def trim(self) -> None:
        """Forget the lightest terms of a story that has gathered many."""
        if len(self.total) > _MOST_TERMS:
            heavy = sorted(self.total, key=lambda term: (-self.total[term], term))[:_KEPT_TERMS]
            self.total = {term: self.total[term] for term in heavy}

    def _add(self, vector: Vector, weight: float) -> None:
        self.square += 2 * weight * dot(vector, self.total) + weight * weight
        for term, value in vector.items():
            self.total[term] = self.total.get(term, 0.0) + weight * value
        self.mass += weight
        self.own += weight * abs(weight)

    def _age(self, days: float) -> None:
        if days < 1 / 24 or not self.total:
            return
        fade = _faded(days)
        self.total = {term: weight * fade for term, weight in self.total.items()}
        self.mass *= fade
        self.own *= fade * fade
        self.square *= fade * fade


def _faded(days: float) -> float:
    return float(0.5 ** (days / _HALF_LIFE_DAYS))
