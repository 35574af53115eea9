"""Whom "he", "it" and "they" mean as sources: who spoke last, else who was named last.

A pronoun is resolved only where one reading is clearly better than the next. It never merges
entities; it only tells who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.known import plain
from summarizer.model import (
    Entity,
    EntityKind,
    Source,
    SourceKind,
    Span,
)
from summarizer.name_words import GIVEN_NAMES, SEX
from summarizer.naming import of_entity
from summarizer.reading import PRONOUNS, Reading
from summarizer.scene import Scene

MEMORY_SENTENCES = 3
"""How far back a pronoun or "the report" looks for who spoke or was named."""
MARGIN = 1.0
"""By how much the best reading of a pronoun must beat the next."""
_BODIES = frozenset(
    {SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.STATE_MEDIA}
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A source that spoke before: as resolved, with its noun and where."""

    source: Source
    head: str
    plural: bool
    sentence: int


def pronoun(
    reading: Reading, source: Source, number: int, scene: Scene, said: Sequence[Spoken]
) -> Spoken | None:
    """Return whom a pronoun means, None when that is not clear."""
    meaning = PRONOUNS[reading.pronoun]
    if meaning in {"m", "f"}:
        return _person(meaning, source.spans[0], number, scene, said)
    if meaning == "i":
        return _narrator(source.spans[0], scene)
    if meaning == "who":
        return _antecedent(source, scene)
    last = said[-1] if said and number - said[-1].sentence <= 2 else None
    if meaning == "it":
        return _body(source, number, scene, last)
    plural = last is not None and last.plural and last.source.kind is SourceKind.UNNAMED
    return last if plural else None


def _antecedent(source: Source, scene: Scene) -> Spoken | None:
    """Return whom "who" means: the name that the clause hangs on."""
    token = scene.token(source.spans[0])
    while token is not None and token.dep_ != "relcl" and token.head.i != token.i:
        token = token.head
    if token is None or token.dep_ != "relcl":
        return None
    noun = token.head
    span = Span(scene.starts[scene.sentence(noun.idx)], source.spans[0].start)
    for mention, at in scene.named_in(span):
        if mention.start <= noun.idx < mention.end:
            found = of_entity(at, source, scene)
            return Spoken(found, noun.lower_, plural=False, sentence=scene.sentence(noun.idx))
    return None


def _narrator(span: Span, scene: Scene) -> Spoken | None:
    """Return who says "we": outside quotations the outlet itself, inside nobody yet."""
    if scene.is_quoted(span) or not scene.outlet:
        return None
    own = Source((span,), scene.outlet, SourceKind.OWN_VOICE)
    return Spoken(own, "we", plural=False, sentence=scene.sentence(span.start))


def _body(source: Source, number: int, scene: Scene, last: Spoken | None) -> Spoken | None:
    """Return the body that "it" means: the one that spoke last, else the only one just named."""
    if last is not None and last.source.kind in _BODIES and not last.plural:
        return last
    begin = scene.starts[max(0, number - 1)]
    named = {
        at
        for mention, at in scene.named_in(Span(begin, source.spans[0].start))
        if scene.entities[at].kind is EntityKind.ORGANISATION and not scene.is_quoted(mention)
    }
    if len(named) != 1:
        return None
    return Spoken(of_entity(named.pop(), source, scene), "it", plural=False, sentence=number)


def _person(
    sex: str, span: Span, number: int, scene: Scene, said: Sequence[Spoken]
) -> Spoken | None:
    """Return the person that "he" or "she" means: who spoke last, else who was named last."""
    scores = _closeness(sex, span, number, scene)
    if said and number - said[-1].sentence <= 2:
        last = said[-1].source
        person = last.kind is SourceKind.PERSON and last.entity is not None
        if person and _may_be(scene.entities[last.entity or 0], sex):
            scores[last.entity or 0] = scores.get(last.entity or 0, 0.0) + 2.0
    unnamed = _unnamed_speaker(sex, number, said)
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if unnamed is not None and (not ranked or ranked[0][1] < 2.0):
        return unnamed
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
        return None
    bare = Source((span,), "", SourceKind.PERSON)
    return Spoken(of_entity(ranked[0][0], bare, scene), sex, plural=False, sentence=number)


def _unnamed_speaker(sex: str, number: int, said: Sequence[Spoken]) -> Spoken | None:
    """Return the unnamed single person who spoke last, "a villager", when it may be them."""
    if not said or said[-1].plural or number - said[-1].sentence > 1:
        return None
    last = said[-1]
    if last.source.kind is not SourceKind.UNNAMED or last.head in PRONOUNS:
        return None
    wrong = {
        "m": {"woman", "girl", "spokeswoman", "mother", "wife", "sister", "daughter", "widow"},
        "f": {"man", "boy", "spokesman", "father", "husband", "brother", "son"},
    }[sex]
    return None if last.head in wrong else last


def _closeness(sex: str, span: Span, number: int, scene: Scene) -> dict[int, float]:
    """Return how near and prominent each person is who is named outside quotes before ``span``."""
    scores: dict[int, float] = {}
    begin = scene.starts[max(0, number - MEMORY_SENTENCES)]
    for mention, at in scene.named_in(Span(begin, span.start)):
        entity = scene.entities[at]
        if entity.kind is not EntityKind.PERSON or not _may_be(entity, sex):
            continue
        if scene.is_quoted(mention):
            continue
        token = scene.token(mention)
        if token is not None and token.dep_ == "conj":
            token = token.head
        subject = token is not None and token.dep_ in {"nsubj", "nsubjpass"}
        score = 2.0 - 0.8 * (number - scene.sentence(mention.start)) + (1.0 if subject else 0.0)
        score -= 0.0 if sex_of(entity) else 0.5
        scores[at] = max(score, scores.get(at, -9.0))
    return scores


def sex_of(entity: Entity) -> str:
    """Return "m" or "f" where the article's title or the given name tells, empty otherwise."""
    for word in plain(entity.description).lower().split():
        if sex := SEX.get(word):
            return sex
    for alias in entity.aliases:
        if sex := SEX.get(alias.lower().split()[0]):
            return sex
    sex = GIVEN_NAMES.get(entity.name.split()[0], "")
    return sex if sex in {"m", "f"} else ""


def _may_be(entity: Entity, sex: str) -> bool:
    own = sex_of(entity)
    return not own or own == sex
