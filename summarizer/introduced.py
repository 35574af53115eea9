"""Those whom an article describes before it names them: "a harbour pilot ... Osric Talland, 52".

News leads call somebody "the head of the mission" or "Kessary's spy agency" and give the name a
sentence or more later. The name is taken over only where one alone of those named afterwards is
described alike; who is kept unnamed on purpose ("an official who asked not to be named") never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.definite import called
from summarizer.descriptions import BODY_NOUNS, PERSON_NOUNS, head_noun, inside_any, is_rank, tidied
from summarizer.gathered import Group
from summarizer.lexicon import words
from summarizer.model import EntityKind, LineKind, Sentence, Span
from summarizer.names import Name
from summarizer.parse import Token

EARLY, LATER, NEXT = 4, 8, 2
"""Body sentences in which somebody is described first; how many sentences later at most the name
comes; and where nothing but an age stands beside the name."""

_SHIELDED = words("shielded_nouns")
_UNNAMED = re.compile(
    r"\b(?:anonym\w+|unnamed|(?:not|declined|refused) to be (?:named|identified|quoted)"
    r"|not (?:be )?(?:named|identified|authori[sz]ed)|speak(?:ing)? on condition|another|other)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r",\s\d{1,2},")
_SPEAKING = frozenset(["nsubj", "nsubjpass", "pobj", "dobj"])
_TELLS_WHOSE = frozenset(["of", "for", "at", "in"])


@dataclass(frozen=True, slots=True)
class Introduction:
    """Words that describe somebody: their place, the noun, what else they tell, in lower case.

    ``speaks`` tells that they are the subject of a verb of speech.
    """

    span: Span
    head: str
    told: frozenset[str]
    words: str
    sentence: int
    indefinite: bool
    speaks: bool


def introductions(
    tokens: dict[int, Token], text: str, sentences: Sequence[Sentence], quoted: Sequence[Span]
) -> Iterator[Introduction]:
    """Yield who is described without a name in the first sentences, outside quotations."""
    body = [n for n, one in enumerate(sentences) if one.kind is LineKind.BODY][:EARLY]
    for number in body:
        span = sentences[number].span
        if _UNNAMED.search(text, span.start, span.end):
            continue
        for start in range(span.start, span.end):
            token = tokens.get(start)
            if token is None or inside_any(Span(start, start + 1), quoted):
                continue
            if (found := _introduction(token, text, number)) is not None:
                yield found


def _introduction(token: Token, text: str, number: int) -> Introduction | None:
    head = token.lower_
    if token.tag_ != "NN" or token.dep_ not in _SPEAKING or head in _SHIELDED:
        return None
    if head not in PERSON_NOUNS and head not in BODY_NOUNS:
        return None
    if any(child.dep_ == "appos" for child in token.children):
        return None
    left = [child for child in token.lefts if child.dep_ in {"det", "amod", "compound", "poss"}]
    owner = next((child for child in left if child.dep_ == "poss"), None)
    determiner = next((child.lower_ for child in left if child.dep_ == "det"), "")
    if determiner not in {"a", "an", "the"} and (owner is None or owner.tag_ == "PRP$"):
        return None
    phrase = [
        word
        for child in token.rights
        if child.dep_ == "prep" and child.lower_ in _TELLS_WHOSE and child.i == token.i + 1
        for word in child.subtree
    ]
    whose = [word.lower_ for word in phrase if word.pos_ in {"NOUN", "PROPN", "ADJ"}]
    own = [
        word.lower_
        for child in left
        for word in child.subtree
        if word.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}
    ]
    if determiner == "the" and not (whose or own):
        return None
    first = min((c.i for c in left if c.dep_ not in {"poss", "det"}), default=token.i)
    start = token.doc[first].idx
    end = token.idx + len(token)
    told = max((word.idx + len(word) for word in phrase), default=end)
    return Introduction(
        Span(start, end),
        head,
        frozenset((*whose, *own)),
        tidied(text[token.left_edge.idx : told]),
        number,
        determiner in {"a", "an"},
        _speaks(token),
    )


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in words("speech_lemmas")


class Named:
    """The groups that the body of an article names, with what it says of them.

    Whom only a caption or credit names is nobody whom the lead means.
    """

    def __init__(
        self,
        groups: Sequence[Group],
        described: Sequence[str],
        text: str,
        tokens: dict[int, Token],
        sentences: Sequence[Sentence],
    ) -> None:
        """Take in the groups with their descriptions, in any order."""
        self._tokens = tokens
        self._text = text
        self._mentions = {
            at: sorted(
                (name for name in one.names if sentences[name.sentence].kind is LineKind.BODY),
                key=lambda name: name.span,
            )
            for at, one in enumerate(groups)
        }
        self._groups = sorted(
            (
                (at, groups[at], described[at])
                for at, mentions in self._mentions.items()
                if mentions
            ),
            key=lambda one: self._first(one[0]).span,
        )

    def _first(self, at: int) -> Name:
        return self._mentions[at][0]

    def _says(self, name: Name) -> bool:
        """Tell whether a name is the subject of a verb of speech, by its last word."""
        word = self._tokens.get(name.span.end - len(name.words[-1]))
        return word is not None and _speaks(word)

    def meant(self, what: Introduction) -> int | None:
        """Return the index of the group that is named later and meant, None where that is open."""
        later = [
            one
            for one in self._groups
            if self._first(one[0]).span.start > what.span.end
            and 0 <= self._first(one[0]).sentence - what.sentence <= LATER
        ]
        alike = [at for at, one, description in later if _alike(what, one, description)]
        if len(alike) == 1:
            return alike[0]
        if alike:
            return None
        soon = self._by_place(what)
        return soon if soon is not None else self._just_named(what)

    def _by_place(self, what: Introduction) -> int | None:
        """Return the first person named, soon after and with nothing told: who else is it?

        Either both speak ("..., the head of the mission said. Juno Roe said in a statement"), or
        an age stands beside the name.
        """
        people = [one for one in self._groups if one[1].kind is EntityKind.PERSON]
        if what.head not in PERSON_NOUNS or not people:
            return None
        at, _, description = people[0]
        first = self._first(at)
        soon = 0 <= first.sentence - what.sentence <= NEXT and first.span.start > what.span.end
        if description or not soon:
            return None
        both = what.speaks and self._says(first)
        aged = what.indefinite and _AGE.match(self._text, first.span.end) is not None
        return at if both or aged else None

    def _just_named(self, what: Introduction) -> int | None:
        """Return the one person named so far, in the sentence before, of whom nothing is told.

        "Orlen Roe said on Thursday. There was no news, the spokesman for the ministry said."
        """
        if what.indefinite or not what.speaks or what.head not in PERSON_NOUNS:
            return None
        before = [
            one
            for one in self._groups
            if one[1].kind is EntityKind.PERSON and self._first(one[0]).span.start < what.span.start
        ]
        if len(before) != 1:
            return None
        at, _, description = before[0]
        last = [name for name in self._mentions[at] if name.span.start < what.span.start][-1]
        near = what.sentence - last.sentence == 1 and self._says(last)
        return at if near and (not description or is_rank(description)) else None


def _alike(what: Introduction, one: Group, description: str) -> bool:
    """Tell whether what is said of a group fits the words that introduced it."""
    if one.known and one.known.nation:
        return False
    if what.head in PERSON_NOUNS and one.kind is EntityKind.PERSON:
        if head_noun(description) != what.head:
            return False
        said = set(re.findall(r"\w+", description.lower())) - {what.head, "the", "a", "an", "of"}
        common = bool(said & what.told)
        return common or (not what.indefinite and not (said - _PLAIN and what.told))
    if what.head in BODY_NOUNS and one.kind is EntityKind.ORGANISATION:
        names = called(one, description)
        return what.head in names and any(word in names for word in what.told)
    return False


_PLAIN = frozenset(["for", "in", "at", "chief", "its", "his", "her", "their"])
