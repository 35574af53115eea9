"""A question -> the words to look for in a full-text index.

Which sentences then say it is for ``agreement``; here only recall counts. The index stems by
itself, so words are given as they stand; a phrase ("12,000") is one word with a gap in it.
"""

from __future__ import annotations

import re

from summarizer.lexicon import words
from summarizer.numbers import NumberRole, forms, read_numbers
from summarizer.question import Query
from summarizer.terms import read_terms
from summarizer.wordbook import TOKEN

MOST_WORDS = 48
"""No more words are looked for: a pasted message says what it says in its first ones."""

_ADDRESS = re.compile(r"https?://\S+|pic\.twitter\.com\S*|<[@#!][^>]*>")
_TAG = re.compile(r"[#@](\w+)")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def search_words(query: Query) -> tuple[str, ...]:
    """Return the words of a question, with the other forms of its numbers and countries."""
    return words_of(query.text if query.claim == "" else f"{query.claim} {query.source}")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words to look for so that any passage about ``text`` is found."""
    clean = _clean(text)
    plain = [match.group().lower() for match in TOKEN.finditer(clean)]
    found = [word for word in plain if word not in words("stopwords") and len(word) > 1]
    for number in read_numbers(clean):
        if number.role is NumberRole.QUANTITY:
            found += forms(number.value)
    found += [term.place.lower() for term in read_terms(clean) if term.place]
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def _clean(text: str) -> str:
    """Drop addresses; write "#GreatFire" as "GreatFire Great Fire"."""
    bare = _ADDRESS.sub(" ", text)
    return _TAG.sub(lambda tag: f"{tag[1]} {' '.join(_CAMEL.findall(tag[1]))}", bare)
