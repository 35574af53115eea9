"""Definite descriptions that mean someone named before: "the spy agency here", "the minister".

Only bare ones, with no "of", outside quotations. What fits several alike is unsure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.descriptions import BODY_NOUNS, PERSON_NOUNS, inside_any, is_modifier
from summarizer.gathered import Group
from summarizer.known import country_of, plain
from summarizer.lexicon import rows, several
from summarizer.model import EntityKind, Sentence, Span
from summarizer.parse import Token
from summarizer.tokens import split

FAR_SENTENCES = 8
"""How far back a definite description looks for a person at all; bodies are kept in mind longer."""
RECENT_SENTENCES = 2
"""How far back "the minister" looks when several could be meant."""
_ACCUSING = frozenset(
    ["accuse", "suspect", "convict", "inform", "remind", "warn", "assure", "accused"]
)
_ARTICLES = frozenset(["the", "this", "that"])
_TRADING = frozenset(["company", "firm"])
_CALLED = {row[0]: several(row[2]) for row in rows("organisation_words")}
_ANYWHERE = frozenset(row[0] for row in rows("organisation_words") if row[1] == "any")


@dataclass(frozen=True, slots=True)
class Described:
    """A definite description in the text, and what it asks of whom it means."""

    span: Span
    head: str
    modifiers: tuple[str, ...]
    nation: str
    sentence: int
    here: bool
    local: bool


def definite(
    tokens: dict[int, Token],
    text: str,
    sentences: Sequence[Sentence],
    *,
    heads: frozenset[str] = frozenset(),
    quoted: Sequence[Span] = (),
) -> Iterator[Described]:
    """Yield "the spy agency here", "the U.S. news outlet", "the minister": bare, with no "of".

    ``heads`` are nouns of this article's own descriptions. Those inside quotations are left out:
    the speaker's "the president" is not the article's.
    """
    starts = sorted(tokens)
    number = 0
    for start in starts:
        token = tokens[start]
        while number + 1 < len(sentences) and sentences[number + 1].span.start <= start:
            number += 1
        head = _singular(token, heads)
        if head is None or token.dep_ == "appos" or _leads_on(token):
            continue
        found = _described(token, head, text, number)
        if found and not inside_any(found.span, quoted):
            yield found


def _leads_on(token: Token) -> bool:
    """Tell whether the noun only stands before another one ("the company spokesman")."""
    if token.dep_ not in {"compound", "amod", "nmod"} or token.i + 1 >= len(token.doc):
        return False
    return token.nbor(1).pos_ in {"NOUN", "PROPN", "ADJ", "PUNCT"}


def _singular(token: Token, heads: frozenset[str]) -> str | None:
    """Return the role noun of a token, None for plurals and other words."""
    if token.tag_ not in {"NN", "NNP"}:
        return None
    word = token.lower_
    return word if word in PERSON_NOUNS or word in BODY_NOUNS or word in heads else None


def _described(token: Token, head: str, text: str, number: int) -> Described | None:
    first = token
    while (
        first.i > token.sent.start and is_modifier(first.nbor(-1)) and first.lower_ not in _ARTICLES
    ):
        first = first.nbor(-1)
    if first.lower_ not in _ARTICLES or _qualified(token) or first.head.i != token.i:
        return None
    inner = split(text, Span(first.idx + len(first), token.idx))
    if token.text[0].isupper() and any(word.text[0].isupper() for word in inner):
        return None
    nation = next((c.name for w in inner if (c := country_of(w.text))), "")
    if "North Korean" in text[first.idx : token.idx]:
        nation = "North Korea"
    end = token.idx + len(token)
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    here = after is not None and after.lower_ == "here"
    if here and after is not None:
        end = after.idx + len(after)
    modifiers = tuple(
        word.text.lower()
        for word in inner
        if word.text[0].isalnum()
        and not country_of(word.text)
        and word.text not in {"North", "South"}
    )
    return Described(Span(first.idx, end), head, modifiers, nation, number, here, local=False)


def _qualified(token: Token) -> bool:
    """Tell whether words after the noun say which one is meant, so that none before need be."""
    for child in token.rights:
        if child.dep_ in {"relcl", "acl", "appos"}:
            return True
        if child.dep_ == "prep" and child.lower_ in {"of", "for"} and child.i == token.i + 1:
            return token.head.lemma_ not in _ACCUSING
    return False


def called(one: Group, description: str) -> frozenset[str]:
    """Return the words that "the ..." may use for the group, in lower case."""
    said = [w.lower() for w in one.full] + plain(description).lower().split()
    for name in one.names:
        said.extend(name.title_words)
    if one.known:
        said.extend(word for name in one.known.called for word in name.split())
    elif one.kind is EntityKind.ORGANISATION:
        telling = [one.full[-1]] if one.full[-1] in _CALLED else list(one.full)
        telling += [word for word in one.full if word in _ANYWHERE]
        said.extend(
            part for word in telling for name in _CALLED.get(word, ()) for part in name.split()
        )
    return frozenset(re.sub(r"[’']s$", "", word.strip(",.")) for word in said)


class Descriptions:
    """The groups of an article by the nouns that "the ..." may use for them."""

    def __init__(self, groups: Sequence[Group], described: Sequence[str]) -> None:
        """Take in the groups with their descriptions; their mentions do not change any more."""
        self._by_noun: dict[str, list[tuple[Group, frozenset[str]]]] = {}
        self._sentences: dict[int, list[tuple[int, int]]] = {}
        self._untold: list[Group] = []
        for one, description in zip(groups, described, strict=True):
            words = called(one, description)
            body = one.kind is EntityKind.ORGANISATION
            body = body or (one.kind is EntityKind.OTHER and len(one.full) > 1)
            if body and not (description or one.known or any(w in _CALLED for w in one.full)):
                self._untold.append(one)
            self._sentences[id(one)] = [(name.span.start, name.sentence) for name in one.names]
            for word in words:
                self._by_noun.setdefault(word, []).append((one, words))

    def meant(self, what: Described, home: str) -> tuple[Group | None, bool]:
        """Return whom a description means and whether that is sure.

        ``home`` is the country of the dateline. Only someone named before can be meant; several
        that fit and stand equally near are unsure.
        """
        fits = [
            (last, one)
            for one, words in self._by_noun.get(what.head, ())
            if (last := self._last(one, what)) is not None and _fits(what, one, words, home)
        ]
        if not fits:
            trading = self._trading(what)
            return trading, trading is not None
        if len(fits) == 1:
            return fits[0][1], True
        near = [one for last, one in fits if what.sentence - last <= RECENT_SENTENCES]
        clear = len(near) == 1
        return near[0] if clear else max(fits, key=lambda pair: pair[0])[1], clear

    def _trading(self, what: Described) -> Group | None:
        """Return the body that "the company" means: the one just named of which nothing is told."""
        if what.head not in _TRADING or what.modifiers or what.here:
            return None
        near = [
            one
            for one in self._untold
            if (last := self._last(one, what)) is not None
            and what.sentence - last <= RECENT_SENTENCES
        ]
        return near[0] if len(near) == 1 else None

    def _last(self, one: Group, what: Described) -> int | None:
        """Return the sentence in which the group was last named before the description."""
        places = self._sentences[id(one)]
        at = bisect_left(places, (what.span.start, -1)) - 1
        if at < 0:
            return None
        reach = FAR_SENTENCES if one.kind is EntityKind.PERSON else 3 * FAR_SENTENCES
        return places[at][1] if what.sentence - places[at][1] <= reach else None


def _fits(what: Described, one: Group, said: frozenset[str], home: str) -> bool:
    """Tell whether the group can be called so."""
    if one.known and one.known.nation:
        return False
    person = one.kind is EntityKind.PERSON
    other = BODY_NOUNS - PERSON_NOUNS if person else PERSON_NOUNS - BODY_NOUNS
    if what.head in other or what.head not in said:
        return False
    if not all(word in said for word in what.modifiers):
        return False
    if person and {"former", "ex"} & said and "former" not in what.modifiers:
        return False
    abroad = what.here and home and one.nation and one.nation != home
    return not abroad and not (what.nation and one.nation and what.nation != one.nation)
