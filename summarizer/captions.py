"""Picture captions and credits in news copy: telling them from the sentences around them.

It looks at one line at a time and knows nothing of the story. What a credit looks like was
learnt by looking at pages of some sixty outlets; the lists are ours.
"""

from __future__ import annotations

import re
from functools import cache

from summarizer.lexicon import entries, words
from summarizer.model import Caption

LONGEST_CREDIT_WORDS = 12
LONGEST_CAPTION_WORDS = 60
LONGEST_CREDITED_WORDS = 110
LONGEST_SIGNED_WORDS = 20
LATEST_VERB = 90  # characters into the line

_ENDS = tuple(".!?…")
_JOINERS = {"/", "|", "-", "–", "&", "via", "von", "van", "de", "the", "for", "and", "pool", "file"}
_DATED = re.compile(
    r"\b(?:on (?:[A-Z][a-z]+day, )?[A-Z][a-z]{2,8}\.? \d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
    r"|\d{1,2} [A-Z][a-z]{2,8} \d{4}|in (?:[A-Z][a-z]+ )?(?:19|20)\d\d)\.?$",
)
_SAID = re.compile(r"\b(?:said|says|told|according to|reported|announced|wrote)\b")
_QUOTED = re.compile(r"[\"“”]")
_WAS_PICTURED = re.compile(r"\b(?:was|were|been|be) (?:pictured|seen)\b")
_FRAGMENT = re.compile(r"(?<=[.!?”\"] )(?:[A-ZÀ-Þ][\w'’]+[ -]){1,4}[A-ZÀ-Þ][\w'’]+$")
_NUMBERED = re.compile(r"^\[?\d{1,2}(?:/| of )\d{1,2}\]?\s\S")
_SLASHED = re.compile(r"^[A-ZÀ-Þ][\w.'’ -]{2,40}\s?/\s?[A-ZÀ-Þ][\w.'’ &-]{1,40}(?:,? ?/?\w+)?$")
_PARENTHESIS = re.compile(r"[(\[]([^()\[\]]{2,140})[)\]]\.?$")
_OPEN_PARENTHESIS = re.compile(r"\s\($")
_MARK = re.compile(r"(?:^|\s|—|–|\|)(?:©|\(c\)\s)\s?\S.{1,80}$", re.IGNORECASE)
_PICTURED = re.compile(
    r"^(?:(?:pictured|above|below|inset|top|bottom)(?: (?:left|right|center|centre))?:"
    r"|pictured\b[^.]{0,20},)",
    re.IGNORECASE,
)


_TAKEN = re.compile(
    r"(?:^|(?<=[.!?”\"'] ))(?:[A-ZÀ-Þ][\w'’.&-]* ){1,4}(?:photo|photograph|picture|image)s? by"
    r" [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,3}$"
)
"""A credit with the outlet before the photo word: "Namwol Daily photo by Ma Dong-wook"."""


@cache
def _opening() -> re.Pattern[str]:
    """Match a photo word that opens a credit: ``Photo:``, ``BILD /``, ``Picture by``.

    In the midst of a sentence it must be capitalised and have a mark behind it, or "he named
    a source: the minister" would be a credit.
    """
    words = sorted(entries("photo_words"), key=len, reverse=True)
    low = "|".join(map(re.escape, words))
    high = "|".join(
        form for word in words for form in {re.escape(word.capitalize()), re.escape(word.upper())}
    )
    opens = r"(?:^|(?<=[.!?”\"'] )|(?<=[(\[|–—])|(?<=[–—|-] ))"
    return re.compile(
        rf"(?:{opens}(?i:{low})\s?(?:[:/|©]|by\b)|(?<=\s)(?:{high})\s?[:/|©])\s?(\S.{{1,80}})$"
    )


@cache
def _cues() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in entries("caption_cues"))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


@cache
def _verbs() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in entries("caption_verbs"))
    shown = r"(?:[A-ZÀ-Þ][\w'’-]+|[a-z]+s|\)|people|police|men|women|children|\d+),?"
    return re.compile(rf"(?<![\w-]){shown} (?:{listed})\b")


@cache
def _agency_end() -> re.Pattern[str]:
    """Match an agency at the very end, with the photographer's name before a slash."""
    listed = "|".join(
        re.escape(word) for word in sorted(entries("picture_agencies"), key=len)[::-1]
    )
    word = r"[A-ZÀ-Þ](?:[\w'’-]+|\.)"
    name = rf"(?:{word} ){{0,3}}{word}"
    file = r"(?:[,/] ?(?:File|Pool|Handout|Archiv))?"
    return re.compile(
        rf"(?<=[\s(—–|])(?:{name} ?[/|] ?)?(?:via )?(?:{listed})"
        rf"(?: Photo| Foto)?(?:/{name})?(?: ?[/|] ?(?:{name}|{listed}))*{file}$",
    )


def is_credit(line: str) -> bool:
    """Tell whether the whole line is a credit: ``Photo: Jane Doe``, ``© dpa``, ``AP-Yonhap``."""
    bare = line.strip().strip("()[]").rstrip(".").strip()
    count = len(bare.split())
    if not bare or count > LONGEST_CREDIT_WORDS:
        return False
    if bare.startswith("©") or bare.casefold() in _photo_words():
        return True
    if _opening().match(bare) or _TAKEN.match(bare):
        return True
    return count <= 8 and bare[-1:] not in _ENDS and _all_names(bare)


def _photo_words() -> frozenset[str]:
    return words("photo_words")


def _all_names(bare: str) -> bool:
    """Tell whether the words are names, an agency among them ("Jane Doe / Pool via Reuters")."""
    if bare in words("picture_agencies"):
        return True
    pieces = [piece.strip() for piece in re.split(r"\s?[/|,]\s?|\s(?=via )|\bvia\b", bare)]
    if not any(piece in words("picture_agencies") for piece in pieces):
        return False
    return all(
        word[:1].isupper() or word.casefold() in _JOINERS or word in words("picture_agencies")
        for piece in pieces
        for word in piece.split()
    )


def trailing_credit(line: str) -> tuple[str, str]:
    """Cut a line into what stands before a credit at its end, and the credit; "" when none."""
    text = line.rstrip()
    signed = (_opening().search(text), _TAKEN.search(text), _MARK.search(text))
    for found in (_PARENTHESIS.search(text), *signed):
        if found and (found.re is not _PARENTHESIS or _credits(found[1], text, found.start())):
            return text[: found.start()].rstrip(" |–—-(/"), found[0].strip().strip("()[] ")
    found = _agency_end().search(text) or _FRAGMENT.search(text)
    if found and found.start() > 12 and _signs_picture(text, found):
        return text[: found.start()].rstrip(" |–—-(/"), found[0].strip()
    return text, ""


def _signs_picture(line: str, found: re.Match[str]) -> bool:
    """Tell whether an agency at the end signs a picture, not the story ("... said. PTI")."""
    if "/" in found[0] or "|" in found[0] or "-" in found[0] or "Photo" in found[0]:
        return True
    ended = line[: found.start()].rstrip()[-1:] in {".", "!", "?", "”", '"', ")", "—", "–"}
    return ended and len(line.split()) <= LONGEST_SIGNED_WORDS


def _credits(inside: str, line: str, start: int) -> bool:
    """Tell whether the words in a closing parenthesis name who took the picture.

    An agency alone after a full stop may sign the story itself: then it must be a short line
    that quotes nobody.
    """
    if _opening().match(inside) or inside.startswith("©"):
        return True
    if inside in words("picture_agencies") or inside.endswith(("Photo", "Photos")):
        return len(line.split()) <= 30 and not (_SAID.search(line[:start]) or _QUOTED.search(line))
    return is_credit(inside) or bool(_SLASHED.match(inside))


def is_caption(line: str) -> bool:
    """Tell whether a line tells what a picture shows, by its credit or by its own words."""
    before, credit = trailing_credit(line)
    if credit and before:
        return len(line.split()) <= LONGEST_CREDITED_WORDS
    if len(line.split()) > LONGEST_CAPTION_WORDS:
        return False
    if _PICTURED.match(line) or _OPEN_PARENTHESIS.search(line) or _NUMBERED.match(line):
        return True
    if _cues().search(line):
        return not _SAID.search(line) and not _WAS_PICTURED.search(line)
    one_sentence = not re.search(r"[.!?] [A-Z]", re.sub(r"\b[A-Z][a-z]{0,3}\.", "", line))
    return bool(one_sentence and _DATED.search(line) and _shows(line))


def _shows(line: str) -> bool:
    found = _verbs().search(line[:LATEST_VERB])
    return bool(found and not _SAID.search(line) and not _QUOTED.search(line))


def quotes(line: str) -> bool:
    """Tell whether a line reports speech, as captions seldom do."""
    return bool(_SAID.search(line) or _QUOTED.search(line))


def caption(line: str) -> Caption:
    """Return the line as a caption, its credit apart."""
    before, credit = trailing_credit(line)
    return Caption(before, credit) if before else Caption("", credit or line)
