"""Whether a text is English, told by its little words. It names no other language."""

from __future__ import annotations

import re

from summarizer.lexicon import rows

SAMPLE_WORDS = 600
LEAST_SHARE = 0.16
SHORT_WORDS = 12

_WORD = re.compile(r"[^\W\d_]+")
_LITTLE = frozenset(row[0] for row in rows("function_words"))
_TELLING = frozenset(row[0] for row in rows("function_words") if len(row) > 1)


def reason_not_english(text: str) -> str:
    """Return why ``text`` can't be read as English, empty when it can.

    It counts the share of function words among the first words of the text; in English news it
    is about .38, in other European languages below .12. Little text is let through when most of
    its letters are Latin and nothing speaks against it.
    """
    words = [word.lower() for word in _first_words(text)]
    if not words:
        return "no text" if not text.strip() else "no words"
    if sum(word.isascii() for word in words) * 2 < len(words):
        return "not English: another script"
    little = sum(word in _LITTLE for word in words)
    if len(words) < SHORT_WORDS:
        return "" if little or len(words) < 4 else "not English, or too short to tell"
    telling = len(_TELLING.intersection(words))
    if little < LEAST_SHARE * len(words) or telling < 2:
        return "not English: too few English words"
    return ""


def _first_words(text: str) -> list[str]:
    """Return up to ``SAMPLE_WORDS`` words from the start of the text."""
    found = []
    for match in _WORD.finditer(text):
        found.append(match[0])
        if len(found) == SAMPLE_WORDS:
            break
    return found
