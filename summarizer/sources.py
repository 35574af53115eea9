"""Whom a source's words mean: its fullest name, its role as the article gives it, its kind.

It walks the claims in the order of the text and remembers who spoke last. Pronouns and "the
report" are resolved only where one reading is clearly better than the next; otherwise the
words stay as they stand, and the kind is an unnamed source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.model import (
    Claim,
    Entity,
    EntityKind,
    Sentence,
    Source,
    SourceKind,
    Span,
)
from summarizer.naming import bare_name, fuller, named_by, of_entity, own_voice
from summarizer.parse import Doc
from summarizer.pronouns import MEMORY_SENTENCES, Spoken, pronoun
from summarizer.reading import Reading, read
from summarizer.scene import Scene, set_scene


def resolve(  # noqa: PLR0913 - all keyword-only: the article and what is known of it so far
    claims: Sequence[Claim],
    *,
    doc: Doc,
    text: str,
    sentences: Sequence[Sentence],
    entities: Sequence[Entity],
    outlet: str = "",
) -> tuple[Claim, ...]:
    """Return the claims with each source named, given a kind and tied to its entity.

    ``outlet`` is the article's own, so that its name and "we" outside quotations are known as
    its own voice. The order of the claims is kept.
    """
    scene = set_scene(
        claims, doc=doc, text=text, sentences=sentences, entities=entities, outlet=outlet
    )
    order = sorted(range(len(claims)), key=lambda at: _place(claims[at]))
    said: list[Spoken] = []
    done = list(claims)
    for at in order:
        source = claims[at].attribution.source
        if source is None or not source.spans:
            continue
        spoken = _resolve(source, scene, said)
        attribution = replace(claims[at].attribution, source=spoken.source)
        done[at] = replace(claims[at], attribution=attribution)
        said.append(spoken)
    return _first_person(done, scene)


def _first_person(claims: Sequence[Claim], scene: Scene) -> tuple[Claim, ...]:
    """Return the claims with "I" inside a quotation read as the one who is quoted."""
    done = list(claims)
    for at, claim in enumerate(claims):
        source = claim.attribution.source
        if source is None or source.name.lower() != "i" or not scene.is_quoted(source.spans[0]):
            continue
        around = _around(claims, at, source.spans[0])
        if around is not None:
            attribution = replace(claim.attribution, source=replace(around, spans=source.spans))
            done[at] = replace(claim, attribution=attribution)
    return tuple(done)


def _around(claims: Sequence[Claim], at: int, span: Span) -> Source | None:
    """Return the source of the nearest claim whose content holds ``span``."""
    for other in (*reversed(claims[max(0, at - 4) : at]), *claims[at + 1 : at + 3]):
        if any(piece.contains(span) for piece in other.content):
            return other.attribution.source
    return None


def _place(claim: Claim) -> int:
    source = claim.attribution.source
    spans = source.spans if source and source.spans else claim.content
    return spans[0].start


def _resolve(source: Source, scene: Scene, said: Sequence[Spoken]) -> Spoken:
    """Return the source of one claim resolved."""
    reading = read(source.spans, scene)
    number = scene.sentence(source.spans[0].start)
    if reading.pronoun:
        meant = pronoun(reading, source, number, scene, said)
        if meant is not None:
            return replace(meant, source=replace(meant.source, spans=source.spans), sentence=number)
        return Spoken(source, reading.head, plural=reading.pronoun == "they", sentence=number)
    if (meant := _one_of(reading, source, number, said)) is not None:
        return meant
    named = named_by(reading, source, scene) or _aged(reading, source, number, scene)
    named = named or _said_before(reading, source, number, said)
    resolved = named or replace(source, name=fuller(reading, scene), kind=reading.kind)
    return Spoken(own_voice(resolved, scene.outlet), reading.head, reading.plural, number)


_AGED = re.compile(r"the \d{1,2}-year-old", re.IGNORECASE)
"""How news calls the one of whom it just told by name."""


_PERHAPS = frozenset({EntityKind.PERSON, EntityKind.OTHER})
"""Kinds of those who may be people: a name of which nothing tells the kind may be one."""


def _aged(reading: Reading, source: Source, number: int, scene: Scene) -> Source | None:
    """Return whom "the 78-year-old" means: the only person named in the sentences before."""
    if not _AGED.fullmatch(reading.words):
        return None
    start = scene.sentences[max(0, number - MEMORY_SENTENCES)].span.start
    before = scene.named_in(Span(start, source.spans[0].start))
    people = {
        at
        for mention, at in before
        if scene.entities[at].kind in _PERHAPS and not scene.is_quoted(mention)
    }
    return of_entity(people.pop(), source, scene) if len(people) == 1 else None


_ONE_OF = frozenset(
    ["one", "another", "the other", "the second", "a second", "a third", "the first", "both"]
)


def _one_of(reading: Reading, source: Source, number: int, said: Sequence[Spoken]) -> Spoken | None:
    """Return the people of whom "one" speaks: those named in number before, "two members"."""
    if reading.words.lower() not in _ONE_OF:
        return None
    for spoken in reversed(said):
        if number - spoken.sentence > MEMORY_SENTENCES:
            break
        if spoken.plural and spoken.source.kind is SourceKind.UNNAMED:
            return replace(spoken, source=replace(spoken.source, spans=source.spans))
    return None


def _said_before(
    reading: Reading, source: Source, number: int, said: Sequence[Spoken]
) -> Source | None:
    """Return whom "the report", "the official" mean: the last source with that noun."""
    words = bare_name(reading.words, reading.kind)
    if not reading.definite or reading.owner is not None or len(words.split()) > 3:
        return None
    for spoken in reversed(said):
        if number - spoken.sentence > 2 * MEMORY_SENTENCES:
            break
        if spoken.head == reading.head and spoken.plural == reading.plural:
            return replace(spoken.source, spans=source.spans)
    return None
