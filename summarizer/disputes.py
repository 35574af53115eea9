"""Who disputes a claim within its story, and how: by what is done to what, not by words in common.

A statement disputes a claim when another side makes it and it denies the same act on the same
thing, will not confirm it, gives another number of the same things, or says the opposite. Words
that point back ("denied it", "the figure") are read with what stands before them. Whether the
claim is true is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from summarizer.answering import answered
from summarizer.doubts import states
from summarizer.model import Analysis, Article, Claim, Dissent, Finding, Span
from summarizer.opposition import contrary, opposed
from summarizer.rivals import other_number
from summarizer.sides import places_in, side
from summarizer.statements import statements
from summarizer.told_before import Place, antecedents, names_side
from summarizer.topic import LEAST, Topic, agrees, negative, repeats, same_matter, topic

Read = tuple[Article, Analysis]

_SUPPOSED = re.compile(r"\b(?:if|unless|whether)\b", re.IGNORECASE)
_HE_DID_NOT = re.compile(
    r"\b(?:he|she|I)\s+(?:\w+\s+)?(?:\w+n['’]t|(?:had|did|was|has|is|have|am|were)\s+(?:not|never))\b"
)

_OF_HIMSELF = re.compile(
    r"(?:that )?(?:he|she|it|they|his|her|its|their|\w+ing"
    r"|any (?:involvement|role|part|ties?|links?|knowledge|connections?|responsibility))\b",
    re.IGNORECASE,
)
"""Words of a denial that are about the denier."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A sentence that disputes a claim, the claim in it if any, how, and the other number."""

    article: Article
    span: Span
    claim: Claim | None
    dissent: Dissent
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    """A finding as it is disputed: its matter, its side, and the sentences that say the same."""

    finding: Finding
    matter: Topic
    mine: frozenset[str]
    carried: frozenset[tuple[str, Span]]


def disputes(
    finding: Finding, read: Sequence[Read], carried: frozenset[tuple[str, Span]]
) -> list[Dispute]:
    """Return what disputes a finding among the articles of its story, one of each kind first.

    ``carried`` are the sentences (article id, span) that say the same as the finding.
    """
    own = finding.citation
    content = " ".join(span.of(own.article.text) for span in finding.content)
    if not states(finding.claim, content):
        return []
    matter = topic(finding)
    if len(matter.terms) < LEAST:
        return []
    mine = next(
        (side(finding.claim, a, x, places_in(x)) for a, x in read if a.id == own.article.id),
        frozenset[str](),
    )
    case = _Case(finding, matter, mine, carried)
    found = [one for article, analysis in read for one in _in_article(case, article, analysis)]
    return _varied(_distinct(found))


def _distinct(found: Sequence[Dispute]) -> list[Dispute]:
    """Keep the first dispute of each source and kind: other prints of it say nothing more."""
    kept: dict[tuple[str, Dissent], Dispute] = {}
    for one in found:
        source = one.claim.attribution.source if one.claim else None
        who = source.name if source else one.article.outlet
        kept.setdefault((who.casefold().removeprefix("the "), one.dissent), one)
    return list(kept.values())


def _varied(found: Sequence[Dispute]) -> list[Dispute]:
    """Put the first of each kind before the second of any, denials first."""
    kinds = [[one for one in found if one.dissent is kind] for kind in Dissent]
    return [one for row in zip_longest(*kinds) for one in row if one is not None]


def _in_article(case: _Case, article: Article, analysis: Analysis) -> Iterator[Dispute]:
    places = statements(article, analysis)
    for at, place in enumerate(places):
        if place.side & case.mine or _is_part(place, case.finding):
            continue
        if told := _against(case, places, at):
            yield Dispute(article, place.span, place.claim, *told)


def _is_part(place: Place, finding: Finding) -> bool:
    """Tell whether a statement is the finding's own sentence, and no doubt of it that it tells."""
    own = finding.citation
    if place.article != own.article.id or not place.span.overlaps(own.span):
        return False
    if place.claim is None or finding.claim is None or finding.claim == place.claim:
        return True
    tells = place.claim.attribution.cue  # who tells that it was denied is not denied
    if any(mine.overlaps(cue) for mine in finding.claim.content for cue in tells):
        return True
    return place.doubt is None


def _against(case: _Case, places: Sequence[Place], at: int) -> tuple[Dissent, str] | None:
    """Return how one statement disputes the finding, with its number; None where it does not."""
    doubt = places[at].doubt
    if doubt is None:
        return _otherwise(case, places[at])
    if doubt.back:
        told = antecedents(doubt, places, at)
        met = any(_meant(one, case, doubt.noun) for one in told)
    else:
        met = same_matter(case.matter, doubt.words) and _of_whom(case, places[at])
        met = met and negative(doubt.words) == case.matter.negated
        if not met and (answer := answered(doubt, places, at)):
            met = _meant(answer, case)
    return (doubt.dissent, "") if met else None


def _of_whom(case: _Case, place: Place) -> bool:
    """Tell whether the claim names who denies something of himself ("denied that he had")."""
    if place.doubt is None or not _OF_HIMSELF.match(place.doubt.words):
        return True
    return names_side(case.finding.citation.quote, place)


def _meant(place: Place, case: _Case, noun: str = "") -> bool:
    """Tell whether a statement that is pointed back at is the finding, or says the same."""
    said, own = (place.article, place.span), case.finding.citation
    if said == (own.article.id, own.span) and _told_in(place, case.finding):
        return True
    if repeats(case.matter, place.words, noun):
        return True
    before = place.doubt
    if before is not None:  # "cannot verify the reports" after others would not confirm them
        return not before.back and same_matter(case.matter, before.words)
    return said in case.carried and agrees(case.matter, place.words)


def _told_in(place: Place, finding: Finding) -> bool:
    """Tell whether a statement of the finding's sentence is its own, if only in part."""
    if place.claim is None or finding.claim is None:
        return True
    theirs = place.claim.content
    return any(mine.overlaps(other) for mine in finding.claim.content for other in theirs)


def _otherwise(case: _Case, place: Place) -> tuple[Dissent, str] | None:
    """Return how a statement that doubts nothing stands against the claim all the same."""
    matter = case.matter
    if number := other_number(matter, place.words, place.published):
        return Dissent.NUMBER, number
    if place.claim is None or not states(place.claim, place.words):
        return None
    if _SUPPOSED.search(place.sentence[: max(0, place.sentence.find(place.words))]):
        return None
    quote = case.finding.citation.quote
    himself = _HE_DID_NOT.search(place.words) and not names_side(quote, place)
    if not himself and opposed(matter, place.words):
        return (Dissent.OTHERWISE if matter.negated else Dissent.DENIES), ""
    if contrary(matter, place.words, place.published):
        return Dissent.OTHERWISE, ""
    return None
