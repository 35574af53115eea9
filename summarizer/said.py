"""One passage as it is compared with a question: values only."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.bags import NOTHING, Bag
from summarizer.model import EntityKind, Span, Stance
from summarizer.terms import Term


@dataclass(frozen=True, slots=True)
class Said:
    """One passage as it is compared: a sentence, one claim in it, and what stands around it.

    ``content`` are spans into ``sentence``: the words that the source is said to say; none when
    the outlet says it itself (``own_voice``). ``sources`` are who says it, the nearest first,
    each with all its names and roles; the outlet where it speaks itself. ``same`` are terms that
    words of the sentence stand for (the names behind its pronouns), ``near`` those of the title
    and the sentences before it, ``known`` all names of the article. ``bodies`` are the
    organisations that the source may speak for, ``named`` the entities of the sentence,
    ``elsewhere`` those of the whole article, with their kinds. ``before`` and ``after`` are the
    terms of the sentences beside it. ``nearness`` is the cosine to the question by meaning, 0
    where that is not known; ``affinity`` the share of the question that the article's passages
    hold together, ``found`` how well the sentence was found; ``opening`` tells the first one.
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
    affinity: float = 0.0
    found: float = 0.0
    opening: bool = False
    same: Bag = NOTHING
    near: Bag = NOTHING
    before: Bag = NOTHING
    after: Bag = NOTHING
    known: Bag = NOTHING
