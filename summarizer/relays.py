"""Who passes a claim on, told by the shape of its sentence: lawyers, polls, quoting outlets.

"The captain says, through his lawyer, that ...", "... expected no move, the poll showed" and
"State television, quoting the governor, said ..." each put another before the speaker.
"""

from __future__ import annotations

import re

from summarizer.followups import MEDIA, same
from summarizer.model import Claim, Source, SourceKind, Span
from summarizer.naming import of_span
from summarizer.scene import Scene

_SPOKEN_THROUGH = re.compile(
    r"\b(?:through|via)\s+(?P<who>(?:his|her|its|their|the|an?)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:lawyers?|attorneys?|solicitors?|spokes\w+|aides?|interpreters?|translators?"
    r"|representatives?|intermediar\w+|press\s+office))\b"
)
_TOLD_BEHIND = re.compile(
    r"[\s,.”\"’']*\s(?P<who>(?:(?i:the|an?|its|his|her|one|two|several)\s|[A-Z])[^,;:.“”\"]{1,60}?)"
    r"\s+(?:said|says|showed|shows|found|reported|reports|suggested|suggests|indicated|indicates)"
    r"(?:\s+(?:on\s+)?\w+day)?[.”\"\s]*"
)
_QUOTING = re.compile(
    r"(?P<outer>[^,;:“”\"]{3,60}), (?:quoting|citing) (?P<inner>[^;:“”\"]{3,90}?),"
    r" (?:said|says|reported|reports|wrote)\b"
)
_TOLD_THE_PAPER = re.compile(
    r"\b(?:told|tells|interview\s+with)\s+the\s+(?:[A-Z]\w+\s+)?(?:newspaper|paper|broadcaster"
    r"|news\s+agency|agency|station|channel|website|magazine|daily|network)\b"
)
_GOT_BY = re.compile(
    r"\b(?:quoted|cited|interviewed|named|carried|published|aired|broadcast|released|seen|obtained"
    r"|reviewed|viewed|read|examined|verified|leaked|shown|shared|provided|given|sent|reported|spoke|speaking|talked)\s+"
    r"(?:\w+ly\s+|first\s+)?(?:by|in|on|to|with)\s+(?:the\s+)?(?:[\w-]+\s+){0,4}$"
)
_HAS_IT = re.compile(r"\s+(?:ha[sd]\s+)?(?:seen|saw|obtained|reviewed|read|viewed|examined)\b")
"""What stands before an outlet that got a document or quotes somebody, and what behind it."""
_PAPER_REACH = 1500
"""Characters before "the newspaper" in which the outlet that it means was named."""


def relayed(claim: Claim, source: Source, sentence: Span, scene: Scene) -> tuple[Source, ...]:
    """Return who passes on what ``source`` says, told in the claim's sentence; empty for nobody."""
    if source.name.lower() in {"i", "we"}:  # the one who is quoted speaks of himself
        return ()
    found = (
        _ascribing(claim, scene)
        or _behind(claim, source, sentence, scene)
        or _spoken_through(claim, sentence, scene)
        or _the_paper(claim, sentence, scene)
    )
    return (found,) if found is not None and not same(found, source) else ()


def passed_on(claim: Claim, source: Source, sentence: Span, scene: Scene) -> tuple[Source, ...]:
    """Return the outlet that quotes the source or got the document, told beside its own words."""
    if source.kind in MEDIA or not source.spans:
        return ()
    first, last = source.spans[0], claim.attribution.cue
    ends = last[0].start if last and last[0].start > first.end else sentence.end
    for mention, _ in scene.named_in(Span(first.start, max(first.end, ends))):
        outlet = of_span(mention, scene)
        if outlet.kind not in MEDIA or same(outlet, source):
            continue
        if any(piece.overlaps(mention) for piece in claim.content):
            continue
        got = _GOT_BY.search(scene.text, first.start, mention.start)
        had = source.kind is SourceKind.DOCUMENT and _HAS_IT.match(scene.text, mention.end)
        if got or had:
            return (outlet,)
    return ()


def quoting(source: Source, sentence: Span, scene: Scene) -> tuple[Source, Source] | None:
    """Return (who quotes, who is quoted) when the source is the one in "X, quoting Y, said"."""
    hit = _QUOTING.match(scene.text, sentence.start, sentence.end)
    if hit is None or not source.spans:
        return None
    inner, own = Span(*hit.span("inner")), source.spans[0]
    if not (own.overlaps(inner) and own.end <= inner.end):
        return None  # it is the outlet's own word, or another's
    return of_span(Span(*hit.span("outer")), scene), of_span(inner, scene)


def _ascribing(claim: Claim, scene: Scene) -> Source | None:
    """Return who attributes something to the source: "the paper attributed it to"."""
    verb = scene.token(claim.attribution.cue[0]) if claim.attribution.cue else None
    if verb is None or verb.lemma_.lower() not in {"attribute", "ascribe"}:
        return None
    named = next((child for child in verb.children if child.dep_ in {"nsubj", "agent"}), None)
    if named is not None and named.dep_ == "agent":
        named = next(iter(named.children), None)
    if named is not None and named.tag_ == "WDT" and verb.dep_ == "relcl":
        named = verb.head
    if named is None or named.pos_ not in {"NOUN", "PROPN"}:
        return None
    first = min([named.i, *(t.i for t in named.lefts)])
    return of_span(Span(named.doc[first].idx, named.idx + len(named)), scene)


def _behind(claim: Claim, source: Source, sentence: Span, scene: Scene) -> Source | None:
    """Return who is named behind a content whose own speaker stands before it."""
    end = max(piece.end for piece in claim.content)
    cues, speakers = claim.attribution.cue, source.spans
    if not cues or not speakers or max(cues[0].start, speakers[0].start) >= claim.content[0].start:
        return None
    hit = _TOLD_BEHIND.fullmatch(scene.text, min(end, sentence.end), sentence.end)
    return of_span(Span(*hit.span("who")), scene) if hit else None


def _spoken_through(claim: Claim, sentence: Span, scene: Scene) -> Source | None:
    hit = _SPOKEN_THROUGH.search(scene.text, sentence.start, sentence.end)
    if hit is None or any(piece.overlaps(Span(*hit.span())) for piece in claim.content):
        return None
    return of_span(Span(*hit.span("who")), scene)


def _the_paper(claim: Claim, sentence: Span, scene: Scene) -> Source | None:
    """Return the outlet that "told the newspaper" means: the last one named before."""
    hit = _TOLD_THE_PAPER.search(scene.text, sentence.start, sentence.end)
    if hit is None or any(piece.overlaps(Span(*hit.span())) for piece in claim.content):
        return None
    for mention, _ in reversed(scene.mentions):
        if hit.start() - _PAPER_REACH <= mention.start < hit.start():
            outlet = of_span(mention, scene)
            if outlet.kind in MEDIA:
                return outlet
    return None
