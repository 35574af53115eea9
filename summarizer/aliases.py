"""Which names of one article mean the same person or body. Precision first.

Full names are grouped here, short ones joined to them by ``shortnames``. Nothing is ever merged
on a pronoun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from summarizer.gathered import Group
from summarizer.kinds import ACRONYM, ANY_WORDS, END_WORDS, PLACES, best, surname, vote
from summarizer.known import Use, lookup
from summarizer.lexicon import words
from summarizer.model import EntityKind, Span
from summarizer.names import Name, person_words
from summarizer.shortnames import LITTLE, add_short, after_the

FULL_VARIANT_RATIO = 80.0
"""Least likeness of each word of two full names."""

_LEGAL = words("legal_forms")
_SPELT = {
    "Defence": "Defense",
    "Labour": "Labor",
    "Centre": "Center",
    "Organisation": "Organization",
}


def group(
    names: Sequence[Name], text: str, *, metonyms: frozenset[Span] = frozenset()
) -> list[Group]:
    """Return the names merged into groups, in the order of their first mention.

    ``metonyms`` are the spans of capitals that stand for their government.
    """
    acronyms = _bracketed(names, text)
    tabled: dict[str, Group] = {}
    rest: list[Name] = []
    for name in names:
        if name.known and _as_known(name, acronyms, metonyms):
            home = tabled.setdefault(name.known.name, Group(known=name.known))
            home.add(name, text)
        else:
            rest.append(name)
    rest = [name for name in rest if not _is_region(name, tabled, text)]
    groups = list(tabled.values())
    _add_full((n for n in rest if len(n.words) > 1 and not n.headline), groups, text)
    _explain(groups, acronyms)
    short = [name for name in rest if len(name.words) == 1 or name.headline]
    _lean(groups, {name.text for name in short if not name.headline})
    add_short(short, groups, text)
    return _finished(groups)


def _finished(groups: Iterable[Group]) -> list[Group]:
    """Return the groups in order, each with its mentions in order and its kind."""
    kept = [one for one in groups if not _is_noise(one)]
    for one in kept:
        one.names.sort(key=lambda name: name.span)
        one.kind = one.guess
    return sorted(kept, key=lambda one: one.first)


def _is_noise(one: Group) -> bool:
    """Tell whether a lone capitalised word that nothing speaks for is all there is."""
    name = one.names[0]
    lone = len(one.names) == 1 and len(name.words) == 1 and not name.known and not name.title
    bare = (
        name.opens and not name.label and not ACRONYM.match(name.text) and name.text not in PLACES
    )
    return lone and bare and not one.acronyms


def _as_known(name: Name, acronyms: dict[str, str], metonyms: frozenset[Span]) -> bool:
    """Tell whether a name of our tables means what the table says."""
    if name.text in acronyms and lookup(acronyms[name.text]) is not name.known:
        return False
    return name.use is not Use.CAPITAL or name.span in metonyms


def _explain(groups: Iterable[Group], acronyms: dict[str, str]) -> None:
    """Note the acronyms that the article explains at the names they stand behind."""
    forms: dict[str, list[str]] = {}
    for short_form, full_form in acronyms.items():
        forms.setdefault(full_form, []).append(short_form)
    for one in groups:
        for form in {name.text for name in one.long}:
            one.acronyms.update(forms.get(form, ()))


def _bracketed(names: Sequence[Name], text: str) -> dict[str, str]:
    """Return the acronyms that the article explains: "National Road Agency (NRA)"."""
    found = {}
    for left, right in pairwise(names):
        between = text[left.span.end : right.span.start]
        if between != " (" or not text.startswith(")", right.span.end):
            continue
        if len(left.words) > 1 and ACRONYM.match(right.text) and _initials_fit(left, right):
            found[right.text] = left.text
    return found


def _initials_fit(left: Name, right: Name) -> bool:
    """Tell whether the acronym's letters stand in order at the words' beginnings, all but one."""
    initials = "".join(word[0].upper() for word in left.words if word not in LITTLE)
    letters = [letter for letter in right.text if letter.isalpha()]
    at, hits = 0, 0
    for letter in letters:
        place = initials.find(letter, at)
        if place >= 0:
            hits, at = hits + 1, place + 1
    return letters[0] == initials[:1] and hits >= max(2, len(letters) - 1)


def _is_region(name: Name, tabled: dict[str, Group], text: str) -> bool:
    """Let "the North" join the one divided country that the article speaks of."""
    country = tabled.get(f"{name.text} Korea") if name.text in {"North", "South"} else None
    if country is None or not after_the(name, text):
        return False
    country.add(name, text)
    return True


def _add_full(names: Iterable[Name], groups: list[Group], text: str) -> None:
    """Group names of two words and more, comparing only those that share a trait."""
    by_trait: dict[Hashable, list[Group]] = {}
    for name in names:
        votes: Counter[EntityKind] = Counter()
        vote(name, text, votes)
        traits = tuple(_traits(name.words))
        around = {id(one): one for trait in traits for one in by_trait.get(trait, ())}
        home = next((one for one in around.values() if _same(one, name, best(votes))), None)
        if home is None:
            home = Group()
            groups.append(home)
        longer = len(name.words) > len(home.full)
        home.add(name, text)
        for trait in traits if longer else ():
            by_trait.setdefault(trait, []).append(home)


def _traits(name: Sequence[str]) -> Iterator[Hashable]:
    """Yield what two names of one thing have in common, one of these at least."""
    folded = _folded(name)
    yield "last", folded[-1]
    yield "first", name[0]
    yield "key", _key(name)
    yield "shape", tuple(word[0] for word in person_words(EntityKind.PERSON, name))


def _same(one: Group, name: Name, kind: EntityKind) -> bool:
    """Tell whether a full name means the group."""
    full = one.full
    if _folded(full) == _folded(name.words):
        return not _other_nation(one, name)
    if _key(full) == _key(name.words):
        return not _other_nation(one, name)
    if EntityKind.PERSON in {kind, one.guess}:
        return _same_person(full, name.words)
    return _is_beginning(full, name.words) and not _other_nation(one, name)


def _is_beginning(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether one name is the other without its "of Ohio" or its "Holdings"."""
    short, long = sorted((tuple(left), tuple(right)), key=len)
    rest = long[len(short) :]
    if long[: len(short)] != short or not rest:
        return False
    return rest[0] in {"of", "for"} or all(word in END_WORDS or word == "Bank" for word in rest)


def _other_nation(one: Group, name: Name) -> bool:
    return bool(one.nation and name.nation and one.nation != name.nation)


def _folded(name: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(name).replace("-", " ").lower().split())


def _key(name: Sequence[str]) -> frozenset[str]:
    """Return what tells one body from another: "Ministry of Defence" is "Defense Ministry"."""
    kept = [_SPELT.get(word, word) for word in name if word not in LITTLE and word not in _LEGAL]
    return frozenset(kept or name)


def _same_person(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether two full names of people differ by initials, middle names or spelling only."""
    one, two = person_words(EntityKind.PERSON, left), person_words(EntityKind.PERSON, right)
    if len(one) < 2 or len(two) < 2:
        return False
    if one[-1] == two[-1] and _given_fit(one[0], two[0]):
        return True
    short, long = sorted((_folded(one), _folded(two)), key=len)
    if len(short) < len(long) and long[-len(short) :] == short:
        return True
    if len(one) != len(two):
        return False
    pairs = list(zip(one, two, strict=True))
    return all(a[0] == b[0] and fuzz.ratio(a, b) >= FULL_VARIANT_RATIO for a, b in pairs)


def _given_fit(left: str, right: str) -> bool:
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return short.endswith(".") and long.startswith(short[0])


def _lean(groups: Iterable[Group], short: set[str]) -> None:
    """Note who is also called by the last word only, as people are, and not by the first."""
    for one in groups:
        full = one.full
        if one.known or not 2 <= len(full) <= 4 or ANY_WORDS.intersection(full):
            continue
        family = surname(full)
        if family in short and family not in END_WORDS and family not in PLACES:
            one.leaning = EntityKind.PERSON
