"""Which verbs attribute, in which frames, and how they present what they attribute.

Reads the lexicon; looks at a verb and its particle only. What it governs is for ``verbs``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from summarizer import lexicon
from summarizer.model import Stance
from summarizer.parse import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


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


def verbal(token: Token) -> bool:
    """Tell whether the token is a verb by either of its tags."""
    return token.pos_ in {"VERB", "AUX"} or token.tag_[:1] == "V" or misread(token)


def finite(token: Token) -> bool:
    """Tell whether the token is tagged as a finite verb or a modal, as every clause has one."""
    return token.tag_ in _FINITE


def misread(token: Token) -> bool:
    """Tell whether a plural noun is more likely a verb: "Brandt claims that", "it plans to"."""
    if token.tag_ != "NNS" or token.dep_ not in {"ROOT", "ccomp"} or token.i + 1 >= len(token.doc):
        return False
    if token.nbor().lower_ not in {"that", "to"}:
        return False
    return any(
        child.dep_ == "nsubj" or (child.dep_ == "compound" and child.i == token.i - 1)
        for child in token.children
    )


def verb(token: Token) -> Verb | None:
    """Return the entry of a verb in the lexicon, with its particle where it has one."""
    return entry(token) if verbal(token) else None


def entry(token: Token) -> Verb | None:
    """Return the entry for the token's lemma, whatever its part of speech."""
    lemma = token.lemma_.lower()
    table = _verbs()
    if lemma in _with_particles():
        for child in token.children:
            if child.dep_ in {"prt", "advmod"} and token.i < child.i < token.i + 4:
                phrasal = table.get(f"{lemma} {child.lower_}")
                if phrasal is not None:
                    return phrasal
    return table.get(lemma)


@cache
def _with_particles() -> frozenset[str]:
    return frozenset(words.split()[0] for words in _verbs() if " " in words)


def quoted_as(token: Token) -> Token | None:
    """Return the "quoted" of "was quoted as saying", given the verb of speech; None elsewhere."""
    put = token.head
    if token.tag_ != "VBG" or put.lower_ != "as" or token.i < put.i:
        return None
    return put.head if put.head.lemma_.lower() in lexicon.words("citing_verbs") else None


SAYING = Verb(Stance.SAYS, frozenset({"that", "quote"}))
"""What an unlisted verb beside a quotation is taken for."""
