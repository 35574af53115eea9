"""HTML as paragraphs: what is text, what is a caption, what is furniture (pure).

Home of lxml. It cuts by tags and class names; what the words say is for the core.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.html
from lxml import etree

MOST_ATTRIBUTES = 400
"""On one element; pages have some twenty. A flood of them stalls parsers for minutes."""

LONGEST_CAPTION = 600

_CAPTION_NAME = re.compile(
    r"(?:^|[\s_-])(?:fig)?(?:image|img|photo|picture|media|foto|bild|wp)?[_-]?"
    r"(?:caption|credits?|legend|copyright|bildunterschrift|bildtext|didascalia|pie-de-foto)"
    r"(?:$|[\s_-]|text|box|s$)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:related|newsletter|promo|share|sharing|recommend\w*|teaser|read-?more|more-?on"
    r"|trending|most-?read|advert\w*|taboola|outbrain|signup|sign-up|subscribe|breadcrumb\w*"
    r"|cookie\w*|consent|tags)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DECK = re.compile(
    r"(?:stand-?first|dek\b|deck|lead(?!er)|teaser|intro|summary|subtitle|sub-?head|abstract"
    r"|description|vorspann|excerpt|kicker)",
    re.IGNORECASE,
)
_BLOCKS = {
    "p", "div", "section", "article", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5",
    "h6", "tr", "table", "br", "hr", "figure", "figcaption", "pre", "header", "footer", "main",
    "aside", "dd", "dt", "dl",
}  # fmt: skip
_SKIPPED = {"script", "style", "template", "noscript", "iframe", "form", "button", "svg", "nav"}

Tree = Any
"""An lxml element; its types are not published."""


def tree_of(text: str) -> Tree | None:
    """Parse HTML; None when there is no element in it."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    try:
        return lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def squeezed(element: Tree) -> str:
    """Return the text of an element on one line."""
    return " ".join(str(element.text_content()).split())


def is_flood(raw: bytes) -> bool:
    """Tell whether one tag in the bytes holds a flood of attributes, without parsing them.

    feedparser and html5 parsers take time that grows with the square of the attributes.
    """
    for tag in re.finditer(rb"<[A-Za-z][^<>]{20000,}", raw):
        if tag[0].count(b"=") > MOST_ATTRIBUTES:
            return True
    return False


def cut_captions(tree: Tree) -> list[str]:
    """Take pictures' captions and credits out of the tree and return their texts."""
    found: list[str] = []
    for element in list(tree.iter("figure", "figcaption")):
        prose = element.xpath(".//p[string-length(normalize-space(.))>300]|.//table|.//blockquote")
        if element.getparent() is not None and not (element.tag == "figure" and prose):
            _cut(element, found)
    for element in list(tree.iter("p", "div", "span", "small", "em", "section", "li")):
        if element.getparent() is not None and _CAPTION_NAME.search(_names(element)):
            _cut(element, found)
    return list(dict.fromkeys(text for text in found if text))


def _names(element: Tree) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip() or "-"


def _cut(element: Tree, found: list[str]) -> None:
    lines = blocks(element)
    if sum(map(len, lines)) < LONGEST_CAPTION:
        found.extend(lines)
        element.drop_tree()


def cut_furniture(tree: Tree) -> None:
    """Take share bars, teasers and offers out of the tree, by the names of their classes."""
    for element in list(tree.iter("div", "section", "aside", "ul", "p", "nav", "form")):
        small = element.getparent() is not None and _FURNITURE.search(_names(element))
        if small and len(squeezed(element)) < 1500 and len(element.xpath(".//p")) <= 4:
            element.drop_tree()


def has_deck(tree: Tree, words: str) -> bool:
    """Tell whether the words stand on the page as a deck above the story, not as its first line."""
    for element in tree.iter("p", "div", "span", "h2", "h3", "h4"):
        if squeezed(element) == words:
            near = [element, *list(element.iterancestors())[:2]]
            if element.tag in {"h2", "h3", "h4"} or any(_DECK.search(_names(e)) for e in near):
                return True
    return False


def prose_length(tree: Tree) -> int:
    """Return how many characters stand in longer paragraphs outside the page's frame."""
    frame = {"aside", "footer", "nav", "header"}
    return sum(
        len(squeezed(element))
        for element in tree.iter("p")
        if len(element.text_content()) > 80 and not frame & {e.tag for e in element.iterancestors()}
    )


def blocks(element: Tree) -> list[str]:
    """Return the text of an element, a line a block, without scripts and forms."""
    lines: list[list[str]] = [[]]
    _walk(element, lines)
    joined = (" ".join("".join(line).split()) for line in lines)
    return [line for line in joined if line]


def _walk(element: Tree, lines: list[list[str]]) -> None:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return
    block = element.tag in _BLOCKS
    if block:
        lines.append([])
    lines[-1].append(element.text or "")
    for child in element:
        _walk(child, lines)
        lines[-1].append(child.tail or "")
    if block:
        lines.append([])


def fragment(text: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs and the captions of a piece of HTML, or of plain text."""
    tree = tree_of(f"<div>{text}</div>")
    if tree is None:
        return [], []
    captions = cut_captions(tree)
    cut_furniture(tree)
    return blocks(tree), captions
