"""Text of strangers without what shows nothing or turns the line around (pure).

What a platform would read as markup is left in: each platform has its own escape for that.
"""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_PILED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def clean(text: str) -> str:
    """Return text without what shows nothing or reorders the line, line ends all alike.

    Joiners (U+200C, U+200D) stay: Persian, Indic scripts and emoji need them. Of more than
    four combining marks in a row the first four stay.
    """
    text = _SURROGATE.sub("\ufffd", _LINE_ENDS.sub("\n", text).replace("\t", " "))
    return _PILED.sub(r"\1", _INVISIBLE.sub("", text))
