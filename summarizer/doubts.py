"""What a statement doubts: whether it denies or will not confirm something, and which words say it.

"Denied that the road was shut" says it itself; "denied it", "would not confirm the figure" point
back at what was told before. Whether that is the claim in question is decided by ``disputes``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summarizer.lexicon import rows
from summarizer.model import Claim, Dissent, Stance
from summarizer.terms import read_terms


@dataclass(frozen=True, slots=True)
class Doubt:
    """How something is doubted, and its words. ``back`` tells that they point at what came before.

    ``noun`` is the noun that points ("figure", "meeting"), in the singular, empty for a pronoun;
    ``of`` are the names beside it ("the Kessarian figure").
    """

    dissent: Dissent
    words: str
    back: bool = False
    noun: str = ""
    of: str = ""


_DENYING = (
    r"(?:den(?:ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|(?<!the )(?<!a )disput(?:es|ed)"
    r"|refut(?:es|ed)|rebut(?:s|ted)|contradict(?:s|ed|ing)|disagree[sd]|scoff(?:s|ed))"
)
_HOLDING_BACK = (
    r"(?:(?:can|could|would|will|did|does|do|has|have|was|were|is)(?:\s+not|n['’]t)|cannot"
    r"|unable to|neither|not(?: yet)? in a position to)\s+"
    r"(?:\w+ly\s+|been\s+|be\s+|able to\s+|yet\s+)*"
    r"(?:verif(?:y|ied)|confirm(?:ed)?(?: (?:n?or) (?:den(?:y|ied)))?|corroborate)"
)
_UNCONFIRMED = re.compile(rf"\b(?:{_HOLDING_BACK})\b", re.IGNORECASE)
_DENIED = re.compile(rf"\b{_DENYING}\b", re.IGNORECASE)
_FALSE = re.compile(
    r"^[“\"']?(?P<what>(?:the|these|those|such|its|their|his|her|that|[A-Z]\w+['’]s)\b.{3,160}?)\s+"
    r"(?:(?:is|are|was|were)\s+(?:\w+ly\s+)?|as\s+|[“\"])?[“\"']?"
    r"(?:false|fiction|invented|fabricat\w+|untrue|baseless|groundless|nonsense|a lie|lies|wrong"
    r"|incomplete|probably incomplete|inaccurate|ugly and wrong|unfounded|misleading)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:(?:did|does|do) not|(?:did|does|do)n['’]t)\s+recogni[sz]e\s+(?P<one>[^,;.]+)"
    r"|\b(?:knew|know|knows|aware)\s+of\s+(?:no|any)\s+(?P<two>[^,;.]+)"
    r"|\bno knowledge\b[”\"’]?\s+of\s+(?P<three>[^,;.]+)"
    r"|\bnothing to support\s+(?P<four>[^,;:.]+)",
    re.IGNORECASE,
)

_POINTING = {row[0]: row[1:] for row in rows("pointing_nouns")}
_NOUNS = "|".join(sorted(_POINTING, key=len, reverse=True))
_PRONOUN = re.compile(
    r"^(?:it|this|that|these|those|him|her|them|everything|all of it|any of it|either|both)"
    r"(?=$|\s*[.,:;”\"]|\s+(?:on|in|at|from|and|when|after)\b)",
    re.IGNORECASE,
)
_NOUN_BACK = re.compile(
    r"^(?P<of>(?:(?:on|about|to|of|whether|that|there had been|there was)\s+)*"
    r"(?:the|that|this|these|those|any(?:\s+such)?|such(?:\s+an?)?|its|his|her|their|either|both"
    r"|what (?:he|she|it|they) called|no such|[A-Z]\w+['’]s)\s+[“\"]?(?:[\w-]+['’]?s?\s+){0,2}?)"
    rf"(?P<noun>{_NOUNS}|(?<=such )\w+)s?\b",
    re.IGNORECASE,
)
_DISPUTED = re.compile(
    rf"^(?:that|this|the)\s+(?P<noun>{_NOUNS})\s+(?:is|was|has been)\s+(?:\w+ly\s+)?"
    r"(?:disputed|denied|contested|rejected|contradicted)\b",
    re.IGNORECASE,
)
_SUCH = re.compile(r"\b(?:any|no)\s+such\s+(?P<noun>\w+)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|suggestions?|allegations?|explanation|question)\s+"
    r"(?:\w+\s+on\s+[\w\s]+?\s+)?(?:that|of|about)\s+(?P<rest>.+)$|\b(?:whether|if)\s+(?P<asked>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_OPEN = re.compile(
    r"^(?:to (?:say|comment on|discuss) )?(?:how|why|when|where|who|what|which|by whom)\b"
    r"(?! (?:he|she|it|they) call)",
    re.IGNORECASE,
)
"""Who will not say how or when something was does not hold it back that it was."""

_CLAUSE_END = re.compile(r"\s*(?:\bbut\b|;|,\s|\band (?:that|said|asked|added)\b)")

_FEW = 2
"""At most so many telling words stand beside a noun that points back."""


def numeric(noun: str) -> bool:
    """Tell whether a noun points at a number that was given."""
    return _POINTING.get(noun) == ("number",)


def states(claim: Claim | None, content: str) -> bool:
    """Tell whether a claim states something that can be disputed: no question, demand or refusal.

    "Who would bear the loss" and "how the ship sank" state nothing.
    """
    stances = {Stance.DECLINES, Stance.ASKS}
    return claim is None or not (claim.attribution.stance in stances or _OPEN.match(content))


def doubt_in(words: str, claim: Claim | None, content: str) -> Doubt | None:
    """Return what a statement doubts; None where it does not.

    ``words`` are the sentence's, ``content`` those of ``claim`` where there is one.
    """
    if claim is None:
        return _bare(words)
    stance = claim.attribution.stance
    if stance is Stance.REPORTED and claim.attribution.negated:  # denied by nobody named
        return _bare(words) or _doubted(Dissent.DENIES, content)
    if stance is Stance.DENIES:
        return None if claim.attribution.negated else _doubted(Dissent.DENIES, content)
    if stance is Stance.DECLINES:
        if _OPEN.match(content):
            return None
        held = _UNCONFIRMED.search(content)
        return _doubted(Dissent.UNCONFIRMED, content[held.end() :] if held else content)
    return _told(content, words)


@lru_cache(maxsize=8192)
def _told(content: str, words: str) -> Doubt | None:
    """Read a doubt that is told: "said that he could not verify it", "the report is false"."""
    content = re.sub(r"^that\s+", "", content)
    if hit := _UNCONFIRMED.search(content):
        return _doubted(Dissent.UNCONFIRMED, content[hit.end() :] or content)
    denied = _denied_thing(content) or _denied_thing(words, openly=True)
    return _doubted(Dissent.DENIES, denied) if denied else None


def _denied_thing(words: str, *, openly: bool = False) -> str:
    """Return what words call false, unknown or denied; ``openly`` by their shape alone."""
    if hit := _FALSE.match(words):
        return hit["what"]
    if openly:
        return ""
    if hit := _UNKNOWN.search(words):
        return next(part for part in hit.groups() if part)
    if _SUCH.search(words):
        return words
    hit = _DENIED.search(words)
    return words[hit.end() :] if hit else ""


@lru_cache(maxsize=8192)
def _bare(words: str) -> Doubt | None:
    """Read a sentence without a claim: "That was disputed.", "It could not be verified."."""
    if hit := _DISPUTED.search(words):
        return Doubt(Dissent.DENIES, words, back=True, noun=hit["noun"].lower())
    if hit := _UNCONFIRMED.search(words):
        after = words[hit.end() :]
        return _doubted(Dissent.UNCONFIRMED, after if read_terms(after) else words[: hit.start()])
    return None


def _doubted(dissent: Dissent, words: str) -> Doubt:
    words = _CLAUSE_END.split(words, maxsplit=1)[0]
    said = re.sub(r"^(?:that|by|with)\s+(?=\w+\s+\w+)", "", words.strip(" “”\"'‘’,.:;"))
    if _PRONOUN.match(words.strip()) or _PRONOUN.match(said) or not said:
        return Doubt(dissent, said, back=True)
    if such := _SUCH.search(said):
        return Doubt(dissent, said, back=True, noun=such["noun"].lower())
    if inner := _ABOUT.search(said):
        return Doubt(dissent, (inner["rest"] or inner["asked"]).strip())
    hit = _NOUN_BACK.match(said)
    if hit and len([t for t in read_terms(said[hit.end() :]) if t.weight >= 1]) <= _FEW:
        return Doubt(dissent, said, back=True, noun=hit["noun"].lower(), of=hit["of"])
    return Doubt(dissent, said)
