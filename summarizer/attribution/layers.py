"""Words that tell whose word a whole sentence is, taken out of what somebody in it says.

"The mayor said it was shut, according to the paper": the paper's word is the whole, and the
mayor never spoke of the paper. "The paper reported, citing two officials": no one says
"two officials"; who is cited is a link of the chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from summarizer import lexicon
from summarizer.attribution import cues, spans
from summarizer.attribution.found import Found
from summarizer.attribution.page import Page
from summarizer.model import Span
from summarizer.parse import Token

_CITING = frozenset({"citing", "quoting"})
_EXAMPLES = frozenset({"case", "example", "figure", "law", "number", "precedent", "rule", "verse"})
"""Nouns that speak elsewhere, and that somebody names as a reason."""
_DEEDS = frozenset({"release", "review", "record", "account", "finding"})
"""The same where "of" follows: "citing the release of prisoners"."""


def part(found: Sequence[Found], page: Page) -> list[Found]:
    """Return the findings without others' layers in their contents, and without mere citing."""
    outer = [(each, _phrase(each)) for each in found if each.rule == "according"]
    citing = list(_citing(page))
    told = {quoted.i for each in found if (quoted := _quoted_as(each, page)) is not None}
    kept = []
    for each in found:
        if each.anchor in told or _merely_cites(each, page):
            continue
        holes = [words for layer, words in outer if layer is not each and _over(layer, each)]
        holes += [words for words, verb in citing if _belongs(verb, each, page)]
        kept.append(_without(each, holes, page))
    return [each for each in kept if each.content]


def _phrase(layer: Found) -> Span:
    return Span(layer.cue[0].start, layer.source[-1].end)


def _over(layer: Found, each: Found) -> bool:
    """Tell whether a phrase speaks for the clause in which another speaks, and lies in his."""
    spoken = any(piece.contains(each.cue[0]) for piece in layer.content) if each.cue else False
    return spoken and any(piece.overlaps(_phrase(layer)) for piece in each.content)


def _citing(page: Page) -> Iterator[tuple[Span, Token]]:
    """Yield the phrases ", citing two officials" with the participle."""
    for token in page.words:
        if token.lower_ not in _CITING or page.quote_at(token.idx) is not None:
            continue
        named = next((child for child in token.children if child.dep_ in {"dobj", "pobj"}), None)
        if token.i and token.nbor(-1).lower_ == "," and named is not None and can_speak(named):
            yield spans.of_tokens(token, named.right_edge), token


def _belongs(citing: Token, each: Found, page: Page) -> bool:
    """Tell whether it is the one who speaks that cites, not somebody inside what he says."""
    if each.anchor < 0 or not any(piece.start <= citing.idx < piece.end for piece in each.content):
        return False
    first = page.sentence(citing.idx).start
    between = page.tokens(max(first, spans.end_of(page.words[each.anchor])), citing.idx)
    return not any(cues.finite(token) and _tells(token) for token in between)


def _tells(token: Token) -> bool:
    entry = cues.entry(token)
    return entry is not None and "quote" in entry.frames


def _without(each: Found, holes: Sequence[Span], page: Page) -> Found:
    if not holes:
        return each
    pieces = [rest for piece in each.content for rest in spans.without(piece, holes)]
    return replace(each, content=spans.trimmed(page.text, pieces))


def _quoted_as(each: Found, page: Page) -> Token | None:
    """Return the "quoted" above a cue in "quoted her as saying", whose own finding is no more."""
    return cues.quoted_as(page.words[each.anchor]) if each.anchor >= 0 else None


def _merely_cites(each: Found, page: Page) -> bool:
    """Tell whether a finding is only whom somebody cites: "cited two officials"."""
    if each.anchor < 0 or each.rule not in {"object", "by"}:
        return False
    cue = page.words[each.anchor]
    if cue.lemma_.lower() not in lexicon.words("citing_verbs"):
        return False
    named = next((child for child in cue.children if child.dep_ in {"dobj", "nsubjpass"}), None)
    return named is not None and can_speak(named)


def can_speak(noun: Token) -> bool:
    """Tell whether a noun is a name, or one that speaks in news."""
    while noun.lower_ in {"one", "some", "several", "number", "group"}:
        below = [t for child in noun.children if child.lower_ == "of" for t in child.children]
        if not below:
            break
        noun = below[0]
    lemma = noun.lemma_.lower()
    of = any(child.lower_ == "of" for child in noun.children) and lemma in _DEEDS
    return noun.pos_ == "PROPN" or (lemma in _speakers() - _EXAMPLES and not of)


@cache
def _speakers() -> frozenset[str]:
    return frozenset(
        row[0] for name in ("source_nouns", "role_nouns") for row in lexicon.rows(name)
    )
