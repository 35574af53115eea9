"""What a statement doubts: whether it denies or will not confirm something, and which words say it.

"Denied that the road was shut" says it itself; "denied it", "would not confirm the figure" point
back at what was told before. Whether that is the claim in question is decided by ``disputes``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from summarizer.denials import (
    SUCH,
    denied_thing,
    denied_to,
    innocent,
    is_none,
    is_untrue,
    of_guilt,
    plea,
    refuses,
    unbelieved,
)
from summarizer.lexicon import rows
from summarizer.model import Claim, Dissent, Stance
from summarizer.terms import read_terms


@dataclass(frozen=True, slots=True)
class Doubt:
    """How something is doubted, and its words. ``back`` tells that they point at what came before.

    ``noun`` is the noun that points ("figure", "meeting"), in the singular, empty for a pronoun;
    ``of`` are the names beside it ("the Kessarian figure"). ``inner`` tells that a noun of saying
    was dropped before the words ("rejected reports that").
    """

    dissent: Dissent
    words: str
    back: bool = False
    noun: str = ""
    of: str = ""
    inner: bool = False


_HOLDING_BACK = (
    r"(?:(?:can|could|would|will|did|does|do|has|have|was|were|is)(?:\s+not|n['’]t)|cannot"
    r"|unable to|neither|not(?: yet)? in a position to)\s+"
    r"(?:\w+ly\s+|been\s+|be\s+|able to\s+|yet\s+)*"
    r"(?:verif(?:y|ied)|confirm(?:ed)?(?: (?:n?or) (?:den(?:y|ied)))?|corroborate)"
)
_UNCONFIRMED = re.compile(rf"\b(?:{_HOLDING_BACK})\b", re.IGNORECASE)

_POINTING = {row[0]: row[1:] for row in rows("pointing_nouns")}
_NOUNS = "|".join(sorted(_POINTING, key=len, reverse=True))
_PRONOUN = re.compile(
    r"^(?:it|this|that|these|those|him|her|them|everything|all of it|any of it|either|both)"
    r"(?=$|\s*[.,:;”\"]|\s+(?:on|in|at|from|and|when|after|off|out)\b)",
    re.IGNORECASE,
)
_NOUN_BACK = re.compile(
    r"^(?P<of>(?:(?:on|about|to|of|whether|that|there had been|there was)\s+)*"
    r"(?:the|that|this|these|those|any(?:\s+such)?|such(?:\s+an?)?|its|his|her|their|either|both"
    r"|what (?:he|she|it|they) called|no such|[A-Z]\w+['’]s)\s+[“\"]?(?:[\w-]+['’]?s?\s+){0,2}?)"
    rf"(?P<noun>{_NOUNS}|(?<=such )\w+)s?\b",
    re.IGNORECASE,
)
_GENUINE = re.compile(
    r"^(?:the\s+)?(?:authenticity|veracity|legitimacy|accuracy|truth|validity)\s+of\s+",
    re.IGNORECASE,
)
"""What is asked of a statement or a picture that was just told of."""

_DISPUTED = re.compile(
    rf"^(?:that|this|the)\s+(?P<noun>{_NOUNS})\s+(?:is|was|has been)\s+(?:\w+ly\s+)?"
    r"(?:disputed|denied|contested|rejected|contradicted)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:notions?|ideas?|arguments?|assertions?|contentions?|insinuations?|theor(?:y|ies)"
    r"|accusations?|charges?|conclusions?|assessments?)\s+that\s+(?P<that>.+)$"
    r"|\b(?:reports?|claims?|rumou?rs?|suggestions?|allegations?|explanation|question)\s+"
    r"(?:\w+\s+on\s+[\w\s]+?\s+|(?:in|by|on|from)\s+[\w\s'’-]{1,40}?\s+)?(?:that|of|about)\s+(?P<rest>.+)$"
    r"|\b(?:whether|if)\s+(?P<asked>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_REPORTING = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|suggestions?|allegations?|stor(?:y|ies))\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What is denied is told of others, in what stands before it ("a report by the Echo that")."""

_OPEN = re.compile(
    r"^(?:to (?:say|comment on|discuss) )?(?:how|why|when|where|who|what|which|by whom"
    r"|(?:the )?(?:origins?|causes?|nature|identity|reasons?|motives?|details?|terms|source)"
    r" (?:of|for|behind))\b(?! (?:he|she|it|they) call)",
    re.IGNORECASE,
)
"""Who will not say how or when something was does not hold it back that it was."""

_CLAUSE_END = re.compile(r"\s*(?:\bbut\b|;|,\s|\band (?:that|said|asked|added)\b)")

_AS = re.compile(r"(?<=\w)[”\"’]?\s+as\s+(?=[“\"'‘]|an?\b|the\b|\w+\W*$|\w+ and \w+\W*$)")
"""What follows is what it is called: dismissed that as "invention"."""

ACCUSATION = "accusation"
"""The noun of one who denies what he is accused of, without naming it."""

_FEW = 2
"""At most so many telling words stand beside a noun that points back."""


def numeric(noun: str) -> bool:
    """Tell whether a noun points at a number that was given."""
    return _POINTING.get(noun) == ("number",)


def of_saying(noun: str) -> bool:
    """Tell whether a noun points at what somebody said ("claim"), not at a thing or a number."""
    return _POINTING.get(noun) == ("said",)


def states(claim: Claim | None, content: str) -> bool:
    """Tell whether a claim states something that can be disputed: no question, demand or refusal.

    "Who would bear the loss", "how the ship sank" and "whether it sank" state nothing.
    """
    if _CONDITION.match(content):
        return False
    if claim is None:
        return True
    stance = claim.attribution.stance
    if stance in {Stance.DECLINES, Stance.ASKS} or _OPEN.match(content) or _PLAN.match(content):
        return False
    return stance is not Stance.DENIES or bool(denied_to(content))


_PLAN = re.compile(r"^(?:not )?to\s+(?!(?:have|be|say|comment)\b)\w+", re.IGNORECASE)
"""What somebody decides or wants to do."""


_CONDITION = re.compile(r"^[“\"']?(?:whether|if|unless)\b", re.IGNORECASE)
"""What is not known, or only said to be so where something else is."""


_CONCEDES = re.compile(
    r"\b(?:rul(?:e|ed|ing)\b.*\bout|disput\w*|contest\w*|exclud\w*|not deny)", re.IGNORECASE
)
"""Who does not dispute a thing, or rule it out, does not hold it back."""

_GRANTED = re.compile(
    r"(?:\b(?:not|nor|never)\b|n['’]t\b)[^.,;]{0,16}\b(?:deny|dispute|contest)\b", re.IGNORECASE
)
"""Who does not deny a thing says nothing against it, whatever else the sentence tells."""

_OF_TELLING = re.compile(
    r"^to\s+(?:\w+ly\s+)?(?!(?:comment|confirm|verify|corroborate|acknowledge|admit|discuss|say|tell"
    r"|answer|respond|speak|talk|be drawn|address|either)\b)",
    re.IGNORECASE,
)
"""Who refuses to do a thing has not been asked whether it is so."""

_SOMEBODY = re.compile(r"^(?:him|her|them)\b", re.IGNORECASE)

_REQUEST = re.compile(
    r"^(?:to\s+)?(?:an?\s+|any\s+|the\s+)?(?:requests?|calls?|questions?|comment)\W*$"
    r"|^(?:\w+\s+){0,2}?(?:not|\w+n['’]t)\s+(?:\w+ly\s+)?(?:respond|reply|comment|elaborat|answer)\w*\W*$"
)


_COMMENT = re.compile(r"\b(?:comment|discuss|talk|speak|remark)\w*\b", re.IGNORECASE)
"""Who will not talk about a matter has not been asked whether one thing of it is so."""

_OF_A_THING = re.compile(
    r"\b(?:which|(?:one|videos?|photos?|images?|footage|recordings?|letters?|documents?|posts?)\s+that)"
    rf"\s+(?:[\w.]+\s+){{0,4}}{_HOLDING_BACK}",
    re.IGNORECASE,
)
"""A thing that somebody could not verify ("a video that the agency could not verify")."""


def doubt_in(words: str, claim: Claim | None, content: str, cue: str = "") -> Doubt | None:
    """Return what a statement doubts; None where it does not.

    ``words`` are the sentence's, ``content`` and ``cue`` those of ``claim`` where there is one.
    """
    if _OF_A_THING.search(words):
        return None
    if claim is None:
        return _bare(words)
    stance = claim.attribution.stance
    if stance is Stance.REPORTED and claim.attribution.negated:  # denied by nobody named
        said = None if _OPEN.match(content.removeprefix("that ")) else content
        return _bare(words) or (_doubted(Dissent.DENIES, said) if said else None)
    if stance is Stance.DENIES:
        return None if claim.attribution.negated else _denying(words, content, cue)
    if stance is Stance.DECLINES:
        return _declining(content, cue)
    return _told(content, words)


@lru_cache(maxsize=8192)
def _denying(words: str, content: str, cue: str) -> Doubt | None:
    """Read what is denied: what is refused or denied to somebody is not called untrue."""
    if is_none(cue) or not denied_to(content) or _GRANTED.search(words):
        return None
    if of_guilt(content.removeprefix("that ")):
        return Doubt(Dissent.DENIES, content, back=True, noun=ACCUSATION)
    doubt = _doubted(Dissent.DENIES, content)
    if _REPORTING.search(words[: max(0, words.find(content))]):
        doubt = replace(doubt, inner=True)
    if refuses(cue) and _SOMEBODY.match(content):
        return None
    stated = doubt.back or doubt.inner or content.startswith("that ")
    return doubt if stated or not refuses(cue) else None


def _declining(content: str, cue: str) -> Doubt | None:
    if _OPEN.match(content) or _CONCEDES.search(cue) or _REQUEST.match(content):
        return None
    if _OF_TELLING.match(content):
        return None
    held = _UNCONFIRMED.search(content)
    doubt = _doubted(Dissent.UNCONFIRMED, content[held.end() :] if held else content)
    clause = content.startswith(("that ", "whether ", "if "))
    stated = clause or doubt.back or doubt.inner or not _COMMENT.search(f"{cue} {content}")
    return doubt if stated else None


@lru_cache(maxsize=8192)
def _told(content: str, words: str) -> Doubt | None:
    """Read a doubt that is told: "said that he could not verify it", "the report is false"."""
    content = re.sub(r"^that\s+(?!(?:is|was|['’]s)\b)", "", content)
    if hit := _UNCONFIRMED.search(content):
        return _doubted(Dissent.UNCONFIRMED, content[hit.end() :] or content)
    if innocent(content):
        return Doubt(Dissent.DENIES, content, back=True, noun=ACCUSATION)
    if denied := denied_thing(content) or is_untrue(words):
        return _doubted(Dissent.DENIES, denied)
    doubt = _doubted(Dissent.DENIES, unbelieved(content)) if "not " in content else None
    return doubt if doubt is not None and doubt.noun else None


@lru_cache(maxsize=8192)
def _bare(words: str) -> Doubt | None:
    """Read a sentence without a claim: "That was disputed.", "It could not be verified."."""
    if hit := _DISPUTED.search(words):
        return Doubt(Dissent.DENIES, words, back=True, noun=hit["noun"].lower())
    if plea(words):
        return Doubt(Dissent.DENIES, words, back=True, noun=ACCUSATION)
    if hit := _UNCONFIRMED.search(words):
        after = words[hit.end() :]
        return _doubted(Dissent.UNCONFIRMED, after if read_terms(after) else words[: hit.start()])
    return None


def _doubted(dissent: Dissent, words: str) -> Doubt:
    words = _CLAUSE_END.split(words, maxsplit=1)[0]
    if dissent is Dissent.DENIES:
        words = _AS.split(words, maxsplit=1)[0]
    said = re.sub(r"^(?:that|by|with)\s+(?=\w+\s+\w+)", "", words.strip(" “”\"'‘’,.:;"))
    said, judged = _GENUINE.subn("", said)
    if _PRONOUN.match(words.strip()) or _PRONOUN.match(said) or not said:
        return Doubt(dissent, said, back=True)
    if such := SUCH.search(said):
        return Doubt(dissent, said, back=True, noun=such["noun"].lower())
    if inner := _ABOUT.search(said):
        return Doubt(
            dissent, (inner["rest"] or inner["asked"] or inner["that"]).strip(), inner=True
        )
    hit = _NOUN_BACK.match(said)
    if hit and len([t for t in read_terms(said[hit.end() :]) if t.weight >= 1]) <= _FEW:
        return Doubt(dissent, said, back=True, noun=hit["noun"].lower(), of=hit["of"])
    return Doubt(dissent, said, back=bool(judged))
