"""A question or claim in anybody's words -> a Query: what must be found for an answer.

Question words, lead-ins ("is it true that") and polite noise are dropped (``phrasing``); who is
said to say it is told from what is said (``speakers``). Nothing is looked up here, and no parser
is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summarizer.model import Stance
from summarizer.phrasing import SENTENCE_END, asked_text, core_of, quoted, without_noise
from summarizer.speakers import Asked, Parted, part
from summarizer.terms import Term, read_terms

__all__ = ["Asked", "Query", "claim_of", "negated", "read_question"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    ``text`` is the question as typed, short forms written out, ``claim`` the part that an
    article must say (of which ``terms`` are the content terms), ``source`` the words that name
    who is said to say it, empty when nobody is named. ``stance`` is None unless the question asks
    for one. ``open_slot`` is the question word that stands for what the asker does not know
    ("who", "how many"), empty for a plain claim. ``polar`` tells a question to be answered by yes
    or no: there a denial is an answer too.
    """

    text: str
    asked: Asked
    claim: str
    terms: tuple[Term, ...]
    source: str = ""
    source_terms: tuple[Term, ...] = ()
    stance: Stance | None = None
    negated: bool = False
    open_slot: str = ""
    polar: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to look for."""
        return not self.terms and not self.source_terms


_OPEN = re.compile(
    r"^(?:(?P<count>how (?:many|much|big|large|long|far|old|often))"
    r"|(?P<when>when|what (?:day|time|date)|which day)"
    r"|(?P<where>where|in which \w+)|(?P<how>how|why)|(?P<who>whose|whom|who)"
    r"|(?P<what>which|what))\b\s*",
    re.IGNORECASE,
)
_OPEN_LAST = re.compile(
    r"\s+(?:(?:is|are|was|were|back|be|until|til|till|from)\s+)?(?P<slot>when|where)$",
    re.IGNORECASE,
)
_POLAR = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should|any(?:one|body)?)\b"
    r"|^\w+n['’]t\b|,\s*(?:is|are|was|were|did|does|has|have|had|will|can)\s|\bor not\b",
    re.IGNORECASE,
)
_NEGATIONS = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|cannot|without|n['’]t)\b|n['’]t\b", re.IGNORECASE
)

_NO_NEGATIONS = re.compile(
    r"\b(?:no (?:fewer|less|more) than|not only|not just|or not|"
    r"(?:nobody|no ?one|none|nothing) (?:but|except|other than))\b",
    re.IGNORECASE,
)


def read_question(text: str) -> Query:
    """Return what ``text`` asks; an empty or wordless text gives an empty query."""
    asked = asked_text(text)
    if words := quoted(asked):
        return _query(asked, Parted(Asked.CLAIM, "", words))
    core = _of_several(core_of(text))
    parted = part(core)
    if parted is None:
        slot, rest = _open(core)
        return _query(asked, Parted(Asked.CLAIM, "", rest), slot)
    if parted.asked is Asked.WHO:
        return _query(asked, parted, "who")
    slot, rest = _open(parted.claim)
    if parted.asked is Asked.SAYS:
        slot = _open(core)[0]
    return _query(asked, parted, slot)


@lru_cache(maxsize=64)
def claim_of(text: str) -> Query:
    """Return a text as a claim, word for word: nothing of it is read as asking."""
    return _query(text, Parted(Asked.CLAIM, "", text))


def negated(text: str) -> bool:
    """Tell whether the words hold a negation ("not", "never", "didn't")."""
    return bool(_NEGATIONS.search(_NO_NEGATIONS.sub("", text)))


_END_OR_WHO = re.compile(
    rf"{SENTENCE_END.pattern}"
    r"|,\s+(?=who (?:says|said|claims|claimed)\b(?!\s+(?:so|that|this|it)\b\W*$))",
    re.IGNORECASE,
)


def _of_several(text: str) -> str:
    """Return of several sentences the one that asks who says so, else all.

    So also "the army says none, who says that six were hurt".
    """
    parts = [one for one in _END_OR_WHO.split(text) if one.strip()]
    asking = [one for one in parts if (found := part(one)) and _tells_what(found)]
    return asking[-1] if len(parts) > 1 and asking else text


def _tells_what(parted: Parted) -> bool:
    """Tell whether a part that asks who says something tells of what ("that on KPB" does not)."""
    return parted.asked is Asked.WHO and len(read_terms(parted.claim)) > 1


def _open(core: str) -> tuple[str, str]:
    """Return (what the question word stands for, the rest), ("", all) without one.

    It may come last: "the next sitting is when".
    """
    match = _OPEN.match(core)
    if match is None:
        last = _OPEN_LAST.search(core)
        return (last["slot"].lower(), core[: last.start()]) if last else ("", core)
    slot = next(name for name, found in match.groupdict().items() if found)
    return slot, core[match.end() :]


def _query(asked: str, parted: Parted, open_slot: str = "") -> Query:
    claim = parted.claim.strip(" \t\"“”'‘’?!.,")
    source = re.sub(r"^the\s+(?=[A-Z])", "", parted.source.strip(" \t\"“”'‘’?!.,"))
    terms = read_terms(claim)
    lone = not terms and parted.asked is Asked.WHO
    return Query(
        text=asked,
        asked=Asked.CLAIM if lone else parted.asked,
        claim=claim,
        terms=terms,
        source=source,
        source_terms=read_terms(source),
        stance=parted.stance,
        negated=negated(claim),
        open_slot=open_slot,
        polar=bool(_POLAR.search(asked) or _POLAR.search(without_noise(asked))) or "?" in asked,
    )
