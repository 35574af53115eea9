"""Words of office in lower case that stand right before a name: "the company's chief executive"."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.lexicon import words
from summarizer.name_words import is_title
from summarizer.parse import Token
from summarizer.tokens import Word, texts

_PREMODIFIERS = frozenset(("compound", "amod", "poss", "nmod", "det"))
_ONCE = frozenset(("former", "then", "ex", "late", "acting", "deputy", "outgoing", "incoming"))


def office_before(tokens: Sequence[Word], first: int, labels: dict[int, Token]) -> tuple[Word, ...]:
    """Return the words of office in lower case before a name: "the company's chief executive"."""
    at = first
    if at and tokens[at - 1].text in _ONCE:
        return tuple(tokens[at - 1 : at])
    if not at or not _is_office(tokens, at - 1, labels):
        return ()
    at -= 1
    while at and (_belongs(tokens[at - 1], labels) or _is_second(tokens, at, labels)):
        at -= 1
    return tuple(tokens[at:first])


def _is_office(tokens: Sequence[Word], at: int, labels: dict[int, Token]) -> bool:
    """Tell whether a word is an office that stands right before a name: "chief", "CEO"."""
    word = tokens[at]
    noun = labels.get(word.span.start)
    if noun is None or word.genitive or not is_title(word.text):
        return False
    if word.text in words("not_names"):
        return True
    told = texts(tokens[max(0, at - 2) : at]) == ["according", "to"]
    is_noun = noun.pos_ in {"NOUN", "PROPN", "ADJ"} or "-" in word.text
    return noun.text[0].islower() and (told or is_noun)


def _is_second(tokens: Sequence[Word], at: int, labels: dict[int, Token]) -> bool:
    """Tell whether an office before it goes on over "and": "president and vice-chancellor"."""
    if tokens[at - 1].text == "and" and at > 1:
        return _is_office(tokens, at - 2, labels)
    return tokens[at].text == "and" and _is_office(tokens, at - 1, labels)


def _belongs(word: Word, labels: dict[int, Token]) -> bool:
    """Tell whether the word is part of the noun phrase that goes on after it."""
    token = labels.get(word.span.start)
    return (
        token is not None
        and token.dep_ in _PREMODIFIERS
        and token.lower_ not in words("time_words")
    )
