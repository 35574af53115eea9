"""Follow-ups: what a source says next still comes through the outlet that it spoke through.

Only within a few sentences, and only for the same source, the document told of, or the speaker
whom the outlet's report began with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.model import Claim, Source, SourceKind, Span
from summarizer.parse import Token
from summarizer.scene import Scene

FOLLOW_SENTENCES = 2
"""How many sentences after a linked claim the same source still speaks through the same outlet."""
POINTING_SENTENCES = 4
"""The same for words that point back at the source itself ("the officials said")."""
_QUOTED = re.compile(r"\b(?:quoted|cited) as\b")
MEDIA = frozenset({SourceKind.OUTLET, SourceKind.STATE_MEDIA})


def same(one: Source, other: Source) -> bool:
    """Tell whether two sources are one: the same entity of the same kind, or the same words."""
    if one.entity is not None and one.entity == other.entity and one.kind is other.kind:
        return True
    return one.name.lower().removeprefix("the ") == other.name.lower().removeprefix("the ")


def frame(claim: Claim) -> Span:
    """Return the stretch from the source to the cue of a claim."""
    source = claim.attribution.source
    spans = (*claim.attribution.cue, *(source.spans if source else ()))
    spans = spans or claim.content
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def tokens(span: Span, scene: Scene) -> Iterator[Token]:
    """Yield the tokens that touch a span."""
    inner = scene.doc.char_span(span.start, span.end, alignment_mode="expand")
    yield from inner or ()


def follow(claims: Sequence[Claim], chains: list[tuple[Source, ...]], scene: Scene) -> None:
    """Let follow-ups of a linked source keep its links, in place."""
    order = sorted(range(len(claims)), key=lambda at: frame(claims[at]))
    for place, at in enumerate(order):
        if len(chains[at]) != 1:
            continue
        for before in reversed(order[max(0, place - 4) : place]):
            kept = _kept(claims[before], chains[before], claims[at], chains[at][0], scene)
            if kept:
                own = chains[at][0]
                last = chains[before][-1]
                fuller = replace(own, name=last.name) if _points_back(own, (last,)) else own
                chains[at] = (*kept, fuller)
                break


def _kept(
    earlier: Claim, links: tuple[Source, ...], later: Claim, source: Source, scene: Scene
) -> tuple[Source, ...]:
    """Return the outer links that ``later`` keeps of ``earlier``, none when it stands alone."""
    gap = later.sentence - earlier.sentence
    reach = POINTING_SENTENCES if _points_back(source, links[-1:]) else FOLLOW_SENTENCES
    if not links or not 0 <= gap <= reach or source.kind in MEDIA or links[0].kind not in MEDIA:
        return ()
    if len(links) > 1 and (same(links[-1], source) or reach > FOLLOW_SENTENCES):
        return links[:-1]
    if _is_quoted(later, scene):
        return links[:-1] or links
    if earlier.attribution.source is None or len(links) > 1:
        return ()
    if _document_of(earlier, later, scene) or _speaks_in(earlier, source, scene):
        return links
    return ()


def _is_quoted(claim: Claim, scene: Scene) -> bool:
    """Tell whether somebody "was quoted as saying" it: by the outlet told of before."""
    return any(_QUOTED.search(span.of(scene.text)) for span in claim.attribution.cue)


def _points_back(source: Source, last: Sequence[Source]) -> bool:
    """Tell whether "the officials" are the "officials of the ministry" of an earlier claim.

    ``last`` is the innermost link there, or nothing.
    """
    said = source.name.lower().split()
    both = bool(last) and source.kind is last[0].kind is SourceKind.UNNAMED
    return both and len(said) == 2 and said[0] == "the" and said[1] in last[0].name.lower().split()


def _speaks_in(earlier: Claim, source: Source, scene: Scene) -> bool:
    """Tell whether the earlier content begins with the later source, as in a report of a speech."""
    if source.entity is None or source.kind is not SourceKind.PERSON:
        return False
    for piece in earlier.content[:1]:
        for mention, at in scene.named_in(piece):
            if at == source.entity:
                token = scene.token(mention)
                return token is not None and token.dep_ in {"nsubj", "compound"}
    return False


def _document_of(earlier: Claim, later: Claim, scene: Scene) -> bool:
    """Tell whether the later claim, of nobody, is about "the list" that the earlier one told of."""
    if later.attribution.source is not None:
        return False
    told = {
        token.lemma_.lower()
        for piece in earlier.content
        for token in tokens(piece, scene)
        if token.pos_ == "NOUN" and any(c.lower_ in {"a", "an"} for c in token.children)
    }
    begins = scene.sentences[later.sentence].span
    topic = re.search(r",\s+the\s+(\w+)", scene.text[begins.start : begins.end])
    return bool(topic) and topic is not None and topic[1].lower() in told
