"""What is said by and of an entity, from passages that mention it (pure).

Finding the passages is the store's business, and drawing the chart is the shell's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.answer import Candidate
from summarizer.citation import cite
from summarizer.model import Article, Citation, Claim, Entity, EntityKind, Stance

DISPUTING = frozenset({Stance.DENIES, Stance.DECLINES})
MOST = 8


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity as stored articles have it.

    ``descriptions`` are the articles' own words for it, most used first, each with a citation of
    the passage that it was read from. ``says``, ``said_of`` and ``disputes`` are newest first.
    ``days`` counts passages by the day of publication, oldest first; ``beside`` names entities
    of the same sentences, most often first.
    """

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, Citation], ...] = ()
    says: tuple[tuple[Claim, Citation], ...] = ()
    said_of: tuple[tuple[Claim, Citation], ...] = ()
    disputes: tuple[tuple[Claim, Citation], ...] = ()
    days: tuple[tuple[date, int], ...] = ()
    beside: tuple[tuple[str, int], ...] = ()
    articles: tuple[Article, ...] = ()


def profile(name: str, passages: Sequence[Candidate]) -> Profile | None:
    """Return what the passages (newest first) tell of the entity; None when none names it."""
    known = [(passage, found) for passage in passages if (found := _named(name, passage))]
    if not known:
        return None
    names = Counter(entity.name for _, entity in known)
    aliases = Counter(a for _, e in known for a in (e.name, *e.aliases))
    best = names.most_common(1)[0][0]
    claims = [pair for passage, entity in known for pair in _claims(passage, entity)]
    says = [(claim, where) for claim, where, own in claims if own]
    return Profile(
        name=best,
        kind=Counter(entity.kind for _, entity in known).most_common(1)[0][0],
        aliases=tuple(alias for alias, _ in aliases.most_common() if alias != best)[:MOST],
        descriptions=_descriptions(known),
        says=_distinct(says),
        said_of=_distinct((claim, where) for claim, where, own in claims if not own),
        disputes=_distinct(pair for pair in says if pair[0].attribution.stance in DISPUTING),
        days=_days(passage.article for passage, _ in known),
        beside=_beside(known, set(aliases)),
        articles=tuple({p.article.id: p.article for p, _ in known}.values()),
    )


def _named(name: str, passage: Candidate) -> Entity | None:
    """Return the entity of this name or alias that the passage's article knows."""
    wanted = name.casefold().removeprefix("the ").strip()
    entities = passage.analysis.entities
    for entity in entities:
        if wanted in {n.casefold().removeprefix("the ") for n in (entity.name, *entity.aliases)}:
            return entity
    within = (e for e in entities if wanted in e.name.casefold().split())
    return next(within, None)


def _claims(passage: Candidate, entity: Entity) -> Iterable[tuple[Claim, Citation, bool]]:
    """Yield the passage's claims, each with whether the entity itself makes it."""
    span = passage.span
    for claim in passage.analysis.claims:
        if claim.sentence != passage.sentence:
            continue
        source = claim.attribution.source
        own = source is not None and (
            (source.entity is not None and passage.analysis.entities[source.entity] is entity)
            or source.name in {entity.name, *entity.aliases}
        )
        mentioned = any(part.overlaps(m) for part in claim.content for m in entity.mentions)
        if own or mentioned:
            yield claim, cite(passage.article, span), own


def _descriptions(known: Sequence[tuple[Candidate, Entity]]) -> tuple[tuple[str, Citation], ...]:
    counts: Counter[str] = Counter()
    where: dict[str, Citation] = {}
    for passage, entity in known:
        if entity.description:
            counts[entity.description] += 1
            where.setdefault(entity.description, cite(passage.article, passage.span))
    return tuple((words, where[words]) for words, _ in counts.most_common(3))


def _distinct(claims: Iterable[tuple[Claim, Citation]]) -> tuple[tuple[Claim, Citation], ...]:
    """Keep the first of claims in the same words, as reprints have them."""
    kept: dict[str, tuple[Claim, Citation]] = {}
    for claim, where in claims:
        words = " ".join(span.of(where.article.text) for span in claim.content)
        kept.setdefault(" ".join(words.casefold().split()), (claim, where))
    return tuple(kept.values())


def _days(articles: Iterable[Article]) -> tuple[tuple[date, int], ...]:
    counts = Counter(article.published.date() for article in articles if article.published)
    return tuple(sorted(counts.items()))


def _beside(
    known: Sequence[tuple[Candidate, Entity]], own: set[str]
) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for passage, _ in known:
        for other in passage.analysis.entities:
            near = any(passage.span.contains(mention) for mention in other.mentions)
            if near and other.name not in own:
                counts[other.name] += 1
    return tuple(counts.most_common(MOST))
