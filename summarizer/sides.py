"""Whether two sources speak for one side: nobody disputes his own claim.

A person speaks for the body that his role names. Words that any body may have in its name
("Ministry", "General") make nobody one side, nor does a place that both are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from summarizer.lexicon import rows
from summarizer.model import Analysis, Article, Claim, EntityKind, Source, SourceKind

_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def places_in(analysis: Analysis) -> frozenset[str]:
    """Return the words of an article's names of places, in lower case."""
    return frozenset(
        word.casefold()
        for entity in analysis.entities
        if entity.kind is EntityKind.PLACE
        for name in (entity.name, *entity.aliases)
        for word in _NAME.findall(name)
    )


def side(
    claim: Claim | None, article: Article, analysis: Analysis, places: frozenset[str]
) -> frozenset[str]:
    """Return the telling words of who makes a claim, in lower case; the outlet's for its own voice.

    For a source without a name ("two officials") they are its words in one piece. ``places`` are
    those of ``places_in``.
    """
    source = claim.attribution.source if claim else None
    if source is None or source.kind is SourceKind.OWN_VOICE:
        return frozenset({f"outlet {article.outlet}".casefold()})
    if source.kind is SourceKind.UNNAMED and source.entity is None:
        return frozenset({source.name.casefold().removeprefix("the ")})
    telling = _telling(_names(source, analysis), places)
    return telling or frozenset({source.name.casefold().removeprefix("the ")})


def _names(source: Source, analysis: Analysis) -> Iterable[str]:
    """Yield all names of a source, and of the bodies that its role names ("the Guild's chief")."""
    yield source.name
    yield source.role
    if source.entity is not None:
        entity = analysis.entities[source.entity]
        yield from entity.aliases
        yield entity.description
    role = frozenset(_NAME.findall(re.sub(r"['’]s\b", "", source.role)))
    for entity in analysis.entities:
        if entity.kind is EntityKind.ORGANISATION and not role.isdisjoint(entity.aliases):
            yield entity.name


def _telling(names: Iterable[str], places: frozenset[str]) -> frozenset[str]:
    """Return the capitalised words of names that tell one side from another."""
    found = set()
    for at, name in enumerate(names):
        for word in _NAME.findall(name):
            bare = re.sub(r"['’]s$", "", word)
            alone = at == 0 and bare == name.strip()  # "Tarsk dismissed the claim"
            if bare[:1].isupper() and (alone or not _general(bare.casefold(), places)):
                found.add(bare.casefold())
    return frozenset(found)


def _general(word: str, places: frozenset[str]) -> bool:
    return len(word) < 3 or word in places or word in _general_words()


@cache
def _general_words() -> frozenset[str]:
    listed = (
        "body_words",
        "organisation_words",
        "office_words",
        "role_nouns",
        "titles",
        "countries",
        "regions",
    )
    return frozenset(
        word.casefold() for name in listed for row in rows(name) for word in row[0].split()
    )
