"""The tables of countries, outlets and agencies say what they should, and no more."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from summarizer.known import Use, country_of, lookup, match, surfaces
from summarizer.lexicon import rows


def test_every_country_has_a_zone_that_exists() -> None:
    for row in rows("countries"):
        assert ZoneInfo(row[4]).key == row[4]


def test_no_name_means_two_countries() -> None:
    """A name, demonym or capital leads to one country only."""
    seen: dict[str, str] = {}
    for group in surfaces().values():
        for parts, known, _ in group:
            if known.nation:
                assert seen.setdefault(" ".join(parts), known.name) == known.name


@pytest.mark.parametrize(
    ("words", "name", "use"),
    [
        ("North Korean", "North Korea", Use.DEMONYM),
        ("Pyongyang", "North Korea", Use.CAPITAL),
        ("the U.S.", "", None),
        ("U.S.", "United States", Use.NAME),
        ("British", "United Kingdom", Use.DEMONYM),
    ],
)
def test_countries_by_their_words(words: str, name: str, use: Use | None) -> None:
    surface = match(words.split())
    assert (surface[1].name if surface else "") == name
    assert (surface[2] if surface else None) == use


def test_state_media_are_marked_and_the_unknown_is_unknown() -> None:
    kcna, bbc = lookup("KCNA"), lookup("the BBC")
    assert kcna is not None
    assert kcna.state
    assert bbc is not None
    assert bbc.outlet
    assert not bbc.state
    assert lookup("The Skarvik Gazette") is None
    assert lookup("") is None
    assert country_of("Atlantis") is None
