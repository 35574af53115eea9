"""Numbers in words of any style -> values: "12k", "twelve thousand", "about 12,000".

Also says whether two numbers agree. What is counted, and in which sentence, is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from summarizer.model import Span
from summarizer.number_words import FRACTIONS, ORDINALS, SCALES, SMALL, TENS


class NumberRole(StrEnum):
    """What a number does in its sentence. Only quantities are compared strictly."""

    QUANTITY = "quantity"
    ORDINAL = "ordinal"
    YEAR = "year"
    DAY = "day"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read. ``unit`` is ``%``, a currency sign or empty.

    ``bound`` is ``>`` for "more than", ``<`` for "fewer than", ``~`` for "about", else empty.
    ``rounded`` is half the last digit of a shorthand ("2.1k": 50), 0 for a number in full.
    """

    value: float
    span: Span
    unit: str = ""
    bound: str = ""
    role: NumberRole = NumberRole.QUANTITY
    rounded: float = 0.0


_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_METRES = re.compile(
    r"\s*(?:long|wide|high|deep|tall|waves?|fence|sprint|hurdles|race)\b", re.IGNORECASE
)
_SCALE_WORDS = "hundred|thousand|million|billion|trillion|dozen"
_DIGITS = re.compile(
    r"(?<![\w.,])(?P<currency>(?:US|A|C|HK)?[$]|[€£¥₩])?\s?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:(?P<ordinal>st|nd|rd|th)\b|\s?(?P<attached>k|mn|mln|mil|m|bn|b|tn)\b"
    rf"|[\s-](?P<scale>{_SCALE_WORDS})\b"
    rf"|(?=\s(?:or|to)\s\d+(?:\.\d+)?\s?(?P<shared>k|mn|mln|m|bn|{_SCALE_WORDS})\b))?"
    r"(?:\s?(?P<percent>%)|[\s-](?P<percentword>per\s?cent|pct)\b)?",
    re.IGNORECASE,
)
_WORD = "|".join((*SMALL, *TENS))
_WORDS = re.compile(
    rf"\b(?:(?P<half>half)\s+an?\s+(?P<halfscale>{_SCALE_WORDS})"
    rf"|(?P<words>(?:(?:{_WORD}|an?(?=[\s-](?:{_SCALE_WORDS})\b))(?:[\s-](?:and\s)?"
    rf"(?:{_WORD}|{_SCALE_WORDS})\b)*)))\b(?P<percentword>[\s-]per\s?cent\b)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?P<top>an?|one|two|three|four)[\s-](?P<bottom>{'|'.join(FRACTIONS)})s?\b"
    r"(?=\s+(?:of|as)\b)|\bhalf\b(?=\s+(?:of|the|its|their|his|her|all)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(ORDINALS)})\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b\d{1,2}:\d{2}\b|\b\d{1,2}(?::\d{2})?\s?(?:[ap]\.m\.|[ap]m\b)", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?:(?P<more>more than|over|at least|above|exceeding|upwards? of|no (?:fewer|less) than)"
    r"|(?P<less>fewer than|less than|under|below|no more than)"
    r"|(?P<about>about|around|some|roughly|approximately|an estimated|circa|close to|up to|at most"
    r"|as many as|nearly|almost))\s+$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    rf"\b(?:{_MONTHS})\.?\s+(?:\d{{1,2}}\s*(?:and|to|[-–])\s*)?$", re.IGNORECASE
)
_MONTH_AFTER = re.compile(rf"\s+(?:of\s+)?(?:{_MONTHS})\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|during|from|by|before|after)\s+$", re.IGNORECASE
)
_PLURAL = re.compile(
    r"\s+(?:(?!that\b|the\b|of\b|and\b|but\b)[a-z]+\s+){0,2}?(?:[a-z]{3,}s|people|men|women|police|children)\b"
)


_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_SPELT = frozenset({*SMALL, *TENS, *SCALES, *ORDINALS, *FRACTIONS})
_SPELT |= frozenset(f"{part}s" for part in FRACTIONS)
"""Words without one of which no number is spelt out; most sentences need no further look."""


@lru_cache(maxsize=4096)
def read_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of ``text`` in order; spans point into it."""
    taken: list[Span] = []
    found: list[Number] = []
    digits = _DIGIT.search(text) is not None
    spelt = not _SPELT.isdisjoint(_LETTERS.findall(text.lower()))
    for pattern, reader, possible in (
        (_CLOCK, _clock, digits),
        (_FRACTION, _fraction, spelt),
        (_DIGITS, _digits, digits),
        (_WORDS, _words, spelt),
        (_ORDINAL, _ordinal, spelt),
    ):
        if not possible:
            continue
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(span.overlaps(other) for other in taken):
                continue
            number = reader(match, text)
            if number is not None:
                taken.append(span)
                found.append(number)
    return tuple(sorted(found, key=lambda number: number.span))


def agree(asked: Number, found: Number) -> bool:
    """Tell whether ``found`` says what was asked: equal, or within the bound that was asked.

    Units must not contradict: 12% is not 12, but 12 may be 12 of anything.
    """
    if {asked.unit, found.unit} >= {"%", ""} or "%" in {asked.unit, found.unit} != {"%"}:
        return False
    if asked.unit and found.unit and asked.unit != found.unit:
        return False
    if (
        asked.bound == ">"
        and found.bound in {"", "~"}
        and asked.value < found.value <= 2 * asked.value
    ):
        return True
    if (
        asked.bound == "<"
        and found.bound in {"", "~"}
        and asked.value / 2 <= found.value < asked.value
    ):
        return True
    apart = abs(asked.value - found.value)
    return apart <= 1e-6 * max(1.0, abs(asked.value)) or apart <= asked.rounded


def show(value: float) -> str:
    """Return a value as people write it: 12,000 or 3.5 or 2.4 million."""
    if value >= 1e6:
        scale, name = next(
            (s, n)
            for s, n in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
            if value >= s
        )
        return f"{value / scale:.4g} {name}"
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def forms(value: float) -> tuple[str, ...]:
    """Return the ways in which news writes a value, as phrases for full-text search."""
    written = [show(value)]
    if value == int(value) and 1000 <= value < 1e6:
        written += [str(int(value)), *_scaled(value, 1e3, "thousand", "k")]
    for scale, word, letter in ((1e6, "million", "m"), (1e9, "billion", "bn")):
        if scale <= value < 1000 * scale:
            written += _scaled(value, scale, word, letter)
    if value in {*SMALL.values(), *TENS.values()}:
        written += [name for name, number in {**SMALL, **TENS}.items() if number == value]
    return tuple(dict.fromkeys(written))


def _scaled(value: float, scale: float, word: str, letter: str) -> list[str]:
    count = value / scale
    names = {float(number): name for name, number in {**SMALL, **TENS}.items()}
    spoken = [f"{names[count]} {word}"] if count in names else []
    return [f"{count:g} {word}", f"{count:g}{letter}", *spoken]


def _clock(match: re.Match[str], text: str) -> Number:  # noqa: ARG001 - readers share one form
    hours = re.split(r"\D", match.group())[0]
    return Number(float(hours), Span(*match.span()), role=NumberRole.CLOCK)


def _fraction(match: re.Match[str], text: str) -> Number:
    top = {"a": 1, "an": 1, **SMALL}.get((match["top"] or "a").lower(), 1)
    part = FRACTIONS[(match["bottom"] or "half").lower()]
    return Number(100 * top * part, Span(*match.span()), "%", _bound(text, match.start()))


def _digits(match: re.Match[str], text: str) -> Number:
    value = float(match["digits"].replace(",", ""))
    attached = (match["attached"] or "").lower()
    if attached == "m" and not match["currency"] and _METRES.match(text, match.end()):
        attached = ""
    scale = (match["scale"] or match["shared"] or "").lower()
    value *= SCALES.get(attached or scale, 1.0)
    unit = "%" if match["percent"] or match["percentword"] else (match["currency"] or "")[-1:]
    span = Span(*match.span())
    plain = not (unit or attached or scale)
    role = _role(match, text) if plain else NumberRole.QUANTITY
    rounded = _rounding(match["digits"], value) if attached else 0.0
    return Number(value, span, unit, _bound(text, span.start), role, rounded)


def _rounding(digits: str, value: float) -> float:
    """Return half the last digit of a shorthand that gives a fraction ("2.1k" -> 50), else 0."""
    whole, point, decimals = digits.replace(",", "").partition(".")
    written = float(f"{whole}{point}{decimals}")
    return value / written / 10 ** len(decimals) / 2 if point and written else 0.0


def _role(match: re.Match[str], text: str) -> NumberRole:
    digits = match["digits"]
    if _MONTH_BEFORE.search(text[: match.start()]) and len(digits) <= 2:
        return NumberRole.DAY
    if _MONTH_AFTER.match(text, match.end()) and len(digits) <= 2:
        return NumberRole.DAY
    if match["ordinal"]:
        return NumberRole.ORDINAL
    if not (len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2100):
        return NumberRole.QUANTITY
    said = _YEAR_BEFORE.search(text[: match.start()])
    return NumberRole.YEAR if said or not _PLURAL.match(text, match.end()) else NumberRole.QUANTITY


def _words(match: re.Match[str], text: str) -> Number | None:
    span = Span(*match.span())
    unit = "%" if match["percentword"] else ""
    bound = _bound(text, span.start)
    if match["half"]:
        return Number(SCALES[match["halfscale"].lower()] / 2, span, unit, bound)
    words = [word for word in re.split(r"[\s-]+", match["words"].lower()) if word != "and"]
    if words == ["one"] and not unit:
        return None
    return Number(_spoken(words), span, unit, bound)


def _spoken(words: list[str]) -> float:
    total = current = 0.0
    for word in words:
        scale = SCALES.get(word)
        if scale is None:
            current += {"a": 1, "an": 1, **SMALL, **TENS}[word]
        elif scale <= 100:
            current = max(current, 1) * scale
        else:
            total, current = total + max(current, 1) * scale, 0.0
    return total + current


def _ordinal(match: re.Match[str], text: str) -> Number | None:  # noqa: ARG001 - the same form
    return Number(
        float(ORDINALS[match.group().lower()]), Span(*match.span()), role=NumberRole.ORDINAL
    )


def _bound(text: str, start: int) -> str:
    before = _BEFORE.search(text[max(0, start - 24) : start])
    if before is None:
        return ""
    return ">" if before["more"] else "<" if before["less"] else "~"
