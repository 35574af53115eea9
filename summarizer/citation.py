"""Citations: a passage of an article with a link that opens the article at that passage.

The link is the article's address with a text fragment, as the URL Fragment Text Directives
draft (WICG, https://wicg.github.io/scroll-to-text-fragment/) has it. Nothing here fetches or
checks an address; an article without one gets an empty link.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from summarizer.model import Article, Citation, Span

_EXACT_CHARACTERS = 100
"""Passages up to this length are spelt out; longer ones are given by their first and last words."""

_EDGE_WORDS = (5, 8, 12, 20)
"""How many words of a long passage are tried at each end of the link until they are its own."""

_CONTEXT_WORDS = (2, 4, 8)
"""How many words before or after a passage are tried to tell it from an earlier twin."""

_NEAR = 400
"""How many characters around a passage are looked at for such words."""

_DIRECTIVE = ":~:"
_WORD = re.compile(r"\S+")
_WORDY = re.compile(r"\w")


def cite(article: Article, span: Span) -> Citation:
    """Point at ``span`` of the article's text, with a link that opens the article there."""
    return Citation(article, span, link_to(article.url, article.text, span))


def link_to(url: str, text: str, span: Span) -> str:
    """Return ``url`` with a text fragment for ``span`` of ``text``; empty without an address."""
    if not url:
        return ""
    fragment = text_fragment(text, span)
    if not fragment:
        return url
    address = url.split(_DIRECTIVE, maxsplit=1)[0]
    return f"{address}{'' if '#' in address else '#'}{_DIRECTIVE}{fragment}"


def text_fragment(text: str, span: Span) -> str:
    """Return the text directive ("text=...") that a browser resolves to ``span`` of ``text``.

    A browser takes the first place that fits, so words before or after the passage are added
    when the same words stand earlier in the text. Empty when the span holds no word.
    """
    span = _on_word_edges(text, span)
    if not _WORDY.search(span.of(text)):
        return ""
    start, end = _ends(text, span)
    prefix, suffix = _context(text, span, (start, end))
    parts = [
        *([f"{_encoded(prefix)}-"] if prefix else []),
        _encoded(start),
        *([_encoded(end)] if end else []),
        *([f"-{_encoded(suffix)}"] if suffix else []),
    ]
    return "text=" + ",".join(parts)


def _on_word_edges(text: str, span: Span) -> Span:
    """Widen a span to whole words (browsers match nothing less) and drop blanks at its edges."""
    start, end = max(0, span.start), min(len(text), span.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)


def _ends(text: str, span: Span) -> tuple[str, str]:
    """Return the words to look for: all of them and "", or the first ones and the last ones.

    Words on two lines are never spelt out together: a browser looks for each within one block.
    """
    passage = span.of(text)
    lines = [line for line in passage.splitlines() if _WORDY.search(line)]
    if len(lines) == 1 and len(passage) <= _EXACT_CHARACTERS:
        return passage, ""
    for count in _EDGE_WORDS:
        start, end = _first_words(lines[0], count), _last_words(lines[-1], count)
        if len(lines) == 1 and len(start) + len(end) >= len(passage):
            return passage, ""
        found = _find(text, end, span.start + len(start))
        if found is not None and found.end == span.end:
            break
    return start, end


def _first_words(line: str, count: int) -> str:
    words = list(_WORD.finditer(line))[:count]
    return line[words[0].start() : words[-1].end()]


def _last_words(line: str, count: int) -> str:
    words = list(_WORD.finditer(line))[-count:]
    return line[words[0].start() : words[-1].end()]


def _context(text: str, span: Span, ends: tuple[str, str]) -> tuple[str, str]:
    """Return (words before, words after) that make a browser stop at ``span`` and not earlier."""
    if _first_fits(text, span, ends, ("", "")):
        return "", ""
    for count in _CONTEXT_WORDS:
        before = _words_before(text, span.start, count)
        if before and _first_fits(text, span, ends, (before, "")):
            return before, ""
        after = _words_after(text, span.end, count)
        if after and _first_fits(text, span, ends, ("", after)):
            return "", after
    return _words_before(text, span.start, 2), _words_after(text, span.end, 2)


def _first_fits(text: str, span: Span, ends: tuple[str, str], around: tuple[str, str]) -> bool:
    """Tell whether the first place of ``text`` that these words fit is ``span``."""
    start, end = ends
    prefix, suffix = map(_folded, around)
    at = 0
    while (opening := _find(text, start, at)) is not None:
        at = opening.start + 1
        closing = _find(text, end, opening.end) if end else opening
        if closing is None:
            return False
        before = _folded(text[max(0, opening.start - _NEAR) : opening.start])
        after = _folded(text[closing.end : closing.end + _NEAR])
        if not (before.endswith(prefix) and after.startswith(suffix)):
            continue
        return (opening.start, closing.end) == (span.start, span.end)
    return False


def _find(text: str, words: str, at: int) -> Span | None:
    """Return the first place at or after ``at`` where the words stand, in any case and spacing."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    edges = (r"(?<!\w)" if words[:1].isalnum() else "", r"(?!\w)" if words[-1:].isalnum() else "")
    found = re.compile(f"{edges[0]}{pattern}{edges[1]}", re.IGNORECASE).search(text, at)
    return Span(*found.span()) if found else None


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _words_before(text: str, offset: int, count: int) -> str:
    """Return the last ``count`` words before ``offset`` on the nearest line that has any."""
    lines = text[max(0, offset - _NEAR) : offset].rstrip().splitlines()
    return " ".join(lines[-1].split()[-count:]) if lines else ""


def _words_after(text: str, offset: int, count: int) -> str:
    """Return the first ``count`` words after ``offset`` on the nearest line that has any."""
    lines = text[offset : offset + _NEAR].lstrip().splitlines()
    return " ".join(lines[0].split()[:count]) if lines else ""


def _encoded(words: str) -> str:
    """Percent-encode words for a directive, in which dash, comma and ampersand have a meaning."""
    return quote(re.sub(r"\s+", " ", words), safe="").replace("-", "%2D")
