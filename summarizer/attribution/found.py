"""What the rooms of attribution hand to one another: one finding each, before it is a claim."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.model import Span, Stance


@dataclass(frozen=True, slots=True)
class Found:
    """A content with its cue and its source, as character spans.

    ``source`` is empty when nobody is named. ``anchor`` is the index of the cue's main token,
    -1 where the cue is mere punctuation. ``rule`` names the rule, for measuring what it is
    worth. ``direct`` tells that the content is quoted speech that later quotations may go on.
    ``negated`` tells that it is put as not so by nobody named.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    stance: Stance
    rule: str
    anchor: int = -1
    direct: bool = False
    negated: bool = False
