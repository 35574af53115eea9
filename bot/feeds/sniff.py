"""What some bytes are: a feed, a list of feeds, a page, plain text, or nothing to read (pure).

It looks at the bytes alone; a declared media type is believed only where the bytes are silent.
"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from bot.errors import InputError

_HEAD = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, which begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),  # no mark, but what else begins so
    (b"\0\0\0<", "utf-32-be"),
    (b"\x4c\x6f\xa7\x94\x93", "cp037"),  # EBCDIC
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "pdf", "a PDF. Copy its text into a .txt file and give me that"),
    (b"\x89PNG", "binary", "a picture. Give me a text file, a web page or a feed"),
    (b"\xff\xd8\xff", "binary", "a picture. Give me a text file, a web page or a feed"),
    (b"GIF8", "binary", "a picture. Give me a text file, a web page or a feed"),
    (b"PK\x03\x04", "binary", "an archive or an office document. Save it as plain text first"),
    (b"\x1f\x8b", "binary", "a compressed file. Unpack it first"),
    (b"\x7fELF", "binary", "a program. Give me a text file, a web page or a feed"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_OPML = re.compile(r"<opml[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|article|main|div|p|h1)[\s>]", re.IGNORECASE)


class Form(StrEnum):
    """What some bytes are."""

    FEED = "feed"
    JSON_FEED = "JSON feed"
    OPML = "list of feeds"
    PAGE = "page"
    TEXT = "text"


def form(raw: bytes, *, place: str, media_type: str = "") -> Form:
    """Tell what the bytes at a place are.

    Raises:
        InputError: they are nothing that can be read as news; ``outcome`` is ``empty``,
            ``pdf`` or ``binary``.

    """
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise InputError(f"{place} is empty. Check that it was saved whole.", outcome="empty")
    for magic, outcome, words in _MAGIC:
        if raw.startswith(magic):
            raise InputError(f"{place} is {words}.", outcome=outcome)
    if _is_binary(raw):
        text = f"{place} is no text. Give me a text file, a web page or a feed."
        raise InputError(text, outcome="binary")
    head = text_of(raw[:_HEAD], media_type=media_type)
    return _form_of_text(_COMMENT.sub("", head).lstrip())


def _is_binary(raw: bytes) -> bool:
    if raw.startswith(tuple(mark for mark, _ in _BOMS)):
        return False
    head = raw[:_HEAD]
    odd = sum(1 for byte in head if byte < 9 or (13 < byte < 32 and byte != 27))
    return odd * 20 > len(head)


def _form_of_text(head: str) -> Form:
    if head.startswith("{") and ("jsonfeed.org" in head or '"items"' in head):
        return Form.JSON_FEED
    if not head.startswith("<"):
        return Form.TEXT
    if _OPML.search(head):
        return Form.OPML
    feed, page = _FEED.search(head), _PAGE.search(head)
    if feed and not (page and page.start() < feed.start()):
        return Form.FEED
    if page:
        return Form.PAGE
    return Form.FEED if head.startswith("<?xml") else Form.TEXT


def is_wide(raw: bytes) -> bool:
    """Tell whether the bytes are of an encoding in which no parser sees tags: UTF-16, EBCDIC."""
    return any(raw.startswith(mark) for mark, name in _BOMS if name != "utf-8-sig")


def text_of(raw: bytes, *, media_type: str = "") -> str:
    """Decode bytes by their mark, declaration or media type, else UTF-8, else Windows-1252.

    Nothing is ever refused: what cannot be decoded becomes the replacement character.
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw.decode(name, errors="replace")
    declared = _DECLARED.search(raw[:_HEAD]) or _DECLARED.search(
        media_type.encode("latin-1", "replace")
    )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start >= len(raw) - 4 and not raw[: error.start].isascii()
        if cut:  # in the middle of a letter, and other letters were right
            return raw.decode("utf-8", errors="ignore")
    name = declared[1].decode("ascii") if declared else "cp1252"
    try:
        return raw.decode(name, errors="replace")
    except LookupError:
        return raw.decode("cp1252", errors="replace")
