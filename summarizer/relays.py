"""Who passes a claim on, told by the shape of its sentence: lawyers, polls, quoting outlets.

"The captain says, through his lawyer, that ...", "... expected no move, the poll showed" and
"State television, quoting the governor, said ..." each put another before the speaker.
"""

from __future__ import annotations

import re

from summarizer.followups import MEDIA, same
from summarizer.model import Claim, Source, Span
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
_PAPER_REACH = 1500
"""Characters before "the newspaper" in which the outlet that it means was named."""


def relayed(claim: Claim, source: Source, sentence: Span, scene: Scene) -> tuple[Source, ...]:
    """Return who passes on what ``source`` says, told in the claim's sentence; empty for nobody."""
    if source.name.lower() in {"i", "we"}:  # the one who is quoted speaks of himself
        return ()
    found = (
        _behind(claim, source, sentence, scene)
        or _spoken_through(claim, sentence, scene)
        or _the_paper(claim, sentence, scene)
    )
    return (found,) if found is not None and not same(found, source) else ()


def quoting(source: Source, sentence: Span, scene: Scene) -> tuple[Source, Source] | None:
    """Return (who quotes, who is quoted) when the source is the one in "X, quoting Y, said"."""
    hit = _QUOTING.match(scene.text, sentence.start, sentence.end)
    if hit is None or not source.spans:
        return None
    inner, own = Span(*hit.span("inner")), source.spans[0]
    if not (own.overlaps(inner) and own.end <= inner.end):
        return None  # it is the outlet's own word, or another's
    return of_span(Span(*hit.span("outer")), scene), of_span(inner, scene)


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
