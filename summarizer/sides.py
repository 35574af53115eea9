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


def side(claim: Claim | None, article: Article, analysis: Analysis) -> frozenset[str]:
    """Return the telling words of who makes a claim, in lower case; the outlet's for its own voice.

    For a source without a name ("two officials") they are its words in one piece.
    """
    source = claim.attribution.source if claim else None
    if source is None or source.kind is SourceKind.OWN_VOICE:
        return frozenset({f"outlet {article.outlet}".casefold()})
    if source.kind is SourceKind.UNNAMED and source.entity is None:
        return frozenset({source.name.casefold().removeprefix("the ")})
    telling = _telling(_names(source, analysis), analysis)
    return telling or frozenset({source.name.casefold().removeprefix("the ")})


def _names(source: Source, analysis: Analysis) -> Iterable[str]:
    yield source.name
    yield source.role
    if source.entity is not None:
        entity = analysis.entities[source.entity]
        yield from entity.aliases
        yield entity.description


def _telling(names: Iterable[str], analysis: Analysis) -> frozenset[str]:
    """Return the capitalised words of names that tell one side from another."""
    places = {
        word.casefold()
        for entity in analysis.entities
        if entity.kind is EntityKind.PLACE
        for name in (entity.name, *entity.aliases)
        for word in _NAME.findall(name)
    }
    found = set()
    for at, name in enumerate(names):
        for word in _NAME.findall(name):
            bare = re.sub(r"['’]s$", "", word)
            alone = at == 0 and bare == name.strip()  # "Tarsk dismissed the claim"
            if bare[:1].isupper() and (alone or not _general(bare.casefold(), places)):
                found.add(bare.casefold())
    return frozenset(found)


def _general(word: str, places: set[str]) -> bool:
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
