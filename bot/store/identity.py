"""When two items are the same: addresses, words and names in the form that is compared (pure).

What is decided from it is in ``bot.store.articles``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from summarizer.model import Article, Caption
from summarizer.origins import COPIED
from summarizer.similarity import Shingles, containment, shingles

FEW_WORDS = 8
"""A shorter text ("Read more on our site.") is told apart by its title too."""

FEWEST_RUNS = 12
"""A text of fewer five-word runs is too short to tell a copy by."""

TRACKING = re.compile(
    r"(?:utm_\w+|at_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|ocid|ref_src|smid)",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from, not what is read."""

DEFAULT_PORTS = {"http": "80", "https": "443"}
UNSTORABLE = {0: 0xFFFD} | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
"""NUL and lone surrogates, which databases refuse -> the replacement character."""


def canonical(url: str) -> str:
    """Return an address in the form in which it is compared; empty for no address.

    Scheme, ``www.``, default port, fragment, trailing slash, tracking parameters and the order
    of parameters don't tell articles apart; the path's case does.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = str(parts.port or "")
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    if port and port != DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not TRACKING.fullmatch(pair[0])))
    return f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}"


def wording(article: Article) -> str:
    """Return a hash of the article's words, blind to case, punctuation and white space.

    Empty when there are no words: such articles are never the same by their words.
    """
    found = re.findall(r"\w+", unicodedata.normalize("NFKC", article.text).casefold())
    if not found:
        return ""
    if len(found) < FEW_WORDS:
        found.append(article.title.casefold())
    return hashlib.blake2b(" ".join(found).encode(), digest_size=16).hexdigest()


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts differ in nothing but white space."""
    return one == other or one.split() == other.split()


def shared_part(one: Shingles, other: Shingles) -> float:
    """Return which part of the shorter text's runs stands in the longer one; 0 for a few words."""
    if min(len(one), len(other)) < FEWEST_RUNS:
        return 0.0
    return max(containment(one, other), containment(other, one))


def alike(one: Article, other: Article) -> bool:
    """Tell whether two texts under one id of a feed are one story, edited, or two stories."""
    runs, others = shingles(one.text), shingles(other.text)
    few = min(len(runs), len(others)) < FEWEST_RUNS
    same_title = one.title.casefold() == other.title.casefold()
    return same_title if few else shared_part(runs, others) >= COPIED


def fold(name: str) -> str:
    """Return a name in the form in which it is compared: no case, accents or extra spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    apart = unicodedata.normalize("NFKD", plain)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def storable(article: Article) -> Article:
    """Return the article without characters that databases refuse; all offsets hold."""
    changes: dict[str, Any] = {}
    for field in fields(article):
        value = getattr(article, field.name)
        if isinstance(value, str) and value != (clean := value.translate(UNSTORABLE)):
            changes[field.name] = clean
    captions = tuple(
        Caption(caption.text.translate(UNSTORABLE), caption.credit.translate(UNSTORABLE))
        for caption in article.captions
    )
    return replace(article, captions=captions, **changes)


def filled(article: Article, older: Article) -> Article:
    """Return the article under the older one's id, with what only the older one tells."""
    kept: dict[str, Any] = {
        field.name: getattr(older, field.name)
        for field in fields(article)
        if field.name != "text" and not getattr(article, field.name)
    }
    return replace(article, **(kept | {"id": older.id}))
