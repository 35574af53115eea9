"""Which verbs attribute, in which frames, and how they present what they attribute.

Reads the lexicon; looks at a verb and its particle only. What it governs is for ``verbs``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from summarizer import lexicon
from summarizer.model import Stance
from summarizer.parse import Token


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that attributes: how it presents the content, and the frames in which it does."""

    stance: Stance
    frames: frozenset[str]


@cache
def _verbs() -> dict[str, Verb]:
    table = {}
    for verb, stance, frames in lexicon.rows("cue_verbs"):
        table[verb] = Verb(Stance(stance), frozenset(frames.split()))
    return table


def verb(token: Token) -> Verb | None:
    """Return the entry of a verb in the lexicon, with its particle where it has one."""
    if token.pos_ not in {"VERB", "AUX"} and token.tag_[:1] != "V":
        return None
    return entry(token)


def entry(token: Token) -> Verb | None:
    """Return the entry for the token's lemma, whatever its part of speech."""
    lemma = token.lemma_.lower()
    table = _verbs()
    for child in token.children:
        if child.dep_ in {"prt", "advmod"} and (lemma, child.i) < (lemma, token.i + 4):
            phrasal = table.get(f"{lemma} {child.lower_}")
            if phrasal is not None:
                return phrasal
    return table.get(lemma)


SAYING = Verb(Stance.SAYS, frozenset({"that", "quote"}))
"""What an unlisted verb beside a quotation is taken for."""
