"""Claims made by hand for the tests of sources, chains and days: found by their words."""

from __future__ import annotations

from datetime import date

from summarizer import chains, entities, sources, spoken
from summarizer.model import (
    Attribution,
    Claim,
    Quotation,
    Source,
    SourceKind,
    Span,
    Stance,
)
from summarizer.parse import parse
from summarizer.text import sentences


class Told:
    """An article with claims told by their words; each is looked for behind the last one."""

    def __init__(self, text: str, *, outlet: str = "", dateline: str = "") -> None:
        self.text = text
        self.outlet = outlet
        self.cut = sentences(text)
        self.doc = parse(text, self.cut, names=False)
        self.entities = entities.find(self.doc, text, self.cut, dateline=dateline)
        self.claims: list[Claim] = []

    def span(self, words: str, start: int = 0) -> Span:
        at = self.text.index(words, start)
        return Span(at, at + len(words))

    def claim(self, content: str, cue: str, source: str = "", *, after: str = "") -> Told:
        """Add a claim; ``after`` are words from which on its own are looked for."""
        start = self.text.index(after) if after else 0
        piece = self.span(content, start)
        spoken_by = self.span(source, start) if source else None
        named = Source((spoken_by,), source, SourceKind.UNNAMED) if spoken_by else None
        direct = content[0] in '“"'
        number = next(i for i, s in enumerate(self.cut) if s.span.end > piece.start)
        self.claims.append(
            Claim(
                (piece,),
                Attribution(
                    (self.span(cue, start),),
                    Stance.SAYS,
                    Quotation.DIRECT if direct else Quotation.INDIRECT,
                    named,
                ),
                number,
            )
        )
        return self

    def sourced(self) -> tuple[Claim, ...]:
        return sources.resolve(
            self.claims,
            doc=self.doc,
            text=self.text,
            sentences=self.cut,
            entities=self.entities,
            outlet=self.outlet,
        )

    def chained(self) -> tuple[Claim, ...]:
        return chains.link(
            self.sourced(),
            doc=self.doc,
            text=self.text,
            sentences=self.cut,
            entities=self.entities,
            outlet=self.outlet,
        )

    def dated(self, anchor: date | None) -> tuple[Claim, ...]:
        return spoken.date_claims(
            self.chained(), doc=self.doc, text=self.text, sentences=self.cut, anchor=anchor
        )

    def source(self, at: int = -1) -> Source:
        source = self.sourced()[at].attribution.source
        assert source is not None
        return source

    def chain(self, at: int = -1) -> list[str]:
        return [source.name for source in self.chained()[at].attribution.chain]
