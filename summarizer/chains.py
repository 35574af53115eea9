"""Sources within sources: who tells whom what a third one says, outermost first."""

from __future__ import annotations

from dataclasses import replace

from summarizer.model import Claim, Entity, Sentence
from summarizer.parse import Doc


def link(
    claims: tuple[Claim, ...],
    *,
    doc: Doc,
    text: str,
    sentences: tuple[Sentence, ...],
    entities: tuple[Entity, ...],
) -> tuple[Claim, ...]:
    """Return the claims with their chains, each ending with the claim's own source."""
    del doc, text, sentences, entities
    return tuple(_own(claim) for claim in claims)


def _own(claim: Claim) -> Claim:
    source = claim.attribution.source
    if source is None:
        return claim
    return replace(claim, attribution=replace(claim.attribution, chain=(source,)))
