"""Whether a source is one or several, and the verb that agrees with it (pure)."""

from __future__ import annotations

import re

from summarizer.model import Dissent, Source, SourceKind, Stance

_SEVERAL = re.compile(
    r"(?:(?:the|these|those|all|his|her|its|their|some|a few)\s+)*"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|several|many|some|few|both|dozens|hundreds"
    r"|more than \S+|at least \S+|\d[\d,.]*)\s",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:one|each|either|neither|nobody|none|no one|a|an|another|every)\b", re.IGNORECASE
)
_GROUPS = frozenset(
    {"they", "those", "these", "people", "police", "men", "women", "children"}
    | {"some", "many", "both", "several", "most"}
)
_HEAD_ENDS = re.compile(
    r"[,(—]|\s(?:of|in|at|on|for|from|to|with|by|near|who|whose|that|which|familiar|briefed|close"
    r"|reached|calling|led|cited|quoted|involved|present|under|against|about|over)\b"
)
_SINGULAR_ENDS = ("ss", "us", "is", "ics", "news")


def several(source: Source | None) -> bool:
    """Tell whether a source is more than one: "two officials", "the banks"; a name is one."""
    if source is None or source.kind in {SourceKind.PERSON, SourceKind.OUTLET}:
        return False
    if source.entity is not None and source.kind is not SourceKind.UNNAMED:
        return False
    if _ONE.match(source.name):
        return False
    words = _HEAD_ENDS.split(source.name)[0].casefold().split()
    if not words:
        return False
    plural = words[-1].endswith("s") and not words[-1].endswith(_SINGULAR_ENDS)
    return plural or words[-1] in _GROUPS or bool(_SEVERAL.match(source.name))


def agreeing(verb: Stance | Dissent, source: Source | None) -> str:
    """Return a stance or dissent as it is said of a source: "two officials say"."""
    if not several(source):
        return str(verb)
    first, *rest = str(verb).split(" ")
    return " ".join((_plural(first), *rest))


def _plural(verb: str) -> str:
    """Return a verb of the third person in the plural: "denies" and "deny"; others stay."""
    if verb == "is":
        return "are"
    if verb.endswith("ies"):
        return f"{verb.removesuffix('ies')}y"
    return verb.removesuffix("s")
