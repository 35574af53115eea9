"""Text of strangers as harmless Slack text (pure), and Slack's own text as plain words.

Rich text elements, headers and buttons are never read as markup; ``literal`` serves them.
``escape`` serves the places that are (the top-level text, footnotes): nothing in what it
returns can ping, link or format. It knows nothing of messages and their limits.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit, urlunsplit

from bot.chat.slack_limits import LINK
from bot.chat.visible import clean

JOINER = "\u2060"
"""Shows nothing, and parts what would be read as one."""

# What Slack would read as a ping or link if some client read this text as markup after all.
_SPECIAL = re.compile(r"<(?=[!@#]|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_ALIKE = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ", "&": "&amp;", "<": "&lt;"})
_QUOTE = re.compile(r"(?m)^(\s*)>")
_SHORTCODE = re.compile(r":(?=[^\s:]{1,100}:)")
_PING = re.compile(r"@(?=\w)")
# After "www" whatever follows may become a link, also a name that was cut to one letter.
_DOMAIN = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2})|(?<=\bwww)\.(?=\w)", re.IGNORECASE)
_UNSAFE = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]")
_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def literal(text: str) -> str:
    """Return cleaned text for places that Slack never reads as markup."""
    return _SPECIAL.sub("<" + JOINER, clean(text))


def one_line(text: str) -> str:
    """Return text for such places with its line ends as spaces."""
    return " ".join(literal(text).split("\n")).strip()


def escape(text: str) -> str:
    """Return cleaned text for a place that Slack reads as markup: it shows just that text.

    Slack knows no escape but that of ``&<>``; signs that format are shown by look-alikes,
    and what Slack would make a link, an emoji or a ping is parted by a joiner.
    """
    text = _QUOTE.sub(r"\1›", clean(text))
    text = text.translate(_ALIKE).replace(">", "&gt;")
    text = _SHORTCODE.sub(":" + JOINER, text.replace("://", f":{JOINER}//"))
    return _DOMAIN.sub("." + JOINER, _PING.sub("@" + JOINER, text))


def address(link: str) -> str:
    """Return an http(s) address that can stand in a link, else an empty text.

    One that is too long loses its fragment (a text fragment only scrolls the page).
    """
    link = _UNSAFE.sub(_percent, clean(link).strip())
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    if len(link) > LINK:
        link = urlunsplit(parts._replace(fragment=""))
    return link if len(link) <= LINK else ""


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def unescape(text: str) -> str:
    """Return the words of a message as Slack delivers it: links as addresses, no mentions.

    A link reads as its address, a channel as its name; mentions of people and groups, which
    have no words of their own, are left out.
    """
    return html.unescape(_TOKEN.sub(_token, text)).replace("\xa0", " ").strip()


def _token(found: re.Match[str]) -> str:
    target, label = found[1], found[2] or ""
    if target.startswith("#"):
        return label
    if target.startswith(("@", "!")):
        return label if target.startswith("!date") else ""
    return label if target.startswith("mailto:") else target
