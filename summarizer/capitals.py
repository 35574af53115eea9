"""Whether a capital stands for its government ("Moscow said") or for the city ("in Moscow")."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.known import Use
from summarizer.model import Span
from summarizer.names import Name
from summarizer.parse import Token

_PLACE_WORDS = frozenset(
    ["in", "at", "near", "outside", "around", "across", "through", "over", "into", "throughout"]
)
_STATE_WORDS = frozenset(["between", "with", "against", "by", "for", "towards", "toward"])
_GOING = frozenset(
    ["visit", "leave", "reach", "enter", "hit", "attack", "strike", "bomb", "tour", "approach"]
)


def governments(
    names: Sequence[Name], tokens: dict[int, Token]
) -> tuple[frozenset[Span], frozenset[Span]]:
    """Return the spans of capitals that mean the government, and those that perhaps do.

    A capital means its government only in an article that names the country (or its people)
    too, and where the sentence lets it act, own or be dealt with.
    """
    named = {one.known.name for one in names if one.known and one.use is not Use.CAPITAL}
    sure, unsure = set(), set()
    for one in names:
        if one.use is not Use.CAPITAL or one.known is None or one.known.name not in named:
            continue
        token = _last_token(one, tokens)
        verdict = _acts(token) if token is not None else None
        if verdict:
            sure.add(one.span)
        elif verdict is None:
            unsure.add(one.span)
    return frozenset(sure), frozenset(unsure)


def _last_token(name: Name, tokens: dict[int, Token]) -> Token | None:
    start = name.span.end - len(name.words[-1])
    return tokens.get(start) or tokens.get(name.span.start)


def _acts(token: Token) -> bool | None:
    """Tell whether the word acts as a state; None when it may be either."""
    role, head = token.dep_, token.head
    if role == "conj" and head.pos_ == "PROPN":
        return _acts(head)
    if role in {"nsubj", "nsubjpass"}:
        return True if head.lemma_ != "be" else None
    if role in {"dobj", "dative"}:
        return head.lemma_ not in _GOING
    if role == "pobj" and head.lower_ not in _PLACE_WORDS:
        return True if head.lower_ in _STATE_WORDS else None
    return None if role == "poss" else False
