"""One passage as it is compared with a question, and how it stands to it: values only."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.model import EntityKind, Span, Stance
from summarizer.terms import Bag, Term, bag

_NONE = bag(())


@dataclass(frozen=True, slots=True)
class Said:
    """One passage as it is compared: a sentence, one claim in it, and what stands around it.

    ``content`` are spans into ``sentence``: the words that the source is said to say; none when
    the outlet says it itself (``own_voice``). ``sources`` are who says it, the nearest first,
    each with all its names and roles; the outlet where it speaks itself. ``same`` are terms that
    words of the sentence stand for (the names behind its pronouns), ``near`` those of the title
    and the sentences before it, ``known`` all names of the article. ``bodies`` are the
    organisations that the source may speak for, ``named`` the entities of the sentence,
    ``elsewhere`` those of the whole article, with their kinds. ``nearness`` is the cosine to the
    question by meaning, 0 where that is not known.
    """

    sentence: str
    content: tuple[Span, ...]
    sources: tuple[str, ...] = ()
    stance: Stance | None = None
    negated: bool = False
    own_voice: bool = False
    outlet: str = ""
    bodies: tuple[Bag, ...] = ()
    named: tuple[tuple[Term, EntityKind], ...] = ()
    elsewhere: tuple[tuple[Term, EntityKind], ...] = ()
    nearness: float = 0.0
    same: Bag = _NONE
    near: Bag = _NONE
    known: Bag = _NONE


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a passage stands to a question.

    ``reason`` says in words why it is not a match, empty when it is. ``disputes`` tells that
    it is about the very thing asked and denies it, or will not confirm it.
    """

    score: float
    reason: str = ""
    disputes: bool = False

    @property
    def matches(self) -> bool:
        """Tell whether the passage says it."""
        return not self.reason
