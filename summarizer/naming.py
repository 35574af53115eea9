"""Names for sources that their own words tell: an entity in full, an outlet for its report."""

from __future__ import annotations

import re
from dataclasses import replace

from summarizer.descriptions import kind_told
from summarizer.known import country_of, lookup
from summarizer.model import (
    Entity,
    EntityKind,
    Source,
    SourceKind,
    Span,
)
from summarizer.reading import Reading, entity_kind, media_told, read
from summarizer.scene import Scene

_CLAUSE = re.compile(r", (?:who|whose|which|that|where|when|as|speaking|citing|adding|\d+$)\b")
_TELLING = re.compile(
    r"\s*(?:[,—–]|--)\s*(?:and |both |all |most of |some of )?(?:of )?(?:who|whose|whom|which"
    r"|when|where|housed|based|founded|established|known|as|after|while|because|speaking|citing"
    r"|adding|asking|dated|signed|filed|published"
    r"|released)\b.*$",
    re.DOTALL,
)
_TELLING_OF_DOCUMENT = re.compile(
    _TELLING.pattern
    + r"|, an? .*$|,?\s(?:that|which|seen|reviewed|published|circulated|leaked)\b.*$",
    re.DOTALL,
)
_WEIGHING = re.compile(r"^(?:only|just|even|perhaps)\s+(?=\w+\s+of\b)", re.IGNORECASE)
_DANGLING = re.compile(r",?(?:\s(?:who|whose|which|that)|\s?(?:--|[—–]))$")
_DATED = re.compile(
    r"\s(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:last|this) (?:week|month|year|night)"
    r"|yesterday|today)$"
)
_GAVE_NAME = re.compile(
    r"\b(?:who (?:(?:introduced|identified|named) (?:him|her)self|gave (?:his|her) name)"
    r" (?:only )?as"
    r"|(?:calling|(?:who|which|that) calls?) (?:(?P<body>itself|themselves)|himself|herself))"
    r" (?P<name>[A-Z]\w+(?: [A-Z]\w+){0,3})"
)
_OWNER = re.compile(r"((?:[A-Z]\w+ ){0,2}[A-Z]\w+(?:['’]s|s['’]))\s$")
_MINISTRIES = frozenset({"Ministry", "Parliament", "Army", "Navy", "Government"})
_REPORTS = frozenset(
    {"report", "article", "story", "broadcast", "dispatch", "editorial", "account"}
)
"""What an outlet makes itself, so that its word is the outlet's; its polls are documents."""


_READ = re.compile(
    r"\b(?:seen|obtained|reviewed|read) by\b|\b(?:leaked|shown) to\b|\bshared with\b"
)
"""What an outlet only has got hold of is no report of its own."""


def of_span(span: Span, scene: Scene) -> Source:
    """Return the source that ``span`` names by itself; pronouns stay as they stand."""
    bare = Source((span,), " ".join(span.of(scene.text).split()), SourceKind.UNNAMED)
    reading = read((span,), scene)
    found = named_by(reading, bare, scene)
    named = found or replace(bare, name=fuller(reading, scene), kind=reading.kind)
    return own_voice(named, scene.outlet)


def own_voice(source: Source, outlet: str) -> Source:
    """Mark a source that is the article's own outlet."""
    if not outlet or source.kind in {SourceKind.UNNAMED, SourceKind.DOCUMENT}:
        return source
    own = _bare(outlet)
    if _bare(source.name) != own and source.name.lower() != own.split()[-1]:
        return source
    return replace(source, kind=SourceKind.OWN_VOICE)


def _bare(name: str) -> str:
    known = lookup(name)
    return (known.name if known else name).lower().removeprefix("the ")


def named_by(reading: Reading, source: Source, scene: Scene) -> Source | None:
    """Return the source when its own words name it, else None."""
    if reading.entity is not None:
        return of_entity(reading.entity, source, scene)
    if (given := _GAVE_NAME.search(reading.words)) is not None:
        kind = SourceKind.ORGANISATION if given["body"] else SourceKind.PERSON
        return replace(source, name=given["name"], kind=kind)
    if reading.owner is not None and reading.head in _REPORTS and not _READ.search(reading.words):
        owner = entity_kind(scene.entities[reading.owner])
        if owner in {SourceKind.OUTLET, SourceKind.STATE_MEDIA}:
            return of_entity(reading.owner, source, scene)
    if reading.owner is None or scene.entities[reading.owner].kind is EntityKind.PLACE:
        return None
    if reading.kind in {SourceKind.DOCUMENT, SourceKind.ORGANISATION}:
        name = bare_name(reading.words, reading.kind)
        return replace(source, name=name, kind=reading.kind, entity=reading.owner)
    return None


def of_entity(at: int, source: Source, scene: Scene) -> Source:
    """Return the source as the entity that it names."""
    entity = scene.entities[at]
    words = " ".join(span.of(scene.text) for span in source.spans)
    kind = media_told(words, entity_kind(entity))
    if kind is SourceKind.UNNAMED:
        return replace(source, name=entity.name, kind=kind, entity=at)
    role = entity.description or _role_beside(entity, source, scene.text)
    name = _whose(entity, scene.text) + entity.name
    return replace(source, name=name, kind=kind, role=role, entity=at)


def _whose(entity: Entity, text: str) -> str:
    """Return "Haesong's " where the article tells whose ministry it is: every country has one."""
    if entity.name.rsplit(" ", 1)[-1] not in _MINISTRIES or not entity.mentions:
        return ""
    first = entity.mentions[0].start
    owner = _OWNER.search(text, max(0, first - 40), first)
    return f"{owner[1]} " if owner else ""


def _role_beside(entity: Entity, source: Source, text: str) -> str:
    """Return what the source's own words say of the entity beside its name."""
    if entity.kind is not EntityKind.PERSON:
        return ""
    for span in source.spans:
        for mention in entity.mentions:
            if span.contains(mention) and mention.end < span.end:
                rest = text[mention.end : span.end]
                if rest.startswith(", ") and not _CLAUSE.match(rest) and kind_told(rest[2:]):
                    return " ".join(rest[2:].split())
    return ""


def bare_name(words: str, kind: SourceKind) -> str:
    """Return the words without what is told of the source beside its name, as they stand.

    "A reviewer of the paper, who asked for anonymity" goes by "A reviewer of the paper"; "the
    man who found it" keeps what tells him from others.
    """
    clause = _TELLING if kind is not SourceKind.DOCUMENT else _TELLING_OF_DOCUMENT
    for pattern in (_WEIGHING, clause, _DANGLING, _DATED):
        words = pattern.sub("", words) or words
    return words


def fuller(reading: Reading, scene: Scene) -> str:
    """Return the words as a name; "the North's" at their head in full, for state media."""
    if not reading.state_media or not reading.others:
        return bare_name(reading.words, reading.kind)
    country = scene.entities[reading.others[0]]
    for form in ("the North's", "the North’s", "the South's", "the South’s"):
        if reading.words.lower().startswith(form.lower()) and country_of(country.name):
            return f"{country.name}'s{reading.words[len(form) :]}"
    return reading.words
