"""What a source's own words tell: which noun speaks, and what kind of source that makes it.

It sees one span at a time. Whom "he" or "the report" means is for ``sources``, which knows what
was said before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.beside import entity_meant
from summarizer.descriptions import PERSON_NOUNS
from summarizer.known import lookup
from summarizer.lexicon import rows
from summarizer.model import Entity, EntityKind, SourceKind, Span
from summarizer.parse import Doc, Token
from summarizer.scene import Scene

PRONOUNS = {
    "he": "m",
    "she": "f",
    "his": "m",
    "her": "f",
    "it": "it",
    "they": "they",
    "i": "i",
    "we": "i",
    "who": "who",
    "which": "who",
    "that": "who",
}

_STATE_MEDIA = re.compile(
    r"\b(?:state(?:-run|-owned|-controlled|-backed|-affiliated)?|government-run|official)\s+"
    r"(?:central\s+|(?-i:[A-Z]\w*\s+))?(?:media|television|tv|radio|broadcasters?"
    r"|news\s+agenc(?:y|ies)|newspapers?|outlets?|channels?|press|news)\b",
    re.IGNORECASE,
)
_MEDIA_TOLD = re.compile(
    r"^[^,]*\b(?:news\s+agency|broadcaster|newspaper|(?:radio|television|TV)\s+(?:station|channel"
    r"|network)|(?:news|affiliate)\s+(?:site|website|station)|[A-Z]{2,}\s+affiliate)\b"
)
"""Words beside the name of a body that make a news outlet of it, before any comma."""
_PAPERS = re.compile(
    r"\b(?:court|legal|internal|confidential|white|green|position|working|research|leaked|briefing"
    r"|discussion|policy|scientific|secret|cabinet|government|tax|divorce) papers?\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r",?\s(?:who (?:was|were) )?(?:quoted|cited|interviewed) (?:by|in)\s")
_AGENCIES = frozenset(
    ["agency", "newspaper", "television", "tv", "radio", "broadcaster", "website", "daily"]
)


def _nouns() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for noun, kind in rows("source_nouns"):
        found.setdefault(noun, set()).add(kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


NOUNS = _nouns()
_KINDS = {
    "document": SourceKind.DOCUMENT,
    "unnamed": SourceKind.UNNAMED,
    "organisation": SourceKind.ORGANISATION,
    "outlet": SourceKind.OUTLET,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words of one source tell.

    ``head`` is the noun that speaks, in the singular and lower case; ``entity`` an index into
    the entities when the noun itself names one, ``owner`` one that stands beside it ("a CNN
    report"). ``pronoun`` is a key of ``PRONOUNS`` when the words are only that. ``definite``
    tells that they begin with "the" or the like and so point back.
    """

    words: str
    head: str
    kind: SourceKind
    entity: int | None = None
    others: tuple[int, ...] = ()
    owner: int | None = None
    pronoun: str = ""
    definite: bool = False
    plural: bool = False
    state_media: bool = False


def read(spans: Sequence[Span], scene: Scene) -> Reading:
    """Read the words of one source; ``spans`` are half-open offsets into the text, not empty."""
    text, entities = scene.text, scene.entities
    spans = _alone(spans, text)
    words = " ".join(" ".join(span.of(text) for span in spans).split())
    if words.lower() in PRONOUNS:
        return Reading(words, words.lower(), SourceKind.UNNAMED, pronoun=words.lower())
    head = _head(spans, scene.doc)
    if head is None:
        return Reading(words, words.lower(), SourceKind.UNNAMED)
    noun = _noun(head)
    inside = _inside(spans, scene)
    named = entity_meant(head, inside, spans[0], scene)
    if named is None and noun in _AGENCIES:
        named = next((at for at, mention in inside if _agency(mention, at, head, scene)), None)
    others = tuple(at for at, _ in inside if at != named)
    plural = head.tag_ in {"NNS", "NNPS"} or noun in {"people", "police", "some", "many"}
    return Reading(
        words=words,
        head=noun,
        kind=media_told(words, _kind(words, noun, named, entities, plural=plural)),
        entity=named,
        others=others,
        owner=None if named is not None else _owner(inside, entities),
        definite=_definite(words),
        plural=plural,
        state_media=bool(_STATE_MEDIA.search(words)),
    )


def _alone(spans: Sequence[Span], text: str) -> Sequence[Span]:
    """Return the spans without who quotes the source: "an official quoted by the agency"."""
    hit = _QUOTED.search(text, spans[0].start + 1, spans[-1].end)
    if hit is None:
        return spans
    cut = [Span(one.start, min(one.end, hit.start())) for one in spans if one.start < hit.start()]
    return [one for one in cut if one.start < one.end] or spans


def speaks(span: Span, scene: Scene) -> bool:
    """Tell whether the words are a source at all: an entity, or a noun that speaks in news."""
    reading = read((span,), scene)
    known = reading.head in NOUNS or reading.head in PERSON_NOUNS
    return reading.entity is not None or known or reading.state_media


def _head(spans: Sequence[Span], doc: Doc) -> Token | None:
    """Return the word on which the others of the first span hang."""
    inner = doc.char_span(spans[0].start, spans[0].end, alignment_mode="expand")
    if not inner:
        return None
    root = inner.root
    if root.pos_ in {"ADP", "SCONJ", "VERB", "PUNCT", "DET", "AUX"}:
        nouns = [token for token in inner if token.pos_ in {"NOUN", "PROPN", "PRON"}]
        root = nouns[0] if nouns else root
        while root.dep_ in {"compound", "poss", "amod", "nmod"} and root.head in inner:
            root = root.head
    while root.lower_ in {"one", "some", "many", "most", "several", "number", "group", "both"}:
        below = [t for child in root.children if child.lower_ == "of" for t in child.children]
        if not below or below[0] not in inner:
            break
        root = below[0]
    return root


def _noun(head: Token) -> str:
    """Return the noun in the singular, in lower case."""
    word, lemma = str(head.lower_), str(head.lemma_).lower()
    if word in NOUNS:
        return word
    return lemma if lemma in NOUNS or head.pos_ == "NOUN" else word


def _inside(spans: Sequence[Span], scene: Scene) -> list[tuple[int, Span]]:
    """Return the entities named in the spans with their mentions, in order."""
    return [(at, mention) for span in spans for mention, at in scene.named_in(span)]


def _agency(mention: Span, at: int, head: Token, scene: Scene) -> bool:
    """Tell whether a known outlet's name stands right before "news agency" or the like."""
    between = scene.text[mention.end : head.idx].split()
    known = lookup(scene.entities[at].name)
    return mention.end <= head.idx and len(between) < 2 and bool(known and known.outlet)


def _owner(inside: Sequence[tuple[int, Span]], entities: Sequence[Entity]) -> int | None:
    """Return whose report or official it is, a body before a country, else None."""
    bodies = [at for at, _ in inside if entities[at].kind is EntityKind.ORGANISATION]
    return bodies[0] if bodies else next((at for at, _ in inside), None)


def _kind(
    words: str, noun: str, named: int | None, entities: Sequence[Entity], *, plural: bool
) -> SourceKind:
    """Return the kind that the words alone speak for; unknown words are an unnamed source."""
    if named is not None:
        return entity_kind(entities[named])
    if _STATE_MEDIA.search(words):
        return SourceKind.STATE_MEDIA
    if _PAPERS.search(words):
        return SourceKind.DOCUMENT
    kinds = NOUNS.get(noun, frozenset())
    if noun == "authority":
        kinds = frozenset({"unnamed" if plural else "organisation"})
    for name in ("unnamed", "organisation", "outlet", "document"):
        if name in kinds:
            return _KINDS[name]
    return SourceKind.UNNAMED


def media_told(words: str, kind: SourceKind) -> SourceKind:
    """Return the kind of a body that the words beside its name call a news outlet."""
    if kind is not SourceKind.ORGANISATION or not _MEDIA_TOLD.search(words):
        return kind
    return SourceKind.STATE_MEDIA if _STATE_MEDIA.search(words) else SourceKind.OUTLET


def entity_kind(entity: Entity) -> SourceKind:
    """Return what kind of source an entity makes."""
    known = lookup(entity.name)
    if known and known.outlet:
        return SourceKind.STATE_MEDIA if known.state else SourceKind.OUTLET
    if entity.kind is EntityKind.PERSON:
        return SourceKind.PERSON
    if _STATE_MEDIA.search(entity.description):
        return SourceKind.STATE_MEDIA
    if entity.kind in {EntityKind.ORGANISATION, EntityKind.OTHER} and _prints(entity):
        return SourceKind.OUTLET
    return SourceKind.ORGANISATION


def _prints(entity: Entity) -> bool:
    """Tell whether the article or the name itself says that the body is a news outlet."""
    names = entity.name.split(" (")[0].split()
    last = names[-1]
    if "Medical" in names:  # an Office of the Medical Examiner is no newspaper
        return False
    said = {word.lower().strip(",.") for word in entity.description.split()}
    outlets = {noun for noun, kinds in NOUNS.items() if kinds == frozenset({"outlet"})}
    if last in _PRINTED or names[0] in _BROADCAST or _BROADCASTER.search(entity.description):
        return True
    return bool(said & (outlets - {"press", "media", "wire", "station"}))


_BROADCAST = frozenset({"Radio", "TV", "Television", "Channel"})
_BROADCASTER = re.compile(
    r"\b(?:radio|television|TV) (?:station|channel)\b|\bnews agency\b|\b[A-Z]{2,} affiliate\b"
)
_PRINTED = frozenset(
    row[0]
    for row in rows("organisation_words")
    if {"outlet", "newspaper", "news agency"} & set(row[2].split("; "))
) - {"Network", "Press"}


def _definite(words: str) -> bool:
    return words.lower().startswith(("the ", "that ", "this ", "these ", "those "))
