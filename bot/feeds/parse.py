"""The bytes of a feed -> its entries (pure): RSS 0.9x to 2.0, Atom, JSON Feed.

Home of feedparser and fastfeedparser. It keeps an entry's HTML as it came; what is body and what
is caption in it is for ``bot.feeds.items``.
"""

from __future__ import annotations

import io
import json
import re
import time
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import feedparser

from bot.feeds.moments import moment
from bot.feeds.sniff import is_wide, text_of
from bot.feeds.tasks import Entry, ParsedFeed, not_a_feed

LONGEST_FIELD = 2_000_000
MOST_ENTRIES = 5_000
MOST_POLLED = 500
_LONE_SURROGATE = re.compile(
    r"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r\x1b"})
"""What no text holds; ESC does in Japanese feeds."""

_NO_TEXT = dict.fromkeys({*range(32)} - {*b"\t\n\r"})
_ENCODING = re.compile(r"""\s+encoding\s*=\s*["'][^"'<>]{1,40}["']""")
_UTF_8 = "application/xml; charset=utf-8"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_feed(raw: bytes, *, url: str = "", media_type: str = "") -> ParsedFeed:
    """Read a feed.

    Raises:
        InputError: it is no feed (``not-a-feed``).

    """
    if is_wide(raw):
        raw, media_type = _ENCODING.sub("", text_of(raw), count=1).encode(), _UTF_8
    raw = raw.translate(None, _CONTROLS)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(text_of(raw), url=url)
    parsed = feedparser.parse(
        io.BytesIO(raw),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": media_type or "application/xml"},
    )
    entries = tuple(_entry(entry, url) for entry in parsed.entries[:MOST_ENTRIES])
    if not entries:
        entries = _fallback(raw, url)
    if not entries and not parsed.version:
        raise not_a_feed(url or "This")
    return _feed(parsed.feed, entries, raw, url)


def newest(entries: tuple[Entry, ...], most: int = MOST_POLLED) -> tuple[Entry, ...]:
    """Return the newest entries, in the feed's order; where some have no date, those at its ends.

    A feed may hold years of entries; a poll looks for what came since the last one.
    """
    if len(entries) <= most:
        return entries
    dates = [moment(entry.published or entry.updated) for entry in entries]
    told = sorted((date for date in dates if date), reverse=True)
    if len(told) < len(entries):
        return entries[: most - most // 2] + entries[-(most // 2) :]
    pairs = zip(entries, dates, strict=True)
    return tuple(entry for entry, date in pairs if date and date >= told[most - 1])[:most]


def _feed(head: Any, entries: tuple[Entry, ...], raw: bytes, url: str) -> ParsedFeed:  # noqa: ANN401 - feedparser publishes no types
    hours, days = _skips(raw)
    return ParsedFeed(
        title=_words(head.get("title")),
        home=urljoin(url, _words(head.get("link"))),
        entries=entries,
        language=_words(head.get("language")).partition("-")[0].lower(),
        ttl_seconds=_minutes(head.get("ttl")) or _period(head),
        skip_hours=hours,
        skip_days=days,
    )


def _words(value: object) -> str:
    return " ".join(_text(value).split())


def _text(value: object) -> str:
    """Return a text without the control characters that a feed wrote as entities."""
    return value[:LONGEST_FIELD].translate(_NO_TEXT) if isinstance(value, str) else ""


def _minutes(value: object) -> float:
    text = str(value or "").strip()
    return 60.0 * int(text) if text.isdecimal() and len(text) < 7 else 0.0


def _period(head: Any) -> float:  # noqa: ANN401 - feedparser publishes no types
    """Return the seconds between updates that ``sy:updatePeriod`` tells, 0 when it doesn't."""
    spans = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0}
    span = spans.get(_words(head.get("sy_updateperiod")).lower(), 0.0)
    times = _words(head.get("sy_updatefrequency"))
    return span / (int(times) if times.isdecimal() and 0 < int(times) < 1000 else 1)


def _skips(raw: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Return the hours (UTC) and weekdays at which the feed asks not to be polled."""
    head = raw[:20_000].decode("utf-8", "replace").lower()
    block = re.search(r"<skiphours>(.*?)</skiphours>", head, re.DOTALL)
    hours = (
        {int(hour) % 24 for hour in re.findall(r"<hour>\s*(\d{1,2})\s*<", block[1])}
        if block
        else set()
    )
    block = re.search(r"<skipdays>(.*?)</skipdays>", head, re.DOTALL)
    days = {n for n, name in enumerate(_DAYS) if block and name in block[1]}
    return frozenset(hours), frozenset(days)


def _entry(entry: Any, base: str) -> Entry:  # noqa: ANN401 - feedparser publishes no types
    contents = [_text(part.get("value")) for part in entry.get("content") or []]
    authors = [_words(one.get("name")) for one in entry.get("authors") or []]
    source = entry.get("source") or {}
    return Entry(
        title=_words(entry.get("title")),
        url=_link(entry, base),
        guid=_words(entry.get("id")),
        content=max(contents, key=len, default=""),
        summary=_text(entry.get("summary") or entry.get("description")),
        published=_date(entry, "published") or _date(entry, "created"),
        updated=_date(entry, "updated"),
        authors=tuple(name for name in authors if name)
        or tuple(filter(None, [_words(entry.get("author"))])),
        outlet=_words(source.get("title")),
        language=_words(entry.get("language")),
    )


def _link(entry: Any, base: str) -> str:  # noqa: ANN401 - feedparser publishes no types
    """Return where the entry's article is; an id that is no address is no link either."""
    link = _words(entry.get("link"))
    if not link or (entry.get("guidislink") and "://" not in link):
        return ""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _date(entry: Any, key: str) -> str:  # noqa: ANN401 - feedparser publishes no types
    """Return a date as it is written; in ISO's form where only feedparser can read it (UTC)."""
    words = _words(dict.get(entry, key))  # feedparser's own get takes one date for another
    parsed = dict.get(entry, f"{key}_parsed")
    if words and parsed and moment(words) is None:
        return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed)
    return words


def _fallback(raw: bytes, base: str) -> tuple[Entry, ...]:
    """Return the entries that the second parser finds in a feed that broke the first."""
    try:
        parsed = fastfeedparser.parse(raw)
    except Exception:  # noqa: BLE001 - it raises anything on broken input, and nothing may come of that
        return ()
    return tuple(_entry(entry, base) for entry in parsed.entries[:MOST_ENTRIES])


def _json_feed(text: str, *, url: str) -> ParsedFeed:
    """Read a JSON Feed 1.0 or 1.1 (jsonfeed.org)."""
    try:
        feed = json.loads(_LONE_SURROGATE.sub("\\\\ufffd", text.lstrip("\ufeff")), strict=False)
    except (ValueError, RecursionError):
        feed = None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        raise not_a_feed(url or "This")
    found = tuple(_json_entry(item, url) for item in items[:MOST_ENTRIES] if isinstance(item, dict))
    return ParsedFeed(
        title=_words(feed.get("title")),
        home=_words(feed.get("home_page_url")),
        entries=found,
        language=_words(feed.get("language")).partition("-")[0].lower(),
    )


def _json_entry(item: dict[str, Any], base: str) -> Entry:
    authors = item.get("authors") or (
        [item["author"]] if isinstance(item.get("author"), dict) else []
    )
    names = [_words(one.get("name")) for one in authors if isinstance(one, dict)]
    content = item.get("content_html") or item.get("content_text") or ""
    url = _words(item.get("url") or item.get("external_url"))
    return Entry(
        title=_words(item.get("title")),
        url=urljoin(base, url) if url else "",
        guid=_words(str(item.get("id") or "")),
        content=str(content)[:LONGEST_FIELD],
        summary=str(item.get("summary") or "")[:LONGEST_FIELD],
        published=_words(item.get("date_published")),
        updated=_words(item.get("date_modified")),
        authors=tuple(name for name in names if name),
        language=_words(item.get("language")),
    )
