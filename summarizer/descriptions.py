"""What an article says that its people and bodies are, and "the minister" after it.

It reads the words beside a name (titles, appositions, "is a ...") and finds the definite
descriptions that mean someone named before. It follows no pronouns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.gathered import Group
from summarizer.known import country_of, plain
from summarizer.lexicon import rows, several, words
from summarizer.model import EntityKind, Sentence, Span
from summarizer.names import TITLES, Name, split
from summarizer.parse import Token

FAR_SENTENCES = 8
"""How far back a definite description looks for a person at all; bodies are kept in mind longer."""

LONGEST_APPOSITION = 90
"""In characters. A longer stretch between commas is rarely only an apposition."""

RECENT_SENTENCES = 2
"""How far back "the minister" looks when several could be meant."""

_NO_OFFICE = words("no_office")
_AGE = re.compile(r"\s?\d{1,3},\s")
_APPOSITION = re.compile(r",\s(?P<age>\d{1,3},\s)?(?P<words>[^,.;:()—–\"“”\n]+)(?=[,.;:()—–\n]|$)")
_BRACKET = re.compile(r"\s?\([A-Z][\w&.-]{1,10}\)")
_CLAUSE = re.compile(
    r"\s(?:who|which|that|whose|where|when|said|says|told|as|after|while)\b.*", re.DOTALL
)
_ACCUSING = frozenset(
    ["accuse", "suspect", "convict", "inform", "remind", "warn", "assure", "accused"]
)
_OWNERS = frozenset(["the", "his", "her", "its", "their"])
_ARTICLES = frozenset(["the", "this", "that"])
_MODIFIERS = frozenset(["compound", "amod", "nmod", "poss", "nummod"])

PERSON_NOUNS = frozenset(row[0] for row in rows("role_nouns") if row[1] == "person") | {
    word for word in TITLES if len(word) > 3 and "." not in word
}
BODY_NOUNS = frozenset(row[0] for row in rows("role_nouns") if row[1] == "organisation") | {
    name.split()[-1]
    for table, column in (("organisation_words", 2), ("outlets", 4), ("agencies", 3))
    for row in rows(table)
    for name in several(row[column])
}
_CALLED = {row[0]: several(row[2]) for row in rows("organisation_words")}


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


def describe(one: Group, text: str, tokens: dict[int, Token], quoted: Sequence[Span] = ()) -> str:
    """Return the first title or apposition that the article gives the group, else nothing.

    What stands in quotations is what someone says of them, not the article: it is passed over.
    """
    if one.known and one.known.nation:
        return ""
    for name in one.names:
        if _inside(name.span, quoted):
            continue
        words = _title(name, text) or _apposition(name, text, tokens) or _copula(name, text, tokens)
        if words:
            return " ".join(words.split())
    return ""


def _inside(span: Span, quoted: Sequence[Span]) -> bool:
    """Tell whether ``span`` lies in one of the ordered, separate ``quoted``."""
    at = bisect_right(quoted, Span(span.start, 1 << 40)) - 1
    return at >= 0 and quoted[at].contains(span)


def _title(name: Name, text: str) -> str:
    """Return the words of office before the name, unless they are only a form of address."""
    if name.title is None or all(word in _NO_OFFICE for word in name.title_words):
        return ""
    return name.title.of(text)


def _apposition(name: Name, text: str, tokens: dict[int, Token]) -> str:
    """Return what stands between commas after the name, or the noun phrase before it."""
    end = name.span.end
    if bracket := _BRACKET.match(text, end):
        end = bracket.end()
    hit = _APPOSITION.match(text, end, end + LONGEST_APPOSITION + 8)
    if hit:
        words = _CLAUSE.sub("", hit["words"]).strip()
        start = hit.start("words")
        fits = _is_description(Span(start, start + len(words)), tokens)
        if fits and not (_after_preposition(name, text) and kind_told(words) is EntityKind.PERSON):
            return words
    return _phrase_before(name, text, tokens)


def _after_preposition(name: Name, text: str) -> bool:
    """Tell whether the name ends a phrase ("of Kentland, a lawyer") that is described, not it."""
    before = text[max(0, name.span.start - 12) : name.span.start].lower().split()
    return bool(before) and before[-1] in {"of", "at", "for", "in", "with", "from", "the"}


def _is_description(span: Span, tokens: dict[int, Token]) -> bool:
    """Tell whether the words are a noun phrase about someone, not a clause or a list's item."""
    inside = [tokens[at] for at in range(span.start, span.end) if at in tokens]
    if not inside or not _is_phrase(inside):
        return False
    if inside[0].lower_ in {"a", "an"}:
        return True
    stop = next((at for at, t in enumerate(inside) if t.pos_ in {"ADP", "VERB"}), len(inside))
    nouns = [t for t in inside[: min(stop, 8)] if t.pos_ in {"NOUN", "PROPN"}]
    heads = [t for t in nouns if t.lower_ in PERSON_NOUNS or t.lower_ in BODY_NOUNS]
    if not heads or all(t.text[0].isupper() for t in nouns):
        return False
    return inside[0].lower_ in _OWNERS or _goes_on(heads[0], inside)


def _is_phrase(inside: Sequence[Token]) -> bool:
    """Tell whether words begin and end as a noun phrase does, with no finite verb."""
    if any(t.tag_ in {"VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WP$"} for t in inside):
        return False
    opens = inside[0].pos_ not in {"ADP", "VERB", "AUX", "ADV", "SCONJ", "PRON", "PART"}
    owned = inside[0].dep_ == "poss" or inside[0].tag_ == "PRP$"
    return (opens or owned) and inside[-1].pos_ not in {"ADV", "VERB", "AUX", "ADP"}


def _goes_on(head: Token, inside: Sequence[Token]) -> bool:
    """Tell whether a bare office is followed by what it is of, or ends the words."""
    following = [t for t in inside if t.i > head.i]
    return not following or following[0].lower_ in {"of", "at", "for", "in", "to", "with", "and"}


def _phrase_before(name: Name, text: str, tokens: dict[int, Token]) -> str:
    """Return "the group's leader" of "the group's leader, Jane Roe," and "broadcaster X"."""
    token = tokens.get(name.span.start)
    if token is None or token.i == 0:
        return ""
    before = token.nbor(-1)
    if before.text == "," and before.i:
        return _reversed(name, text, before)
    if before.lower_ not in BODY_NOUNS or not before.text[0].islower():
        return ""
    if before.pos_ != "NOUN" or before.dep_ not in {"compound", "nmod", "appos"}:
        return ""
    first = before
    while first.i > first.sent.start and _is_modifier(first.nbor(-1)):
        first = first.nbor(-1)
    while first.i > first.sent.start and "-" in {first.text, first.nbor(-1).text}:
        first = first.nbor(-1)
        if first.i > first.sent.start and _is_modifier(first.nbor(-1)):
            first = first.nbor(-1)
    return text[first.idx : before.idx + len(before)]


def _reversed(name: Name, text: str, comma: Token) -> str:
    """Return the noun phrase that ends at the comma when the name is put beside it."""
    after = text[name.span.end : name.span.end + 1]
    noun = comma.nbor(-1)
    while (
        noun.dep_ in {"pobj", "prep", "compound", "amod", "det", "conj", "cc"}
        and noun.head.i < comma.i
    ):
        if noun.lower_ in PERSON_NOUNS and noun.dep_ != "compound":
            break
        if noun.head.i == noun.i:
            break
        noun = noun.head
    if noun.lower_ not in PERSON_NOUNS | BODY_NOUNS or after not in {",", "."}:
        return ""
    start = noun.left_edge.idx
    words = text[start : comma.idx]
    determined = noun.left_edge.lower_ in {"the", "a", "an", "its", "his", "her", "their"}
    fit = determined or noun.left_edge.dep_ in {"poss", "det"} or noun.left_edge.head.dep_ == "poss"
    return words if fit and len(words) <= LONGEST_APPOSITION and "\n" not in words else ""


def _is_modifier(token: Token) -> bool:
    return token.dep_ in {*_MODIFIERS, "det", "case", "punct"} and token.text not in {
        ",",
        ".",
        '"',
        "(",
    }


def _copula(name: Name, text: str, tokens: dict[int, Token]) -> str:
    """Return the noun phrase of "Jane Roe is the chief executive of ..."."""
    start = name.span.end - len(name.words[-1])
    token = tokens.get(start)
    if token is None or token.dep_ != "nsubj" or token.head.lemma_ != "be":
        return ""
    verb = token.head
    for child in verb.children:
        if child.dep_ == "neg":
            return ""
        if child.dep_ == "attr" and child.lower_ in PERSON_NOUNS | BODY_NOUNS:
            words = text[child.left_edge.idx : child.right_edge.idx + len(child.right_edge)]
            words = _CLAUSE.sub("", words.split(",")[0])
            return words if len(words) <= LONGEST_APPOSITION else ""
    return ""


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
        if found and not _inside(found.span, quoted):
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
        first.i > token.sent.start
        and _is_modifier(first.nbor(-1))
        and first.lower_ not in _ARTICLES
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


def head_noun(description: str) -> str:
    """Return the noun that a description is about: "chair" of "the chair of the board"."""
    bare = re.split(r"\s(?:of|at|for|in|to|with|from|on|by|and)\s|,", plain(description))[0]
    words = bare.split()
    return words[-1].lower().strip(".,'\"") if words else ""


def kind_told(description: str) -> EntityKind | None:
    """Return the kind of thing that a description tells of, None when it does not tell."""
    noun = head_noun(description)
    if noun in PERSON_NOUNS and noun not in BODY_NOUNS:
        return EntityKind.PERSON
    if noun in BODY_NOUNS and noun not in PERSON_NOUNS:
        return EntityKind.ORGANISATION
    return None


def called(one: Group, description: str) -> frozenset[str]:
    """Return the words that "the ..." may use for the group, in lower case."""
    said = [w.lower() for w in one.full] + plain(description).lower().split()
    for name in one.names:
        said.extend(name.title_words)
    if one.known:
        said.extend(word for name in one.known.called for word in name.split())
    elif one.kind is EntityKind.ORGANISATION:
        for word in (one.full[-1], *one.full):
            said.extend(part for name in _CALLED.get(word, ()) for part in name.split())
            if word == one.full[-1] and word in _CALLED:
                break
    return frozenset(re.sub(r"[’']s$", "", word.strip(",.")) for word in said)


class Descriptions:
    """The groups of an article by the nouns that "the ..." may use for them."""

    def __init__(self, groups: Sequence[Group], described: Sequence[str]) -> None:
        """Take in the groups with their descriptions; their mentions do not change any more."""
        self._by_noun: dict[str, list[tuple[Group, frozenset[str]]]] = {}
        self._sentences: dict[int, list[tuple[int, int]]] = {}
        for one, description in zip(groups, described, strict=True):
            words = called(one, description)
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
            return None, False
        if len(fits) == 1:
            return fits[0][1], True
        near = [one for last, one in fits if what.sentence - last <= RECENT_SENTENCES]
        clear = len(near) == 1
        return near[0] if clear else max(fits, key=lambda pair: pair[0])[1], clear

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
