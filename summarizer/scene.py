"""One article as the later steps look at it: where an offset is, who is named in a span.

Only lookups, each in logarithmic time, so that long texts stay linear.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.model import Claim, Entity, Quotation, Sentence, Span
from summarizer.parse import Doc, Token


@dataclass(frozen=True, slots=True)
class Scene:
    """An article with indexes over its sentences, mentions and direct quotations.

    ``mentions`` pairs each mention with the index of its entity, in the order of the text.
    ``quoted`` are the contents of direct quotations, joined where they overlap.
    """

    doc: Doc
    text: str
    sentences: Sequence[Sentence]
    entities: Sequence[Entity]
    outlet: str
    starts: tuple[int, ...]
    mentions: tuple[tuple[Span, int], ...]
    quoted: tuple[Span, ...]

    def sentence(self, offset: int) -> int:
        """Return the index of the sentence that holds a character offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def named_in(self, span: Span) -> tuple[tuple[Span, int], ...]:
        """Return the mentions that lie wholly inside ``span``."""
        first = bisect_left(self.mentions, (Span(span.start, span.start), -1))
        last = bisect_left(self.mentions, (Span(span.end, span.end), -1))
        return tuple(pair for pair in self.mentions[first:last] if pair[0].end <= span.end)

    def is_quoted(self, span: Span) -> bool:
        """Tell whether ``span`` lies wholly inside a direct quotation."""
        at = bisect_right(self.quoted, Span(span.start, len(self.text) + 1)) - 1
        return at >= 0 and self.quoted[at].contains(span)

    def token(self, span: Span) -> Token | None:
        """Return the word of ``span`` on which its others hang."""
        inner = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return inner.root if inner else None


def set_scene(  # noqa: PLR0913 - all but the claims keyword-only: the article
    claims: Sequence[Claim],
    *,
    doc: Doc,
    text: str,
    sentences: Sequence[Sentence],
    entities: Sequence[Entity],
    outlet: str = "",
) -> Scene:
    """Index an article."""
    return Scene(
        doc=doc,
        text=text,
        sentences=sentences,
        entities=entities,
        outlet=outlet,
        starts=tuple(one.span.start for one in sentences),
        mentions=tuple(
            sorted((mention, at) for at, one in enumerate(entities) for mention in one.mentions)
        ),
        quoted=_quoted(claims),
    )


def _quoted(claims: Sequence[Claim]) -> tuple[Span, ...]:
    """Return the direct quotations in order, joined where they overlap."""
    spans = sorted(
        span
        for claim in claims
        if claim.attribution.quotation is Quotation.DIRECT
        for span in claim.content
    )
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
