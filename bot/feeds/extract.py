"""A page's HTML -> the story on it, without captions, offers and furniture (pure).

Home of trafilatura, which finds the story; before it the tree is cut, after it the lines are
judged by the core's rules. Figures: ``benchmarks/extraction.py``.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, replace

import trafilatura

from bot.feeds.markup import (
    Tree,
    blocks,
    cut_captions,
    fragment,
    has_deck,
    prose_length,
    tree_of,
)
from bot.feeds.metadata import Metadata, metadata
from summarizer.captions import caption, is_caption, is_credit
from summarizer.dateline import dateline
from summarizer.model import Caption
from summarizer.residue import ends_story, is_residue
from summarizer.stamps import byline, is_stamp

LEAST_STORY = 200  # characters below which something is no story
SHOWN = 1000
_POOR_SHARE = 0.35  # of the page's prose: below it trafilatura was too strict
_POOR_LENGTH = 1500
_EMBEDDED = re.compile(r'"((?:[^"\\]|\\.)*?\\u003c/?p\b(?:[^"\\]|\\.)*)"')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the story on it. ``text`` is the body with paragraphs parted by blank lines.

    ``dateline`` is cut from the text; ``place_zone`` is the IANA zone of its place, "" when
    unknown. ``passwords`` counts the fields for one, ``shown`` is the opening of all that the page
    shows.
    """

    about: Metadata
    text: str
    dateline: str = ""
    place_zone: str = ""
    captions: tuple[Caption, ...] = ()
    passwords: int = 0
    shown: str = ""


def extract(source: str, *, url: str = "") -> Page:
    """Read a page; its ``text`` is empty when there is no story on it."""
    tree = tree_of(source)
    if tree is None:
        return Page(Metadata(), "")
    about = metadata(tree, source, url=url)
    passwords = len(tree.xpath('//input[@type="password"]'))
    shown = " ".join(blocks(tree))[:SHOWN]
    captions = cut_captions(tree)
    lines = _story(tree, source, about)
    lines = _without_heading(lines, about, tree)
    lines = _as_declared(lines, about.body)
    body, more = _body(lines)
    placed = dateline(body[0]) if body else None
    if placed:
        body[0] = body[0][placed.length :]
    pictures = (*(caption(line) for line in captions), *more)
    return Page(
        about=replace(about, body=""),
        text="\n\n".join(body),
        dateline=placed.text if placed else "",
        place_zone=placed.zone if placed else "",
        captions=tuple(dict.fromkeys(pictures)),
        passwords=passwords,
        shown=shown,
    )


def _story(tree: Tree, source: str, about: Metadata) -> list[str]:
    """Return the story's lines; where trafilatura finds too little it is asked less strictly."""
    strict = _lines(tree, precise=True)
    total = max(prose_length(tree), len(about.body), 400)
    found = strict
    if _is_poor(strict, total):
        for loose in (_lines(tree), _lines(tree, greedy=True), _embedded(source), [about.body]):
            if _length(loose) > 1.5 * _length(found):
                found = loose
            if not _is_poor(found, total):
                break
    return found


def _lines(tree: Tree, *, precise: bool = False, greedy: bool = False) -> list[str]:
    text = trafilatura.extract(
        copy.deepcopy(tree),
        favor_precision=precise,
        favor_recall=greedy,
        include_comments=False,
        include_tables=False,
    )
    return [line for line in (text or "").split("\n") if line.strip()]


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _is_poor(lines: list[str], total: int) -> bool:
    return _length(lines) < min(_POOR_LENGTH, _POOR_SHARE * total)


def _embedded(source: str) -> list[str]:
    """Return the story from a script's data, where a page is drawn by its scripts."""
    longest = max((found[1] for found in _EMBEDDED.finditer(source)), key=len, default="")
    try:
        return fragment(json.loads(f'"{longest}"'))[0] if len(longest) > _POOR_LENGTH else []
    except ValueError:
        return []


def _without_heading(lines: list[str], about: Metadata, tree: Tree) -> list[str]:
    """Leave out the headline and the deck where they open the text."""
    titles = {_bare(title) for title in about.titles}
    while lines and _bare(lines[0].lstrip("#- ")) in titles:
        lines = lines[1:]
    first = lines[0] if len(lines) > 3 else ""
    if first and _bare(first) == _bare(about.description) and has_deck(tree, first):
        return lines[1:]
    return lines


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _as_declared(lines: list[str], declared: str) -> list[str]:
    """Leave out lines that the page's own declared story lacks, where it has all the others."""
    story = _grams(declared)
    if len(story) < 80:
        return lines
    kept = [_share(line, story) >= 0.5 for line in lines]
    have = set().union(*(_grams(line) for line, keep in zip(lines, kept, strict=True) if keep))
    if len(story & have) < 0.9 * len(story):
        return lines
    inside = [place for place, keep in enumerate(kept) if keep]
    return [
        line
        for place, line in enumerate(lines)
        if kept[place] or (inside[0] < place < inside[-1] and len(line.split()) < 12)
    ]


def _grams(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _share(line: str, story: set[tuple[str, ...]]) -> float:
    grams = _grams(line)
    return len(grams & story) / len(grams) if grams else 0.0


def _body(lines: list[str]) -> tuple[list[str], list[Caption]]:
    """Part the lines of a story from captions, credits, stamps and offers among them."""
    body: list[str] = []
    captions: list[Caption] = []
    seen: set[str] = set()
    for place, raw in enumerate(lines):
        line = raw.strip()
        rest = _length(lines[place:])
        if ends_story(line) and rest < 0.2 * _length(lines):
            break
        if is_credit(line) or is_caption(line):
            captions.append(caption(line))
        elif not _is_furniture(line) and not (len(line) > 40 and line in seen):
            body.append(line)
        seen.add(line)
    return body, captions


def _is_furniture(line: str) -> bool:
    few = len(line.split()) < 14
    return (few and (is_stamp(line) or bool(byline(line)))) or is_residue(line.lstrip("- "))
