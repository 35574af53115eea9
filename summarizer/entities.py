"""Who and what an article names: mentions merged into entities, with the article's own words."""

from __future__ import annotations

from summarizer.parse import Doc

from summarizer.model import Entity, EntityKind, Sentence, Span

_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
}


def find(
    doc: Doc, text: str, sentences: tuple[Sentence, ...], *, dateline: str = ""
) -> tuple[Entity, ...]:
    """Return the entities of the article in the order in which they are first named."""
    del text, sentences, dateline
    mentions: dict[tuple[str, EntityKind], list[Span]] = {}
    for named in doc.ents:
        if kind := _KINDS.get(named.label_):
            mentions.setdefault((named.text, kind), []).append(
                Span(named.start_char, named.end_char)
            )
    return tuple(Entity(name, kind, (), tuple(spans)) for (name, kind), spans in mentions.items())
