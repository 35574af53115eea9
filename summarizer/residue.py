"""What a page leaves in pasted copy: buttons, offers, teasers, lines in another script.

It judges a line by its words alone. Where a line stands is for ``summarizer.copy``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from summarizer.lexicon import entries, words

LONGEST_OPENING_WORDS = 25
LONGEST_OFFER_WORDS = 60
LONGEST_BUTTON_WORDS = 5
SHOUTED_LINK_WORDS = 8

_ENDS = tuple('.!?…"”’»。')
_READER = re.compile(
    r"\b(?:you|your|our|us|sie|ihr|ihre[mnrs]?|dein[emnrs]*|dir|votre|vos|nos|din|ditt)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(?:get|join|follow|enter|send|click|subscribe|sign|order|download|register|have you|do you"
    r"|are you|find|check|read|watch|listen|buy|support|contact|jetzt|aktuelle)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|says|told|wrote|added)\b|[\"“”]")
_ADDRESS = re.compile(r"^\S*(?:https?://|www\.|doi:)\S*$|^\S+@\S+\.\w+$|t\.co/\w+", re.IGNORECASE)
_READ_ON = re.compile(
    r"^(?:read|see|watch|related|also|more|lesen sie|mehr|les|lees|lire|leia|lee|recommended|video"
    r"|gallery|listen)\b[^:.]{0,25}[:|]",
    re.IGNORECASE,
)
_SIGNPOST = re.compile(r"^[A-Z][A-Z ]{5,}\s?\|\s")
_SCRIPTS = (
    ("hangul", 0xAC00, 0xD7AF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("cyrillic", 0x0400, 0x052F),
    ("greek", 0x0370, 0x03FF),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x06FF),
    ("devanagari", 0x0900, 0x097F),
    ("thai", 0x0E00, 0x0E7F),
)
_CLIP = re.compile(r"\b\d{1,2}:\d\d (?:min|Min)\.?$|^\d{1,2}:\d\d\s")
_AUTHOR = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.'’-]+ ){2,4}(?:is|was|covers|writes|reports|ist) .*"
    r"\b(?:reporter|journalist|correspondent|editor|columnist|writer|author|Korrespondent\w*)"
    r"(?=\.|,| (?:for|at|with|in|based|covering|on|who|bei)\b)",
)
_OWN_DATE = re.compile(r"\b\d{1,2}\.? \w{3,10},? (?:19|20)\d\d\b|\b\d{1,2}[.:]\d\d Uhr$")
_EAST_ASIAN = {"hangul", "kana", "han"}


_POINTER = re.compile(
    r"[>»•*\s]*(?:read(?: more| also| next| on| this| here)|also read|see also|more on this|related"
    r"(?: stor(?:y|ies)| articles?| news)?|further reading|recommended(?: reading)?|don['’]t miss"
    r"|you (?:may|might) (?:also )?like)\s?[:|–—-]\s",
    re.IGNORECASE,
)
"""A pointer to another story, whatever its title says that somebody says."""


def script(text: str) -> str:
    """Return the script that most letters of the text are in, "" when it has no letters."""
    if text.isascii():
        return "latin" if any(letter.isalpha() for letter in text) else ""
    counted = Counter(_script_of(letter) for letter in text[:4000] if letter.isalpha())
    return counted.most_common(1)[0][0] if counted else ""


def _script_of(letter: str) -> str:
    code = ord(letter)
    if code < 0x0370:
        return "latin"
    return next((name for name, first, last in _SCRIPTS if first <= code <= last), "other")


def is_foreign(line: str, home: str) -> bool:
    """Tell whether a line is in another script than the story, and not a sentence in it."""
    own = script(line)
    if not own or not home or own == home or {own, home} <= _EAST_ASIAN:
        return False
    return home == "latin" or len(line.split()) <= LONGEST_BUTTON_WORDS


def ends_story(line: str) -> bool:
    """Tell whether comments or teasers of other stories begin here ("Related articles")."""
    bare = re.sub(r"[\s:(]*\d*[)\s:]*$", "", line.strip()).casefold()
    return bare in words("story_ends") or line.strip().casefold() in words("story_ends")


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    listed = [entry for entry in entries("residue") if not entry.startswith("*")]
    long = [entry for entry in listed if " " in entry or entry.endswith(":") or not entry.isascii()]
    inside = [entry[1:] for entry in entries("residue") if entry.startswith("*")]
    return (
        re.compile(rf"^(?:{'|'.join(map(re.escape, long))})(?!\w)", re.IGNORECASE),
        re.compile("|".join(map(re.escape, inside)), re.IGNORECASE),
        frozenset(entry for entry in listed if entry not in long),
    )


@cache
def _promotion() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, entries("promotion"))), re.IGNORECASE)


def is_residue(line: str) -> bool:
    """Tell whether a line is a button, an offer or a teaser and no part of a story."""
    count = len(line.split())
    opening, inside, buttons = _openings()
    ended = line.rstrip().endswith(_ENDS)
    if count < 12 and (_ADDRESS.search(line) or (_OWN_DATE.search(line) and not ended)):
        return True
    if _CLIP.search(line) or (_AUTHOR.match(line) and count <= 45 and not _SAID.search(line)):
        return True
    if count <= LONGEST_BUTTON_WORDS and not ended:
        first = re.split(r"[\s:|,(]", line.casefold().strip(), maxsplit=1)[0]
        if first in buttons or line.casefold().strip() in buttons:
            return True
    pointer = _POINTER.match(line) is not None
    teaser = opening.match(line) or _READ_ON.match(line) or _SIGNPOST.match(line)
    if count <= LONGEST_OPENING_WORDS and (pointer or (teaser and not _SAID.search(line))):
        return True
    if count <= 45 and inside.search(line) and not _SAID.search(line):
        return True
    return is_offer(line) or (
        count >= SHOUTED_LINK_WORDS and line.isupper() and script(line) == "latin"
    )


def is_offer(line: str) -> bool:
    """Tell whether a line offers the reader something of the outlet's own."""
    if len(line.split()) > LONGEST_OFFER_WORDS or _SAID.search(line):
        return False
    return bool(_promotion().search(line) and (_READER.search(line) or _IMPERATIVE.match(line)))
