"""What articles say of an entity, and what it says: the card of a person, body or place.

Everything on it is a citation or a count. Which articles mention the entity is found elsewhere;
drawing it is for the shell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from summarizer.passages import chain_of

Read = Sequence[tuple[Article, Analysis]]
_Known = Sequence[tuple[Article, Analysis, int]]
"""Articles that know the entity, newest first, each with its number there."""

_Told = tuple[Article, Analysis, Claim]

MOST_DAYS = 60
"""A chart shows at most so many days, the newest."""

_ALONGSIDE = 8
_DISPUTING = {Stance.DENIES, Stance.DECLINES}


@dataclass(frozen=True, slots=True)
class EntityCard:
    """What the articles read have on one entity, newest first.

    ``descriptions`` are the articles' own words for it, each with the passage that has them.
    ``says`` are its claims, ``said_of`` the claims of others that mention it, ``disputes`` the
    denials and refusals among both; none twice in the same words. ``appears_with`` counts
    sentences shared with other entities. ``mentions`` counts sentences of these ``articles``.
    """

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, Citation], ...] = ()
    says: tuple[Finding, ...] = ()
    said_of: tuple[Finding, ...] = ()
    disputes: tuple[Finding, ...] = ()
    appears_with: tuple[tuple[str, int], ...] = ()
    mentions: int = 0
    articles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


def entity_card(name: str, read: Read, *, limit: int = 5) -> EntityCard | None:
    """Return the card of the entity called ``name``, or None when no article knows it.

    ``read`` are the articles that may mention it. ``limit`` bounds each list of findings.
    """
    newest = sorted(read, key=lambda pair: _moment(pair[0]), reverse=True)
    known = [
        (article, analysis, number)
        for article, analysis in newest
        if (number := find_entity(name, analysis)) is not None
    ]
    known = _without_namesakes(name, known)
    if not known:
        return None
    entities = [analysis.entities[number] for _, analysis, number in known]
    says, said_of = _distinct(_says(known)), _distinct(_said_of(known))
    disputes = [told for told in (*says, *said_of) if _is_dispute(told)]
    return EntityCard(
        name=_fullest(entities),
        kind=Counter(entity.kind for entity in entities).most_common(1)[0][0],
        aliases=_aliases(entities),
        descriptions=_descriptions(known),
        says=_findings(says, limit),
        said_of=_findings([told for told in said_of if not _is_dispute(told)], limit),
        disputes=_findings(disputes, limit),
        appears_with=_appears_with(known),
        mentions=sum(len(list(_sentences(analysis, n))) for _, analysis, n in known),
        articles=tuple(article.id for article, _, _ in known),
        outlets=tuple(dict.fromkeys(article.outlet for article, _, _ in known)),
    )


def _without_namesakes(
    name: str, known: list[tuple[Article, Analysis, int]]
) -> list[tuple[Article, Analysis, int]]:
    """Leave out bodies that are merely called so for short, where something bears the name itself.

    "Kestrel" is no card of what "Kestrel Hydro" says, if Kestrel is spoken of too.
    """
    wanted = name.casefold().strip()
    named = [analysis.entities[number].name.casefold() for _, analysis, number in known]
    if wanted not in named:
        return known
    longer = [re.match(rf"{re.escape(wanted)} [^(]", one) is not None for one in named]
    return [one for one, skip in zip(known, longer, strict=True) if not skip]


def every_day(counts: Mapping[date, int]) -> tuple[tuple[date, int], ...]:
    """Return the counts of each day from the first to the last, empty days too, the newest 60."""
    if not counts:
        return ()
    last = max(counts)
    first = max(min(counts), last - timedelta(days=MOST_DAYS - 1))
    span = (last - first).days + 1
    return tuple((day := first + timedelta(days=n), counts.get(day, 0)) for n in range(span))


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


def _descriptions(known: _Known) -> tuple[tuple[str, Citation], ...]:
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


def _says(known: _Known) -> Iterator[_Told]:
    for article, analysis, number in known:
        for claim in analysis.claims:
            source = claim.attribution.source
            if source is not None and source.entity == number:
                yield article, analysis, claim


def _said_of(known: _Known) -> Iterator[_Told]:
    for article, analysis, number in known:
        mentions = analysis.entities[number].mentions
        for claim in analysis.claims:
            source = claim.attribution.source
            if source is None or source.entity == number or source.kind is SourceKind.OWN_VOICE:
                continue
            if any(span.contains(mention) for span in claim.content for mention in mentions):
                yield article, analysis, claim


def _distinct(told: Iterable[_Told]) -> list[_Told]:
    """Keep the newest of claims in the same words: copies say nothing more."""
    kept: dict[str, _Told] = {}
    for article, analysis, claim in told:
        words = " ".join(span.of(article.text) for span in claim.content)
        kept.setdefault(" ".join(words.casefold().split()), (article, analysis, claim))
    return list(kept.values())


def _findings(told: Sequence[_Told], limit: int) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            cite(article, analysis.sentences[claim.sentence].span),
            claim.content,
            claim,
            chain_of(article, claim),
        )
        for article, analysis, claim in told[:limit]
    )


def _is_dispute(told: _Told) -> bool:
    return told[2].attribution.stance in _DISPUTING


def _appears_with(known: _Known) -> tuple[tuple[str, int], ...]:
    """Count the sentences shared with others; what goes by one name anywhere is one."""
    called: dict[str, str] = {}
    together: Counter[str] = Counter()
    for _, analysis, number in known:
        spans = list(_sentences(analysis, number))
        for other, entity in enumerate(analysis.entities):
            shared = sum(any(m.overlaps(span) for m in entity.mentions) for span in spans)
            if other == number or not shared:
                continue
            names = [name.casefold() for name in (entity.name, *entity.aliases)]
            label = next((called[name] for name in names if name in called), entity.name)
            called.update((name, label) for name in names if name not in called)
            together[label] += shared
    return tuple(together.most_common(_ALONGSIDE))
