"""Addresses: the form in which they are compared, and the ids made of them (pure).

Home of courlan. Whether an address may be fetched is for ``bot.feeds.guard``.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urljoin, urlsplit

from courlan import clean_url, scrub_url

from bot.feeds.places import is_address

_ID_LENGTH = 16


def canonical(url: str, *, base: str = "") -> str:
    """Return the address without tracking, fragment and default port; "" when it is none."""
    url = urljoin(base, url.strip()) if base and url.strip() else url.strip()
    if not is_address(url) or len(url) > 4000:
        return ""
    try:
        cleaned = clean_url(scrub_url(url)) or ""
        urlsplit(cleaned or url).port  # noqa: B018 - raises where the address is broken
    except ValueError:
        return ""
    return cleaned.partition("#")[0] or url


def host(url: str) -> str:
    """Return the host of an address without ``www.``; "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def article_id(*, url: str = "", feed: str = "", guid: str = "", text: str = "") -> str:
    """Return a stable id: of the canonical address, else of the feed's own id, else of the words.

    The scheme and ``www.`` don't tell articles apart.
    """
    if url:
        bare = url.partition("://")[2].removeprefix("www.").rstrip("/")
        told = f"url {bare}"
    elif guid:
        told = f"guid {feed} {guid}"
    else:
        told = f"text {' '.join(text.split()).casefold()}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:_ID_LENGTH]
