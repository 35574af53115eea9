"""Whom a source's words mean: its fullest name, its role as the article gives it, its kind.

It walks the claims in the order of the text and remembers who spoke last. Pronouns and "the
report" are resolved only where one reading is clearly better than the next; otherwise the
words stay as they stand, and the kind is an unnamed source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.known import country_of, lookup, plain
from summarizer.lexicon import rows
from summarizer.model import (
    Claim,
    Entity,
    EntityKind,
    Sentence,
    Source,
    SourceKind,
    Span,
)
from summarizer.names import GIVEN_NAMES
from summarizer.parse import Doc
from summarizer.reading import PRONOUNS, Reading, entity_kind, read
from summarizer.scene import Scene, set_scene

MEMORY_SENTENCES = 3
"""How far back a pronoun or "the report" looks for who spoke or was named."""

MARGIN = 1.0
"""By how much the best reading of a pronoun must beat the next."""

_CLAUSE = re.compile(r", (?:who|whose|which|that|where|when|as|speaking|citing|adding|\d+$)\b")
_REPORTS = frozenset(
    {"report", "article", "story", "broadcast", "dispatch", "editorial", "account"}
)
"""What an outlet makes itself, so that its word is the outlet's; its polls are documents."""

_SEX = {row[0]: row[1] for row in rows("titles") if len(row) > 1}
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


def of_span(span: Span, scene: Scene) -> Source:
    """Return the source that ``span`` names by itself; pronouns stay as they stand."""
    bare = Source((span,), " ".join(span.of(scene.text).split()), SourceKind.UNNAMED)
    reading = read((span,), scene)
    found = _named(reading, bare, scene)
    named = found or replace(bare, name=_fuller(reading, scene), kind=reading.kind)
    return _own_voice(named, scene.outlet)


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
        meant = _pronoun(reading, source, number, scene, said)
        if meant is not None:
            return replace(meant, source=replace(meant.source, spans=source.spans), sentence=number)
        return Spoken(source, reading.head, plural=reading.pronoun == "they", sentence=number)
    named = _named(reading, source, scene) or _said_before(reading, source, number, said)
    resolved = named or replace(source, name=_fuller(reading, scene), kind=reading.kind)
    return Spoken(_own_voice(resolved, scene.outlet), reading.head, reading.plural, number)


def _own_voice(source: Source, outlet: str) -> Source:
    """Mark a source that is the article's own outlet."""
    if not outlet or source.kind not in {SourceKind.OUTLET, SourceKind.ORGANISATION}:
        return source
    if _bare(source.name) != _bare(outlet):
        return source
    return replace(source, kind=SourceKind.OWN_VOICE)


def _bare(name: str) -> str:
    known = lookup(name)
    return (known.name if known else name).lower().removeprefix("the ")


def _named(reading: Reading, source: Source, scene: Scene) -> Source | None:
    """Return the source when its own words name it, else None."""
    if reading.entity is not None:
        return _of_entity(reading.entity, source, scene)
    if reading.owner is not None and reading.head in _REPORTS:
        owner = entity_kind(scene.entities[reading.owner])
        if owner in {SourceKind.OUTLET, SourceKind.STATE_MEDIA}:
            return _of_entity(reading.owner, source, scene)
    if reading.owner is None or scene.entities[reading.owner].kind is EntityKind.PLACE:
        return None
    if reading.kind in {SourceKind.DOCUMENT, SourceKind.ORGANISATION}:
        return replace(source, name=reading.words, kind=reading.kind, entity=reading.owner)
    return None


def _of_entity(at: int, source: Source, scene: Scene) -> Source:
    """Return the source as the entity that it names."""
    entity = scene.entities[at]
    kind = entity_kind(entity)
    if kind is SourceKind.UNNAMED:
        return replace(source, name=entity.name, kind=kind, entity=at)
    role = entity.description or _role_beside(entity, source, scene.text)
    return replace(source, name=entity.name, kind=kind, role=role, entity=at)


def _role_beside(entity: Entity, source: Source, text: str) -> str:
    """Return what the source's own words say of the entity beside its name."""
    if entity.kind is not EntityKind.PERSON:
        return ""
    for span in source.spans:
        for mention in entity.mentions:
            if span.contains(mention) and mention.end < span.end:
                rest = text[mention.end : span.end]
                if rest.startswith(", ") and not _CLAUSE.match(rest):
                    return " ".join(rest[2:].split())
    return ""


def _fuller(reading: Reading, scene: Scene) -> str:
    """Return the words with "the North's" at their head said in full, for state media."""
    if not reading.state_media or not reading.others:
        return reading.words
    country = scene.entities[reading.others[0]]
    for form in ("the North's", "the North’s", "the South's", "the South’s"):
        if reading.words.lower().startswith(form.lower()) and country_of(country.name):
            return f"{country.name}'s{reading.words[len(form) :]}"
    return reading.words


def _said_before(
    reading: Reading, source: Source, number: int, said: Sequence[Spoken]
) -> Source | None:
    """Return whom "the report", "the official" mean: the last source with that noun."""
    if not reading.definite or reading.owner is not None or len(reading.words.split()) > 3:
        return None
    for spoken in reversed(said):
        if number - spoken.sentence > 2 * MEMORY_SENTENCES:
            break
        if spoken.head == reading.head and spoken.plural == reading.plural:
            return replace(spoken.source, spans=source.spans)
    return None


def _pronoun(
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
            found = _of_entity(at, source, scene)
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
    return Spoken(_of_entity(named.pop(), source, scene), "it", plural=False, sentence=number)


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
    return Spoken(_of_entity(ranked[0][0], bare, scene), sex, plural=False, sentence=number)


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
        if sex := _SEX.get(word):
            return sex
    for alias in entity.aliases:
        if sex := _SEX.get(alias.lower().split()[0]):
            return sex
    sex = GIVEN_NAMES.get(entity.name.split()[0], "")
    return sex if sex in {"m", "f"} else ""


def _may_be(entity: Entity, sex: str) -> bool:
    own = sex_of(entity)
    return not own or own == sex
