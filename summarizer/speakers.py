"""Who is said to say it, parted from what is said, in the ways in which people ask.

"What does X say about Y", "did X deny that Y", "X: Y", "Y, X said", "who warned of Y": rules over
the shape of the words. Whether X is anybody that the articles know is not looked up here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from summarizer.lexicon import rows, words
from summarizer.model import Stance
from summarizer.phrasing import SENTENCE_END
from summarizer.roles import actors
from summarizer.similarity import stem
from summarizer.terms import Term, TermKind, read_terms


class Asked(StrEnum):
    """What is asked: whether something is said, what someone says, or who says it."""

    CLAIM = "claim"
    SAYS = "says"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Parted:
    """A question in its parts: what is asked, who is said to say it, what is said, and how."""

    asked: Asked
    source: str
    claim: str
    stance: Stance | None = None


_LONG_SOURCE = 5
"""A longer subject of "says" is believed only before "that"."""

_SAYING = {
    Stance.DENIES: "deny denies denied denying rejected rejects reject dispute disputes disputed "
    "dismissed dismisses dismiss refutes refuted contradicts contradicted",
    Stance.CONFIRMS: "confirm confirms confirmed confirming verify verified verifies",
    Stance.WARNS: "warn warns warned",
    Stance.ALLEGES: "allege alleges alleged accuse accuses accused",
    Stance.SAYS: "say says said saying tell tells told state states stated add added announce "
    "announces announced declare declared report reports reported write writes wrote claim claims "
    "claimed argue argues argued admit admits admitted acknowledge acknowledges acknowledged "
    "insist insisted insists concede concedes conceded complain complains complained "
    "think thinks thought believe believes believed suggest suggests suggested explain explains "
    "explained note notes noted stress stresses stressed maintain maintains maintained "
    "predict predicted predicts estimate estimates estimated conclude concluded promise promises "
    "promised vow vowed vows pledge pledges pledged reveal revealed disclose disclosed "
    "demand demands demanded",
}
_STANCES = {word: stance for stance, line in _SAYING.items() for word in line.split()}
_CUE = "|".join(sorted(_STANCES, key=len, reverse=True))
_ASKS = {**_STANCES, "comment": Stance.SAYS, "respond": Stance.SAYS, "react": Stance.SAYS}
_TELLING = {"say", "says", "said", "saying", "accuse", "accuses", "accused"} | {
    word
    for word, stance in _STANCES.items()
    if stance in {Stance.DENIES, Stance.CONFIRMS, Stance.WARNS}
}
"""Verbs that always tell words; others need "that" or a clause to make their subject a source."""

_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|has|have|had|must|should|may|might|won|did|does)\b"
    r"|\w['’](?:s|re|ll|d|ve)\b|n['’]t\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"^(?:who|which \w+(?: \w+)?|what (?:source|outlet|paper|official|agency|person|minister)s?|"
    rf"according to (?:whom|who)|whose (?:word|claim) is it)"
    rf"(?:\s+(?:has|have|was it that|is it that|is|was|else|first|originally|actually|all))*"
    rf"(?:\s+(?P<cue>{_CUE}|is saying|is claiming|is reporting|denying|confirming|complaining))?"
    rf"(?P<that>\s+that)?\b[\s,:]*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHAT_SAYS = re.compile(
    r"^(?:what|which things|anything|how (?:many|much|long|far|old|big)|where|when|why|how)"
    r"(?:\s+else)?(?:\s+exactly)?\s+"
    r"(?:(?:do|does|did|has|have|had|would|will)\s+(?P<who>.+?)\s+"
    rf"(?:(?:to\s+)?(?P<cue>{_CUE}|comment|warn of))"
    r"|(?:is|was|are|were)\s+(?P<who3>.+?)\s+"
    r"(?P<cue3>saying|claiming|denying|reporting|warning of|demanding|alleging)"
    rf"|(?P<who2>.+?)\s+(?P<cue2>{_CUE}))"
    r"(?:(?:\s+(?:about|of|on|regarding|over|to|concerning|when asked(?: (?:about|if|whether))?)"
    r"\b)?\s+(?P<topic>.*?))?"
    r"(?:\s+(?:today|now|so far|lately|yesterday|this week))?[\s?!.]*$",
    re.IGNORECASE | re.DOTALL,
)
_VIEW = re.compile(
    r"^(?:what(?:'s|’s| is| was| are)?\s+)?(?P<who>.+?)(?:['’]s?)\s+"
    r"(?:view|position|take|line|response|reaction|comments?|statement|word|words|answer|opinion)"
    r"s?\b(?:\s+(?:about|of|on|regarding|to)\b\s*(?P<topic>.*?))?[\s?!.]*$",
    re.IGNORECASE,
)
_ON = re.compile(
    r"^(?P<who>[^,;:?!]{2,60}?)\s+(?:on|about)\s+"
    r"(?P<topic>(?:(?P<wh>whether|when|where|how|why|who|what|if)\b)?.+)$",
    re.IGNORECASE | re.DOTALL,
)
_COLON = re.compile(r"^(?P<who>[^,;:?!\"“]{2,40}):\s+(?P<rest>.+)$", re.DOTALL)
_DID_SAY = re.compile(
    rf"^(?:did|does|do|has|have|had|is|was|can|could|will|would)\s+(?P<who>.+?)\s+"
    rf"(?:really\s+|actually\s+|ever\s+)?"
    rf"(?P<cue>{_CUE}|denying|claiming|saying)\b(?P<that>\s+that\b)?\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_WHO_SAYS = re.compile(
    rf"^(?P<who>[^,;:]{{2,80}}?)\s+(?:has\s+|have\s+|had\s+|also\s+|now\s+)?(?P<cue>{_CUE})\b"
    rf"(?P<that>\s+(?:(?:on )?\w+day\s+)?that\b)?(?:,)?\s+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ACCORDING = re.compile(
    r"^(?:according to|per|citing)\s+(?P<who>[^,]{2,80}),\s*(?P<rest>.+)$"
    r"|^(?P<rest2>.+?),?\s+(?:according to|citing)\s+(?P<who2>[^,.?!]{2,80})[.?!]?$",
    re.IGNORECASE | re.DOTALL,
)
_INVERTED = re.compile(
    r"^(?P<rest>.{12,}?)(?:,|\s-|:)?\s+(?P<cue>says|said|say)\s+(?P<who>[^,]{2,60})$",
    re.IGNORECASE | re.DOTALL,
)
_TRAILING = re.compile(
    rf"^(?P<rest>.{{12,}}?),[\"”]?\s+(?P<who>[^,]{{2,60}}?)\s+(?P<cue>{_CUE})[.?!]?$",
    re.IGNORECASE | re.DOTALL,
)
_UNWILLING = re.compile(
    r"\s+(?:(?:would|will) not|wouldn['’]t|won['’]t|refus\w+ to|declin\w+ to)$", re.IGNORECASE
)
"""Before a verb of speech: who would not say it."""

_NEVER_IN_SOURCE = words("never_in_source")
_NOBODY = {"he", "she", "they", "it", "you", "we", "i", "that", "this", "there"}
_ANYBODY = {"anyone", "anybody", "someone", "somebody", "nobody", "no one", "everyone"}
_PREPOSITION = re.compile(
    r"\b(?:on|over|about|for|after|with|from|by|into|against)\b", re.IGNORECASE
)

_OF = re.compile(r"\b(?:in|at|of)\b", re.IGNORECASE)


def part(core: str) -> Parted | None:
    """Return the parts of a question that names or seeks a source, None for a plain claim."""
    return _what_someone_says(core) or _who_says(core) or _said_by(core) or _headed(core)


def _what_someone_says(core: str) -> Parted | None:
    match = _WHAT_SAYS.match(core)
    if match:
        who = match["who"] or match["who2"] or match["who3"]
        cue = match["cue"] or match["cue2"] or match["cue3"]
    else:
        match, cue = _VIEW.match(core), "says"
        who = match["who"] if match else ""
    if match is None or not _names_someone(who):
        return None
    return Parted(Asked.SAYS, who, match["topic"] or "", _wanted(cue))


def _who_says(core: str) -> Parted | None:
    match = _WHO.match(core)
    if match is None or not (match["cue"] or core.lower().startswith("according")):
        return None
    return Parted(Asked.WHO, "", match["rest"].strip(), _wanted(match["cue"] or "says"))


def _said_by(core: str) -> Parted | None:
    for pattern in (_ACCORDING, _DID_SAY, _WHO_SAYS, _TRAILING, _INVERTED):
        match = pattern.match(core)
        if match is None:
            continue
        parts = match.groupdict()
        who = parts["who"] or parts.get("who2") or ""
        rest = parts["rest"] or parts.get("rest2") or ""
        stance = _wanted(parts.get("cue") or "says")
        if unwilling := _UNWILLING.search(who):
            who, stance = who[: unwilling.start()], Stance.DECLINES
        if pattern is _DID_SAY and who.lower() in _ANYBODY:
            return Parted(Asked.WHO, "", rest, stance)
        if not _names_someone(who) or not rest or _is_object(pattern, parts, rest):
            continue
        if pattern is _WHO_SAYS and len(who.split()) > _LONG_SOURCE and not parts.get("that"):
            continue
        return Parted(Asked.CLAIM, who, rest, stance)
    return None


def _headed(core: str) -> Parted | None:
    """Read "X: what X says" and "X on what it is about"."""
    match = _COLON.match(core)
    if match and _is_someone(match["who"]):
        return Parted(Asked.CLAIM, match["who"], match["rest"])
    match = _ON.match(core)
    if match and _is_someone(match["who"], sure=not match["wh"]):
        return Parted(Asked.SAYS, match["who"], match["topic"])
    return None


def _is_object(pattern: re.Pattern[str], parts: dict[str, str | None], rest: str) -> bool:
    """Tell "the bank reported losses" (a deed) from "the bank said that it lost" (a claim).

    Without "that" and without a clause only verbs that always tell words are trusted.
    """
    if pattern in {_ACCORDING, _TRAILING, _INVERTED} or parts.get("that"):
        return False
    return (parts["cue"] or "").lower() not in _TELLING and not _FINITE.search(rest)


def _names_someone(who: str) -> bool:
    """Tell whether words before a verb of speech can be a source: a short group of words."""
    said = who.lower().split()
    if not said or len(said) > 9 or who.lower() in _NOBODY | _ANYBODY:
        return False
    if set(said) & _NEVER_IN_SOURCE or SENTENCE_END.search(who) or "?" in who:
        return False
    return any(term.weight > 0.5 or term.kind is TermKind.NAME for term in read_terms(who))


def _is_someone(who: str, *, sure: bool = False) -> bool:
    """Tell whether words that head a question name a speaker: few, with no deed and no number.

    Where it must be ``sure`` they end in a word for somebody who acts ("health minister ryu").
    """
    terms = read_terms(who)
    if not _names_someone(who) or len(who.split()) > _LONG_SOURCE:
        return False
    if _PREPOSITION.search(who) or any(term.number for term in terms):
        return False
    somebody = any(map(_acts, terms[-2:]))
    if any(term.acts and not term.capital and not _is_person(term) for term in terms):
        return False
    return somebody or (len(terms) <= 2 and not sure and not _OF.search(who))


def _is_person(term: Term) -> bool:
    return term.stem in _people()


@cache
def _people() -> frozenset[str]:
    """Return the stems of the nouns for people and bodies, those for things left out."""
    roles = (noun for noun, *_ in rows("role_nouns") if " " not in noun)
    return frozenset(stem(word) for word in (*words("actors"), *roles))


def _acts(term: Term) -> bool:
    return term.stem in actors()


def _wanted(cue: str) -> Stance | None:
    """Return the stance that a verb asks for, None for one that any claim has."""
    word = cue.lower().split()[-1]
    for ending in ("", "ing"):
        if word.removesuffix(ending) in _ASKS:
            stance = _ASKS[word.removesuffix(ending)]
            return None if stance is Stance.SAYS else stance
    return None
