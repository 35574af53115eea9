"""Places where news stands: what is an address, and where sites mostly have their feed (pure)."""

from __future__ import annotations

from urllib.parse import urljoin

USUAL_PLACES = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
"""Where the common publishing systems put a site's feed."""


def is_address(place: str) -> bool:
    """Tell whether a place is a web address."""
    return place.lower().startswith(("http://", "https://"))


def usual_places(url: str) -> list[str]:
    """Return the addresses at which the site of a page may have a feed that it does not name."""
    return [urljoin(url, place) for place in USUAL_PLACES]
