"""Short names: which full name of the article a surname, a first word or an acronym means.

A short form joins the one full name that it fits. Where several fit alike, or only another
spelling does and someone else was named in between, it is noted as possible and not merged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from summarizer.gathered import Group
from summarizer.kinds import (
    ACRONYM,
    ANY_WORDS,
    END_WORDS,
    PLACES,
    family_first,
    in_place,
    sex_of,
    surname,
)
from summarizer.lexicon import rows, words
from summarizer.model import EntityKind, Span
from summarizer.name_words import GIVEN_NAMES
from summarizer.names import Name, person_words

SHORT_VARIANT_RATIO = 75.0
"""Least likeness of two spellings of a surname: Choe and Choi have 75."""

NEAR_SENTENCES = 3
"""How far back the person must stand whose surname a variant spells otherwise."""

LITTLE = frozenset(("of", "the", "for", "and", "on", "&", "de", "The"))
_STATE_WORDS = frozenset(("Police", "Constabulary", "Army", "Navy", "Guard", "Forces", "Command"))
_PRINTED = frozenset(row[0] for row in rows("organisation_words") if "outlet" in row[2])
_TRADING = (END_WORDS - _STATE_WORDS - _PRINTED - {"Party"}) | {"Bank"}
_EMPTY_FIRST = words("empty_first_words")


class Index:
    """The groups of an article by the words that may stand for them alone.

    It is built when all full names are grouped and grows by short names that stand alone.
    """

    def __init__(self, groups: Iterable[Group]) -> None:
        """Take the groups in; their full names do not change any more."""
        self._by_word: dict[str, list[Group]] = {}
        self._by_letter: dict[str, list[Group]] = {}
        people: list[tuple[Span, Group]] = []
        for one in groups:
            self.add(one)
            if one.known is None and len(one.full) > 1:
                family = surname(one.full)
                self._by_letter.setdefault(family[:1], []).append(one)
                people.extend((name.span, one) for name in one.long)
        people.sort(key=lambda pair: pair[0])
        self._spans = [span for span, _ in people]
        self._named = [one for _, one in people]

    def add(self, one: Group) -> None:
        """Take one more group in."""
        for word in _forms(one):
            self._by_word.setdefault(word, []).append(one)

    def by_word(self, word: str) -> Sequence[Group]:
        """Return the groups that the word may stand for."""
        return self._by_word.get(word, ())

    def by_letter(self, word: str) -> Sequence[Group]:
        """Return the groups whose last (or family) name begins like the word."""
        return self._by_letter.get(word[:1], ())

    def last_full(self, before: Span) -> Group | None:
        """Return the group named in full last before a span."""
        at = bisect_left(self._spans, before) - 1
        return self._named[at] if at >= 0 else None


def _forms(one: Group) -> frozenset[str]:
    """Return the single words that may stand for a group, headlines and acronyms included."""
    full = one.known.name.split() if one.known else one.full
    capitals = [word for word in full if word not in LITTLE]
    initials = "".join(word[0] for word in capitals)
    return frozenset((*capitals, *one.acronyms, *one.full[-1:], initials, " ".join(one.full)))


def add_short(names: Iterable[Name], groups: list[Group], text: str) -> None:
    """Let single words join the full name that they fit, else stand for themselves."""
    index = Index(groups)
    for name in names:
        home = _home(name, index, text)
        if home is None and not name.headline and name.label != "NORP":
            home = Group()
            groups.append(home)
            home.add(name, text)
            index.add(home)
        elif home is not None:
            home.add(name, text)


def _home(name: Name, index: Index, text: str) -> Group | None:
    """Return the group that a short name means; notes what is only possible."""
    around = {id(one): one for word in (name.text, name.words[-1]) for one in index.by_word(word)}
    fits = [one for one in around.values() if _fits(name, one, text)]
    if len(fits) > 1:
        fits = _closest(name, fits)
    if len(fits) == 1:
        return fits[0]
    if fits:
        _last_before(name, fits).possible.append(name.span)
        return None
    likely = [one for one in index.by_letter(name.text) if _variant(name, one)]
    if len(likely) != 1:
        return None
    if _stands_near(name, likely[0], index):
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
    if one.guess is EntityKind.PERSON:
        return _fits_person(name, one)
    if ACRONYM.match(name.text) and len(name.text) > 2:
        return "".join(word[0] for word in full if word not in LITTLE) == name.text
    return _is_first_word(name, full, text)


def _is_first_word(name: Name, full: Sequence[str], text: str) -> bool:
    """Tell whether "Kestrel" is the firm "Kestrel Logistics", and no place of that name."""
    if full[0] != name.text or name.text in _EMPTY_FIRST or name.text in PLACES:
        return False
    if full[-1] in {"University", "College"}:
        return name.label not in {"GPE", "LOC"}
    return full[-1] in _TRADING and not in_place(name, text)


def _is_last_word(name: Name, one: Group, text: str) -> bool:
    """Tell whether "the Post" is the outlet whose name ends so, "the Service" the body's."""
    if not after_the(name, text):
        return False
    if name.text in ANY_WORDS:
        return len(one.full) > 1 and one.full[-1] == name.text
    if name.text not in END_WORDS:
        return False
    outlet = one.known.outlet if one.known else True
    full = tuple(one.known.name.split()) if one.known else one.full
    return outlet and len(full) > 1 and full[-1] == name.text


def after_the(name: Name, text: str) -> bool:
    """Tell whether "the" stands before the name."""
    return text[max(0, name.span.start - 4) : name.span.start].lower() == "the "


def _fits_person(name: Name, one: Group) -> bool:
    if name.label in {"GPE", "LOC"} and not name.title and name.text in PLACES:
        return False
    bare = person_words(EntityKind.PERSON, one.full)
    word = name.words[0]
    if word not in {bare[-1], bare[0], surname(one.full)} and not (
        len(bare) > 3 and word in bare[1:]
    ):
        return False
    if word == bare[0] != bare[-1] and name.title and not family_first(bare):
        return False
    if name.title and not name.quoted and one.long and all(full.quoted for full in one.long):
        return False  # "President Lind" is not the Ada Lind of whom only somebody speaks
    left, right = sex_of([name]), sex_of(one.long)
    return not (left and right and left != right)


def _closest(name: Name, fits: list[Group]) -> list[Group]:
    """Return the groups that fit best: by surname, by title, by what was named before."""
    last = [one for one in fits if name.words[0] == surname(one.full)]
    fits = last or fits
    if len(fits) > 1 and name.title_words:
        office = name.title_words[-1]
        titled = [one for one in fits if any(office in n.title_words for n in one.long)]
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
        last = _last_long(name, one)
        if one is not first and last is not None and name.sentence - last.sentence <= 1:
            return []
    return [first]


def _last_long(name: Name, one: Group) -> Name | None:
    """Return the group's last mention in full before ``name``."""
    at = bisect_right(one.long, name.span, key=lambda long: long.span) - 1
    return one.long[at] if at >= 0 else None


def _last_before(name: Name, fits: Sequence[Group]) -> Group:
    """Return the group that was named in full last before ``name``."""

    def place(one: Group) -> Span:
        last = _last_long(name, one)
        return last.span if last else Span(-1, -1)

    return max(fits, key=place)


def _variant(name: Name, one: Group) -> bool:
    """Tell whether a single word is another spelling of the group's surname."""
    if one.known or len(one.full) < 2 or len(name.words) > 1 or name.headline:
        return False
    if one.guess is not EntityKind.PERSON:
        return False
    word, family = name.words[0], surname(one.full)
    if word == family or word[0] != family[0] or min(len(word), len(family)) < 3:
        return False
    if word.isupper() != family.isupper() or word in PLACES or word in GIVEN_NAMES:
        return False
    return fuzz.ratio(word, family) >= SHORT_VARIANT_RATIO


def _stands_near(name: Name, one: Group, index: Index) -> bool:
    """Tell whether the group is the one named in full last, a few sentences before."""
    last = _last_long(name, one)
    near = last is not None and name.sentence - last.sentence <= NEAR_SENTENCES
    return near and index.last_full(name.span) is one
