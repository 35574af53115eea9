"""The text under analysis with what every rule looks up in it: tokens, sentences, quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from summarizer.attribution import cues, quotes
from summarizer.attribution.quotes import Quote
from summarizer.model import Sentence, Span
from summarizer.parse import Doc, Token


class Page:
    """One text, parsed. ``raised`` maps the index of a verb to the verb whose subject it has."""

    __slots__ = (
        "_offsets",
        "_openings",
        "doc",
        "quoted",
        "raised",
        "sentences",
        "starts",
        "text",
        "verbs",
        "words",
    )

    def __init__(self, doc: Doc, text: str, sentences: Sequence[Sentence]) -> None:
        """Find the quotations, the words and the verbs that attribute, once."""
        self.doc = doc
        self.text = text
        self.sentences = sentences
        self.words: list[Token] = list(doc)
        self.verbs = [token for token in self.words if cues.verbal(token)]
        self.quoted: tuple[Quote, ...] = quotes.find(text)
        self.starts = [sentence.span.start for sentence in sentences]
        self.raised: dict[int, Token] = {}
        self._offsets = [token.idx for token in self.words]
        self._openings = [quote.span.start for quote in self.quoted]

    def index(self, offset: int) -> int:
        """Return the index of the sentence that holds the offset, or of the last before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence(self, offset: int) -> Span:
        """Return the span of the sentence that holds the offset."""
        return self.sentences[self.index(offset)].span

    def tokens(self, start: int, end: int) -> list[Token]:
        """Return the tokens that begin between two offsets."""
        return self.words[bisect_left(self._offsets, start) : bisect_left(self._offsets, end)]

    def quotes_from(self, offset: int) -> Sequence[Quote]:
        """Return the next few quotations that open at the offset or behind it."""
        first = bisect_left(self._openings, offset)
        return self.quoted[first : first + 3]

    def quotes_within(self, start: int, end: int) -> Sequence[Quote]:
        """Return the quotations that share a character with the stretch."""
        first = max(0, bisect_right(self._openings, start) - 1)
        return [
            q for q in self.quoted[first : bisect_left(self._openings, end)] if q.span.end > start
        ]

    def quote_at(self, offset: int) -> Quote | None:
        """Return the quotation that the character at the offset stands in."""
        index = bisect_right(self._openings, offset) - 1
        if index >= 0 and offset < self.quoted[index].span.end:
            return self.quoted[index]
        return None

    def apart(self, one: Token, other: Token) -> bool:
        """Tell whether two words stand in different quotations, or one of them in none."""
        return self.quote_at(one.idx) is not self.quote_at(other.idx)
