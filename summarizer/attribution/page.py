"""The text under analysis with what every rule looks up in it: tokens, sentences, quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from summarizer.attribution import quotes
from summarizer.attribution.quotes import Quote
from summarizer.model import Sentence, Span
from summarizer.parse import Doc, Token


class Page:
    """One text, parsed. ``raised`` maps the index of a verb to the verb whose subject it has."""

    __slots__ = ("_offsets", "_openings", "doc", "quoted", "raised", "sentences", "starts", "text")

    def __init__(self, doc: Doc, text: str, sentences: Sequence[Sentence]) -> None:
        """Find the quotations and lay out the offsets."""
        self.doc = doc
        self.text = text
        self.sentences = sentences
        self.quoted: tuple[Quote, ...] = quotes.find(text)
        self.starts = [sentence.span.start for sentence in sentences]
        self.raised: dict[int, Token] = {}
        self._offsets = [token.idx for token in doc]
        self._openings = [quote.span.start for quote in self.quoted]

    def index(self, offset: int) -> int:
        """Return the index of the sentence that holds the offset, or of the last before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence(self, offset: int) -> Span:
        """Return the span of the sentence that holds the offset."""
        return self.sentences[self.index(offset)].span

    def tokens(self, start: int, end: int) -> Sequence[Token]:
        """Return the tokens that begin between two offsets."""
        return self.doc[bisect_left(self._offsets, start) : bisect_left(self._offsets, end)]

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation that the character at the offset stands in."""
        index = bisect_right(self._openings, offset) - 1
        if index >= 0 and offset < self.quoted[index].span.end:
            return self.quoted[index]
        return None

    def apart(self, one: Token, other: Token) -> bool:
        """Tell whether two words stand in different quotations, or one of them in none."""
        return self.quote_at(one.idx) != self.quote_at(other.idx)
