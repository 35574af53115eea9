"""Questions that need no writer: sentences of the articles pasted, as they are or with a change.

People paste half a sentence and ask whether it is so. A change is another number, two names in
each other's place, or a name from elsewhere in the article; the sentence changed is then what the
question nearly matches.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_EACH, _CHANGED = 2, 0.6
"""Sentences pasted of each article, and the share of them that are changed."""
_SHORTEST, _LONGEST = 6, 22
"""Words that are pasted; more would be cut where the reader reads a question."""
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTHS = "January February March April May June July August September October November December"
_NO_WORDS = "The We He She It In They But And I"
_NO_NAMES = {*_DAYS, *_MONTHS.split(), *_NO_WORDS.split()}

Change = Callable[[str, Sequence[str], random.Random], str | None]


def pasted(sentences: Sequence[str], chance: random.Random) -> list[tuple[str, int, str]]:
    """Return questions with the sentence each was made of, and the class of its change or ""."""
    found = []
    numbers = range(len(sentences))
    for number in chance.sample(numbers, min(_EACH, len(numbers))):
        text = _cut(sentences[number], chance)
        kind = ""
        if chance.random() < _CHANGED:
            for name, change in chance.sample(list(_CHANGES.items()), len(_CHANGES)):
                changed = change(text, sentences, chance)
                if changed and changed != text:
                    text, kind = changed, name
                    break
        if len(text.split()) >= _SHORTEST:
            found.append((text.lower() if chance.random() < 0.25 else text, number, kind))
    return found


def _cut(sentence: str, chance: random.Random) -> str:
    """Return the sentence, or what stands before one of its commas."""
    words = sentence.split()
    ends = [at + 1 for at, word in enumerate(words) if word.endswith((",", ";"))]
    ends = [end for end in ends if _SHORTEST <= end <= _LONGEST]
    if ends and chance.random() < 0.6:
        return " ".join(words[: chance.choice(ends)]).rstrip(",;")
    return " ".join(words[:_LONGEST])


def _other_number(text: str, sentences: Sequence[str], chance: random.Random) -> str | None:
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    known = {other for line in sentences for other in _NUMBER.findall(line)} - {one.group()}
    digits = one.group()
    at = chance.choice([n for n, sign in enumerate(digits) if sign.isdigit()])
    made = digits[:at] + str((int(digits[at]) + chance.randint(2, 7)) % 10) + digits[at + 1 :]
    taken = chance.choice(sorted(known)) if known and chance.random() < 0.5 else made
    return text[: one.start()] + taken + text[one.end() :]


def _other_day(text: str, sentences: Sequence[str], chance: random.Random) -> str | None:
    del sentences
    found = _DAY.search(text)
    if not found:
        return None
    other = chance.choice([day for day in _DAYS if day != found.group()])
    return text[: found.start()] + other + text[found.end() :]


def _names(text: str) -> list[re.Match[str]]:
    """Return the names; one word at the start of a sentence or quote may be any word."""
    found = [one for one in _NAME.finditer(text) if not _NO_NAMES & set(one.group().split())]
    return [one for one in found if " " in one.group() or text[: one.start()][-2:-1].isalnum()]


def _turned_round(text: str, sentences: Sequence[str], chance: random.Random) -> str | None:
    del sentences
    found = _names(text)
    if len(found) < 2:
        return None
    at = chance.randrange(len(found) - 1)
    one, other = found[at], found[at + 1]
    if re.fullmatch(r",? (?:and|or|,) ?", text[one.end() : other.start()]):
        return None  # side by side: the order says nothing
    between = text[one.end() : other.start()]
    return text[: one.start()] + other.group() + between + one.group() + text[other.end() :]


def _other_name(text: str, sentences: Sequence[str], chance: random.Random) -> str | None:
    found = _names(text)
    known = {one.group() for line in sentences for one in _names(line)}
    others = sorted(name for name in known if name not in text)
    if not found or not others:
        return None
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(others) + text[one.end() :]


_CHANGES: dict[str, Change] = {
    "number": _other_number,
    "time": _other_day,
    "swapped": _turned_round,
    "person": _other_name,
}
