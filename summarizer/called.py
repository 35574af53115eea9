"""What an entity is called: a name as typed -> the entity of an article, and its other names."""

from __future__ import annotations

from summarizer.lexicon import rows, several
from summarizer.model import Analysis
from summarizer.terms import read_terms


def names_of(name: str) -> tuple[str, ...]:
    """Return the names under which an entity may be stored: a country goes by several.

    The name itself comes first.
    """
    place = next((term.place for term in read_terms(name)), "")
    others = _place_names(place) if place and _is_only(place, name) else ()
    return tuple(dict.fromkeys((name, *others)))


def find_entity(name: str, analysis: Analysis) -> int | None:
    """Return which entity of the analysis is called ``name`` (any case, any alias), or None.

    A country goes by each of its names ("NK", "Pyongyang"). A last name finds a person whose
    fuller name ends with it.
    """
    wanted = _folded(name)
    place = next((term.place for term in read_terms(name)), "")
    if not wanted:
        return None
    ending = None
    for number, entity in enumerate(analysis.entities):
        names = [_folded(each) for each in (entity.name, *entity.aliases)]
        if wanted in names or _folded(entity.description) == wanted:
            return number
        if place and _is_only(place, name) and _is_only(place, entity.name):
            return number
        if ending is None and any(each.endswith(f" {wanted}") for each in names if wanted):
            ending = number
    return ending


def _is_only(place: str, name: str) -> bool:
    return [term.place for term in read_terms(name)] == [place]


def _folded(name: str) -> str:
    plain = " ".join(name.replace("’", "'").replace("-", " ").split()).casefold()
    return plain.removeprefix("the ").removesuffix("'s").strip(" .,?!")


def _place_names(place: str) -> tuple[str, ...]:
    """Return the names of a country, its capital's and nicknames, without those of its people."""
    names = [
        each
        for name, _, capital, others, *_ in rows("countries")
        if name == place
        for each in (name, *several(capital), *several(others))
    ]
    more = [several(given) for name, given in rows("place_nicknames") if name == place]
    return (place, *names, *(each for given in more for each in given))
