"""What kind of thing a name names, and which of its words is the family name.

Each sign is a vote: titles, words of bodies and places, given names, the words beside it. Where
nothing speaks, the kind is "other"; it is never guessed from the capital alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from summarizer.lexicon import rows, words
from summarizer.model import EntityKind
from summarizer.name_words import FAMILY_NAMES_FIRST, GIVEN_NAMES, INITIALS, SEX
from summarizer.names import Name, person_words

END_WORDS = frozenset(row[0] for row in rows("organisation_words") if row[1] == "end")
ANY_WORDS = frozenset(row[0] for row in rows("organisation_words") if row[1] == "any")
PLACES = frozenset(row[0] for row in (*rows("cities"), *rows("regions"), *rows("places")))
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,7}$")

_PLACE_WORDS = words("place_words")
_OTHER_WORDS = words("other_words")
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]+-[a-z]+")
"""How given names of Korea and Taiwan are written: "Son-hui"."""

_HAS = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}?(?:capital|government|parliament|army|navy|border|coast|ministry"
    r"|embassy|territory|citizens|troops|borders)\b"
)
"""What countries have and people do not."""

_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mme|Dr|Don|Doña|Señora?|Herr|Frau)\.?\s$")
"""A form of address, which is no part of a name."""

_SPEAKS = re.compile(
    r"(?: \w+)? (?:said|says|told|added|wrote|hinted|argued|insisted|believes?|recalled|admitted)\b"
    r"[^.\n]{0,40}\b(?:he|she|his|her)\b"
)
"""What a person does and a country or body does not."""

_BEGINS = re.compile(
    r"(?:^|[.!?,;:\"“”\n]\s?|\b(?:that|and|but|as|when|while|if|because|what|though)\s)$",
    re.IGNORECASE,
)
"""What stands before the subject of a clause: "Lockstep" is none in "Karst of Lockstep said"."""

_BESIDE_QUOTE = re.compile(r"[,?!][\"”] (?:(?:said|says) )?$")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|me)\b")
_LONGEST_QUOTE = 400
"""In characters: so far back the quotation of a name beside it begins at most."""

_GOES_ON = re.compile(r"\s[a-z]+\b(?<!\ssaid)(?<!\ssays)|-")
"""A name that goes on: "the Sarn valley" is a valley, not the Sarn."""

_ROOT = 4
"""Letters that an adjective of a place shares with its name at least."""

_LABELS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "EVENT": EntityKind.OTHER,
    "LAW": EntityKind.OTHER,
    "PRODUCT": EntityKind.OTHER,
    "WORK_OF_ART": EntityKind.OTHER,
}


def best(votes: Mapping[EntityKind, int]) -> EntityKind:
    """Return the kind that most signs speak for, "other" where none does."""
    if not votes:
        return EntityKind.OTHER
    kind = max(votes, key=lambda one: votes[one])
    return kind if votes[kind] >= 1 else EntityKind.OTHER


def vote(name: Name, text: str, votes: Counter[EntityKind]) -> None:
    """Add the signs of one mention to ``votes``."""
    if name.known:
        votes[name.known.kind] += 10
    if name.title or _ADDRESSED.search(text, max(0, name.span.start - 8), name.span.start):
        votes[EntityKind.PERSON] += 4
    _vote_by_words(name.words, votes)
    if ACRONYM.match(name.text):
        votes[EntityKind.ORGANISATION] += 2
    if name.text in PLACES:
        votes[EntityKind.PLACE] += 2
    speaks = len(name.words) == 1 and _speaks(name, text)
    if speaks:
        votes[EntityKind.PERSON] += 1
    kind = _LABELS.get(name.label)
    if kind and (kind is not EntityKind.PERSON or speaks or len(name.words) > 1):
        votes[kind] += 1
    _vote_by_place(name, text, votes)
    _vote_as_country(name, text, votes)


def _speaks(name: Name, text: str) -> bool:
    """Tell whether a name speaks as a person does: "said that she", or quoted with "I".

    Parsers take many a country for a person, and bodies say "we".
    """
    before = text[max(0, name.span.start - 12) : name.span.start]
    if _SPEAKS.match(text, name.span.end) and _BEGINS.search(before):
        return True
    before = text[max(0, name.span.start - _LONGEST_QUOTE) : name.span.start]
    beside = _BESIDE_QUOTE.search(before)
    if beside is None:
        return False
    opening = max(before.rfind(mark, 0, beside.start()) for mark in '"“')
    return opening >= 0 and bool(_FIRST_PERSON.search(before, opening, beside.start()))


def _vote_by_words(parts: Sequence[str], votes: Counter[EntityKind]) -> None:
    """Add what the words of a name tell, the first of these that applies."""
    several = len(parts) > 1
    if (parts[-1] in END_WORDS and several) or ANY_WORDS.intersection(parts):
        votes[EntityKind.ORGANISATION] += 5
    elif several and parts[-1] in _OTHER_WORDS and not _is_full(parts):
        votes[EntityKind.OTHER] += 5
    elif several and not _PLACE_WORDS.isdisjoint((parts[0], parts[-1])):
        votes[EntityKind.PLACE] += 3
    elif (several and parts[0] in GIVEN_NAMES) or (family_first(parts) and "-" in parts[1]):
        votes[EntityKind.PERSON] += 3
    elif parts[0] in GIVEN_NAMES and parts[0] not in PLACES:
        votes[EntityKind.PERSON] += 2
    if len(parts) == 2 and (_TWO_SYLLABLES.fullmatch(parts[1]) or INITIALS.match(parts[0])):
        votes[EntityKind.PERSON] += 2


def _is_full(parts: Sequence[str]) -> bool:
    """Tell whether two words are a given name and another: "Joe Day" is no day."""
    return len(parts) == 2 and parts[0] in GIVEN_NAMES


def _vote_by_place(name: Name, text: str, votes: Counter[EntityKind]) -> None:
    """Add what the words beside a mention tell."""
    after = text[name.span.end : name.span.end + 24]
    if in_place(name, text):
        votes[EntityKind.PLACE] += 1
    if re.search(r"\bneighbou?ring\s$", text[max(0, name.span.start - 13) : name.span.start]):
        votes[EntityKind.PLACE] += 2
    if re.match(r",\s\d{2},|\s?\(\d{2}\)|,? who(?:se)?\b", after):
        votes[EntityKind.PERSON] += 2


def _vote_as_country(name: Name, text: str, votes: Counter[EntityKind]) -> None:
    """Add what tells a country or city from a person: its people's name, what it alone has."""
    if len(name.words) > 1 or name.title:
        return
    before, after = text[max(0, name.span.start - 4) : name.span.start], text[name.span.end :][:40]
    if _HAS.match(after) or _people_of(name.text, text):
        votes[EntityKind.PLACE] += 2
    elif before.lower() == "the " and not _GOES_ON.match(after):
        votes[EntityKind.ORGANISATION] += 1
        votes[EntityKind.PERSON] -= 1


def _people_of(place: str, text: str) -> bool:
    """Tell whether a text has the adjective of a place: Tarsk and Tarskan, Italy and Italian."""
    root = re.sub(r"(?:[aeiouy]|ia)$", "", place)
    if len(root) < _ROOT:
        return False
    forms = "|".join(re.escape(one) for one in {place, root})
    people = re.finditer(rf"\b((?:{forms})(?:n|an|ian|ean|ese|ish|i))s?\b", text)
    return any(hit[1] != place for hit in people)


def in_place(name: Name, text: str) -> bool:
    """Tell whether a word of place stands before the name."""
    before = text[max(0, name.span.start - 9) : name.span.start].lower().split()
    return bool(before) and before[-1] in {"in", "near", "outside"}


def surname(full: Sequence[str]) -> str:
    """Return the family name in a person's full name."""
    bare = person_words(EntityKind.PERSON, full)
    if len(bare) == 3 and bare[0] in GIVEN_NAMES and _TWO_SYLLABLES.fullmatch(bare[2]):
        return bare[1]  # "Walter Ngai Kai-shu"
    return bare[0] if family_first(bare) else bare[-1]


def family_first(full: Sequence[str]) -> bool:
    """Tell whether the family name stands first ("Choe Son-hui", "Xi Jinping")."""
    if len(full) not in {2, 3} or full[0] not in FAMILY_NAMES_FIRST:
        return False
    return "-" in full[1] or len(full) == 3 or full[0] not in GIVEN_NAMES


def sex_of(names: Iterable[Name]) -> str:
    """Return "m" or "f" where a title or a given name tells, empty otherwise."""
    for name in names:
        sex = next((SEX[word] for word in name.title_words if SEX.get(word)), "")
        if sex:
            return sex
        if len(name.words) > 1 and not family_first(name.words):
            sex = GIVEN_NAMES.get(name.words[0], "")
            if sex in {"m", "f"}:
                return sex
    return ""
