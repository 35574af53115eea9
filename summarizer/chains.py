"""Sources within sources: who tells whom what a third one says, outermost first.

Links come from claims inside claims, from the words around a cue ("told Reuters", "citing two
officials", "in a report carried by KCNA") and from follow-ups of a source already linked. The
article's own outlet is never in a chain; readers add it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from summarizer.citing import cited, cited_behind, is_cue
from summarizer.followups import MEDIA, follow, frame, same
from summarizer.lexicon import words
from summarizer.model import Claim, Entity, Sentence, Source, SourceKind, Span
from summarizer.naming import of_span
from summarizer.parse import Doc
from summarizer.reading import media_told
from summarizer.relays import passed_on, quoting, relayed
from summarizer.scene import Scene, set_scene

_POINTING = frozenset({"that", "this", "it", "which", "these", "those"})
_TELLING = words("telling_words")
_THROUGH = re.compile(
    r"(?:\b(?:told|tells|telling|tell|informed|by|with|to|via|on|in|for|through)\s+"
    r"|\binterview\s+(?:in|on)\s+)(?:the\s+|a\s+|an\s+|local\s+|state[- ]\w+\s+|state\s+|news\s+"
    r"|news(?:paper|\s+agency|\s+outlet)\s+|agency\s+|broadcaster\s+|[A-Z][a-z]+\s+|newspaper\s+"
    r"|(?:radio|television|TV)\s+|station\s+|network\s+|[A-Z]\.[A-Z]\.\s+"
    r"|channel\s+|website\s+|magazine\s+|daily\s+){0,4}$"
)
_STATE_PRESS = re.compile(
    r"\b(?:told|by|to|with|via|in|on|through)\s+((?:[A-Z][\w.]*\s+|the\s+\w+['’]s\s+)?"
    r"state(?:-run|-controlled)?\s+(?:media|television|TV|radio))\b"
)
_FOUND_BY = re.compile(
    r"^(?:\w+ly\s+)?(?:discovered|obtained|released|found|published|provided|leaked|intercepted"
    r"|seized|recovered|compiled|issued|shared|verified|drawn up|uncovered|captured)\s+by\s+",
    re.IGNORECASE,
)


def link(  # noqa: PLR0913 - all but the claims keyword-only: the article
    claims: Sequence[Claim],
    *,
    doc: Doc,
    text: str,
    sentences: Sequence[Sentence],
    entities: Sequence[Entity],
    outlet: str = "",
) -> tuple[Claim, ...]:
    """Return the claims with their chains, each ending with the claim's own source.

    ``outlet`` is the article's own; it is never a link before another. A claim that its outlet
    draws from someone else ("Reuters reported, citing two officials") gets the innermost source
    as its own. Sources are expected to be resolved.
    """
    scene = set_scene(
        claims, doc=doc, text=text, sentences=sentences, entities=entities, outlet=outlet
    )
    holders = _holders(claims)
    local = [
        _local(claim, scene, [] if held is None else [claims[held]])
        for claim, held in zip(claims, holders, strict=True)
    ]
    chains = [_joined(_outer(at, holders, local), local[at]) for at in range(len(claims))]
    follow(claims, chains, scene)
    return tuple(_with(claim, chain) for claim, chain in zip(claims, chains, strict=True))


def _with(claim: Claim, chain: tuple[Source, ...]) -> Claim:
    if not chain:
        return claim
    attribution = replace(claim.attribution, source=chain[-1], chain=chain)
    return replace(claim, attribution=attribution)


def _joined(outer: Sequence[Source], inner: Sequence[Source]) -> tuple[Source, ...]:
    """Return the links in order, none of them twice."""
    found: list[Source] = []
    others = (one for one in outer if _passes_on(one))
    for one in (*others, *inner):
        if not any(same(one, other) for other in found):
            found.append(one)
    if inner and not same(found[-1], inner[-1]):
        found = [one for one in found if not same(one, inner[-1])] + [inner[-1]]
    return tuple(found)


def _passes_on(link: Source) -> bool:
    """Tell a source from the article's own outlet, and from what "that" points back at."""
    return link.kind is not SourceKind.OWN_VOICE and link.name.lower() not in _POINTING


def _holders(claims: Sequence[Claim]) -> list[int | None]:
    """Return for each claim the one whose content holds its cue and its source, the tightest."""
    pieces = sorted((piece, at) for at, claim in enumerate(claims) for piece in claim.content)
    longest = max((piece.end - piece.start for piece, _ in pieces), default=0)
    found: list[int | None] = []
    for at, claim in enumerate(claims):
        inner = frame(claim)
        low = bisect_left(pieces, (Span(inner.start - longest, 0), -1))
        high = bisect_right(pieces, (Span(inner.start, inner.start + longest), len(claims)))
        around = [
            (piece.end - piece.start, other)
            for piece, other in pieces[low:high]
            if other != at and piece.contains(inner) and claims[other].attribution.source
        ]
        found.append(min(around)[1] if around else None)
    return found


def _outer(
    at: int, holders: Sequence[int | None], local: Sequence[tuple[Source, ...]]
) -> tuple[Source, ...]:
    """Return the links of the claims that hold this one, outermost first."""
    found: list[Source] = []
    seen = {at}
    holder = holders[at]
    while holder is not None and holder not in seen:
        found[:0] = local[holder]
        seen.add(holder)
        holder = holders[holder]
    return tuple(found)


def _local(claim: Claim, scene: Scene, around: Sequence[Claim]) -> tuple[Source, ...]:
    """Return the links that the words around the claim's own cue make."""
    source = claim.attribution.source
    sentence = scene.sentences[_sentence_of_cue(claim, scene)]
    inner = cited(claim, sentence.span, scene, around) or cited_behind(claim, scene)
    if source is None:
        return inner or _found_by(claim, sentence.span, scene)
    if source.kind not in MEDIA:  # a minister who cites figures is still the one who says it
        inner = tuple(one for one in inner if one.kind is not SourceKind.DOCUMENT)
    if pair := quoting(source, sentence.span, scene):
        drawn = pair[1].kind is SourceKind.DOCUMENT and pair[0].kind not in MEDIA
        return pair[:1] if drawn else pair
    outer = _through(claim, source, sentence.span, scene)
    outer = outer or passed_on(claim, source, sentence.span, scene)
    outer = outer or relayed(claim, source, sentence.span, scene)
    return _joined((*outer, source), inner) if inner else _joined(outer, (source,))


def _sentence_of_cue(claim: Claim, scene: Scene) -> int:
    cue = claim.attribution.cue
    return scene.sentence(cue[0].start) if cue else claim.sentence


def _through(claim: Claim, source: Source, sentence: Span, scene: Scene) -> tuple[Source, ...]:
    """Return the outlet that the source speaks to or is quoted by, outside the content."""
    for mention, at in scene.named_in(sentence):
        to = _THROUGH.search(scene.text, sentence.start, mention.start)
        if to is None or any(own.contains(mention) for own in source.spans):
            continue
        outlet = of_span(mention, scene)
        kind = media_told(to.group(), outlet.kind)  # "by the radio station RFM"
        if kind not in MEDIA or outlet.entity != at or outlet.entity == source.entity:
            continue
        if any(piece.overlaps(mention) for piece in claim.content):
            continue
        if _is_told(mention, claim, scene):
            return (replace(outlet, kind=kind),)
    hit = _STATE_PRESS.search(scene.text, sentence.start, sentence.end)
    if hit and source.kind is not SourceKind.STATE_MEDIA:
        span = Span(*hit.span(1))
        if not any(piece.overlaps(span) for piece in (*claim.content, *source.spans)):
            return (of_span(span, scene),)
    return ()


def _is_told(mention: Span, claim: Claim, scene: Scene) -> bool:
    """Tell whether an outlet hangs on the claim's cue or on words of telling."""
    token = scene.token(mention)
    while token is not None and token.head.i != token.i:
        token = token.head
        if token.lemma_.lower() in _TELLING or is_cue(token, claim):
            return True
        if token.pos_ == "VERB":
            return False
    return False


def _found_by(claim: Claim, sentence: Span, scene: Scene) -> tuple[Source, ...]:
    """Return who found the document that a sourceless claim speaks of at its beginning."""
    hit = _FOUND_BY.match(scene.text[sentence.start : sentence.end])
    if not hit:
        return ()
    start = sentence.start + hit.end()
    end = scene.text.find(",", start, sentence.end)
    if end < 0 or any(piece.start < end for piece in claim.content):
        return ()
    return (of_span(Span(start, end), scene),)
