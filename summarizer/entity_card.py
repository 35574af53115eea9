"""What articles say of an entity, and what it says: the card of a person, body or place.

Everything on it is a citation or a count. Which articles mention the entity is found elsewhere;
drawing it is for the shell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from summarizer.called import find_entity
from summarizer.citation import cite
from summarizer.model import (
    Analysis,
    Article,
    Citation,
    Claim,
    Entity,
    EntityKind,
    Finding,
    LineKind,
    SourceKind,
    Span,
    Stance,
)
from summarizer.passages import Candidate, chain_of
from summarizer.when import published_day

Read = Sequence[tuple[Article, Analysis]]

MOST_DAYS = 60
"""The chart shows at most so many days, the newest."""

_ALONGSIDE = 8
_DISPUTING = {Stance.DENIES, Stance.DECLINES}


@dataclass(frozen=True, slots=True)
class EntityCard:
    """All that stored articles have on one entity, newest first.

    ``descriptions`` are the articles' own words for it, each with the passage that has them.
    ``says`` are its claims, ``said_of`` the claims of others that mention it, ``disputes`` the
    denials and refusals among both. ``by_day`` counts sentences on each day from the first to
    the last, empty days too. ``appears_with`` counts sentences shared with other entities.
    """

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, Citation], ...] = ()
    says: tuple[Finding, ...] = ()
    said_of: tuple[Finding, ...] = ()
    disputes: tuple[Finding, ...] = ()
    by_day: tuple[tuple[date, int], ...] = ()
    appears_with: tuple[tuple[str, int], ...] = ()
    mentions: int = 0
    articles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


def entity_card(name: str, read: Read, *, zone: str = "", limit: int = 5) -> EntityCard | None:
    """Return the card of the entity called ``name``, or None when no article knows it.

    ``read`` are the articles that may mention it; days are those of ``zone`` (IANA), of each
    article's own zone when it is empty. ``limit`` bounds each list of findings.
    """
    newest = sorted(read, key=lambda pair: _moment(pair[0]), reverse=True)
    known = [
        (article, analysis, number)
        for article, analysis in newest
        if (number := find_entity(name, analysis)) is not None
    ]
    if not known:
        return None
    entities = [analysis.entities[number] for _, analysis, number in known]
    says = [f for article, analysis, n in known for f in _says(article, analysis, n)]
    said_of = [f for article, analysis, n in known for f in _said_of(article, analysis, n)]
    disputes = [f for f in (*says, *said_of) if _is_dispute(f)]
    counted = [(article, list(_sentences(analysis, n))) for article, analysis, n in known]
    return EntityCard(
        name=_fullest(entities),
        kind=Counter(entity.kind for entity in entities).most_common(1)[0][0],
        aliases=_aliases(entities),
        descriptions=_descriptions(known),
        says=tuple(says[:limit]),
        said_of=tuple(f for f in said_of if f not in disputes)[:limit],
        disputes=tuple(disputes[:limit]),
        by_day=_by_day([(article, len(found)) for article, found in counted], zone),
        appears_with=_appears_with(known),
        mentions=sum(len(found) for _, found in counted),
        articles=tuple(article.id for article, _ in counted),
        outlets=tuple(dict.fromkeys(article.outlet for article, _ in counted)),
    )


def _moment(article: Article) -> float:
    return article.published.timestamp() if article.published else 0.0


def _fullest(entities: Sequence[Entity]) -> str:
    """Return the name that most articles give in full; the longer one of two."""
    counts = Counter(entity.name for entity in entities)
    return max(counts, key=lambda name: (counts[name], len(name)))


def _aliases(entities: Sequence[Entity]) -> tuple[str, ...]:
    name = _fullest(entities)
    every = [alias for entity in entities for alias in (entity.name, *entity.aliases)]
    return tuple(dict.fromkeys(alias for alias in every if alias != name))


def _descriptions(
    known: Sequence[tuple[Article, Analysis, int]],
) -> tuple[tuple[str, Citation], ...]:
    """Return each of the articles' own descriptions once, with the sentence that has it."""
    found: dict[str, tuple[str, Citation]] = {}
    for article, analysis, number in known:
        words = analysis.entities[number].description
        if not words or words.casefold() in found:
            continue
        spans = list(_sentences(analysis, number))
        there = [span for span in spans if words in span.of(article.text)]
        if spans:
            found[words.casefold()] = (words, cite(article, (there or spans)[0]))
    return tuple(found.values())


def _sentences(analysis: Analysis, number: int) -> Iterator[Span]:
    """Yield the body sentences that mention the entity."""
    mentions = analysis.entities[number].mentions
    for sentence in analysis.sentences:
        if sentence.kind is LineKind.BODY and any(m.overlaps(sentence.span) for m in mentions):
            yield sentence.span


def _says(article: Article, analysis: Analysis, number: int) -> Iterator[Finding]:
    for claim in analysis.claims:
        source = claim.attribution.source
        if source is not None and source.entity == number:
            yield _finding(article, analysis, claim)


def _said_of(article: Article, analysis: Analysis, number: int) -> Iterator[Finding]:
    mentions = analysis.entities[number].mentions
    for claim in analysis.claims:
        source = claim.attribution.source
        if source is None or source.entity == number or source.kind is SourceKind.OWN_VOICE:
            continue
        if any(span.contains(mention) for span in claim.content for mention in mentions):
            yield _finding(article, analysis, claim)


def _finding(article: Article, analysis: Analysis, claim: Claim) -> Finding:
    span = Candidate(article, analysis, claim.sentence).span
    return Finding(cite(article, span), claim.content, claim, chain_of(article, claim))


def _is_dispute(finding: Finding) -> bool:
    return finding.claim is not None and finding.claim.attribution.stance in _DISPUTING


def _by_day(counts: Sequence[tuple[Article, int]], zone: str) -> tuple[tuple[date, int], ...]:
    days: Counter[date] = Counter()
    for article, count in counts:
        day = published_day(article.published, zone or article.zone)
        if day is not None:
            days[day] += count
    if not days:
        return ()
    last = max(days)
    first = max(min(days), last - timedelta(days=MOST_DAYS - 1))
    span = (last - first).days + 1
    return tuple((day := first + timedelta(days=n), days[day]) for n in range(span))


def _appears_with(
    known: Sequence[tuple[Article, Analysis, int]],
) -> tuple[tuple[str, int], ...]:
    together: Counter[str] = Counter()
    for _, analysis, number in known:
        spans = list(_sentences(analysis, number))
        for other, entity in enumerate(analysis.entities):
            if other != number:
                shared = sum(any(m.overlaps(span) for m in entity.mentions) for span in spans)
                together[entity.name] += shared
    return tuple((name, count) for name, count in together.most_common(_ALONGSIDE) if count)
