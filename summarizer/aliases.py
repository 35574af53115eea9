"""Which names of one article mean the same person or body. Precision first.

Full names are grouped first; short ones join the one full name that they fit, or stay alone
with a note that they possibly mean it. Nothing is ever merged on a pronoun.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from summarizer.known import Known, Use, lookup
from summarizer.lexicon import rows, words
from summarizer.model import EntityKind, Span
from summarizer.names import FAMILY_NAMES_FIRST, GIVEN_NAMES, Name, person_words

SHORT_VARIANT_RATIO = 75.0
"""Least likeness of two spellings of a surname: Choe and Choi have 75."""

FULL_VARIANT_RATIO = 80.0
"""Least likeness of each word of two full names."""

_END_WORDS = {row[0] for row in rows("organisation_words") if row[1] == "end"}
_ANY_WORDS = {row[0] for row in rows("organisation_words") if row[1] == "any"}
_STATE_WORDS = {"Police", "Constabulary", "Army", "Navy", "Guard", "Forces", "Command", "Party"}
_TRADING = _END_WORDS - _STATE_WORDS | {"Bank"}
_LEGAL = words("legal_forms")
_EMPTY_FIRST = words("empty_first_words")
_LITTLE = frozenset(("of", "the", "for", "and", "on", "&", "de", "The"))
_SPELT = {
    "Defence": "Defense",
    "Labour": "Labor",
    "Centre": "Center",
    "Organisation": "Organization",
}


_SEX = {row[0]: row[1] for row in rows("titles") if len(row) > 1}
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,7}$")
_PLACES = {row[0] for row in (*rows("cities"), *rows("regions"), *rows("places"))}
_PLACE_WORDS = words("place_words")
_OTHER_WORDS = words("other_words")
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


@dataclass(slots=True)
class Group:
    """Mentions that mean one and the same; ``possible`` ones perhaps do."""

    names: list[Name] = field(default_factory=list)
    possible: list[Span] = field(default_factory=list)
    kind: EntityKind = EntityKind.OTHER
    known: Known | None = None
    acronyms: set[str] = field(default_factory=set)
    leaning: EntityKind | None = None

    def kind_in(self, text: str) -> EntityKind:
        """Return the kind by its mentions, what else is called so deciding weak cases."""
        return self.known.kind if self.known else kind_of(self.names, text, self.leaning)

    @property
    def full(self) -> tuple[str, ...]:
        """The words of its fullest name, the first one of the longest."""
        if not self.names:
            return (self.known.name,) if self.known else ()
        own = [name for name in self.names if name.use is Use.NAME and not name.headline]
        return max((name.words for name in own or self.names), key=len)

    @property
    def nation(self) -> str:
        """The country that the article (or our table) puts it to, empty when unknown."""
        seen = Counter(name.nation for name in self.names if name.nation)
        return seen.most_common(1)[0][0] if seen else ""


def group(
    names: Sequence[Name], text: str, *, metonyms: frozenset[Span] = frozenset()
) -> list[Group]:
    """Return the names merged into groups, in the order of their first mention.

    ``metonyms`` are the spans of capitals that stand for their government.
    """
    acronyms = _bracketed(names, text)
    groups: list[Group] = []
    rest: list[Name] = []
    tabled: dict[str, Group] = {}
    for name in names:
        if (
            name.known
            and (name.text not in acronyms or _explained(name, acronyms))
            and _as_known(name, metonyms)
        ):
            if name.known.name not in tabled:
                tabled[name.known.name] = Group(known=name.known, kind=name.known.kind)
                groups.append(tabled[name.known.name])
            tabled[name.known.name].names.append(name)
        else:
            rest.append(name)
    _regions(rest, tabled, text)
    full = [name for name in rest if len(name.words) > 1 and not name.headline]
    short = [name for name in rest if len(name.words) == 1 or name.headline]
    _add_full(full, groups, text)
    for short_form, full_form in acronyms.items():
        for one in groups:
            if any(name.text == full_form for name in one.names):
                one.acronyms.add(short_form)
    _lean(groups, {name.text for name in short if not name.headline})
    _add_short(short, groups, text)
    groups = [one for one in groups if not _is_noise(one)]
    for one in groups:
        one.kind = one.kind_in(text)
    return sorted(groups, key=lambda one: one.names[0].span)


def _is_noise(one: Group) -> bool:
    """Tell whether a lone capitalised word that nothing speaks for is all there is."""
    name = one.names[0]
    lone = len(one.names) == 1 and len(name.words) == 1 and not name.known and not name.title
    bare = (
        name.opens and not name.label and not _ACRONYM.match(name.text) and name.text not in _PLACES
    )
    return lone and bare and not one.acronyms


def _as_known(name: Name, metonyms: frozenset[Span]) -> bool:
    return name.use is not Use.CAPITAL or name.span in metonyms


def _explained(name: Name, acronyms: dict[str, str]) -> bool:
    """Tell whether the article explains the acronym as our table does."""
    known = lookup(acronyms[name.text])
    return known is not None and known is name.known


def _bracketed(names: Sequence[Name], text: str) -> dict[str, str]:
    """Return the acronyms that the article explains: "National Road Agency (NRA)"."""
    found = {}
    for left, right in pairwise(names):
        between = text[left.span.end : right.span.start]
        if between != " (" or not text.startswith(")", right.span.end):
            continue
        if len(left.words) > 1 and _ACRONYM.match(right.text) and _initials_fit(left, right):
            found[right.text] = left.text
    return found


def _initials_fit(left: Name, right: Name) -> bool:
    """Tell whether the acronym's letters stand in order at the words' beginnings, all but one."""
    initials = "".join(word[0].upper() for word in left.words if word not in _LITTLE)
    letters = [letter for letter in right.text if letter.isalpha()]
    at, hits = 0, 0
    for letter in letters:
        place = initials.find(letter, at)
        if place >= 0:
            hits, at = hits + 1, place + 1
    return letters[0] == initials[:1] and hits >= max(2, len(letters) - 1)


def _regions(rest: list[Name], tabled: dict[str, Group], text: str) -> None:
    """Let "the North" join the one divided country that the article speaks of."""
    for name in [one for one in rest if one.words in {("North",), ("South",)}]:
        country = tabled.get(f"{name.text} Korea")
        if country and text[: name.span.start].lower().endswith("the "):
            country.names.append(name)
            country.names.sort(key=lambda one: one.span)
            rest.remove(name)


def _add_full(names: Iterable[Name], groups: list[Group], text: str) -> None:
    """Group names of two words and more."""
    for name in names:
        kind = kind_of([name], text)
        home = next((one for one in groups if not one.known and _same(one, name, kind)), None)
        if home is None:
            home = Group()
            groups.append(home)
        home.names.append(name)


def _same(one: Group, name: Name, kind: EntityKind) -> bool:
    """Tell whether a full name means the group."""
    full = one.full
    if _folded(full) == _folded(name.words):
        return not _other_nation(one, name)
    if EntityKind.PERSON in {kind, one.kind_in("")}:
        return _same_person(full, name.words)
    if _other_nation(one, name):
        return False
    return _key(full) == _key(name.words) or _is_beginning(full, name.words)


def _is_beginning(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether one name is the other without its "of Ohio"."""
    short, long = sorted((tuple(left), tuple(right)), key=len)
    return long[: len(short)] == short and long[len(short) : len(short) + 1] in {("of",), ("for",)}


def _other_nation(one: Group, name: Name) -> bool:
    return bool(one.nation and name.nation and one.nation != name.nation)


def _folded(name: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(name).replace("-", " ").lower().split())


def _key(name: Sequence[str]) -> frozenset[str]:
    """Return what tells one body from another: "Ministry of Defence" is "Defense Ministry"."""
    kept = [_SPELT.get(word, word) for word in name if word not in _LITTLE and word not in _LEGAL]
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
        if one.known or not 2 <= len(full) <= 4 or _ANY_WORDS.intersection(full):
            continue
        family = surname(full)
        if family in short and family not in _END_WORDS and family not in _PLACES:
            one.leaning = EntityKind.PERSON


def _add_short(names: Iterable[Name], groups: list[Group], text: str) -> None:
    """Let single words join the full name that they fit, else stand for themselves."""
    alone: dict[str, Group] = {}
    for name in names:
        home = _home(name, groups, text)
        if home is not None:
            home.names.append(name)
            home.names.sort(key=lambda one: one.span)
        elif name.headline or name.label == "NORP":
            continue
        elif name.text in alone:
            alone[name.text].names.append(name)
        else:
            alone[name.text] = Group([name])
            groups.append(alone[name.text])


def _home(name: Name, groups: Sequence[Group], text: str) -> Group | None:
    """Return the group that a short name means; notes what is only possible."""
    fits = [one for one in groups if _fits(name, one, text)]
    if len(fits) > 1:
        fits = _closest(name, fits)
    if len(fits) == 1:
        return fits[0]
    if fits:
        _last_before(name, fits).possible.append(name.span)
        return None
    likely = [one for one in groups if _variant(name, one)]
    if len(likely) != 1:
        return None
    if _stands_near(name, likely[0], groups):
        return likely[0]
    likely[0].possible.append(name.span)
    return None


def _fits(name: Name, one: Group, text: str) -> bool:
    """Tell whether a short name is a short form of the group's full name."""
    full = one.full
    if name.headline:
        return name.words == full or (len(name.words) == 1 and name.words[0] == full[-1])
    if name.text in one.acronyms or _is_last_word(name, one, text):
        return True
    if one.known or len(full) < 2:
        return one.known is None and name.words == full
    if one.kind_in(text) is EntityKind.PERSON:
        return _fits_person(name, one)
    if _ACRONYM.match(name.text) and len(name.text) > 2:
        return "".join(word[0] for word in full if word not in _LITTLE) == name.text
    return _is_first_word(name, full, text)


def _is_first_word(name: Name, full: Sequence[str], text: str) -> bool:
    """Tell whether "Kestrel" is the firm "Kestrel Logistics", and no place of that name."""
    if full[0] != name.text or name.text in _EMPTY_FIRST or name.text in _PLACES:
        return False
    if full[-1] in {"University", "College"}:
        return name.label not in {"GPE", "LOC"}
    return full[-1] in _TRADING and not _in_place(name, text)


def _is_last_word(name: Name, one: Group, text: str) -> bool:
    """Tell whether "the Post" is the outlet whose name ends so."""
    if name.text not in _END_WORDS or not text[: name.span.start].lower().endswith("the "):
        return False
    outlet = one.known.outlet if one.known else True
    full = tuple(one.known.name.split()) if one.known else one.full
    return outlet and len(full) > 1 and full[-1] == name.text


def _fits_person(name: Name, one: Group) -> bool:
    if name.label in {"GPE", "LOC"} and not name.title and name.text in _PLACES:
        return False
    bare = person_words(EntityKind.PERSON, one.full)
    word = name.words[0]
    if word not in {bare[-1], bare[0]} and not (len(bare) > 3 and word in bare[1:]):
        return False
    if word == bare[0] != bare[-1] and name.title and not family_first(bare):
        return False
    left, right = sex_of([name]), sex_of(one.names)
    return not (left and right and left != right)


def _closest(name: Name, fits: list[Group]) -> list[Group]:
    """Return the groups that fit best: by surname, by title, by what was named before."""
    last = [one for one in fits if name.words[0] == surname(one.full)]
    fits = last or fits
    if len(fits) > 1 and name.title_words:
        office = name.title_words[-1]
        titled = [one for one in fits if any(office in n.title_words for n in one.names)]
        fits = titled or fits
    before = [one for one in fits if one.names[0].span < name.span]
    if not before:
        return _foremost(fits)
    if len(before) == 1:
        return before
    return _introduced(name, before) or before


def _foremost(fits: list[Group]) -> list[Group]:
    """Return the one named at least twice as often as any other, else all of them."""
    ranked = sorted(fits, key=lambda one: -len(one.names))
    clear = len(ranked) > 1 and len(ranked[0].names) >= 2 * len(ranked[1].names)
    return ranked[:1] if clear else fits


def _introduced(name: Name, fits: Sequence[Group]) -> list[Group]:
    """Return the one introduced first, unless another was named in full just before.

    News writers who use a surname alone for one person name the namesake in full.
    """
    first = min(fits, key=lambda one: one.names[0].span)
    for one in fits:
        near = (n for n in one.names if len(n.words) > 1 and n.span < name.span)
        if one is not first and any(name.sentence - n.sentence <= 1 for n in near):
            return []
    return [first]


def _last_before(name: Name, fits: Sequence[Group]) -> Group:
    """Return the group that was named last before ``name``."""

    def distance(one: Group) -> int:
        return min((name.span.start - n.span.start) % (1 << 40) for n in one.names)

    return min(fits, key=distance)


def _variant(name: Name, one: Group) -> bool:
    """Tell whether a single word is another spelling of the group's surname."""
    if one.known or len(one.full) < 2 or len(name.words) > 1 or name.headline:
        return False
    if one.kind_in("") is not EntityKind.PERSON:
        return False
    word, family = name.words[0], surname(one.full)
    if word == family or word[0] != family[0] or min(len(word), len(family)) < 3:
        return False
    if word.isupper() != family.isupper() or word in _PLACES or word in GIVEN_NAMES:
        return False
    return fuzz.ratio(word, family) >= SHORT_VARIANT_RATIO


def _stands_near(name: Name, one: Group, groups: Sequence[Group]) -> bool:
    """Tell whether the group is the person named last, at most three sentences before."""
    people = [
        (n.span, other)
        for other in groups
        if not other.known and len(other.full) > 1
        for n in other.names
        if n.span < name.span and name.sentence - n.sentence <= 3
    ]
    return bool(people) and max(people, key=lambda pair: pair[0])[1] is one


def surname(full: Sequence[str]) -> str:
    """Return the family name in a person's full name."""
    bare = person_words(EntityKind.PERSON, full)
    return bare[0] if family_first(bare) else bare[-1]


def family_first(full: Sequence[str]) -> bool:
    """Tell whether the family name stands first ("Choe Son-hui", "Xi Jinping")."""
    if len(full) not in {2, 3} or full[0] not in FAMILY_NAMES_FIRST:
        return False
    return "-" in full[1] or len(full) == 3 or full[0] not in GIVEN_NAMES


def sex_of(names: Iterable[Name]) -> str:
    """Return "m" or "f" where a title or a given name tells, empty otherwise."""
    for name in names:
        sex = next((_SEX[word] for word in name.title_words if _SEX.get(word)), "")
        if sex:
            return sex
        if len(name.words) > 1 and not family_first(name.words):
            sex = GIVEN_NAMES.get(name.words[0], "")
            if sex in {"m", "f"}:
                return sex
    return ""


def kind_of(names: Sequence[Name], text: str, leaning: EntityKind | None = None) -> EntityKind:
    """Return the kind that most signs speak for."""
    votes: Counter[EntityKind] = Counter()
    for name in names:
        _vote(name, text, votes)
    if leaning:
        votes[leaning] += 1 + len(names)
    if not votes:
        return EntityKind.OTHER
    best, count = votes.most_common(1)[0]
    return best if count >= 1 else EntityKind.OTHER


def _vote(name: Name, text: str, votes: Counter[EntityKind]) -> None:
    """Add the signs of one mention."""
    if name.known:
        votes[name.known.kind] += 10
    if name.title:
        votes[EntityKind.PERSON] += 4
    _vote_by_words(name.words, votes)
    if _ACRONYM.match(name.text):
        votes[EntityKind.ORGANISATION] += 2
    if name.text in _PLACES:
        votes[EntityKind.PLACE] += 2
    if kind := _LABELS.get(name.label):
        votes[kind] += 1
    if text:
        _vote_by_place(name, text, votes)


def _vote_by_words(parts: Sequence[str], votes: Counter[EntityKind]) -> None:
    """Add what the words of a name tell, the first of these that applies."""
    several = len(parts) > 1
    if (parts[-1] in _END_WORDS and several) or _ANY_WORDS.intersection(parts):
        votes[EntityKind.ORGANISATION] += 5
    elif several and parts[-1] in _OTHER_WORDS:
        votes[EntityKind.OTHER] += 5
    elif several and not _PLACE_WORDS.isdisjoint((parts[0], parts[-1])):
        votes[EntityKind.PLACE] += 3
    elif (several and parts[0] in GIVEN_NAMES) or (family_first(parts) and "-" in parts[1]):
        votes[EntityKind.PERSON] += 3
    elif parts[0] in GIVEN_NAMES and parts[0] not in _PLACES:
        votes[EntityKind.PERSON] += 2


def _vote_by_place(name: Name, text: str, votes: Counter[EntityKind]) -> None:
    """Add what the words beside a mention tell."""
    after = text[name.span.end : name.span.end + 24]
    if _in_place(name, text):
        votes[EntityKind.PLACE] += 1
    if re.match(r",\s\d{2},|\s?\(\d{2}\)|,? who(?:se)?\b", after):
        votes[EntityKind.PERSON] += 2


def _in_place(name: Name, text: str) -> bool:
    """Tell whether a word of place stands before the name."""
    before = text[max(0, name.span.start - 9) : name.span.start].lower().split()
    return bool(before) and before[-1] in {"in", "near", "outside"}
