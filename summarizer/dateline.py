"""Datelines: the place, day and agency before a story's first sentence, and the clock there.

It recognises a dateline and names its zone by our table of cities; it reads no other dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.lexicon import rows

_PLACE = r"[A-ZÀ-Þ][\w.'’/ -]{1,40}?"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{1,40}"
_REGION = r"(?:, (?P<region>[A-Z][\w. ]{1,25}?))?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?)"
_DATE = rf"(?:,? \(?(?P<date>{_DAY})\)?\.?)?"
_AGENCY = r"(?:\((?P<agency>[^()]{2,40})\)|/(?P<slashed>[A-Z][\w -]{1,20})/\.?)"
_DASH = r"(?:\s?[-–—―]{1,3}\s|\s?[:：]\s|\s|(?<=\))(?=[A-Z\"“]))"
_SIGNED = re.compile(rf"(?P<place>{_PLACE}){_REGION}{_DATE} ?{_AGENCY}{_DASH}\s?(?=\S)")
_BARE = re.compile(rf"(?P<place>{_CAPITALS}){_REGION}{_DATE}\s?[-–—―]{{1,3}}\s+(?=\S)")
_TITLED = re.compile(
    r"(?P<place>[A-Z]\w+(?: [A-Z]\w+){0,2}), (?P<region>[A-Z]\w+(?: [A-Z]\w+){0,2})"
    r"(?P<date>) [-–—] (?=[A-Z\"“])",
)
_AGENCY_ONLY = re.compile(
    r"\((?:(?P<agency>[A-Z][\w /&.-]{1,30})\)\s?[-–—―]{1,3}\s+(?=\S)"
    r"|(?P<glued>[A-Z]{2,8})\)\s*(?=[A-Z\"“]))"
)
"""Also an agency's letters that a page glues to the first word: "(CNN)The tower"."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as printed. ``length`` counts the characters it takes, dash and space included."""

    text: str
    place: str
    agency: str
    date: str
    zone: str
    length: int


def dateline(paragraph: str) -> Dateline | None:
    """Return the dateline that a paragraph opens with, None when there is none.

    A place that is not written in capitals needs an agency in brackets, or it would take
    ordinary sentences ("Paris - long the capital of ...") for datelines.
    """
    found = _SIGNED.match(paragraph) or _BARE.match(paragraph)
    found = found if found and _plausible(found) else _TITLED.match(paragraph)
    if found:
        parts = found.groupdict()
        return Dateline(
            text=found[0].strip().rstrip("-–—―: ").strip(),
            place=parts["place"].strip(),
            agency=(parts.get("agency") or parts.get("slashed") or "").strip(),
            date=parts["date"] or "",
            zone=zone_of_place(parts["place"], parts["region"] or ""),
            length=found.end(),
        )
    alone = _AGENCY_ONLY.match(paragraph)
    if alone:
        agency = alone["agency"] or alone["glued"]
        return Dateline(alone[0].rstrip("-–—― "), "", agency, "", "", alone.end())
    return None


def _plausible(found: re.Match[str]) -> bool:
    """Tell a place from other words: known, or in capitals, or beside a region or date."""
    place = found["place"].strip()
    known = bool(zone_of_place(place, found["region"] or ""))
    return known or (place.upper() == place and len(place) > 2) or bool(found["date"])


def zone_of_place(place: str, region: str = "") -> str:
    """Return the IANA zone of a city, else of the region printed behind it; "" if unknown.

    A region overrules the city: "BIRMINGHAM, Ala." is not in England.
    """
    if region:
        whole = _zones("cities").get(f"{place}, {region}".casefold())
        known = whole or _zones("regions").get(region.strip().casefold())
        if known:
            return known
    first = place.partition("/")[0].strip().casefold()
    return _zones("cities").get(first, "") or _country_zone(first)


@cache
def _zones(name: str) -> dict[str, str]:
    return {row[0].casefold(): row[1] for row in rows(name)}


@cache
def _country_zone(place: str) -> str:
    """Return the zone of the country whose capital the place is."""
    capitals = {row[2].casefold(): row[4] for row in rows("countries") if len(row) > 4}
    return capitals.get(place, "")
