"""What an article says that its people and bodies are: titles and appositions beside a name.

What stands in quotations is what someone says of them, not the article, and is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from summarizer.gathered import Group
from summarizer.known import lookup, plain
from summarizer.lexicon import rows, several, words
from summarizer.model import EntityKind, Span
from summarizer.name_words import GIVEN_NAMES, ORGANISATION_WORDS, PARTS, TITLES
from summarizer.names import Name
from summarizer.parse import Token

LONGEST_APPOSITION = 90
"""In characters. A longer stretch between commas is rarely only an apposition."""
_NO_OFFICE = words("no_office")
_APPOSITION = re.compile(
    r",\s(?P<age>\d{1,3},\s)?(?P<words>(?:[^,.;:()—–\"“”\n]|(?<=\bSt)\.(?=[ -][A-Z])"
    r"|(?:(?<=\b[A-Z])|(?<=\bPh))\.(?=[A-Z])|(?<=\.[A-Z])\.(?=\s\w))+)"
    r"(?=[,.;:()—–\n]|$)"
)
_DEGREE = re.compile(r",\s(?:M\.?D\.?|Ph\.?D\.?|[MKQ]\.?[PBC]\.?|Esq\.?|R\.?N\.?)(?=,\s)")
_BRACKET = re.compile(r"\s?\([A-Z][\w&.-]{1,10}\)")
_LED_BY_BODY = re.compile(
    r"(?:(?:an?|the)\s)?(?:[A-Z][\w&.'’-]*\s)+of\s(?:the\s)?(?:[A-Z][\w&.'’-]*\s)+(?P<noun>[a-z]+)\b"
    r"(?!\s(?:of|and|for)\s[A-Z])"
)
"""An office that a body's name with "of" stands before: "a University of Dorn researcher"."""
_IN_PLACE = re.compile(r"\b(?:of|in|at|from)\s[A-Z][\w-]+,\s$")
_IS = re.compile(
    r",\swho(?:\sis|['’]s)\s(?:(?:now|also|currently|still)\s)?(?P<words>[^,.;:()—–\"“”\n]{3,90})"
)
_OF_BODY = re.compile(
    r"\s(?P<words>(?:of|with|from)\s(?:[Tt]he\s)?"
    r"(?P<body>[A-Z][\w&.'’-]*(?:\s(?:(?:of|and|for|the)\s)?[A-Z][\w&.'’-]*)*))"
)
"""Whose somebody is, where no office is told: "Jane Roe of The Harbour Post"."""
_CLAUSE = re.compile(
    r"\s(?:who|which|that|whose|where|when|said|says|told|as|after|while)\b.*", re.DOTALL
)
_SAYS = re.compile(r"^[^,]*\s(?:said|says|told)\b")
"""", the fire service said": who says it, not what the name before the comma is."""
_OWNERS = frozenset(["the", "his", "her", "its", "their"])
_POSSESSOR = re.compile(r"^(?:his|her|its|their)\s(?=\w)", re.IGNORECASE)
_CREDIT = re.compile(r"^\([A-Z]{2,}\)\s?")
"""An agency's mark that a text glues to its first word: "(CNN)A suspect"."""
_RANKS = words("ranks")
_MODIFIERS = frozenset(["compound", "amod", "nmod", "poss", "nummod"])
_DOCUMENTS = frozenset(row[0] for row in rows("source_nouns") if row[1] == "document") | {"shows"}
PERSON_NOUNS = PARTS | {word for word in TITLES if len(word) > 3 and "." not in word}
BODY_NOUNS = frozenset(row[0] for row in rows("role_nouns") if row[1] == "organisation") | {
    name.split()[-1]
    for table, column in (("organisation_words", 2), ("outlets", 4), ("agencies", 3))
    for row in rows(table)
    for name in several(row[column])
}


def describe(one: Group, text: str, tokens: dict[int, Token], quoted: Sequence[Span] = ()) -> str:
    """Return the first title or apposition that the article gives the group, else nothing.

    What stands in quotations is what someone says of them, not the article: it is passed over.
    A rank ("General") is what is left where nothing tells the office.
    """
    if one.known and one.known.nation:
        return ""
    rank = ""
    for name in one.names:
        if inside_any(name.span, quoted):
            continue
        title = _title(name, text, tokens)
        told = title if title and not is_rank(title) else ""
        told = told or _apposition(name, text, tokens) or _copula(name, text, tokens)
        if told:
            return tidied(told)
        rank = rank or title
    return tidied(rank)


def is_rank(title: str) -> bool:
    """Tell whether a title is a rank alone, which tells no office."""
    return all(word in _RANKS for word in title.lower().split())


def tidied(words: str) -> str:
    """Return a description as it is shown: "director" of "Its director", "the head" of "The head".

    Whose director it is, the reader of a card cannot see.
    """
    bare = _POSSESSOR.sub("", _CREDIT.sub("", " ".join(words.split())))
    article = bare.partition(" ")[0]
    return article.lower() + bare[len(article) :] if article in {"The", "A", "An"} else bare


def inside_any(span: Span, quoted: Sequence[Span]) -> bool:
    """Tell whether ``span`` lies in one of the ordered, separate ``quoted``."""
    at = bisect_right(quoted, Span(span.start, 1 << 40)) - 1
    return at >= 0 and quoted[at].contains(span)


def _title(name: Name, text: str, tokens: dict[int, Token]) -> str:
    """Return the words of office before the name, unless they are only a form of address."""
    if name.title is None or all(word in _NO_OFFICE for word in name.title_words):
        return ""
    first = tokens.get(name.title.start)
    if first is not None and first.i and first.nbor(-1).lower_ in _FORCES:  # "the police chief X"
        first = _first_of(first.nbor(-1))
        return text[first.idx : name.title.end]
    return name.title.of(text)


_FORCES = frozenset({"police", "army", "navy", "fire", "party", "company", "union"})


def _apposition(name: Name, text: str, tokens: dict[int, Token]) -> str:
    """Return what stands between commas after the name, or the noun phrase before it."""
    end = name.span.end
    if bracket := _BRACKET.match(text, end):
        end = bracket.end()
    if degree := _DEGREE.match(text, end):
        end = degree.end()
    hit = _APPOSITION.match(text, end, end + LONGEST_APPOSITION + 8)
    if hit and not _SAYS.search(hit["words"]):
        words = _CLAUSE.sub("", hit["words"]).strip()
        start = hit.start("words")
        fits = _is_description(Span(start, start + len(words)), tokens)
        if fits and not (_after_preposition(name, text) and kind_told(words) is EntityKind.PERSON):
            return words
    return _phrase_before(name, text, tokens) or _told_behind(name, text)


def _told_behind(name: Name, text: str) -> str:
    """Return what a clause behind a name says that he is, or of which body."""
    if hit := _IS.match(text, name.span.end):
        words = _CLAUSE.sub("", hit["words"]).strip()
        return words if head_noun(words) in PERSON_NOUNS else ""
    hit = _OF_BODY.match(text, name.span.end)
    if hit is None or len(name.words) < 2 or name.known:
        return ""
    body = hit["body"].removesuffix("'s").removesuffix("’s").rstrip(".")
    given = name.words[0] in GIVEN_NAMES
    return hit["words"].rstrip(".") if given and _is_body(body) else ""


def _is_body(name: str) -> bool:
    """Tell whether a name is a body's: known as one, or with a word that only bodies have."""
    known = lookup(name)
    ends = name.rsplit(maxsplit=1)[-1] in ORGANISATION_WORDS and " " in name
    return ends or (known is not None and known.kind is EntityKind.ORGANISATION)


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
        return head_noun("".join(t.text_with_ws for t in inside)) not in _DOCUMENTS
    stop = next((at for at, t in enumerate(inside) if t.pos_ in {"ADP", "VERB"}), len(inside))
    nouns = [t for t in inside[: min(stop, 8)] if t.pos_ in {"NOUN", "PROPN"}]
    heads = [t for t in nouns if t.lower_ in PERSON_NOUNS or t.lower_ in BODY_NOUNS]
    owned = inside[0].dep_ == "poss" or inside[0].tag_ == "PRP$"  # "Iran's Vice President"
    if not heads or (all(t.text[0].isupper() for t in nouns) and not owned):
        return False
    return owned or inside[0].lower_ in _OWNERS or _goes_on(heads[0], inside)


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
    ranked = name.title is not None and is_rank(name.title.of(text))
    token = tokens.get(name.title.start if name.title and ranked else name.span.start)
    if token is None or token.i == 0:
        return ""
    before = token.nbor(-1)
    if before.text == "," and before.i:
        return _reversed(name, text, before)
    if before.lower_ not in BODY_NOUNS or not before.text[0].islower():
        return ""
    if before.pos_ != "NOUN" or before.dep_ not in {"compound", "nmod", "appos"}:
        return ""
    return text[_first_of(before).idx : before.idx + len(before)]


def _first_of(noun: Token) -> Token:
    """Return the first word of what stands before a noun: "the" of "the state-run agency"."""
    first = noun
    while first.i > first.sent.start and is_modifier(first.nbor(-1)):
        first = first.nbor(-1)
    while first.i > first.sent.start and "-" in {first.text, first.nbor(-1).text}:
        first = first.nbor(-1)
        if first.i > first.sent.start and is_modifier(first.nbor(-1)):
            first = first.nbor(-1)
    return first


def _reversed(name: Name, text: str, comma: Token) -> str:
    """Return the noun phrase that ends at the comma when the name is put beside it."""
    after = text[name.span.end : name.span.end + 1]
    if len(name.words) == 1 and _IN_PLACE.search(
        text[max(0, name.span.start - 60) : name.span.start]
    ):
        return ""  # "the mayor of Ede, Kessary, ..."
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


def is_modifier(token: Token) -> bool:
    """Tell whether a word stands before the noun of its phrase, article and hyphen included."""
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


def head_noun(description: str) -> str:
    """Return the noun that a description is about: "chair" of "the chair of the board"."""
    if _OF_BODY.match(f" {description}"):  # "of The Harbour Post" tells of nobody's kind
        return ""
    if led := _LED_BY_BODY.match(description):
        return led["noun"]
    bare = re.split(
        r"\s(?:of|at|for|in|to|with|from|on|by|and|filed|made|held)\s|,", plain(description)
    )[0]
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
